"""Pajek. Quotes cannot be escaped there and end a text, so they become typographic ones."""

from __future__ import annotations

from collections import Counter
from typing import BinaryIO

from aigov_graph.dataset import shorten
from aigov_graph.exports.model import EDGE_ATTRIBUTES, Edge, Node
from aigov_graph.exports.registry import Export


def write(export: Export, out: BinaryIO) -> None:
    """Write vertices by their labels, and arcs with their attributes as further words of the line.

    IRIs of vertices are the parameter `url`, one of the few that every reader knows there. Readers find a
    vertex by its label, so where two things share one, their IRIs are added.
    """
    found = export.network
    labels = Counter(_plain(node.label) for node in found.nodes.values())
    number = {iri: index for index, iri in enumerate(found.nodes, start=1)}
    out.write(f"*Vertices {len(number)}\n".encode())
    for node in found.nodes.values():
        out.write(f"{number[node.iri]} {_quoted(_name(node, labels))} url {_quoted(node.iri)}\n".encode())
    out.write(b"*Arcs\n")
    for edge in found.edges:
        out.write(f"{number[edge.source]} {number[edge.target]} {edge.weight} {_words(edge)}\n".encode())


def _name(node: Node, labels: Counter[str]) -> str:
    label = _plain(node.label)
    return label if labels[label] == 1 and label else f"{label} ({shorten(node.iri)})".strip()


def _words(edge: Edge) -> str:
    values = [("l", edge.label), ("id", edge.iri)]
    for attribute in EDGE_ATTRIBUTES:
        value = attribute.flat(edge)
        if attribute.name not in ("label", "weight") and value is not None:
            values.append((attribute.name, str(value).lower() if isinstance(value, bool) else str(value)))
    return " ".join(f"{name} {_quoted(value)}" for name, value in values)


def _plain(text: str) -> str:
    """One line, and no quote or backslash that a reader would take for its own."""
    return " ".join(text.replace('"', "”").replace("'", "’").replace("\\", "⧵").split())


def _quoted(text: str) -> str:
    return f'"{_plain(text)}"'
