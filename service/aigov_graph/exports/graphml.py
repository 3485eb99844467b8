"""GraphML, line by line as the network gives it, so that it costs no memory of its own.

networkx writes it too, but guesses the type of every value, wants a copy of the network, and gives a key of nodes and
one of edges the same id where both have the same name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final
from xml.sax.saxutils import escape, quoteattr

from aigov_graph.exports.characters import xml_text
from aigov_graph.exports.model import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Attribute, Edge, Network, Node
from aigov_graph.exports.registry import Export

_HEAD: Final = (
    "<?xml version='1.0' encoding='utf-8'?>\n"
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)
_TYPES: Final = {str: "string", bool: "boolean", int: "int"}
_WORDS: Final = frozenset({"ongoing"})
"""Written as the words true and false: igraph would read a boolean that is absent as false, so that what
says nothing of time would have ended."""
_ABOUT: Final = ("name", "attribution", "digest")
_KEPT: Final = {"\r": "&#13;"}
"""A reader of XML would take it for a line feed."""
_LINES: Final = 4096
"""Written at a time."""


def write(export: Export, out: BinaryIO) -> None:
    """Write GraphML; the ids of edges are their IRIs.

    Raises:
        Unwritable: a text has a character that XML forbids.
    """
    check(export.network)
    piece: list[str] = []
    for line in _lines(export.network):
        piece.append(line)
        if len(piece) == _LINES:
            out.write("".join(piece).encode())
            piece.clear()
    out.write("".join(piece).encode())


def _lines(found: Network) -> Iterator[str]:
    yield _HEAD
    for name in _ABOUT:
        yield f'<key id="graph-{name}" for="graph" attr.name="{name}" attr.type="string"/>\n'
    for kind, attributes in (("node", NODE_ATTRIBUTES), ("edge", EDGE_ATTRIBUTES)):
        for a in attributes:
            type_ = "string" if a.name in _WORDS else _TYPES[a.type]
            yield f'<key id="{kind}-{a.name}" for="{kind}" attr.name="{a.name}" attr.type="{type_}"/>\n'
    yield '<graph edgedefault="directed">\n'
    for name, text in zip(_ABOUT, (found.title, "\n".join(found.attribution), found.digest), strict=True):
        yield f'<data key="graph-{name}">{escape(text)}</data>\n'
    for node in found.nodes.values():
        yield f"<node id={quoteattr(node.iri)}>{_values('node', NODE_ATTRIBUTES, node)}</node>\n"
    for edge in found.edges:
        yield (
            f"<edge id={quoteattr(edge.iri)} source={quoteattr(edge.source)} target={quoteattr(edge.target)}>"
            f"{_values('edge', EDGE_ATTRIBUTES, edge)}</edge>\n"
        )
    yield "</graph>\n</graphml>\n"


def _values(kind: str, attributes: Sequence[Attribute], item: Node | Edge) -> str:
    found = []
    for attribute in attributes:
        value = attribute.flat(item)
        if value is not None:
            text = escape(value, _KEPT) if isinstance(value, str) else str(value).lower()
            found.append(f'<data key="{kind}-{attribute.name}">{text}</data>')
    return "".join(found)


def check(found: Network) -> None:
    """See that XML can hold every text of a network.

    Raises:
        Unwritable: it cannot.
    """
    for node in found.nodes.values():
        xml_text(node.label + node.description + "".join(node.links), node.iri)
    for text in {text for edge in found.edges for text in (edge.label, *edge.locators)}:
        xml_text(text, "an edge")
    for line in (found.title, *found.attribution):
        xml_text(line, "the title or the sources")
