"""GEXF 1.3 with lxml: dynamic spells from the dates, colours, shapes and positions.

networkx writes this version too, but with a graph attribute that the schema forbids and the date of the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO, Final

from lxml import etree

from aigov_graph.exports.graphml import check
from aigov_graph.exports.layout import PLACED_AT_MOST, positions
from aigov_graph.exports.looks import line_of, look_of
from aigov_graph.exports.network import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Attribute, Edge, Node
from aigov_graph.exports.registry import Export

GEXF: Final = "http://gexf.net/1.3"
VIZ: Final = "http://gexf.net/1.3/viz"
_TYPES: Final = {str: "string", bool: "boolean", int: "integer"}
_SHAPES: Final = {"s": "square", "D": "diamond", "d": "diamond", "^": "triangle", "v": "triangle"}
_NODE_ATTRIBUTES: Final = tuple(attribute for attribute in NODE_ATTRIBUTES if attribute.name != "label")
_EDGE_ATTRIBUTES: Final = tuple(a for a in EDGE_ATTRIBUTES if a.name not in ("label", "weight"))


def write(export: Export, out: BinaryIO) -> None:
    """Write GEXF.

    Raises:
        Unwritable: a text has a character that XML forbids.
    """
    found = export.network
    check(found)
    places = positions(found, export.how.seed) if len(found.nodes) <= PLACED_AT_MOST else {}
    dynamic = any(edge.earliest or edge.latest for edge in found.edges)
    with etree.xmlfile(out, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element(_tag("gexf"), nsmap={None: GEXF, "viz": VIZ}, version="1.3"):
            xml.write(_meta(export), pretty_print=True)
            about = {"defaultedgetype": "directed", "mode": "dynamic" if dynamic else "static", "idtype": "string"}
            with xml.element(_tag("graph"), about | ({"timeformat": "date"} if dynamic else {})):
                for kind, attributes in (("node", _NODE_ATTRIBUTES), ("edge", _EDGE_ATTRIBUTES)):
                    xml.write(_declared(kind, attributes), pretty_print=True)
                with xml.element(_tag("nodes"), count=str(len(found.nodes))):
                    for node in found.nodes.values():
                        xml.write(_node(node, places.get(node.iri)), pretty_print=True)
                with xml.element(_tag("edges"), count=str(len(found.edges))):
                    for edge in found.edges:
                        xml.write(_edge(edge), pretty_print=True)


def _tag(name: str) -> str:
    return f"{{{GEXF}}}{name}"


def _meta(export: Export) -> Any:
    meta = etree.Element(_tag("meta"))
    etree.SubElement(meta, _tag("creator")).text = "aigov-graph"
    words = (export.network.title, *export.network.attribution, export.network.digest)
    etree.SubElement(meta, _tag("description")).text = "\n".join(word for word in words if word)
    return meta


def _declared(kind: str, attributes: Sequence[Attribute]) -> Any:
    declared = etree.Element(_tag("attributes"), {"class": kind, "mode": "static"})
    for attribute in attributes:
        etree.SubElement(
            declared, _tag("attribute"), id=attribute.name, title=attribute.name, type=_TYPES[attribute.type]
        )
    return declared


def _values(parent: Any, attributes: Iterable[Attribute], item: Node | Edge) -> None:
    values = etree.SubElement(parent, _tag("attvalues"))
    for attribute in attributes:
        value = attribute.flat(item)
        if value is not None:
            text = str(value).lower() if isinstance(value, bool) else str(value)
            etree.SubElement(values, _tag("attvalue"), {"for": attribute.name, "value": text})


def _node(node: Node, place: tuple[float, float] | None) -> Any:
    element = etree.Element(_tag("node"), id=node.iri, label=node.label)
    _values(element, _NODE_ATTRIBUTES, node)
    look = look_of(node)
    red, green, blue = look.rgb
    etree.SubElement(element, f"{{{VIZ}}}color", r=str(red), g=str(green), b=str(blue))
    if place:
        etree.SubElement(element, f"{{{VIZ}}}position", x=f"{place[0] * 1000:.2f}", y=f"{place[1] * 1000:.2f}", z="0.0")
    etree.SubElement(element, f"{{{VIZ}}}shape", value=_SHAPES.get(look.marker, "disc"))
    return element


def _edge(edge: Edge) -> Any:
    element = etree.Element(
        _tag("edge"),
        id=edge.iri,
        source=edge.source,
        target=edge.target,
        label=edge.label,
        weight=str(float(edge.weight)),
        kind=edge.relation,
    )
    _values(element, _EDGE_ATTRIBUTES, edge)
    if edge.earliest or edge.latest:
        spell = etree.SubElement(etree.SubElement(element, _tag("spells")), _tag("spell"))
        if edge.earliest:
            spell.set("start", edge.earliest.isoformat())
        if edge.latest:
            spell.set("end", edge.latest.isoformat())
    etree.SubElement(element, f"{{{VIZ}}}shape", value=line_of(edge).dot_style.replace("bold", "double"))
    return element
