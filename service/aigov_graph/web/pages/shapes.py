"""The shapes in words: for whom each holds, what it asks, how grave it is to fail, and what one is told then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from aigov_graph.vocabulary.namespaces import GRAPH, RDF, SH, SHAPE
from aigov_graph.web.reader import Snapshot

_TARGETS: Final = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
_LIST_LIMIT: Final = 200
_SHOWN_APART: Final = frozenset(
    (RDF.type, SH.path, SH.message, SH.severity, SH.property, SH.sparql, SH.ignoredProperties, *_TARGETS)
)

Term = ox.NamedNode | ox.Literal


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape.

    Attributes:
        targets: how it finds what it judges, and what that is.
        path: the property it looks at, as it would be written; "" if it looks at the thing itself.
        rules: each constraint with its values, in the order of their names.
    """

    name: str
    targets: list[tuple[str, str]]
    path: str
    rules: list[tuple[str, list[str]]]
    severity: str
    messages: list[str]
    queried: bool


def read_shapes(snapshot: Snapshot) -> list[Shape]:
    """Every shape that has a name, in the order of the names."""
    return sorted(_Reading(snapshot).shapes(), key=lambda shape: shape.name.lower())


class _Reading:
    def __init__(self, snapshot: Snapshot) -> None:
        self._about: dict[ox.NamedNode | ox.BlankNode, dict[str, list[object]]] = {}
        for quad in snapshot.store.quads_for_pattern(None, None, None, ox.NamedNode(GRAPH.shapes)):
            if isinstance(quad.subject, ox.NamedNode | ox.BlankNode):
                self._about.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)

    def shapes(self) -> Iterator[Shape]:
        for subject, about in self._about.items():
            if isinstance(subject, ox.NamedNode) and subject.value.startswith(SHAPE):
                yield Shape(
                    subject.value[len(SHAPE) :],
                    [(_local(prop), self._said(value)) for prop in _TARGETS for value in about.get(prop, ())],
                    " ".join(self._path(value) for value in about.get(SH.path, ())),
                    [
                        (prop, sorted(self._said(value) for value in values))
                        for prop, values in sorted(about.items())
                        if prop not in _SHOWN_APART
                    ],
                    next((_local(self._said(value)) for value in about.get(SH.severity, ())), "Violation"),
                    [self._said(value) for value in about.get(SH.message, ())],
                    SH.sparql in about,
                )

    def _said(self, term: object) -> str:
        if isinstance(term, ox.BlankNode):
            members = list(self._members(term))
            if members:
                return ", ".join(members)
            return "; ".join(
                f"{_local(prop)} {', '.join(self._said(value) for value in values)}"
                for prop, values in sorted(self._about.get(term, {}).items())
                if prop != RDF.type
            )
        return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)

    def _path(self, term: object) -> str:
        """A path as SPARQL writes it, by local names."""
        if not isinstance(term, ox.BlankNode):
            return _local(self._said(term))
        about = self._about.get(term, {})
        if SH.inversePath in about:
            return "^" + self._path(about[SH.inversePath][0])
        for prop, sign in ((SH.zeroOrMorePath, "*"), (SH.oneOrMorePath, "+"), (SH.zeroOrOnePath, "?")):
            if prop in about:
                return f"({self._path(about[prop][0])}){sign}"
        if SH.alternativePath in about:
            inner = about[SH.alternativePath][0]
            return "|".join(self._path(item) for item in self._items(inner))
        return "/".join(self._path(item) for item in self._items(term))

    def _items(self, node: object) -> Iterator[object]:
        for _ in range(_LIST_LIMIT):
            if not isinstance(node, ox.NamedNode | ox.BlankNode) or RDF.first not in self._about.get(node, {}):
                return
            yield self._about[node][RDF.first][0]
            node = self._about[node].get(RDF.rest, [None])[0]

    def _members(self, node: ox.BlankNode) -> Iterator[str]:
        for item in self._items(node):
            yield self._said(item)


def _local(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
