"""What a network is made of: things as nodes, what is said between them as edges, and the attributes of both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import networkx as nx

from aigov_graph.exports.options import View
from aigov_graph.vocabulary.namespaces import AIGOV

SEPARATOR: Final = "|"
"""Stands between several values in formats that have no lists. No IRI can hold it."""


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
        joined: IRIs of the edges joined in it; none where it is one.
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
    joined: tuple[str, ...] = ()

    @property
    def iris(self) -> tuple[str, ...]:
        """The edges of the graph that it stands for."""
        return self.joined or (self.iri,)

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
        asked_sources: IRIs of the sources that the view is of; none if it is of all. Other sources may state the same.
    """

    nodes: dict[str, Node]
    edges: list[Edge]
    view: View = field(default_factory=View)
    version: int = 0
    digest: str = ""
    attribution: tuple[str, ...] = ()
    title: str = ""
    asked_sources: tuple[str, ...] = ()

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
