"""The pages of lists. What is on a list, and in which order, is found once a version; a page reads only its own rows.

A version never changes, so what is found is kept for as long as it is current, the lists asked for last within a bound.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from threading import Lock
from typing import Final

from aigov_graph.web import list_queries
from aigov_graph.web.filters import Filters, Kind
from aigov_graph.web.list_queries import COLUMNS
from aigov_graph.web.reader import Row, Snapshot

MOST_KEPT: Final = 200_000
"""How many members of lists are kept at once, of all lists together: some 25 MB."""


class Listed:
    """Lists of things, claims and edges, a page at a time. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._digest = ""
        self._kept: OrderedDict[Filters, Sequence[str] | Sequence[Row]] = OrderedDict()

    def count(self, snapshot: Snapshot, filters: Filters) -> int:
        """How many members a list has, on all its pages."""
        return len(self._all(snapshot, filters))

    def keys(self, snapshot: Snapshot, filters: Filters) -> list[str]:
        """The IRIs of one page of a list, in its order."""
        name = COLUMNS[filters.kind][0]
        return [one if isinstance(one, str) else one[name].value for one in self._page(snapshot, filters)]

    def rows(self, snapshot: Snapshot, filters: Filters) -> list[Row]:
        """One page of a list: what `list_queries.select` finds of it."""
        page = self._page(snapshot, filters)
        rows = [one for one in page if not isinstance(one, str)]
        if iris := [one for one in page if isinstance(one, str)]:
            rows = _ordered(snapshot, filters.kind, iris)
        return rows

    def _page(self, snapshot: Snapshot, filters: Filters) -> Sequence[str] | Sequence[Row]:
        first = (filters.page - 1) * filters.size
        return self._all(snapshot, filters)[first : first + filters.size]

    def _all(self, snapshot: Snapshot, filters: Filters) -> Sequence[str] | Sequence[Row]:
        whole = replace(filters, page=1, size=Filters(filters.kind).size)
        with self._lock:
            if self._digest != snapshot.version.digest:
                self._kept.clear()
                self._digest = snapshot.version.digest
            if (found := self._kept.get(whole)) is not None:
                self._kept.move_to_end(whole)
                return found
        found = _find(snapshot, whole)
        with self._lock:
            if self._digest == snapshot.version.digest and len(found) <= MOST_KEPT:
                self._kept[whole] = found
                while sum(map(len, self._kept.values())) > MOST_KEPT or len(self._kept) > MOST_LISTS:
                    self._kept.popitem(last=False)
        return found


MOST_LISTS: Final = 500
"""How many lists are kept at once, though they be short."""


def _find(snapshot: Snapshot, whole: Filters) -> Sequence[str] | Sequence[Row]:
    if whole.kind == "entities":
        # What orders them is what a row says; their number is small beside that of the claims.
        return snapshot.select(list_queries.select(whole))[1]
    name = COLUMNS[whole.kind][0]
    rows = snapshot.select(list_queries.keys(whole))[1]
    ranks = groupby(rows, key=lambda row: row.get("rank"))
    return tuple(iri for _, ranked in ranks for iri in sorted({row[name].value for row in ranked}))


def _ordered(snapshot: Snapshot, kind: Kind, iris: Sequence[str]) -> list[Row]:
    place, name = {iri: number for number, iri in enumerate(iris)}, COLUMNS[kind][0]
    rows = snapshot.select(list_queries.rows_of(kind, iris))[1]
    return sorted(rows, key=lambda row: place[row[name].value])
