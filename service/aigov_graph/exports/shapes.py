"""The pieces of a picture, in points from the lower left."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from aigov_graph.exports.lettering import LINE_HEIGHT

GREY: Final = "#6b6b6b"
INK: Final = "#1c1c1c"

Rectangle = tuple[float, float, float, float]
"""Left, bottom, right, top."""

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Word:
    """Lines of text. `anchor_x` is their left end, middle or right end, as `align` says; `top` their upper edge.

    With `ground`, what lies under the letters is hidden.
    """

    lines: tuple[str, ...]
    anchor_x: float
    top: float
    width: float
    size: float
    colour: str = INK
    align: Align = "left"
    bold: bool = False
    ground: bool = False

    def lifted(self, by: float) -> Word:
        """The same, higher up."""
        return replace(self, top=self.top + by)

    def grown(self, by: float) -> Word:
        """The same, so many times as large and as far from (0, 0)."""
        x, top, width, size = (by * length for length in (self.anchor_x, self.top, self.width, self.size))
        return replace(self, anchor_x=x, top=top, width=width, size=size)

    @property
    def line_height(self) -> float:
        """From one line to the next."""
        return self.size * LINE_HEIGHT

    @property
    def box(self) -> Rectangle:
        """What it covers."""
        left = self.anchor_x - {"left": 0.0, "center": self.width / 2, "right": self.width}[self.align]
        return left, self.top - self.line_height * len(self.lines), left + self.width, self.top


@dataclass(frozen=True, slots=True)
class Mark:
    """A node's sign."""

    x: float
    y: float
    radius: float
    marker: str
    colour: str

    def lifted(self, by: float) -> Mark:
        """The same, higher up."""
        return replace(self, y=self.y + by)

    def grown(self, by: float) -> Mark:
        """The same, so many times as large and as far from (0, 0)."""
        return replace(self, x=self.x * by, y=self.y * by, radius=self.radius * by)

    @property
    def box(self) -> Rectangle:
        """What it covers."""
        return self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius


@dataclass(frozen=True, slots=True)
class Arrow:
    """An edge, curved by `bend`; without a head where it holds both ways.

    With a `strength` below 1 what lies under it shows through; `head` makes its head larger or smaller.
    """

    start: tuple[float, float]
    end: tuple[float, float]
    start_gap: float
    end_gap: float
    bend: float
    dashes: Any
    colour: str
    width: float
    both: bool
    strength: float = 1.0
    head: float = 1.0

    def lifted(self, by: float) -> Arrow:
        """The same, higher up."""
        return replace(self, start=(self.start[0], self.start[1] + by), end=(self.end[0], self.end[1] + by))

    def grown(self, by: float) -> Arrow:
        """The same, so many times as large and as far from (0, 0)."""
        start, end = ((x * by, y * by) for x, y in (self.start, self.end))
        return replace(
            self,
            start=start,
            end=end,
            start_gap=self.start_gap * by,
            end_gap=self.end_gap * by,
            width=self.width * by,
            head=self.head * by,
        )

    @property
    def towards(self) -> tuple[float, float]:
        """The point it bends towards."""
        (x0, y0), (x2, y2) = self.start, self.end
        return (x0 + x2) / 2 + self.bend * (y2 - y0), (y0 + y2) / 2 - self.bend * (x2 - x0)

    def at(self, part: float) -> tuple[float, float]:
        """The point at this part of the way."""
        (x0, y0), (x1, y1), (x2, y2) = self.start, self.towards, self.end
        a, b, c = (1 - part) ** 2, 2 * part * (1 - part), part**2
        return a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2


@dataclass
class Composition:
    """A whole picture, or pieces that become part of one."""

    width: float = 0.0
    height: float = 0.0
    title: str = ""
    words: list[Word] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)

    def grown(self, by: float) -> Composition:
        """The same, so many times as large."""
        return Composition(
            self.width * by,
            self.height * by,
            self.title,
            [word.grown(by) for word in self.words],
            [mark.grown(by) for mark in self.marks],
            [arrow.grown(by) for arrow in self.arrows],
        )

    def take(self, other: Composition, lifted: float) -> None:
        """Take in the pieces of another, higher up."""
        self.words += [word.lifted(lifted) for word in other.words]
        self.marks += [mark.lifted(lifted) for mark in other.marks]
        self.arrows += [arrow.lifted(lifted) for arrow in other.arrows]


def meet(one: Rectangle, other: Rectangle) -> bool:
    """Whether two rectangles share any ground."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


class Ground:
    """Rectangles that are taken, asked about all at once."""

    def __init__(self, taken: list[Rectangle], more: int) -> None:
        """Begin with some; `more` is how many may follow."""
        import numpy as np

        self._boxes = np.full((len(taken) + more, 4), np.inf)
        self._boxes[:, 2:] = -np.inf
        self._count = len(taken)
        if taken:
            self._boxes[: len(taken)] = taken

    def is_free(self, box: Rectangle) -> bool:
        """Whether a rectangle meets none of them."""
        boxes = self._boxes[: self._count]
        left, bottom, right, top = box
        meeting = (boxes[:, 0] < right) & (boxes[:, 2] > left) & (boxes[:, 1] < top) & (boxes[:, 3] > bottom)
        return not bool(meeting.any())

    def take(self, box: Rectangle) -> None:
        """Take one more."""
        self._boxes[self._count] = box
        self._count += 1
