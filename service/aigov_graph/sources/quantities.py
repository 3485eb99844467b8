"""Amounts in plain words, such as "at least 150000000000 CNY" or "almost 50 countries", and back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from aigov_graph.sources.problems import CellError

_NUMBER: Final = r"-?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
_ABOUT: Final = r"(?P<about>(?:about|around|approximately|roughly|some|circa|c\.|~) ?)?"
_BOUNDS: Final = {
    "at least": "minimum",
    "no less than": "minimum",
    "not less than": "minimum",
    "at most": "maximum",
    "up to": "maximum",
    "no more than": "maximum",
    "not more than": "maximum",
    "more than": "above",
    "over": "above",
    "above": "above",
    "less than": "below",
    "fewer than": "below",
    "under": "below",
    "below": "below",
    "almost": "almost",
    "nearly": "almost",
    "exactly": "exactly",
}
_LOWER: Final = ("minimum", "above")
_UPPER: Final = ("maximum", "below")
_UNIT: Final = r"(?P<unit>\S.*?)"
_BOUND: Final = "|".join(sorted(map(re.escape, _BOUNDS), key=len, reverse=True))
_TWO: Final = re.compile(
    rf"{_ABOUT}(?P<low>{_BOUND}) (?P<first>{_NUMBER}) and (?P<high>{_BOUND}) (?P<second>{_NUMBER}) ?{_UNIT}", re.I
)
_RANGE: Final = re.compile(
    rf"{_ABOUT}(?:between )?(?P<first>{_NUMBER})(?: to | and | ?[-–] ?)(?P<second>{_NUMBER}) ?{_UNIT}", re.I
)
_ONE: Final = re.compile(rf"{_ABOUT}(?:(?P<bound>{_BOUND}) )?(?P<first>{_NUMBER}) ?{_UNIT}", re.I)
_NUMBER_WORDS: Final = re.compile(r"hundred|thousand|million|billion|trillion", re.I)
_HELP: Final = 'write "20 cities", "at least 3 d", "more than 20 cities", "almost 50 countries", "400 to 800 EUR"'


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount: its bounds by name (exactly, minimum, maximum, above, below), and its unit."""

    unit: str
    bounds: tuple[tuple[str, Decimal], ...]
    approximate: bool = False

    def words(self) -> str:
        """The amount as `read_amount` reads it."""
        bounds = dict(self.bounds)
        about = "about " if self.approximate else ""
        if "exactly" in bounds:
            said = _plain(bounds["exactly"])
        elif self.approximate and set(bounds) == {"below"}:
            return f"almost {_plain(bounds['below'])} {self.unit}"
        elif set(bounds) == {"minimum", "maximum"}:
            said = f"{_plain(bounds['minimum'])} to {_plain(bounds['maximum'])}"
        else:
            phrases = {"minimum": "at least", "maximum": "at most", "above": "more than", "below": "less than"}
            said = " and ".join(f"{phrases[n]} {_plain(bounds[n])}" for n in (*_LOWER, *_UPPER) if n in bounds)
        return f"{about}{said} {self.unit}"


def read_amount(words: str) -> Amount:
    """Read an amount.

    Raises:
        CellError: it is no number with a unit, or its bounds contradict each other.
    """
    words = " ".join(words.split())
    bounds: tuple[tuple[str, Decimal], ...]
    if found := _TWO.fullmatch(words):
        low, high = _BOUNDS[found["low"].lower()], _BOUNDS[found["high"].lower()]
        if low not in _LOWER or high not in _UPPER:
            raise CellError(f"{words!r} does not give a lower bound, then an upper one; {_HELP}")
        bounds = ((low, _decimal(found["first"])), (high, _decimal(found["second"])))
        about = bool(found["about"])
    elif found := _RANGE.fullmatch(words):
        bounds = (("minimum", _decimal(found["first"])), ("maximum", _decimal(found["second"])))
        about = bool(found["about"])
    elif found := _ONE.fullmatch(words):
        bound = _BOUNDS[found["bound"].lower()] if found["bound"] else "exactly"
        about = bool(found["about"]) or bound == "almost"
        bounds = (("below" if bound == "almost" else bound, _decimal(found["first"])),)
    else:
        raise CellError(f"{words!r} is no number with a unit; {_HELP}")
    if len(bounds) == 2 and bounds[0][1] > bounds[1][1]:
        raise CellError(f"the bounds of {words!r} run backwards; write the lesser number first")
    if _NUMBER_WORDS.search(found["unit"]):
        raise CellError(f"{words!r} has a part of the number in its unit; write the number out in digits")
    return Amount(found["unit"], bounds, about)


def decimal_form(number: Decimal) -> str:
    """The number as the files have it, with a point."""
    plain = _plain(number)
    return plain if "." in plain else f"{plain}.0"


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
