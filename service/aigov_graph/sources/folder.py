"""The folder of one source: its files, what they say, and the next free numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from aigov_graph.dataset import DataFolder
from aigov_graph.errors import FolderUnreadable
from aigov_graph.passages import digest_text, digest_words
from aigov_graph.sources.locating import Span, end_words, find_span, paragraphs
from aigov_graph.sources.names import folded, nearest
from aigov_graph.sources.problems import CellError
from aigov_graph.sources.statements import Things, integer, read_things, text
from aigov_graph.vocabulary.namespaces import AIGOV, ID, OA, PASSAGE, RDF

_FILES: Final = ("source.ttl", "passages.ttl", "situations.ttl", "claims.ttl")
_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass
class SourceFolder:
    """The files of a source, read for changing."""

    name: str
    path: Path
    source: Things
    passages: Things
    situations: Things
    claims: Things

    @classmethod
    def open(cls, folder: DataFolder, name: str) -> SourceFolder:
        """Read the folder of a source.

        Raises:
            FolderUnreadable: there is none.
            DataSyntaxError: a file does not parse.
        """
        path = source_path(folder, name)
        if not (path / "source.ttl").is_file():
            have = sorted(p.parent.name for p in (folder.graphs / "sources").glob("*/source.ttl"))
            near = nearest(name, have)
            hint = f"; nearest: {', '.join(near)}" if near else ""
            raise FolderUnreadable(
                f"there is no source called {name!r}{hint}", str(path), "make it: aigov-graph source new"
            )
        return cls(name, path, *(read_things(path / file) for file in _FILES))

    @property
    def iri(self) -> str:
        """The source's own IRI."""
        return f"{ID}{self.name}"

    def files(self) -> dict[Path, Things]:
        """The files that hold something, as they are to be written."""
        parts = (self.source, self.passages, self.situations, self.claims)
        return {
            self.path / file: part
            for file, part in zip(_FILES, parts, strict=True)
            if len(part) or (self.path / file).exists()
        }


def source_path(folder: DataFolder, name: str) -> Path:
    """Where the files of a source lie.

    Raises:
        FolderUnreadable: the name cannot be one of a source.
    """
    if not _NAME.fullmatch(name):
        raise FolderUnreadable(f"{name!r} cannot name a source", name, "use lower-case letters, digits and hyphens")
    return folder.graphs / "sources" / name


def next_number(things: Things, namespace: str, name: str) -> int:
    """The number after the greatest that a source's claims or passages bear."""
    opening = f"{namespace}{name}-"
    numbers = (iri.removeprefix(opening) for iri in things.subjects() if iri.startswith(opening))
    return max((int(number) for number in numbers if number.isdecimal()), default=0) + 1


@dataclass
class PassageBook:
    """The passages of a source, found by number, locator or words; makes those that are wanted and not there."""

    name: str
    things: Things
    text: str | None = None
    _spans: dict[Span, str] = field(default_factory=dict)
    _locators: dict[str, list[str]] = field(default_factory=dict)
    _next: int = 1

    def __post_init__(self) -> None:
        self._next = next_number(self.things, PASSAGE, self.name)
        for iri in self.things.subjects(AIGOV.Passage):
            self._note(iri)

    def _note(self, iri: str) -> None:
        start, end = self.things.value(iri, OA.start), self.things.value(iri, OA.end)
        self._spans.setdefault(Span(int(start), int(end)), iri)
        self._locators.setdefault(folded(self.things.value(iri, AIGOV.locator)), []).append(iri)

    def span(self, iri: str) -> Span:
        """Where a passage stands."""
        return Span(int(self.things.value(iri, OA.start)), int(self.things.value(iri, OA.end)))

    def add_paragraphs(self) -> int:
        """Make a passage of each paragraph of the text; returns how many there are."""
        found = paragraphs(self.text or "")
        for paragraph in found:
            self._at(paragraph.span, paragraph.locator)
        return len(found)

    def find(self, reference: str, first: str, last: str) -> str:
        """The passage that a row means, made if it is a stretch of the text that is none yet.

        Args:
            reference: a passage's number or a locator; may be empty if there are words.
            first, last: words that the passage begins and ends with; both empty means all that the reference names.

        Raises:
            CellError: no such passage is there or can be made.
        """
        if not reference and not first and not last:
            raise CellError("the row does not say where the claim stands")
        number = f"{PASSAGE}{reference.removeprefix('passage:')}" if reference else ""
        if number in self.things and not first and not last:
            return number
        if not first and not last:
            return self._by_locator(reference)
        if self.text is None:
            return self._by_recorded_words(reference, first, last)
        whole, locator = Span(0, len(self.text)), ""
        if reference and (parts := self._parts_of(reference)):
            spans = [self.span(iri) for iri in parts]
            whole = Span(min(span.start for span in spans), max(span.end for span in spans))
        elif reference:
            found = number if number in self.things else self._by_locator(reference)
            whole, locator = self.span(found), self.things.value(found, AIGOV.locator)
        span = find_span(self.text, whole, first, last)
        return self._at(span, locator or self._locator_of(span))

    def _parts_of(self, reference: str) -> list[str]:
        """The passages of a section or article, where a locator names it as a whole."""
        opening = f"{folded(reference)}, "
        return [iri for locator, iris in self._locators.items() if locator.startswith(opening) for iri in iris]

    def _by_locator(self, reference: str) -> str:
        found = self._locators.get(folded(reference), [])
        if not found:
            names = (self.things.value(iri, AIGOV.locator) for iri in self.things.subjects(AIGOV.Passage))
            raise CellError(f"no passage is at {reference!r}", nearest(reference, dict.fromkeys(names)))
        widest = max(found, key=lambda iri: self.span(iri).end - self.span(iri).start)
        span = self.span(widest)
        if any(self.span(iri).start < span.start or self.span(iri).end > span.end for iri in found):
            numbers = [iri.removeprefix(PASSAGE) for iri in found]
            raise CellError(f"{len(found)} passages are at {reference!r}; give the number of one, or words", numbers)
        return widest

    def _by_recorded_words(self, reference: str, first: str, last: str) -> str:
        near = self._locators.get(folded(reference), []) if reference else self.things.subjects(AIGOV.Passage)
        found = [
            iri
            for iri in near
            if folded(self.things.value(iri, AIGOV.firstWords)) == folded(first)
            and folded(self.things.value(iri, AIGOV.lastWords)) == folded(last)
        ]
        if len(found) != 1:
            raise CellError(
                "no passage with these first and last words is recorded; give the text with --text to make one"
            )
        return found[0]

    def _locator_of(self, span: Span) -> str:
        """The locator of the narrowest known passage around a stretch."""
        around = [s for s in self._spans if s.start <= span.start and span.end <= s.end]
        if not around:
            return next(
                (p.locator for p in paragraphs(self.text or "") if p.span.start <= span.start < p.span.end), "text"
            )
        return self.things.value(self._spans[min(around, key=lambda s: s.end - s.start)], AIGOV.locator)

    def _at(self, span: Span, locator: str) -> str:
        if span in self._spans:
            return self._spans[span]
        words = (self.text or "")[span.start : span.end]
        iri = f"{PASSAGE}{self.name}-{self._next:03d}"
        self._next += 1
        first, last = end_words(words)
        self.things.add(iri, RDF.type, AIGOV.Passage)
        self.things.add(iri, OA.hasSource, f"{ID}{self.name}")
        self.things.add(iri, OA.start, integer(span.start))
        self.things.add(iri, OA.end, integer(span.end))
        self.things.add(iri, AIGOV.locator, text(locator))
        self.things.add(iri, AIGOV.firstWords, text(first) if first else None)
        self.things.add(iri, AIGOV.lastWords, text(last) if last else None)
        self.things.add(iri, AIGOV.textDigest, text(digest_text(words)))
        self.things.add(iri, AIGOV.wordsDigest, text(digest_words(words)))
        self._note(iri)
        return iri
