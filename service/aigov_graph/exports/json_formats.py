"""Formats that are JSON: Cytoscape's, node-link as D3 and networkx read it, and JSON Graph Format version 2."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

import networkx as nx

from aigov_graph.exports.model import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Network
from aigov_graph.exports.registry import Export


def cytoscape(export: Export, out: BinaryIO) -> None:
    """Write what Cytoscape and Cytoscape.js read; every edge has its IRI as id."""
    data = nx.cytoscape_data(_graph(export.network))
    data["data"] = _about(export.network)
    for node in data["elements"]["nodes"]:
        node["data"]["name"] = node["data"]["label"]
    for edge in data["elements"]["edges"]:
        edge["data"]["id"] = edge["data"]["key"]
        edge["data"]["interaction"] = edge["data"]["relation"]
    _dump(data, out)


def node_link(export: Export, out: BinaryIO) -> None:
    """Write nodes and links, as D3 and networkx call them."""
    data = nx.node_link_data(_graph(export.network), edges="links")
    data["graph"] = _about(export.network)
    _dump(data, out)


def jgf(export: Export, out: BinaryIO) -> None:
    """Write JSON Graph Format version 2."""
    found = export.network
    nodes = {
        node.iri: {"label": node.label, "metadata": {a.name: a.plain(node) for a in NODE_ATTRIBUTES[1:]}}
        for node in found.nodes.values()
    }
    edges = [
        {
            "id": edge.iri,
            "source": edge.source,
            "target": edge.target,
            "relation": edge.relation,
            "directed": True,
            "label": edge.label,
            "metadata": {a.name: a.plain(edge) for a in EDGE_ATTRIBUTES[2:]},
        }
        for edge in found.edges
    ]
    about = _about(found)
    _dump(
        {"graph": {"label": about.pop("name"), "directed": True, "metadata": about, "nodes": nodes, "edges": edges}},
        out,
    )


def _graph(found: Network) -> nx.MultiDiGraph[str]:
    """The network with lists as lists and no absent values hidden: JSON has both."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in found.nodes.values():
        graph.add_node(node.iri, **{a.name: a.plain(node) for a in NODE_ATTRIBUTES})
    for edge in found.edges:
        graph.add_edge(edge.source, edge.target, key=edge.iri, **{a.name: a.plain(edge) for a in EDGE_ATTRIBUTES})
    return graph


def _about(found: Network) -> dict[str, Any]:
    return {
        "name": found.title,
        "attribution": list(found.attribution),
        "version": found.version,
        "digest": found.digest,
        "view": found.view.words(),
    }


def _dump(data: Any, out: BinaryIO) -> None:
    encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
    for piece in encoder.iterencode(data):
        out.write(piece.encode())
    out.write(b"\n")
