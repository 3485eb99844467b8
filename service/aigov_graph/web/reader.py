"""What the pages read: our own queries, by name, on the current version. No text of a user is ever parsed here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from threading import Lock
from typing import Any

import pyoxigraph as ox

from aigov_graph.stores import Lease, Reader, Version

Row = dict[str, ox.NamedNode | ox.Literal]
"""One solution: variable names to terms; unbound variables are absent."""

Value = str | ox.Literal
"""What enters a query: an IRI, or a literal."""

_UNION = ox.DefaultGraph()


@lru_cache
def query_text(name: str) -> str:
    """One of the queries in web/queries, by its name."""
    return (files("aigov_graph.web") / "queries" / f"{name}.rq").read_text(encoding="utf-8")


class Snapshot:
    """One version, as pages read it. A value enters a query in place of `$name`, written by the engine's
    own library, where the query has that, so that the engine plans with it; else bound to the variable."""

    def __init__(self, lease: Lease) -> None:
        self.version: Version = lease.version
        self.store: ox.Store = lease.store

    def rows(self, name: str, **bindings: Value) -> list[Row]:
        """The solutions of a query in web/queries."""
        return self.select(query_text(name), **bindings)[1]

    def select(self, text: str, **bindings: Value) -> tuple[list[str], list[Row]]:
        """Answer a SELECT of ours."""
        text, bound = _bound(text, bindings)
        solutions = self.store.query(text, substitutions=bound)
        if not isinstance(solutions, ox.QuerySolutions):
            raise TypeError("only SELECT is read here")
        names = [variable.value for variable in solutions.variables]
        rows: list[Row] = []
        for solution in solutions:
            terms = zip(names, solution, strict=True)
            rows.append({name: term for name, term in terms if isinstance(term, ox.NamedNode | ox.Literal)})
        return names, rows

    def tuples(self, name: str, **bindings: Value) -> Iterator[Sequence[Any]]:
        """The solutions of a query in web/queries as terms in the order of its variables; quicker for thousands."""
        text, bound = _bound(query_text(name), bindings)
        solutions = self.store.query(text, substitutions=bound)
        if not isinstance(solutions, ox.QuerySolutions):
            raise TypeError("only SELECT is read here")
        return (tuple(solution) for solution in solutions)

    def ask(self, text: str) -> bool:
        """Answer an ASK of ours."""
        return bool(self.store.query(text))

    def construct(self, text: str, **bindings: Value) -> list[ox.Triple]:
        """The statements that a CONSTRUCT of ours makes."""
        text, bound = _bound(text, bindings)
        made = self.store.query(text, substitutions=bound)
        if not isinstance(made, ox.QueryTriples):
            raise TypeError("only CONSTRUCT is read here")
        return list(made)

    def values(self, iri: str, prop: str) -> list[ox.NamedNode | ox.Literal]:
        """What a thing has in a property, looked up without a query."""
        found = self.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(prop), None, _UNION)
        return [quad.object for quad in found if isinstance(quad.object, ox.NamedNode | ox.Literal)]

    def pairs(self, prop: str) -> Iterator[tuple[ox.NamedNode, ox.Literal]]:
        """Everything that has a literal in a property, with that, looked up without a query."""
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(prop), None, _UNION):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                yield quad.subject, quad.object


class PageReader:
    """Reads the current version for pages, and moves on when a new one is published. Safe to share between threads."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._lease: Lease | None = None
        self._lock = Lock()

    def lease(self) -> Lease:
        """The current version, in use.

        Raises:
            StoreError: nothing was published yet.
        """
        with self._lock:
            current = self._reader.current()
            if self._lease is None or current is None or self._lease.version.number != current.number:
                superseded, self._lease = self._lease, self._reader.lease()
                if superseded is not None:
                    # A thread that still reads it keeps its files open as long as it refers to the store.
                    superseded.close()
            return self._lease

    @property
    def version(self) -> Version:
        """The version that answers now."""
        return self.lease().version

    def snapshot(self) -> Snapshot:
        """The current version, for as long as one page takes."""
        return Snapshot(self.lease())

    def select(self, text: str, **bindings: Value) -> tuple[list[str], list[Row]]:
        """Answer a SELECT of ours on the current version."""
        return self.snapshot().select(text, **bindings)

    def ask(self, text: str) -> bool:
        """Answer an ASK of ours on the current version."""
        return self.snapshot().ask(text)

    def construct(self, text: str, **bindings: Value) -> list[ox.Triple]:
        """The statements that a CONSTRUCT of ours makes of the current version."""
        return self.snapshot().construct(text, **bindings)

    def count(self, text: str) -> int:
        """How many statements a CONSTRUCT of ours makes."""
        return len(self.construct(text))


def _bound(
    text: str, bindings: dict[str, Value]
) -> tuple[str, dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]:
    rest: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {}
    for name, value in bindings.items():
        term, written = ox.NamedNode(value) if isinstance(value, str) else value, re.compile(rf"\${name}\b")
        if written.search(text):
            text = written.sub(str(term).replace("\\", r"\\"), text)
        else:
            rest[ox.Variable(name)] = term
    return text, rest
