"""The RDF merge of several graphs as a default graph.

The engine looks at the graphs one after the other, so that a statement that two of them make is found twice, where the
standard's merge has it once. Where graphs overlap, their merge is made in memory, once for a version.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import pyoxigraph as ox

LARGEST_MERGE = 200_000
"""Statements; beyond it the engine's way is taken, which counts doubles but answers."""

_REMEMBERED = 1000
_Graphs = tuple[str, ...]


class Merges:
    """What is known of the graphs of one version: which sets of them overlap, and the last merge."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._overlaps: dict[_Graphs, bool] = {}
        self._last: tuple[tuple[_Graphs, _Graphs], ox.Store] | None = None

    def merged(self, default: Sequence[str], named: Sequence[str]) -> ox.Store | None:
        """A store whose default graph is the merge and that has the named graphs; None where none is needed."""
        graphs = tuple(sorted(set(default)))
        if len(graphs) < 2 or not self._overlap(graphs):
            return None
        key = (graphs, tuple(sorted(set(named))))
        if self._last is None or self._last[0] != key:
            self._last = None
            made = self._make(*key)
            if made is None:
                return None
            self._last = key, made
        return self._last[1]

    def _overlap(self, graphs: _Graphs) -> bool:
        if graphs not in self._overlaps:
            if len(self._overlaps) >= _REMEMBERED:
                self._overlaps.clear()
            self._overlaps[graphs] = self._look(graphs)
        return self._overlaps[graphs]

    def _look(self, graphs: _Graphs) -> bool:
        seen: set[ox.Triple] = set()
        for graph in graphs:
            own = {quad.triple for quad in self._quads(graph)}
            if len(seen) + len(own) > LARGEST_MERGE:
                return False
            if not seen.isdisjoint(own):
                return True
            seen |= own
        return False

    def _make(self, default: _Graphs, named: _Graphs) -> ox.Store | None:
        made, size = ox.Store(), 0
        for graph in default:
            triples = [ox.Quad(*quad.triple) for quad in self._quads(graph)]
            size += len(triples)
            made.extend(triples)
        for graph in named:
            quads = list(self._quads(graph))
            size += len(quads)
            if size > LARGEST_MERGE:
                return None
            made.extend(quads)
        return made

    def _quads(self, graph: str) -> list[ox.Quad]:
        found = self._store.quads_for_pattern(None, None, None, ox.NamedNode(graph))
        return list(islice(found, LARGEST_MERGE + 1))
