"""The graph that pyshacl reads: statements by subject and by predicate, and each query prepared once."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Self

import pyoxigraph as ox
import rdflib
from rdflib.namespace import NamespaceManager
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

from aigov_graph.validation.terms import Term, to_rdflib

_Statement = tuple[Node, Node, Node]
_Index = dict[Node, dict[Node, dict[Node, None]]]


class _NoPrefixes(NamespaceManager):
    """Names no IRI by a prefix. pyshacl writes out each result as a text, and nobody reads it."""

    def bind(self, *args: Any, **kwargs: Any) -> None:
        """Nothing."""

    def normalizeUri(self, rdfTerm: str) -> str:  # rdflib's names
        """The IRI whole."""
        return f"<{rdfTerm}>"


class JudgedGraph(rdflib.Graph):
    """A graph that answers in a lookup what pyshacl asks most: the values of a property, and who has a value.

    rdflib's own store looks up with each statement in which graphs it stands. Here there is only the one.
    """

    def __init__(self) -> None:
        super().__init__(bind_namespaces="none")
        self.namespace_manager = _NoPrefixes(self, bind_namespaces="none")
        self._objects: _Index = {}
        self._subjects: _Index = {}
        self._size = 0

    def add(self, triple: _Statement) -> Self:
        """Add a statement."""
        subject, predicate, value = triple
        values = self._objects.setdefault(subject, {}).setdefault(predicate, {})
        self._size += value not in values
        values[value] = None
        self._subjects.setdefault(predicate, {}).setdefault(value, {})[subject] = None
        return self

    def remove(self, triple: Any) -> Self:
        """Remove each statement that matches a pattern."""
        for subject, predicate, value in tuple(self.triples(triple)):
            del self._objects[subject][predicate][value]
            del self._subjects[predicate][value][subject]
            self._size -= 1
        return self

    def triples(self, triple: Any) -> Iterator[Any]:  # type: ignore[override]  # rdflib asks for a generator
        """The statements that match a pattern; None stands for anything, and a path may stand for a predicate."""
        subject, predicate, value = triple
        if isinstance(predicate, rdflib.paths.Path):
            return super().triples(triple)
        if subject is not None:
            return self._of_subject(subject, predicate, value)
        return self._of_predicates((predicate,) if predicate is not None else tuple(self._subjects), value)

    def objects(self, subject: Any = None, predicate: Any = None, unique: bool = False) -> Iterator[Any]:  # type: ignore[override]
        """As rdflib's; without a detour where subject and predicate are known."""
        if isinstance(subject, Node) and isinstance(predicate, Node):
            return iter(tuple(self._objects.get(subject, {}).get(predicate, ())))
        return super().objects(subject, predicate, unique)

    def subjects(self, predicate: Any = None, object: Any = None, unique: bool = False) -> Iterator[Any]:  # type: ignore[override]
        """As rdflib's; without a detour where predicate and object are known."""
        if isinstance(predicate, Node) and isinstance(object, Node):
            return iter(tuple(self._subjects.get(predicate, {}).get(object, ())))
        return super().subjects(predicate, object, unique)

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:
        """As rdflib's; the text, which must spell out its prefixes, is parsed once."""
        prepared = _prepare(query_object) if isinstance(query_object, str) else query_object
        return super().query(prepared, *args, **kwargs)

    def __len__(self) -> int:
        return self._size

    def _of_subject(self, subject: Node, predicate: Node | None, value: Node | None) -> Iterator[_Statement]:
        by_predicate = self._objects.get(subject, {})
        for found in (predicate,) if predicate is not None else tuple(by_predicate):
            values = by_predicate.get(found, {})
            if value is None:
                for each in tuple(values):
                    yield subject, found, each
            elif value in values:
                yield subject, found, value

    def _of_predicates(self, predicates: tuple[Node, ...], value: Node | None) -> Iterator[_Statement]:
        for predicate in predicates:
            by_value = self._subjects.get(predicate, {})
            for found in (value,) if value is not None else tuple(by_value):
                for subject in tuple(by_value.get(found, ())):
                    yield subject, predicate, found


@lru_cache(maxsize=256)
def _prepare(text: str) -> Query:
    return prepareQuery(text)


def graph_of(quads: Iterable[ox.Quad]) -> JudgedGraph:
    """The statements as one rdflib graph, whatever graph they stand in."""
    graph = JudgedGraph()
    known: dict[Term, Node] = {}

    def node(term: Term) -> Node:
        # One object a term: Python finds it in an index without comparing texts.
        if (found := known.get(term)) is None:
            found = known[term] = to_rdflib(term)
        return found

    with _rdflib_silent():
        for quad in quads:
            graph.add((node(quad.subject), node(quad.predicate), node(quad.object)))
    return graph


@contextmanager
def _rdflib_silent() -> Iterator[None]:
    """rdflib complains of every ill-typed literal on its own; the report says it better."""
    logger = logging.getLogger("rdflib.term")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            yield
    finally:
        logger.setLevel(level)
