"""Composes a picture: where each piece stands, before anything is drawn. Drawing it is `picture`'s."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from aigov_graph.errors import Unwritable
from aigov_graph.exports.layout import PLACED_AT_MOST, Box, Place, positions
from aigov_graph.exports.lettering import Lines, broken, undrawable
from aigov_graph.exports.looks import line_of, look_of
from aigov_graph.exports.margins import foot, head
from aigov_graph.exports.model import Edge, Network
from aigov_graph.exports.registry import Export
from aigov_graph.exports.shapes import GREY, Align, Arrow, Composition, Ground, Mark, Rectangle, Word
from aigov_graph.exports.wording import counted, said
from aigov_graph.vocabulary.namespaces import CONCEPT

LABELLED_AT_MOST: Final = 100
NAMED_AT_MOST: Final = 400
"""Edges: the names of more would hide more than they say."""
NODE_SIZE: Final = 8.5
EDGE_SIZE: Final = 6.8
_LABEL_WIDTH, _LABEL_LINES = 98.0, 4
_MARGIN: Final = 28.0
_LEAST_WIDTH: Final = 620.0
_PLAIN_WIDTH: Final = 1100.0
"""Up to here a page shows a picture whole; in a wider one head and foot grow with it."""
_PLAIN_NODES: Final = 150
"""Among more nodes the names grow."""
_THIN_FROM, _THINNEST_FROM = 150, 900
"""Edges from where on lines become thinner and fainter, and from where on they are as thin and faint as they get."""
_ALONG: Final = (0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.27, 0.73)
"""Where along an edge its name may stand, the best first."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a label may stand: the point of its node's rim it begins at, and to which side it goes from there."""

    across: float
    up: float
    align: Align
    side: int


_SPOTS: Final = (
    _Spot(0, -1, "center", -1),
    _Spot(1, 0, "left", 0),
    _Spot(-1, 0, "right", 0),
    _Spot(0.6, -0.6, "left", -1),
    _Spot(-0.6, -0.6, "right", -1),
    _Spot(0.6, 0.6, "left", 1),
    _Spot(-0.6, 0.6, "right", 1),
    _Spot(0, 1, "center", 1),
)
"""The one liked best first."""


def compose(export: Export, text_stays: bool) -> Composition:
    """Place everything.

    Args:
        export: the network and the seed.
        text_stays: the reader's machine has fonts of its own, so letters that this one lacks are no loss.

    Raises:
        Unwritable: there are more nodes than a picture can show.
    """
    found = export.network
    if len(found.nodes) > PLACED_AT_MOST:
        raise Unwritable(
            f"{len(found.nodes)} nodes: a picture shows at most {PLACED_AT_MOST}",
            remedy="ask for less, such as what is around one thing, or choose gexf and draw it with Gephi",
        )
    plan = _Plan(found, lambda name: export.reader.thing(CONCEPT + name).label(found.view.language)[0])
    places = positions(found, export.how.seed, plan.boxes)
    extent = plan.extent(places)
    margin = _MARGIN * plan.grown
    width = max(extent[2] - extent[0] + 2 * margin, _LEAST_WIDTH)
    across = (width - extent[2] - extent[0]) / 2
    middle, unnamed = plan.pieces({iri: Place(p.x + across, p.y - extent[1], p.box) for iri, p in places.items()})
    title = export.how.title or found.title
    notes = list(plan.notes(unnamed, not text_stays))
    grown = max(1.0, width / _PLAIN_WIDTH)
    below, above = foot(found, notes, width, margin, grown), head(found, title, width, margin, grown)
    made = Composition(width, below.height + extent[3] - extent[1] + above.height, title)
    made.take(below, 0.0)
    made.take(middle, below.height)
    made.take(above, made.height - above.height)
    return made


class _Plan:
    """How large each node is and what stands under it, before anything has a place; then the pieces."""

    def __init__(self, found: Network, word: Callable[[str], str]) -> None:
        self.found, self.word = found, word
        degree: Counter[str] = Counter()
        for edge in found.edges:
            degree[edge.source] += 1
            degree[edge.target] += 1
        ranked = sorted(found.nodes, key=lambda iri: (-degree[iri], iri))
        self.grown = min(max(1.0, (len(found.nodes) / _PLAIN_NODES) ** 0.5), 3.0)
        self.radius = {iri: min(3.6 + 1.7 * degree[iri] ** 0.5, 15.0) * self.grown**0.5 for iri in ranked}
        self.size = NODE_SIZE * self.grown
        crowd = (len(found.edges) - _THIN_FROM) / (_THINNEST_FROM - _THIN_FROM)
        self.fading = min(max(crowd, 0.0), 1.0)
        self.loops = {edge.source for edge in found.edges if edge.source == edge.target}
        self.labels: dict[str, Lines] = {
            iri: broken(found.nodes[iri].label, self.size, _LABEL_WIDTH * self.grown, _LABEL_LINES)
            for iri in ranked[:LABELLED_AT_MOST]
        }
        self.boxes = {iri: self._choices(iri) for iri in found.nodes}

    def extent(self, places: Mapping[str, Place]) -> Rectangle:
        """What all nodes together cover."""
        boxes = [self._rectangle(iri, place) for iri, place in places.items()] or [(0.0, 0.0, 0.0, 0.0)]
        return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)

    def pieces(self, places: Mapping[str, Place]) -> tuple[Composition, int]:
        """The network itself, and how many edges found no room for their name."""
        made = Composition()
        for iri, place in places.items():
            look = look_of(self.found.nodes[iri])
            made.marks.append(Mark(place.x, place.y, self.radius[iri], look.marker, look.colour))
            if iri in self.labels:
                made.words.append(self._label(iri, place))
        taken = Ground([self._rectangle(iri, place) for iri, place in places.items()], len(self.found.edges))
        unnamed = 0
        any_named = len(self.found.edges) <= NAMED_AT_MOST
        for edge, bend in _bent(self.found.edges):
            arrow = self._arrow(edge, places, bend)
            made.arrows.append(arrow)
            name = _named(_said(edge, self.word), arrow, taken) if any_named else None
            if name:
                made.words.append(name)
                taken.take(name.box)
            else:
                unnamed += 1
        return made, unnamed

    def notes(self, unnamed: int, fonts_matter: bool) -> Iterator[str]:
        """What the picture leaves out."""
        nodes, language = len(self.found.nodes), self.found.view.language
        if nodes > LABELLED_AT_MOST:
            text = "The {named} best-connected things are named, {others} are not."
            yield said(language, text, named=LABELLED_AT_MOST, others=nodes - LABELLED_AT_MOST)
        if short := sum(label.cut for label in self.labels.values()):
            yield counted(language, short, "{n} long name is cut short.", "{n} long names are cut short.")
        if unnamed > NAMED_AT_MOST:
            yield said(language, "No edge is named: {n} names would hide them.", n=unnamed)
        elif unnamed:
            one, many = "{n} edge has no room for a name.", "{n} edges have no room for a name."
            yield counted(language, unnamed, one, many)
        if fonts_matter and (lost := sum(undrawable(self.found.nodes[iri].label) for iri in self.labels)):
            one = "No font on this machine has the letters of {n} name."
            many = "No font on this machine has the letters of {n} names."
            yield counted(language, lost, one, many)

    def _choices(self, iri: str) -> list[Box]:
        """With its label in each of the spots."""
        radius = self.radius[iri] + 1
        top = radius + (18.0 if iri in self.loops else 0.0)
        label = self.labels.get(iri)
        if label is None:
            return [Box(radius, radius, top, radius)]
        boxes = []
        for spot in _SPOTS:
            left, bottom, right, upper = self._label_box(label, radius, spot)
            boxes.append(Box(max(radius, -left), max(radius, right), max(top, upper), max(radius, -bottom)))
        return boxes[:-1] if iri in self.loops else boxes

    def _label_box(self, label: Lines, radius: float, spot: _Spot) -> Rectangle:
        """What a label covers around its node."""
        x, middle = spot.across * radius, spot.up * radius
        left = {"left": x + 3, "center": x - label.width / 2, "right": x - 3 - label.width}[spot.align]
        bottom = {-1: middle - 2 - label.height, 0: middle - label.height / 2, 1: middle + 2}[spot.side]
        return left, bottom, left + label.width, bottom + label.height

    def _label(self, iri: str, place: Place) -> Word:
        label, spot = self.labels[iri], _SPOTS[place.box]
        left, _, right, top = self._label_box(label, self.radius[iri] + 1, spot)
        x = {"left": left, "center": (left + right) / 2, "right": right}[spot.align]
        return Word(label.lines, place.x + x, place.y + top, label.width, self.size, align=spot.align, ground=True)

    def _rectangle(self, iri: str, place: Place) -> Rectangle:
        box = self.boxes[iri][place.box]
        return place.x - box.left, place.y - box.below, place.x + box.right, place.y + box.above

    def _arrow(self, edge: Edge, places: Mapping[str, Place], bend: float) -> Arrow:
        line = line_of(edge)
        start, end = ((places[iri].x, places[iri].y) for iri in (edge.source, edge.target))
        gap = self.radius[edge.source] + 1.5, self.radius[edge.target] + 2.5
        if edge.source == edge.target:
            radius = self.radius[edge.source]
            start, end = (start[0] - radius * 0.7, start[1]), (end[0] + radius * 0.7, end[1])
            bend, gap = -2.2, (radius * 0.8, radius * 0.8)
        width = (1.8 if edge.status == "disputed" else 1.0) * (1 - 0.25 * self.fading)
        strength, head = 1 - 0.55 * self.fading, 1 - 0.15 * self.fading
        return Arrow(start, end, *gap, bend, line.dashes, line.colour, width, edge.symmetric, strength, head)


def _bent(edges: list[Edge]) -> Iterator[tuple[Edge, float]]:
    """Each edge with how far it bends, so that those between the same two things lie apart."""
    together: dict[frozenset[str], list[Edge]] = defaultdict(list)
    for edge in edges:
        together[frozenset((edge.source, edge.target))].append(edge)
    for ends, group in together.items():
        for index, edge in enumerate(group):
            bend = (index - (len(group) - 1) / 2) * min(0.34, 1.2 / len(group))
            yield edge, bend if edge.source == min(ends) else -bend


def _named(text: str, arrow: Arrow, taken: Ground) -> Word | None:
    """An edge's name at the first place along it that nothing else covers; None if there is none."""
    lines = broken(text, EDGE_SIZE, 74.0, 3)
    for part in _ALONG:
        x, y = arrow.at(part)
        word = Word(lines.lines, x, y + lines.height / 2, lines.width, EDGE_SIZE, GREY, "center", ground=True)
        if taken.is_free(word.box):
            return word
    return None


def _said(edge: Edge, word: Callable[[str], str]) -> str:
    """The relation, in brackets what keeps it from being a fact, and its years; `word` says a concept's name."""
    doubts = [word(name) for name in (*edge.certainties, *edge.modes) if name not in ("certain", "actual")]
    hedge = ", ".join(doubts) if edge.status == "hedged" and doubts else word(edge.status)
    text = edge.label if edge.status == "fact" else f"{edge.label} ({hedge})"
    first, last = (str(day.year) if day else "" for day in (edge.earliest, edge.latest))
    if not (first or last):
        return text
    return f"{text}, {first}" if first == last else f"{text}, {first}–{last}"
