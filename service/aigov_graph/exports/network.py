"""The network: things as nodes, what is said between them as edges. Every format writes this and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import networkx as nx

from aigov_graph.exports.options import CERTAINTIES, MODES, View
from aigov_graph.exports.reader import ClaimRow, EdgeRow, Ground, Reader
from aigov_graph.exports.thinning import best_connected, joined, largest, ranked, sorted_words
from aigov_graph.vocabulary.namespaces import AIGOV

SEPARATOR: Final = "|"
"""Stands between several values in formats that have no lists. No IRI can hold it."""

_LOOKED_UP_AT_MOST: Final = 600
"""Edges near one thing; for more, all of the graph are read at once and kept."""


@dataclass(frozen=True, slots=True)
class Node:
    """A thing.

    Attributes:
        iri: which.
        label: in the language asked for, or the nearest there is.
        language: of the label; "" if it has none.
        type: its class, by local name; the first of several by name.
        types: its classes, those above them left out.
        classes: IRIs of its classes and of all above them.
        description: tells it from its namesakes; may be empty.
        links: the same thing elsewhere.
    """

    iri: str
    label: str
    language: str
    type: str
    types: tuple[str, ...]
    classes: frozenset[str]
    description: str
    links: tuple[str, ...]


@dataclass(slots=True)
class Edge:
    """What is said between two things. Certainty, mode, holders and sources are those of the claims that decide.

    Attributes:
        iri: of the edge of the graph, or of the claim; for joined edges the first one's.
        source: where it begins; of a symmetric pair the lesser IRI.
        target: where it ends.
        relations: their IRIs; one, unless edges were joined.
        label: the relation in words.
        claims: IRIs of all claims that bear on it, also those against it.
        statuses, certainties, modes: by local names, the strongest first.
        negated: whether all that decide it deny it.
        symmetric: whether it says the same both ways.
        earliest, latest: first and last day; None where open or unknown.
        ongoing: whether it is said to go on; None where nothing is said of time.
        holders, sources: IRIs.
        locators: where in the sources the deciding claims stand.
        weight: how many edges were joined in it.
        source_count: how many sources state it; of joined edges, all together.
    """

    iri: str
    source: str
    target: str
    relations: tuple[str, ...]
    label: str
    claims: tuple[str, ...]
    statuses: tuple[str, ...]
    certainties: tuple[str, ...]
    modes: tuple[str, ...]
    negated: bool
    symmetric: bool
    earliest: date | None
    latest: date | None
    ongoing: bool | None
    holders: tuple[str, ...]
    sources: tuple[str, ...]
    locators: tuple[str, ...]
    weight: int = 1
    source_count: int = 1

    @property
    def relation(self) -> str:
        """The relations by local names."""
        return SEPARATOR.join(local(relation) for relation in self.relations)

    @property
    def status(self) -> str:
        """The weightiest status."""
        return self.statuses[0]


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a node or an edge: its name in every format, its type, what it means, where it comes from."""

    name: str
    type: type[str] | type[bool] | type[int]
    help: str
    value: Callable[[Any], Any]

    def flat(self, item: Any) -> str | bool | int | None:
        """The value as formats without lists hold it; None where there is none."""
        value = self.value(item)
        if isinstance(value, tuple):
            return SEPARATOR.join(value) if value else None
        return value.isoformat() if isinstance(value, date) else None if value == "" else value

    def plain(self, item: Any) -> Any:
        """The value as JSON holds it; None where there is none."""
        value = self.value(item)
        if isinstance(value, tuple):
            return list(value)
        return value.isoformat() if isinstance(value, date) else value


NODE_ATTRIBUTES: Final = (
    Attribute("label", str, "its name", lambda node: node.label),
    Attribute("language", str, "the language of the name", lambda node: node.language),
    Attribute("type", str, "its class", lambda node: node.type),
    Attribute("types", str, "all its classes", lambda node: node.types),
    Attribute("description", str, "what tells it from its namesakes", lambda node: node.description),
    Attribute("links", str, "the same thing elsewhere", lambda node: node.links),
)
EDGE_ATTRIBUTES: Final = (
    Attribute("relation", str, "the relation", lambda edge: edge.relation),
    Attribute("label", str, "the relation in words", lambda edge: edge.label),
    Attribute("claims", str, "all claims that bear on it", lambda edge: edge.claims),
    Attribute("status", str, "fact, disputed, denied, qualified or hedged", lambda edge: SEPARATOR.join(edge.statuses)),
    Attribute("certainty", str, "how sure", lambda edge: SEPARATOR.join(edge.certainties)),
    Attribute("mode", str, "actual, intended, predicted ...", lambda edge: SEPARATOR.join(edge.modes)),
    Attribute("negated", bool, "whether it is denied", lambda edge: edge.negated),
    Attribute("symmetric", bool, "whether it holds both ways", lambda edge: edge.symmetric),
    Attribute("earliest", str, "first day", lambda edge: edge.earliest),
    Attribute("latest", str, "last day", lambda edge: edge.latest),
    Attribute("ongoing", bool, "whether it goes on", lambda edge: edge.ongoing),
    Attribute("holders", str, "who holds it", lambda edge: edge.holders),
    Attribute("sources", str, "which sources say it", lambda edge: edge.sources),
    Attribute("locators", str, "where in the sources", lambda edge: edge.locators),
    Attribute("weight", int, "how many edges were joined in it", lambda edge: edge.weight),
    Attribute("sourceCount", int, "stated by how many sources", lambda edge: edge.source_count),
)


@dataclass(frozen=True)
class Network:
    """A part of the graph, ready to be written.

    Attributes:
        nodes: by IRI, in the order of their IRIs.
        edges: in the order of source, target and relation.
        view: what was asked for.
        version, digest: of the graph it was made from.
        attribution: what has to be said of its sources, a line each.
        title: what it shows, in a line.
    """

    nodes: dict[str, Node]
    edges: list[Edge]
    view: View = field(default_factory=View)
    version: int = 0
    digest: str = ""
    attribution: tuple[str, ...] = ()
    title: str = ""

    def graph(self, flat: bool = False) -> nx.MultiDiGraph[str]:
        """The same as networkx has it: keys of edges are their IRIs, absent values are left out.

        Args:
            flat: several values as one text with `SEPARATOR` between them, days as text, for formats without lists.
        """
        found: nx.MultiDiGraph[str] = nx.MultiDiGraph(name=self.title)
        for node in self.nodes.values():
            found.add_node(node.iri, **_values(NODE_ATTRIBUTES, node, flat))
        for edge in self.edges:
            found.add_edge(edge.source, edge.target, key=edge.iri, **_values(EDGE_ATTRIBUTES, edge, flat))
        return found


def _values(attributes: Sequence[Attribute], item: Any, flat: bool) -> dict[str, Any]:
    values = ((a.name, a.flat(item) if flat else a.value(item)) for a in attributes)
    return {name: value for name, value in values if value is not None}


def local(iri: str) -> str:
    """A term of the ontology by its local name; any other by its IRI."""
    return iri.removeprefix(AIGOV)


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
    what = "Facts" if view.statuses == ("fact",) else "Claims"
    if view.relations:
        what += f": {', '.join(made.reader.thing(r).label(view.language)[0] for r in sorted(made.relations))}"
    if made.centre:
        what += f" around {made.node(made.centre).label}"
    if view.start or view.end:
        what += f", {view.start or 'the beginning'} to {view.end or 'today'}"
    return what
