"""How things look in every format that has colours and shapes: by kind of thing, and by status of edge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aigov_graph.exports.model import Edge, Node
from aigov_graph.vocabulary.namespaces import AIGOV


@dataclass(frozen=True, slots=True)
class Look:
    """A kind of things: its name in a legend, its classes, its colour, its shape in matplotlib and in Graphviz."""

    name: str
    classes: tuple[str, ...]
    colour: str
    marker: str
    dot_shape: str

    @property
    def rgb(self) -> tuple[int, int, int]:
        """The colour as three numbers from 0 to 255."""
        return int(self.colour[1:3], 16), int(self.colour[3:5], 16), int(self.colour[5:7], 16)


LOOKS: Final = (
    Look("state or place", ("State", "Subdivision", "Place"), "#2f6db3", "s", "box"),
    Look("public body", ("Government", "Agency", "Party", "InternationalOrganization"), "#7fb2e5", "s", "box"),
    Look("firm", ("Firm",), "#e07b1a", "o", "ellipse"),
    Look("research or other body", ("ResearchOrganization", "Publication"), "#b07aa1", "o", "ellipse"),
    Look("person, group or public", ("Person", "Public", "ActorGroup", "Actor"), "#f0c34a", "o", "ellipse"),
    Look("policy or instrument", ("Policy", "PolicyInstrument"), "#3a8f5c", "D", "hexagon"),
    Look("technology or system", ("Technology", "System"), "#46b3a9", "^", "triangle"),
    Look("event, trend or measure", ("Situation",), "#c85250", "v", "diamond"),
    Look("claim", ("Claim",), "#555555", "d", "note"),
    Look("topic, aim or concern", (), "#b5b1aa", "h", "ellipse"),
)
"""In the order of the legend; the first that fits a thing is its look, the last fits all."""


@dataclass(frozen=True, slots=True)
class Line:
    """How edges of a status are drawn: its words in a legend, matplotlib's dashes, Graphviz' style, colour."""

    words: str
    dashes: str | tuple[int, tuple[float, ...]]
    dot_style: str
    colour: str


LINES: Final = {
    "fact": Line("stated plainly (fact)", "-", "solid", "#4d4d4d"),
    "disputed": Line("disputed: stated and denied", "-", "bold", "#c03a2b"),
    "denied": Line("denied", (0, (1.0, 1.6)), "dotted", "#c03a2b"),
    "qualified": Line("stated with a restriction", (0, (7.0, 1.6, 1.4, 1.6)), "dashed", "#4d4d4d"),
    "hedged": Line("hedged: possible, planned, relayed ...", (0, (4.0, 2.2)), "dashed", "#7a7a7a"),
}


def look_of(node: Node) -> Look:
    """How a thing looks."""
    for look in LOOKS[:-1]:
        if any(AIGOV[name] in node.classes for name in look.classes):
            return look
    return LOOKS[-1]


def line_of(edge: Edge) -> Line:
    """How an edge is drawn."""
    return LINES[edge.status]
