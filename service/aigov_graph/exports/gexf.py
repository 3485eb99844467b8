"""GEXF 1.3: dynamic spells from the dates, colours, shapes and positions.

networkx writes this version too, but with a graph attribute that the schema forbids and the date of the day; lxml's
streaming writer gives each element a prefix of its own, and some readers know colours only as viz:color.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import BinaryIO, Final
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from aigov_graph.exports.graphml import check
from aigov_graph.exports.layout import PLACED_AT_MOST, Place, positions
from aigov_graph.exports.looks import line_of, look_of
from aigov_graph.exports.model import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Attribute, Edge, Node
from aigov_graph.exports.registry import Export, missing

GEXF: Final = "http://gexf.net/1.3"
VIZ: Final = "http://gexf.net/1.3/viz"
_TYPES: Final = {str: "string", bool: "boolean", int: "integer"}
_SHAPES: Final = {"s": "square", "D": "diamond", "d": "diamond", "^": "triangle", "v": "triangle"}
_NODE_ATTRIBUTES: Final = tuple(attribute for attribute in NODE_ATTRIBUTES if attribute.name != "label")
_EDGE_ATTRIBUTES: Final = tuple(a for a in EDGE_ATTRIBUTES if a.name not in ("label", "weight"))


def write(export: Export, out: BinaryIO) -> None:
    """Write GEXF; with positions where what pictures need is installed.

    Raises:
        Unwritable: a text has a character that XML forbids.
    """
    found = export.network
    check(found)
    placed = len(found.nodes) <= PLACED_AT_MOST and not missing("pictures")
    places = positions(found, export.how.seed) if placed else {}
    dynamic = any(edge.earliest or edge.latest for edge in found.edges)
    about = {"defaultedgetype": "directed", "mode": "dynamic" if dynamic else "static", "idtype": "string"}
    xml = _Writer(out)
    with xml.element("gexf", {"xmlns": GEXF, "xmlns:viz": VIZ, "version": "1.3"}):
        with xml.element("meta"):
            xml.text("creator", "aigov-graph")
            words = (found.title, *found.attribution, found.digest)
            xml.text("description", "\n".join(word for word in words if word))
        with xml.element("graph", about | ({"timeformat": "date"} if dynamic else {})):
            _declare(xml, "node", _NODE_ATTRIBUTES)
            _declare(xml, "edge", _EDGE_ATTRIBUTES)
            with xml.element("nodes", {"count": str(len(found.nodes))}):
                for node in found.nodes.values():
                    _node(xml, node, places.get(node.iri))
            with xml.element("edges", {"count": str(len(found.edges))}):
                for edge in found.edges:
                    _edge(xml, edge)
    xml.end()


class _Writer:
    """XML as it goes, an element a line."""

    def __init__(self, out: BinaryIO) -> None:
        self._xml = XMLGenerator(out, "utf-8", short_empty_elements=True)
        self._xml.startDocument()

    @contextmanager
    def element(self, name: str, attributes: Mapping[str, str] | None = None) -> Iterator[None]:
        self._xml.startElement(name, AttributesImpl(attributes or {}))
        self._xml.characters("\n")
        yield
        self._close(name)

    def empty(self, name: str, **attributes: str) -> None:
        self._xml.startElement(name, AttributesImpl({key.rstrip("_"): value for key, value in attributes.items()}))
        self._close(name)

    def text(self, name: str, text: str) -> None:
        self._xml.startElement(name, AttributesImpl({}))
        self._xml.characters(text)
        self._close(name)

    def end(self) -> None:
        self._xml.endDocument()

    def _close(self, name: str) -> None:
        self._xml.endElement(name)
        self._xml.characters("\n")


def _declare(xml: _Writer, kind: str, attributes: Sequence[Attribute]) -> None:
    with xml.element("attributes", {"class": kind, "mode": "static"}):
        for attribute in attributes:
            xml.empty("attribute", id=attribute.name, title=attribute.name, type=_TYPES[attribute.type])


def _values(xml: _Writer, attributes: Iterable[Attribute], item: Node | Edge) -> None:
    with xml.element("attvalues"):
        for attribute in attributes:
            value = attribute.flat(item)
            if value is not None:
                xml.empty(
                    "attvalue",
                    for_=attribute.name,
                    value=str(value).lower() if isinstance(value, bool) else str(value),
                )


def _node(xml: _Writer, node: Node, place: Place | None) -> None:
    with xml.element("node", {"id": node.iri, "label": node.label}):
        _values(xml, _NODE_ATTRIBUTES, node)
        look = look_of(node)
        red, green, blue = look.rgb
        xml.empty("viz:color", r=str(red), g=str(green), b=str(blue))
        if place:
            xml.empty("viz:position", x=f"{place.x:.2f}", y=f"{place.y:.2f}", z="0.0")
        xml.empty("viz:shape", value=_SHAPES.get(look.marker, "disc"))


def _edge(xml: _Writer, edge: Edge) -> None:
    about = {
        "id": edge.iri,
        "source": edge.source,
        "target": edge.target,
        "label": edge.label,
        "weight": str(float(edge.weight)),
        "kind": edge.relation,
    }
    with xml.element("edge", about):
        _values(xml, _EDGE_ATTRIBUTES, edge)
        days = {"start": edge.earliest, "end": edge.latest}
        if edge.earliest or edge.latest:
            with xml.element("spells"):
                xml.empty("spell", **{name: day.isoformat() for name, day in days.items() if day})
        xml.empty("viz:shape", value=line_of(edge).dot_style.replace("bold", "double"))
