"""Passages: the stretches of a source's text that claims rest on. Nothing here knows of claims."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from aigov_graph.dataset import Dataset, shorten
from aigov_graph.errors import PassageMismatch
from aigov_graph.vocabulary.namespaces import AIGOV, OA, RDF

_RUN = re.compile(r"[^\W_]+")
_REMEDY = "compare the text with the edition named in source.ttl, then mend oa:start, oa:end or the digests"

_Properties = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a source's text, and what its words are known by.

    A field is None where the file says nothing, or nothing that can be read: the shapes complain of that, and so does
    `verify_passage`.

    Attributes:
        iri: the passage's own IRI.
        source: the IRI of the source it lies in.
        start: Unicode code points before it.
        end: Unicode code points up to its end.
        text_digest: of the span as it stands.
        words_digest: of its words; spacing, punctuation, width and case do not count.
        first_words: at most three words it begins with.
        last_words: at most three words it ends with.
    """

    iri: str
    source: str | None
    start: int | None
    end: int | None
    text_digest: str | None
    words_digest: str | None = None
    first_words: str | None = None
    last_words: str | None = None


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What came of holding a text against the passages of its source.

    Attributes:
        source: its IRI.
        passages: all of the source's.
        mismatches: one for each passage that is not in the text.
        whole: whether the text is, to the last space, the one that was annotated.
        reformatted: IRIs of passages whose words are in the text, but otherwise spaced, punctuated or capitalised.
    """

    source: str
    passages: tuple[Passage, ...]
    mismatches: tuple[PassageMismatch, ...]
    whole: bool = True
    reformatted: frozenset[str] = frozenset()


def digest_text(text: str) -> str:
    """``sha256:`` and the lower-case hex SHA-256 of the text's UTF-8 bytes."""
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def digest_words(text: str) -> str:
    """The digest of a text's words: its NFKC, case-folded runs of letters and digits, joined by single spaces."""
    return digest_text(" ".join(_words(text)))


def verify_passage(passage: Passage, text: str) -> None:
    """Check that a passage's digests are those of the words it points to.

    Args:
        passage: `start` and `end` count Unicode code points from 0, `end` exclusive (Web Annotation Data Model, "Text
            Position Selector").
        text: the whole source, decoded from UTF-8, line ends untouched.

    Raises:
        PassageMismatch: the span leaves the text, a digest or the first or last words differ from the record, or the
            record is incomplete.
    """
    where = shorten(passage.iri)
    start, end, recorded = passage.start, passage.end, passage.text_digest
    if start is None or end is None or recorded is None:
        raise PassageMismatch(
            "oa:start, oa:end or aigov:textDigest is missing, doubled or malformed", where, "write each of them once"
        )
    if not 0 <= start < end <= len(text):
        raise PassageMismatch(f"characters {start}-{end} are no span of a text of {len(text)}", where, _REMEDY)
    span = text[start:end]
    if (found := digest_text(span)) != recorded:
        same = passage.words_digest == digest_words(span)
        hint = "; the words are the same, spacing or punctuation differs" if same else ""
        raise PassageMismatch(
            f"characters {start}-{end} have digest {found}, the record says {recorded}{hint}", where, _REMEDY
        )
    if passage.words_digest is not None and (found := digest_words(span)) != passage.words_digest:
        raise PassageMismatch(
            f"the words of characters {start}-{end} have digest {found}, the record says {passage.words_digest}",
            where,
            _REMEDY,
        )
    words = _words(span)
    first, last = _words(passage.first_words or ""), _words(passage.last_words or "")
    if words[: len(first)] != first or words[len(words) - len(last) :] != last:
        raise PassageMismatch(
            f"characters {start}-{end} do not begin or end with the words recorded", where, "mend firstWords, lastWords"
        )


def passages_of(dataset: Dataset) -> tuple[Passage, ...]:
    """All passages of the sources, by IRI."""
    return tuple(
        Passage(
            iri=iri,
            source=_only(found, OA.hasSource),
            start=_number(found, OA.start),
            end=_number(found, OA.end),
            text_digest=_only(found, AIGOV.textDigest),
            words_digest=_only(found, AIGOV.wordsDigest),
            first_words=_only(found, AIGOV.firstWords),
            last_words=_only(found, AIGOV.lastWords),
        )
        for iri, found in _things(dataset, AIGOV.Passage)
    )


def verify_source(dataset: Dataset, text: str, source: str | None = None) -> SourceReport:
    """Find the source whose text this is, and verify each of its passages.

    A text with the digest that a source records is held against that source's passages place by place. In any other
    text, such as a reformatted copy, each passage is looked for by its words; the source is then the one of which the
    largest share of passages is found.

    Args:
        dataset: the sources and their passages.
        text: the whole source, decoded from UTF-8, line ends untouched.
        source: the IRI of the only source that comes into question; None for all.

    Raises:
        PassageMismatch: there is no such source, or no source has this text or any passage in it.
    """
    digest = digest_text(text)
    sources = {iri: found for iri, found in _things(dataset, AIGOV.Source) if source in (None, iri)}
    if source is not None and not sources:
        raise PassageMismatch("there is no such source", shorten(source), "name a folder of graphs/sources")
    passages: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages_of(dataset):
        if passage.source in sources:
            passages[passage.source].append(passage)
    for iri, said in sources.items():
        if digest in said.get(AIGOV.textDigest, ()):
            return _verify_places(iri, passages[iri], text)
    found = _find_words([passage for of_one in passages.values() for passage in of_one], text)

    def share(iri: str) -> float:
        return sum(passage.iri in found for passage in passages[iri]) / max(1, len(passages[iri]))

    best = source or max(sources, key=share, default=None)
    if best is None or (source is None and not share(best)):
        raise PassageMismatch(
            f"no source has a text with digest {digest}, nor has any a passage whose words are in it",
            remedy="compare the file with the edition named in source.ttl",
        )
    missing = tuple(
        PassageMismatch("the passage's words are not found in the text", shorten(passage.iri), _REMEDY)
        for passage in passages[best]
        if passage.iri not in found
    )
    changed = frozenset(passage.iri for passage in passages[best] if found.get(passage.iri) is False)
    return SourceReport(best, tuple(passages[best]), missing, whole=False, reformatted=changed)


def _verify_places(source: str, passages: Sequence[Passage], text: str) -> SourceReport:
    mismatches: list[PassageMismatch] = []
    for passage in passages:
        try:
            verify_passage(passage, text)
        except PassageMismatch as mismatch:
            mismatches.append(mismatch)
    return SourceReport(source, tuple(passages), tuple(mismatches))


def _find_words(passages: Sequence[Passage], text: str) -> dict[str, bool]:
    """The passages whose words stand in a text, and whether they stand there to the letter.

    How many words a passage has is not recorded. From each word at which one may begin, digests of ever more words are
    compared with those recorded, up to twice the length that the passage had.
    """
    chunks = [(match.start(), match.end()) for match in re.finditer(r"\S+", text)]
    words = [(word, start, end) for start, end in chunks for word in _words(text[start:end])]
    wanted: dict[str, list[Passage]] = defaultdict(list)
    reach: dict[str, int] = defaultdict(int)  # by first word, "" for passages that do not record theirs
    for passage in passages:
        if passage.words_digest is not None and passage.start is not None and passage.end is not None:
            wanted[passage.words_digest].append(passage)
            first = next(iter(_words(passage.first_words or "")), "")
            reach[first] = max(reach[first], 2 * (passage.end - passage.start))
    found: dict[str, bool] = {}
    for at, (first, start, end) in enumerate(words):
        room = max(reach.get(first, 0), reach.get("", 0))
        running = hashlib.sha256()
        for ahead in range(at, len(words)):
            word = words[ahead][0] if ahead == at else f" {words[ahead][0]}"
            room -= len(word)
            if room < 0:
                break
            running.update(word.encode())
            for passage in wanted.get(f"sha256:{running.hexdigest()}", ()):
                found[passage.iri] = found.get(passage.iri, False) or _to_the_letter(passage, text, start, end)
    return found


def _to_the_letter(passage: Passage, text: str, start: int, end: int) -> bool:
    """Whether the passage's very text begins at one of these places."""
    length = (passage.end or 0) - (passage.start or 0)
    return any(digest_text(text[at : at + length]) == passage.text_digest for at in range(start, end))


def _words(text: str) -> list[str]:
    return _RUN.findall(unicodedata.normalize("NFKC", text).casefold())


def _things(dataset: Dataset, kind: str) -> list[tuple[str, _Properties]]:
    """The things of a class in the sources' files, by IRI, with their values by property."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in dataset.quads("source"):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            found[quad.subject.value][quad.predicate.value].append(quad.object.value)
    return sorted((iri, values) for iri, values in found.items() if kind in values.get(RDF.type, ()))


def _only(values: _Properties, name: str) -> str | None:
    found = values.get(name, ())
    return found[0] if len(found) == 1 else None


def _number(values: _Properties, name: str) -> int | None:
    found = _only(values, name)
    return int(found) if found is not None and re.fullmatch(r"[0-9]{1,12}", found) else None
