"""The network as measures see it: one tie for whatever was said between two things.

What is denied, plainly or with a hedge, is no tie: nobody says that it is so. Loops are none either.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

import networkx as nx

from aigov_graph.exports import Edge, Network
from aigov_graph.exports.registry import missing, require

FAST_FROM: Final = 100
"""Nodes from which betweenness and closeness go by rustworkx: at 100 six times as fast, below a few milliseconds."""


@dataclass(frozen=True)
class Ties:
    """The ties of a network: directed, and without direction; a symmetric edge is a tie both ways."""

    network: Network
    directed: nx.DiGraph[str]
    edges: dict[frozenset[str], list[Edge]]

    @classmethod
    def of(cls, network: Network) -> Ties:
        """The ties that a network's edges make."""
        directed: nx.DiGraph[str] = nx.DiGraph()
        directed.add_nodes_from(network.nodes)
        edges: dict[frozenset[str], list[Edge]] = defaultdict(list)
        for edge in network.edges:
            if edge.negated or edge.source == edge.target:
                continue
            edges[frozenset((edge.source, edge.target))].append(edge)
            directed.add_edge(edge.source, edge.target)
            if edge.symmetric:
                directed.add_edge(edge.target, edge.source)
        return cls(network, directed, dict(edges))

    @property
    def undirected(self) -> nx.Graph[str]:
        """The ties without their direction."""
        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(self.directed.nodes)
        graph.add_edges_from(self.directed.edges)
        return graph

    @property
    def used(self) -> tuple[str, ...]:
        """IRIs of all edges that are ties, of joined ones each."""
        return tuple(sorted(iri for edges in self.edges.values() for edge in edges for iri in edge.iris))

    def label(self, iri: str) -> str:
        """A thing's name."""
        return self.network.nodes[iri].label


def betweenness(graph: nx.Graph[str]) -> dict[str, float]:
    """How often each node lies on the shortest ways between others, from 0 to 1."""
    if _fast(graph):
        import rustworkx as rx

        converted, names = _converted(graph)
        return {names[index]: value for index, value in rx.betweenness_centrality(converted).items()}
    return dict(nx.betweenness_centrality(graph))


def closeness(graph: nx.Graph[str]) -> dict[str, float]:
    """How near each node is to all it can reach, less where it reaches few (Wasserman and Faust)."""
    if _fast(graph):
        import rustworkx as rx

        converted, names = _converted(graph)
        return {names[index]: value for index, value in rx.closeness_centrality(converted).items()}
    return dict(nx.closeness_centrality(graph))


def pagerank(graph: nx.DiGraph[str]) -> dict[str, float]:
    """Rank by who points at a node, and who at them. By rustworkx at any size: networkx would need scipy for it.

    Raises:
        ExtraMissing: rustworkx is not installed.
    """
    require("analysis", "PageRank")
    import rustworkx as rx

    if not graph:
        return {}
    names = sorted(graph.nodes)
    number = {name: index for index, name in enumerate(names)}
    converted: Any = rx.PyDiGraph()
    converted.add_nodes_from(names)
    converted.add_edges_from([(number[a], number[b], 1.0) for a, b in graph.edges])
    return {names[index]: value for index, value in rx.pagerank(converted).items()}


def _fast(graph: nx.Graph[str]) -> bool:
    return graph.number_of_nodes() >= FAST_FROM and not missing("analysis")


def _converted(graph: nx.Graph[str]) -> tuple[Any, list[str]]:
    import rustworkx as rx

    names = sorted(graph.nodes)
    number = {name: index for index, name in enumerate(names)}
    converted: Any = rx.PyGraph()
    converted.add_nodes_from(names)
    converted.add_edges_from_no_data([(number[a], number[b]) for a, b in graph.edges])
    return converted, names
