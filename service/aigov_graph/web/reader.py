"""What the pages read: our own queries, by name, on the current version. No text of a user is ever parsed here."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from threading import Lock

import pyoxigraph as ox

from aigov_graph.stores import Lease, Reader, Version

Row = dict[str, ox.NamedNode | ox.Literal]
"""One solution: variable names to terms; unbound variables are absent."""


@lru_cache
def query_text(name: str) -> str:
    """One of the queries in web/queries, by its name."""
    return (files("aigov_graph.web") / "queries" / f"{name}.rq").read_text(encoding="utf-8")


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

    def select(self, text: str, **bindings: str) -> tuple[list[str], list[Row]]:
        """Answer a SELECT of ours; values enter as IRIs bound to variables, never as text."""
        solutions = self.lease().store.query(text, substitutions=_terms(bindings))
        if not isinstance(solutions, ox.QuerySolutions):
            raise TypeError("only SELECT is read here")
        names = [variable.value for variable in solutions.variables]
        rows: list[Row] = []
        for solution in solutions:
            terms = {name: solution[name] for name in names}
            rows.append({name: term for name, term in terms.items() if isinstance(term, ox.NamedNode | ox.Literal)})
        return names, rows

    def ask(self, text: str) -> bool:
        """Answer an ASK of ours."""
        return bool(self.lease().store.query(text))

    def count(self, text: str) -> int:
        """How many statements a CONSTRUCT of ours makes."""
        return len(self.construct(text))

    def construct(self, text: str, **bindings: str) -> list[ox.Triple]:
        """The statements that a CONSTRUCT of ours makes; values enter as in `select`."""
        made = self.lease().store.query(text, substitutions=_terms(bindings))
        if not isinstance(made, ox.QueryTriples):
            raise TypeError("only CONSTRUCT is read here")
        return list(made)


def _terms(bindings: dict[str, str]) -> dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]:
    return {ox.Variable(name): ox.NamedNode(iri) for name, iri in bindings.items()}
