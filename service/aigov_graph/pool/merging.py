"""The dataset of a request: what its default graph and its named graphs are taken from.

The engine looks at the graphs of a default graph one after the other, so that a statement that two of them make is
found twice, where the standard's merge has it once. Whichever way gives the merge without a copy is taken first: a
graph named twice is one; all graphs together are the store's own default graph; graphs that share no statement need no
merge. What is left is merged in memory, once for a version, and refused where it is too large for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import pyoxigraph as ox

from aigov_graph.errors import QueryOutOfMemory
from aigov_graph.vocabulary.namespaces import GRAPH

LARGEST_UNLIMITED = 1_000_000
BYTES_A_STATEMENT = 2048
"""Memory of a query process for each statement it may merge; a merge takes a third of it, the query needs some too."""

_ALL = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
_SHARED = "ASK { GRAPH ?g { ?s ?p ?o } FILTER EXISTS { ?s ?p ?o } }"
_REMEMBERED = 1000
_UNION = ox.DefaultGraph()

Part = ox.NamedNode | ox.DefaultGraph
Parts = tuple[Part, ...]


class Datasets:
    """The datasets that requests make of one version.

    Args:
        store: the version; its default graph is the union of all named graphs but the shapes.
        memory_bytes: what a query process may use, 0 for no limit.
    """

    def __init__(self, store: ox.Store, memory_bytes: int = 0) -> None:
        self._store = store
        self.largest = memory_bytes // BYTES_A_STATEMENT or LARGEST_UNLIMITED
        self._in_union: set[ox.NamedNode | ox.BlankNode] | None = None
        self._sizes: dict[Part, int] = {}
        self._shared: dict[Parts, bool] = {}
        self._last: tuple[tuple[Parts, Parts], ox.Store] | None = None

    def of(self, default: Iterable[str], named: Iterable[str]) -> tuple[ox.Store, dict[str, Any]]:
        """What to ask, and with which options, so that these graphs are the dataset.

        Raises:
            ValueError: one is no absolute IRI.
            QueryOutOfMemory: the default graph would have to be merged in memory, and is too large for that.
        """
        parts = self._parts(list(dict.fromkeys(map(ox.NamedNode, default))))
        chosen = tuple(dict.fromkeys(map(ox.NamedNode, named)))
        if len(parts) < 2 or not self._overlap(parts):
            return self._store, {"default_graph": list(parts), "named_graphs": list(chosen)}
        # The default graph is said outright, because what is said here goes before the query's own FROM.
        return self._merged(parts, chosen), {"default_graph": _UNION, "named_graphs": list(chosen)}

    def _parts(self, graphs: Sequence[ox.NamedNode]) -> Parts:
        present: list[Part] = [graph for graph in graphs if self._store.contains_named_graph(graph)]
        if len(present) < 2:
            return tuple(present)
        if self._in_union is None:
            self._in_union = {*self._store.named_graphs()} - {ox.NamedNode(GRAPH.shapes)}
        if self._in_union <= {*present}:
            return (*(graph for graph in present if graph not in self._in_union), _UNION)
        # The largest comes last: it is looked up, the others are gone through.
        return tuple(sorted(present, key=lambda graph: (self._size(graph), str(graph))))

    def _size(self, part: Part) -> int:
        if part not in self._sizes:
            solutions = self._store.query(_ALL, default_graph=part)
            self._sizes[part] = int(next(iter(solutions))["n"].value)  # type: ignore[arg-type]
        return self._sizes[part]

    def _overlap(self, parts: Parts) -> bool:
        if parts not in self._shared:
            if len(self._shared) >= _REMEMBERED:
                self._shared.clear()
            self._shared[parts] = any(
                self._store.query(_SHARED, named_graphs=[part], default_graph=list(parts[index + 1 :]))
                for index, part in enumerate(parts[:-1])
                if isinstance(part, ox.NamedNode)
            )
        return self._shared[parts]

    def _merged(self, default: Parts, named: tuple[ox.NamedNode, ...]) -> ox.Store:
        key = (default, tuple(sorted(named, key=str)))
        if self._last is None or self._last[0] != key:
            self._last = None
            self._last = key, self._merge(*key)
        return self._last[1]

    def _merge(self, default: Parts, named: Parts) -> ox.Store:
        size = sum(map(self._size, (*default, *named)))
        if size > self.largest:
            raise QueryOutOfMemory(
                "the graphs asked as one default graph share statements, and are too large to be merged: "
                f"{size} statements, {self.largest} is the most",
                remedy="name fewer graphs; name none, which asks their ready-made union; or ask each by GRAPH and "
                "count DISTINCT",
            )
        # One document, because a blank node that two graphs share has one label in it.
        document = BytesIO()
        for part in default:
            self._store.dump(document, ox.RdfFormat.N_TRIPLES, from_graph=part)
        for part in named:
            ox.serialize(self._store.quads_for_pattern(None, None, None, part), document, ox.RdfFormat.N_QUADS)
        made = ox.Store()
        made.load(document.getvalue(), ox.RdfFormat.N_QUADS, lenient=True)
        return made
