"""Where nodes stand."""

from __future__ import annotations

import math
from typing import Final

import networkx as nx

from aigov_graph.exports.network import Network

PLACED_AT_MOST: Final = 1000
"""Larger networks get no positions: the tools that read them have their own layouts."""


def positions(found: Network, seed: int) -> dict[str, tuple[float, float]]:
    """A place for each node in the unit square's neighbourhood; the same for the same network and seed."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(found.nodes)
    graph.add_edges_from((edge.source, edge.target) for edge in found.edges)
    if len(graph) < 2:
        return dict.fromkeys(graph, (0.0, 0.0))
    placed = nx.forceatlas2_layout(graph, seed=seed, max_iter=200)
    largest = max(math.hypot(*place) for place in placed.values()) or 1.0
    return {node: (float(x) / largest, float(y) / largest) for node, (x, y) in placed.items()}
