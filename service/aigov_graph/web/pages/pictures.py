"""Small pictures drawn by the server: how many claims speak of each year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_HEIGHT: Final = 60
_STEP: Final = 14
_MOST_YEARS: Final = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """A year: how many claims state something of it plainly, how many otherwise, and where its bar stands."""

    year: int
    plain: int
    other: int
    x: int
    plain_height: float
    other_height: float


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
        Bar(year, plain, other, (year - first) * _STEP, round(plain * scale, 1), round(other * scale, 1))
        for year, (plain, other) in sorted(together.items())
    ]
    return Bars(drawn, (last - first + 1) * _STEP, _HEIGHT, first, last)
