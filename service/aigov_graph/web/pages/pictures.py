"""Small pictures drawn by the server: how many claims speak of each year, and who stands around whom.

They are part of the page and hold text as text: a picture of its own that has its letters as shapes is ten times as
large and is there later than the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final
from unicodedata import east_asian_width

_HEIGHT: Final = 60
_STEP: Final = 14
_MOST_YEARS: Final = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """A year: how many claims state something of it plainly, how many otherwise, and where its bar stands.

    Attributes:
        before: whether it stands for all years up to this one.
    """

    year: int
    plain: int
    other: int
    x: int
    plain_height: float
    other_height: float
    before: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar for each year, the years between them counted."""

    bars: list[Bar]
    width: int
    height: int
    first: int
    last: int
    step: int = _STEP


def bars(counted: Mapping[int, tuple[int, int]]) -> Bars | None:
    """Bars for years, each with its number of plain and other claims; None for fewer than two years.

    Years before the last sixty stand together in the first.
    """
    if len(counted) < 2:
        return None
    last = max(counted)
    first = max(min(counted), last - _MOST_YEARS + 1)
    together: dict[int, tuple[int, int]] = {}
    for year, (plain, other) in counted.items():
        before = together.get(max(year, first), (0, 0))
        together[max(year, first)] = (before[0] + plain, before[1] + other)
    most = max(sum(numbers) for numbers in together.values())
    scale = (_HEIGHT - 4) / most
    drawn = [
        Bar(
            *(year, plain, other, (year - first) * _STEP, round(plain * scale, 1), round(other * scale, 1)),
            before=year == first > min(counted),
        )
        for year, (plain, other) in sorted(together.items())
    ]
    return Bars(drawn, (last - first + 1) * _STEP, _HEIGHT, first, last)


_MOST_AROUND: Final = 20
_ROW: Final = 24
_SIDE_COLUMNS: Final = 18
_IN_CIRCLE: Final = 16
_CIRCLE_COLUMNS: Final = 19


@dataclass(frozen=True, slots=True)
class Dot:
    """A thing in a picture: where it stands, its name as far as it fits, and how firmly it is tied to the middle.

    The name stands beside it, to the left or to the right, and so much lower than its middle as `lower` says.
    """

    text: str
    x: float
    y: float
    left: bool
    standing: str = "fact"
    lower: float = 0.0


@dataclass(frozen=True, slots=True)
class Star:
    """A thing in the middle, those it is most often named with on both sides of it, and how many more there are."""

    text: str
    dots: list[Dot]
    width: int
    height: int
    more: int


@dataclass(frozen=True, slots=True)
class Circle:
    """Things around a circle, and lines between those that belong together."""

    dots: list[Dot]
    lines: list[tuple[Dot, Dot]]
    width: int = 560
    height: int = 320


def star(text: str, ties: Mapping[str, Iterable[str]], firmest: Iterable[str], name: Callable[[str], str]) -> Star:
    """The things around one, those with the most ties first.

    Args:
        text: what the one in the middle is called.
        ties: for each of the others how firmly each of its ties stands.
        firmest: how firmly a tie may stand, the firmest first; a line is drawn as the firmest of its ties.
        name: what a thing is called.
    """
    rank = {standing: number for number, standing in enumerate(firmest)}
    found = sorted(((other, list(standings)) for other, standings in ties.items()), key=lambda t: (-len(t[1]), t[0]))
    shown = found[:_MOST_AROUND]
    height = max((len(shown) + 1) // 2, 3) * _ROW + 16
    dots = []
    for number, (other, standings) in enumerate(shown):
        left = number % 2 == 1
        rows = len(shown) // 2 if left else (len(shown) + 1) // 2
        y = height / 2 + (number // 2 - (rows - 1) / 2) * _ROW
        dots.append(
            Dot(fitted(name(other), _SIDE_COLUMNS), 146 if left else 274, y, left, min(standings, key=rank.__getitem__))
        )
    return Star(fitted(text, _SIDE_COLUMNS - 4), dots, 420, height, len(found) - len(shown))


def circle(pairs: Iterable[tuple[str, str]], name: Callable[[str], str]) -> Circle:
    """The things that most pairs hold, around a circle, those that belong together near each other."""
    linked = {(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}
    degrees = Counter(end for pair in linked for end in pair)
    chosen = sorted(degrees, key=lambda end: (-degrees[end], end))[:_IN_CIRCLE]
    inner = {pair for pair in linked if pair[0] in chosen and pair[1] in chosen}
    tied = [end for end in chosen if any(end in pair for pair in inner)]
    order, left = tied[:1], tied[1:]
    while left:  # next to the last comes the one that has most in common with those just before
        near = order[-3:]
        order.append(max(left, key=lambda end: sum((min(end, at), max(end, at)) in inner for at in near)))
        left.remove(order[-1])
    made = Circle([], [])
    dots = {}
    for number, end in enumerate(order):
        angle = 2 * pi * (number + 0.5) / len(order)
        x, y = round(280 + 125 * sin(angle), 1), round(160 - 140 * cos(angle), 1)
        # Names at the top and the bottom stand further out, off the lines between their neighbours.
        lower = round(-7 * cos(angle), 1)
        dots[end] = Dot(fitted(name(end), _CIRCLE_COLUMNS), x, y, x < 280, lower=lower)
    made.dots.extend(dots.values())
    made.lines.extend((dots[one], dots[other]) for one, other in sorted(inner))
    return made


def fitted(text: str, columns: int) -> str:
    """The beginning of a text that takes up so many columns; a Chinese character takes two."""
    used = 0
    for number, letter in enumerate(text):
        used += 2 if east_asian_width(letter) in "WF" else 1
        if used > columns:
            return text[: max(number - 1, 1)].rstrip() + "…"
    return text
