"""Mermaid flowcharts, for pages written in Markdown."""

from __future__ import annotations

from typing import BinaryIO, Final

from aigov_graph.dataset import shorten
from aigov_graph.errors import Unwritable
from aigov_graph.exports.looks import LOOKS, look_of
from aigov_graph.exports.model import EDGE_ATTRIBUTES, Edge
from aigov_graph.exports.registry import Export

MOST_EDGES: Final = 500
"""What Mermaid draws unless the page's owner allows more; a chart itself cannot."""
_PLAIN: Final = frozenset(" ,.-–()/’")


def write(export: Export, out: BinaryIO) -> None:
    """Write a flowchart; each edge's attributes stand in a remark before it.

    Raises:
        Unwritable: there are more edges than Mermaid draws.
    """
    found = export.network
    if len(found.edges) > MOST_EDGES:
        raise Unwritable(
            f"{len(found.edges)} edges: Mermaid draws at most {MOST_EDGES}",
            remedy="ask for less, such as what is around one thing, or choose dot",
        )
    names = {iri: f"n{number}" for number, iri in enumerate(found.nodes)}
    lines = ["---", f"title: {_yaml(export.how.title or found.title)}", "---", "flowchart LR"]
    kinds = sorted({LOOKS.index(look_of(node)) for node in found.nodes.values()})
    lines.extend(f"  classDef k{kind} fill:{LOOKS[kind].colour},stroke:#444,color:#111" for kind in kinds)
    lines.extend(
        f'  {names[node.iri]}["{escaped(node.label)}"]:::k{LOOKS.index(look_of(node))}' for node in found.nodes.values()
    )
    for edge in found.edges:
        lines.append(f"  %% {_remark(edge)}")
        lines.append(f'  {names[edge.source]} {_arrow(edge)}|"{escaped(_said(edge))}"| {names[edge.target]}')
    out.write(("\n".join(lines) + "\n").encode())


def escaped(text: str) -> str:
    """A text as Mermaid shows it letter for letter: what it might read as markup becomes a numeric entity."""
    return "".join(c if c.isalnum() or c in _PLAIN else f"#{ord(c)};" for c in " ".join(text.split())) or " "


def _said(edge: Edge) -> str:
    return edge.label if edge.status == "fact" else f"{edge.label} ({edge.status})"


def _arrow(edge: Edge) -> str:
    if edge.status == "denied":
        return "x--x" if edge.symmetric else "--x"
    body = "-.->" if edge.status in ("hedged", "qualified") else "==>" if edge.status == "disputed" else "-->"
    return f"<{body}" if edge.symmetric else body


def _remark(edge: Edge) -> str:
    """The attributes on one line, without braces, which would make a directive of the remark."""
    values = [
        f"{a.name}={a.flat(edge)}" for a in EDGE_ATTRIBUTES if a.name != "claims" and a.flat(edge) not in (None, "")
    ]
    text = "; ".join([f"claims={' '.join(shorten(claim) for claim in edge.claims)}", *values])
    return " ".join(text.replace("{", "(").replace("}", ")").split())


def _yaml(text: str) -> str:
    return '"' + " ".join(text.replace("\\", "").replace('"', "'").split()) + '"'
