"""The network that a view shows: things as nodes, what is said between them as edges.

Every format writes this and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from aigov_graph.exports.model import Edge, Network, Node, local
from aigov_graph.exports.options import CERTAINTIES, MODES, View
from aigov_graph.exports.reader import Reader
from aigov_graph.exports.rows import ClaimRow, EdgeRow, Ground
from aigov_graph.exports.thinning import best_connected, joined, largest, ranked, sorted_words
from aigov_graph.exports.wording import listed, said
from aigov_graph.vocabulary.namespaces import AIGOV

_LOOKED_UP_AT_MOST: Final = 600
"""Edges near one thing; for more, all of the graph are read at once and kept."""


def network(reader: Reader, view: View | None = None) -> Network:
    """The network that a view shows.

    Raises:
        RequestError: the view names a relation, class, source, holder or thing that is not there.
        StoreError: the version cannot be read.
    """
    view = view or View()
    made = _Maker(reader, view)
    found = list(made.near() if view.around else made.all())
    if view.largest:
        found = largest(found)
    if view.top or view.also:
        found = list(made.chosen(found))
    found.sort(key=lambda edge: (edge.source, edge.target, edge.relations, edge.iri))
    if view.merge:
        found = list(joined(found))
    ends = {end for edge in found for end in (edge.source, edge.target)}
    ends |= made.asked_for
    used = sorted({source for edge in found for source in edge.sources})
    return Network(
        {iri: made.node(iri) for iri in sorted(ends)},
        found,
        view,
        reader.version,
        reader.digest,
        tuple(_attribution(reader, source) for source in used),
        _title(view, made),
        tuple(sorted(made.sources)),
    )


class _Maker:
    """Makes edges from rows, and leaves out what the view does not show."""

    def __init__(self, reader: Reader, view: View) -> None:
        self.reader, self.view = reader, view
        vocabulary = reader.vocabulary
        self.vocabulary = vocabulary
        asked = {reader.term(name, "relation", vocabulary.relations) for name in view.relations}
        self.relations = {r for r in vocabulary.relations if r in asked or vocabulary.super_relations(r) & asked}
        self.types = {reader.term(name, "type", vocabulary.classes) for name in view.types}
        self.sources = {reader.find(name, "source") for name in view.sources}
        self.holders = {reader.find(name, "holder") for name in view.holders}
        self.centre = reader.find(view.around, "around") if view.around else ""
        self.also = [reader.find(name, "also") for name in view.also]
        self.asked_for = {*self.also, *([self.centre] if self.centre else [])}
        self._nodes: dict[str, Node] = {}
        self._labels: dict[str, str] = {}
        self._by_iri: dict[str, list[Edge]] = {}
        self._looked_up = 0

    def node(self, iri: str) -> Node:
        """A thing as a node."""
        found = self._nodes.get(iri)
        if found is None:
            thing = self.reader.thing(iri)
            label, language = thing.label(self.view.language)
            ours = {c for c in thing.types if c.startswith(AIGOV)}
            above = {upper for c in ours for upper in self.vocabulary.superclasses(c)}
            types = tuple(sorted(local(c) for c in ours - above)) or ("Thing",)
            found = Node(iri, label, language, types[0], types, frozenset(ours | above), thing.description, thing.links)
            self._nodes[iri] = found
        return found

    def all(self) -> Iterator[Edge]:
        """All edges of the graph that the view shows."""
        for iri in self.reader.hold().edges:
            yield from self._shown(iri)

    def near(self) -> Iterator[Edge]:
        """The edges within reach of the centre, and those between what was reached."""
        seen: dict[str, Edge] = {}
        reached, front = {self.centre}, {self.centre}
        for _ in range(self.view.depth):
            found: set[str] = set()
            for thing in sorted(front):
                begin, end = self.reader.edges_at(thing)
                for edge in self._read(begin | end):
                    seen[edge.iri] = edge
                    if self._leads(edge, thing):
                        found.add(edge.target if edge.source == thing else edge.source)
            front = found - reached
            reached |= found
        seen.update((edge.iri, edge) for edge in self._between(front))
        return (edge for edge in seen.values() if edge.source in reached and edge.target in reached)

    def chosen(self, found: Sequence[Edge]) -> Iterator[Edge]:
        """The edges between the best connected of the things found, and what is near the things asked for besides."""
        things = best_connected(found, self.view.top) | self.asked_for
        for thing in self.also:
            begin, end = self.reader.edges_at(thing)
            near = {
                edge.target if edge.source == thing else edge.source
                for edge in self._read(begin | end)
                if self._leads(edge, thing)
            }
            things.update(sorted(near, key=lambda iri: (-self._degree(iri), iri))[: self.view.most])
        return (edge for edge in self._between(things) if edge.source in things and edge.target in things)

    def _between(self, things: Collection[str]) -> Iterator[Edge]:
        """The edges that begin at one of these things and end at another; hubs need not be read whole."""
        ends = [self.reader.edges_at(thing) for thing in things]
        return self._read(set().union(*(begin for begin, _ in ends)) & set().union(*(end for _, end in ends)))

    def _degree(self, thing: str) -> int:
        """How many edges of any status touch a thing."""
        return len(set().union(*self.reader.edges_at(thing)))

    def _read(self, edges: Collection[str]) -> Iterator[Edge]:
        """The edges with these IRIs that the view shows; so many that all had better be read at once are."""
        self._looked_up += len(edges)
        if self._looked_up > _LOOKED_UP_AT_MOST:
            self.reader.hold()
        for iri in sorted(edges):
            if iri not in self._by_iri:
                self._by_iri[iri] = list(self._shown(iri))
            yield from self._by_iri[iri]

    def _leads(self, edge: Edge, thing: str) -> bool:
        if self.view.direction == "both" or edge.symmetric:
            return True
        return (edge.source if self.view.direction == "out" else edge.target) == thing

    def _wanted(self, row: EdgeRow) -> bool:
        """Whether the view may show an edge, as far as the edge alone tells."""
        if row.status not in self.view.statuses or (self.view.relations and row.relation not in self.relations):
            return False
        for end in (row.subject, row.object):
            classes = self.node(end).classes
            if (AIGOV.Claim in classes and not self.view.claims) or (
                AIGOV.Situation in classes and not self.view.situations
            ):
                return False
            if self.types and not classes & self.types:
                return False
        return True

    def _shown(self, iri: str) -> Iterator[Edge]:
        """What the view shows of an edge: itself or its claims, or nothing."""
        row, grounds = self.reader.edge(iri)
        if not self._wanted(row):
            return
        bearing = [(ground, *self.reader.claim(ground.claim)) for ground in grounds]
        if self.view.each == "claim":
            for ground, claim, places in bearing:
                # A denial that reaches down from a relation above is an edge where it was said.
                if (claim.relation, {claim.subject, claim.object}) == (row.relation, {row.subject, row.object}):
                    edge = self._made(row, [(ground, claim, places)], claim)
                    if self._kept(edge):
                        yield edge
            return
        edge = self._made(row, bearing, None)
        if self._kept(edge):
            yield edge

    def _made(self, row: EdgeRow, bearing: Sequence[tuple[Ground, ClaimRow, list[str]]], only: ClaimRow | None) -> Edge:
        deciding = [(claim, places) for ground, claim, places in bearing if ground.decides or only]
        dated: EdgeRow | ClaimRow = only or row
        return Edge(
            only.iri if only else row.iri,
            row.subject,
            row.object,
            (row.relation,),
            self._word(row.relation),
            tuple(sorted(ground.claim for ground, _, _ in bearing)),
            (row.status,),
            ranked({claim.certainty for claim, _ in deciding}, CERTAINTIES),
            ranked({claim.mode for claim, _ in deciding}, MODES),
            all(claim.negated for claim, _ in deciding),
            row.relation in self.vocabulary.symmetric,
            dated.earliest,
            dated.latest,
            dated.ongoing,
            sorted_words(claim.holder for claim, _ in deciding),
            sorted_words(claim.source for claim, _ in deciding),
            sorted_words(place for _, places in deciding for place in places),
            1,
            1 if only else row.source_count,
        )

    def _kept(self, edge: Edge) -> bool:
        view = self.view
        if self.sources and not self.sources & set(edge.sources):
            return False
        if self.holders and not self.holders & set(edge.holders):
            return False
        if view.certainties and not set(view.certainties) & set(edge.certainties):
            return False
        if view.start or view.end:
            if edge.ongoing is None and not (edge.earliest or edge.latest):
                return view.undated
            return not (
                (view.end and edge.earliest and edge.earliest > view.end)
                or (view.start and edge.latest and edge.latest < view.start)
            )
        return True

    def _word(self, relation: str) -> str:
        found = self._labels.get(relation)
        if found is None:
            found = self._labels[relation] = self.reader.thing(relation).label(self.view.language)[0]
        return found


def _attribution(reader: Reader, source: str) -> str:
    """What has to be said of a source: its title, and its rights and licence where it states them."""
    row = reader.sources.get(source)
    if row is None:
        return source
    return ". ".join(part.rstrip(".") for part in (row.label, row.rights, row.license) if part)


def _title(view: View, made: _Maker) -> str:
    language = view.language
    what = said(language, "Facts" if view.statuses == ("fact",) else "Claims")
    if view.relations:
        relations = ", ".join(made.reader.thing(r).label(language)[0] for r in sorted(made.relations))
        what = said(language, "{what}: {relations}", what=what, relations=relations)
    if made.centre:
        what = said(language, "{what} around {thing}", what=what, thing=made.node(made.centre).label)
    if made.sources:
        sources = listed(language, [made.node(source).label for source in sorted(made.sources)])
        what = said(language, "{what} stated by {sources}", what=what, sources=sources)
    if view.start or view.end:
        start, end = view.start or said(language, "the beginning"), view.end or said(language, "today")
        what = said(language, "{what}, {start} to {end}", what=what, start=start, end=end)
    return what
