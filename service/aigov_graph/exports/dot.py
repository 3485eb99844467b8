"""Graphviz DOT. Nodes are called n0, n1 ...: a colon in a name would be read as a port."""

from __future__ import annotations

from typing import BinaryIO

from aigov_graph.exports.looks import line_of, look_of
from aigov_graph.exports.model import EDGE_ATTRIBUTES, Edge, Node
from aigov_graph.exports.registry import Export


def write(export: Export, out: BinaryIO) -> None:
    """Write DOT. Every edge carries its attributes, which Graphviz keeps though it draws but some."""
    found = export.network
    names = {iri: f"n{number}" for number, iri in enumerate(found.nodes)}
    lines = [
        "digraph aigov {",
        f"  graph [{_listed(label=export.how.title or found.title, comment=' / '.join(found.attribution))}];",
        '  graph [overlap=false, splines=true, fontname="Helvetica"];',
        '  node [style=filled, fontname="Helvetica", fontsize=11, color="#444444"];',
        '  edge [fontname="Helvetica", fontsize=9, color="#666666"];',
        *(f"  {names[node.iri]} [{_node(node)}];" for node in found.nodes.values()),
        *(f"  {names[edge.source]} -> {names[edge.target]} [{_edge(edge)}];" for edge in found.edges),
        "}",
    ]
    for line in lines:
        out.write(line.encode() + b"\n")


def quoted(text: str) -> str:
    """A text as a DOT string: quotes and backslashes escaped, line breaks as DOT writes them."""
    for raw, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n"), ("\0", "")):
        text = text.replace(raw, escaped)
    return f'"{text}"'


def _listed(**values: str) -> str:
    return ", ".join(f"{name}={quoted(value)}" for name, value in values.items())


def _node(node: Node) -> str:
    look = look_of(node)
    return _listed(
        label=node.label,
        id=node.iri,
        URL=node.iri,
        type=node.type,
        tooltip=node.description or node.label,
        shape=look.dot_shape,
        fillcolor=look.colour,
    )


def _edge(edge: Edge) -> str:
    line = line_of(edge)
    values = {a.name: flat for a in EDGE_ATTRIBUTES if (flat := a.flat(edge)) is not None}
    words = {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in values.items()}
    return _listed(
        **words, id=edge.iri, style=line.dot_style, color=line.colour, dir="both" if edge.symmetric else "forward"
    )
