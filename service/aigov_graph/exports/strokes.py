"""What an arrow comes to on paper: a curve that leaves its ends free, and a head."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import Final

from aigov_graph.exports.shapes import Arrow

Point = tuple[float, float]
Curve = tuple[Point, Point, Point]
"""Where it begins, the point it bends towards, where it ends."""

_HEAD_LENGTH: Final = 5.4
_HEAD_HALF: Final = 2.3
_HALVINGS: Final = 16


@dataclass(frozen=True, slots=True)
class Stroke:
    """A curve, and the corners of its head; none where it has no head."""

    curve: Curve
    head: Curve | None


def stroke(arrow: Arrow) -> Stroke | None:
    """An arrow as a stroke; None where its ends leave nothing to draw."""
    curve: Curve = arrow.start, arrow.towards, arrow.end
    begin = _leaving(curve, arrow.start_gap)
    end = 1 - _leaving((curve[2], curve[1], curve[0]), arrow.end_gap)
    if end <= begin:
        return None
    shown = _between(curve, begin, end)
    if arrow.both:
        return Stroke(shown, None)
    # The line ends within the head, or it would stand out beyond the tip.
    length = _HEAD_LENGTH * arrow.head
    stop = 1 - _leaving((curve[2], curve[1], curve[0]), arrow.end_gap + length * 0.7)
    tip, (x, y) = shown[2], _at(curve, 1 - _leaving((curve[2], curve[1], curve[0]), arrow.end_gap + length))
    long = hypot(tip[0] - x, tip[1] - y) or 1.0
    across = (tip[0] - x) / long, (tip[1] - y) / long
    back = tip[0] - across[0] * length, tip[1] - across[1] * length
    half = _HEAD_HALF * arrow.head
    one = back[0] - across[1] * half, back[1] + across[0] * half
    other = back[0] + across[1] * half, back[1] - across[0] * half
    return Stroke(_between(curve, begin, stop) if stop > begin else shown, (one, tip, other))


def _leaving(curve: Curve, gap: float) -> float:
    """The part of the way after which a curve is so far from where it begins; 1 where it never is."""
    if gap <= 0:
        return 0.0
    (x, y), _, end = curve
    if hypot(end[0] - x, end[1] - y) <= gap and hypot(_at(curve, 0.5)[0] - x, _at(curve, 0.5)[1] - y) <= gap:
        return 1.0
    low, high = 0.0, 1.0 if hypot(end[0] - x, end[1] - y) > gap else 0.5
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        u, v = _at(curve, middle)
        if hypot(u - x, v - y) > gap:
            high = middle
        else:
            low = middle
    return high


def _at(curve: Curve, part: float) -> Point:
    (x0, y0), (x1, y1), (x2, y2) = curve
    a, b, c = (1 - part) ** 2, 2 * part * (1 - part), part**2
    return a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2


def _between(curve: Curve, begin: float, end: float) -> Curve:
    """The piece of a curve between two parts of its way."""
    (x0, y0), (x1, y1), (x2, y2) = curve
    a, b, c = (1 - begin) * (1 - end), begin * (1 - end) + end * (1 - begin), begin * end
    return _at(curve, begin), (a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2), _at(curve, end)
