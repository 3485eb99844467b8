"""The network that a view shows: things as nodes, what is said between them as edges.

Every format writes this and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Final

from aigov_graph.edge_index import uncollected
from aigov_graph.exports.model import Edge, Network, Node, local
from aigov_graph.exports.options import CERTAINTIES, MODES, STATUSES, View
from aigov_graph.exports.reader import Reader
from aigov_graph.exports.rows import EDGE_IRI, OBJECT, SUBJECT, SYMMETRIC, EdgeRow, Kind, Thing
from aigov_graph.exports.selection import Selection
from aigov_graph.exports.thinning import best_connected, joined, largest, ranked
from aigov_graph.exports.wording import listed, said
from aigov_graph.vocabulary.namespaces import CONCEPT

_OF_STATUS: Final = {
    "fact": "Facts",
    "disputed": "Disputed claims",
    "denied": "Denied claims",
    "qualified": "Claims with a restriction",
    "hedged": "Hedged claims",
}
"""What a title calls the edges of a status."""


@uncollected()
def network(reader: Reader, view: View | None = None) -> Network:
    """The network that a view shows.

    Raises:
        RequestError: the view names a relation, class, source, holder or thing that is not there.
        StoreError: the version cannot be read.
    """
    view = view or View()
    found = _Finder(reader, view)
    rows = found.near() if view.around else found.shown.all()
    if view.largest:
        rows = largest(rows)
    if view.top or view.also:
        rows = found.chosen(rows)
    rows.sort()
    made = _Maker(reader, view, rows)
    edges = [made.edge(row) for row in rows]
    if view.merge:
        edges = list(joined(edges))
    for iri in found.asked_for - made.nodes.keys():
        made.add(reader.thing(iri), reader.kind(iri))
    used = sorted({source for edge in edges for source in edge.sources})
    return Network(
        dict(sorted(made.nodes.items())),
        edges,
        view,
        reader.version,
        reader.digest,
        tuple(_attribution(reader, source) for source in used),
        _title(view, found, made),
        found.shown.sources,
    )


class _Finder:
    """Finds the rows of a network's edges; things go by their numbers."""

    def __init__(self, reader: Reader, view: View) -> None:
        self.reader, self.view = reader, view
        self.shown = Selection(reader, view)
        self.centre = reader.find(view.around, "around") if view.around else ""
        also = [reader.find(name, "also") for name in view.also]
        self.asked_for = {*also, *([self.centre] if self.centre else [])}
        self._also = [reader.number(iri) for iri in also]

    def near(self) -> list[EdgeRow]:
        """The edges within reach of the centre, and those between what was reached."""
        centre = self.reader.number(self.centre)
        seen: dict[str, EdgeRow] = {}
        reached, front = {centre}, {centre}
        for _ in range(self.view.depth):
            rows = self.shown.touching(front)
            seen.update((row[EDGE_IRI], row) for row in rows)
            front = self._led_to(rows, front) - reached
            reached |= front
        seen.update((row[EDGE_IRI], row) for row in self.shown.between(front))
        return [row for row in seen.values() if row[SUBJECT] in reached and row[OBJECT] in reached]

    def chosen(self, rows: Sequence[EdgeRow]) -> list[EdgeRow]:
        """The edges between the best connected of the things found, and what is near the things asked for besides."""
        things = best_connected(rows, self.view.top)
        things.update(self.reader.number(iri) for iri in self.asked_for)
        for thing in self._also:
            near = self._led_to(self.shown.touching({thing}), {thing})
            things.update(sorted(near, key=lambda number: (-self.reader.degree(number), number))[: self.view.most])
        return self.shown.between(things)

    def _led_to(self, rows: Iterable[EdgeRow], front: set[int]) -> set[int]:
        """The things to which edges lead from those in front."""
        out, back = self.view.direction != "in", self.view.direction != "out"
        found = {row[OBJECT] for row in rows if (out or row[SYMMETRIC]) and row[SUBJECT] in front}
        return found | {row[SUBJECT] for row in rows if (back or row[SYMMETRIC]) and row[OBJECT] in front}


class _Maker:
    """Makes nodes and edges of rows. What many rows say alike is made once."""

    def __init__(self, reader: Reader, view: View, rows: Sequence[EdgeRow]) -> None:
        self._reader, self._language = reader, view.language
        self.nodes: dict[str, Node] = {}
        self._iris: dict[int, str] = {}
        for number, kind, thing in reader.things({row[SUBJECT] for row in rows} | {row[OBJECT] for row in rows}):
            self._iris[number] = thing.iri
            self.add(thing, kind)
        self._relation = cache(self._relation_of)
        self._named = cache(lambda cell: tuple(reader.iri(int(number)) for number in _words(cell)))
        self._ranked = cache(lambda cell, order: ranked(set(_words(cell)), order))
        self._places = cache(lambda cell: tuple(json.loads(cell)))
        self._day = cache(date.fromisoformat)

    def add(self, thing: Thing, kind: Kind) -> None:
        """Make a thing a node."""
        label, language = thing.label(self._language)
        types = tuple(map(local, kind.special)) or ("Thing",)
        self.nodes[thing.iri] = Node(
            thing.iri, label, language, types[0], types, kind.classes, thing.description, thing.links
        )

    def edge(self, row: EdgeRow) -> Edge:
        """A row as an edge."""
        subject, target, relation, iri, symmetric, claims, status, certainties, modes, negated, *more = row
        earliest, latest, ongoing, holders, sources, places, source_count = more
        relations, label = self._relation(relation)
        return Edge(
            iri,
            self._iris[subject],
            self._iris[target],
            relations,
            label,
            _words(claims),
            (status,),
            self._ranked(certainties, CERTAINTIES),
            self._ranked(modes, MODES),
            bool(negated),
            bool(symmetric),
            self._day(earliest) if earliest else None,
            self._day(latest) if latest else None,
            None if ongoing is None else bool(ongoing),
            self._named(holders),
            self._named(sources),
            self._places(places),
            1,
            source_count,
        )

    def _relation_of(self, number: int) -> tuple[tuple[str], str]:
        iri = self._reader.iri(number)
        return (iri,), self._reader.thing(iri).label(self._language)[0]


def _words(cell: str) -> tuple[str, ...]:
    """The words that a cell of the index holds."""
    return tuple(cell.split("|")) if cell else ()


def _attribution(reader: Reader, source: str) -> str:
    """What has to be said of a source: its title, and its rights and licence where it states them."""
    row = reader.sources.get(source)
    if row is None:
        return source
    return ". ".join(part.rstrip(".") for part in (row.label, row.rights, row.license) if part)


def _title(view: View, found: _Finder, made: _Maker) -> str:
    """What the network shows, and what it leaves out."""
    language, shown = view.language, found.shown

    def named(iris: Iterable[str]) -> str:
        return listed(language, [found.reader.thing(iri).label(language)[0] for iri in iris])

    what = said(language, "Claims") if set(view.statuses) == set(STATUSES) else _kinds(view)
    if view.relations:
        relations = ", ".join(found.reader.thing(r).label(language)[0] for r in sorted(shown.relations))
        what = said(language, "{what}: {relations}", what=what, relations=relations)
    if view.top:
        what = said(language, "{what} between the {n} best-connected things", what=what, n=view.top)
    if found.centre:
        what = said(language, "{what} around {thing}", what=what, thing=made.nodes[found.centre].label)
    if shown.sources:
        what = said(language, "{what} stated by {sources}", what=what, sources=named(shown.sources))
    if shown.holders:
        what = said(language, "{what} held by {holders}", what=what, holders=named(shown.holders))
    if shown.types:
        what = said(language, "{what}, only of type: {types}", what=what, types=named(shown.types))
    if view.certainties:
        sure = named(CONCEPT[certainty] for certainty in CERTAINTIES if certainty in view.certainties)
        what = said(language, "{what}, certainty: {certainties}", what=what, certainties=sure)
    if view.start or view.end:
        start, end = view.start or said(language, "the beginning"), view.end or said(language, "today")
        what = said(language, "{what}, {start} to {end}", what=what, start=start, end=end)
    return said(language, "{what}, an edge for each claim", what=what) if view.each == "claim" else what


def _kinds(view: View) -> str:
    """The statuses shown, in words."""
    words = [said(view.language, _OF_STATUS[status]) for status in STATUSES if status in view.statuses]
    return listed(view.language, words)
