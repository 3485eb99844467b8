"""What is said of each thing, and how new statements get into the files of a data folder."""

from __future__ import annotations

import contextlib
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from aigov_graph.dataset import parse_turtle, read_bytes
from aigov_graph.errors import FolderUnreadable
from aigov_graph.turtle import canonical
from aigov_graph.vocabulary.namespaces import EDTF_DATATYPE, RDF, RDFS, XSD

Value = ox.NamedNode | ox.Literal
Properties = Mapping[str, tuple[Value, ...]]
"""The values of one thing, by property."""


class Things:
    """Statements gathered by subject, in the order they were added."""

    def __init__(self, triples: Iterable[ox.Triple | ox.Quad] = ()) -> None:
        self._said: dict[str, dict[str, dict[Value, None]]] = {}
        for triple in triples:
            if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
                self.add(triple.subject.value, triple.predicate.value, triple.object)

    def add(self, subject: str, predicate: str, value: Value | str | None) -> None:
        """Say one thing more; a string is an IRI, None says nothing."""
        if value is not None:
            term = ox.NamedNode(value) if isinstance(value, str) else value
            self._said.setdefault(subject, {}).setdefault(predicate, {})[term] = None

    def put(self, subject: str, predicate: str, value: Value | str) -> None:
        """Say one thing of a property instead of what was said; a string is an IRI."""
        self._said.get(subject, {}).pop(predicate, None)
        self.add(subject, predicate, value)

    def drop(self, subject: str) -> None:
        """Forget what was said of a thing."""
        self._said.pop(subject, None)

    def __contains__(self, subject: str) -> bool:
        return subject in self._said

    def __len__(self) -> int:
        return len(self._said)

    def subjects(self, kind: str = "") -> list[str]:
        """The things of a class, or all, by IRI."""
        wanted = ox.NamedNode(kind) if kind else None
        return sorted(s for s, said in self._said.items() if wanted is None or wanted in said.get(RDF.type, {}))

    def of(self, subject: str) -> Properties:
        """All that is said of a thing."""
        return {predicate: tuple(values) for predicate, values in self._said.get(subject, {}).items()}

    def values(self, subject: str, predicate: str) -> list[str]:
        """The values of one property: IRIs and lexical forms."""
        return [value.value for value in self._said.get(subject, {}).get(predicate, {})]

    def value(self, subject: str, predicate: str) -> str:
        """The only value of a property; empty if there is none or more than one."""
        found = self.values(subject, predicate)
        return found[0] if len(found) == 1 else ""

    def label(self, subject: str) -> str:
        """The English label, or the only one; empty if there is none."""
        labels = [v for v in self._said.get(subject, {}).get(RDFS.label, {}) if isinstance(v, ox.Literal)]
        english = [label.value for label in labels if label.language == "en"]
        return (english or [label.value for label in labels] or [""])[0]

    def triples(self) -> list[ox.Triple]:
        """The statements."""
        return [
            ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value)
            for subject, said in self._said.items()
            for predicate, values in said.items()
            for value in values
        ]


def text(value: str, language: str = "") -> ox.Literal:
    """A plain string, or a text in a language."""
    return ox.Literal(value, language=language) if language else ox.Literal(value)


def typed(value: str, datatype: str) -> ox.Literal:
    """A literal with this spelling."""
    return ox.Literal(value, datatype=ox.NamedNode(datatype))


def integer(value: int) -> ox.Literal:
    """A whole number."""
    return typed(str(value), XSD.integer)


def boolean(value: bool) -> ox.Literal:
    """True or false."""
    return typed("true" if value else "false", XSD.boolean)


def edtf(value: str) -> ox.Literal:
    """A date of EDTF."""
    return typed(value, EDTF_DATATYPE)


def read_things(path: Path) -> Things:
    """What a Turtle file says; nothing if there is none.

    Raises:
        FolderUnreadable, DataSyntaxError: it cannot be read.
    """
    return Things(parse_turtle(read_bytes(path, str(path)), str(path))[0] if path.exists() else ())


def turtle(things: Things, where: str) -> bytes:
    """Things as a file in canonical layout.

    Raises:
        LossyFormat: it would not read back as the same.
    """
    raw = ox.serialize(things.triples(), format=ox.RdfFormat.TURTLE)
    return canonical(raw or b"", where)


Files = dict[Path, Things]
"""Whole files to write."""

_DRAFT: Final = ".draft"


def write_files(files: Files) -> list[Path]:
    """Write whole files in canonical layout: all drafts first, then each takes its place in one step.

    Returns:
        The files whose bytes changed.

    Raises:
        FolderUnreadable: a file cannot be written.
        LossyFormat: a file would not read back as the same; nothing is written then.
    """
    contents = {path: turtle(things, str(path)) for path, things in files.items()}
    changed = {
        path: content
        for path, content in contents.items()
        if not (path.exists() and path.read_bytes() == content) and (content or path.exists())
    }
    drafts: dict[Path, Path] = {}
    try:
        for path, content in changed.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            drafts[path] = path.with_name(f".{path.name}.{os.getpid()}{_DRAFT}")
            drafts[path].write_bytes(content)
        for path, draft in drafts.items():
            draft.replace(path)
    except OSError as error:
        for draft in drafts.values():
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
        raise FolderUnreadable(
            f"cannot be written: {error.strerror}",
            str(error.filename or ""),
            "check the permissions and the space left",
        ) from error
    return sorted(drafts)


def grouped(triples: Iterable[ox.Triple]) -> dict[str, Things]:
    """Statements by subject, each its own."""
    found: dict[str, Things] = defaultdict(Things)
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
            found[triple.subject.value].add(triple.subject.value, triple.predicate.value, triple.object)
    return dict(found)
