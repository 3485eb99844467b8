"""Dates as people write them (EDTF level 1), read as the first and last day they can mean.

The grammar is the `edtf` library's. It also accepts what this project does not: level 2, times of day, intervals that
run backwards, days that no calendar has; and it guesses an unknown end. Those checks are here. It takes milliseconds
for a text, so that years, months and days written plainly, as nearly all are, do not go there.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from time import struct_time
from typing import Final

from edtf import EDTFParseException, parse_edtf
from edtf.parser import parser_classes as edtf_types

from aigov_graph.errors import DateError

__all__ = ["DateError", "Span", "parse"]

_DAY_OR_LONGER: Final = (
    edtf_types.Date,
    edtf_types.Season,
    edtf_types.Unspecified,
    edtf_types.UncertainOrApproximate,
)
_INTERVALS: Final = (edtf_types.Interval, edtf_types.Level1Interval)
_LEVEL_1: Final = frozenset((*_DAY_OR_LONGER, *_INTERVALS))

_PLAIN: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_NO_DAY: Final = ("", "..")
"""How the end of an interval is written that is unknown or open."""

_WINTER: Final = re.compile(r"([0-9]{4})-24[?~%]?")
_LEVEL_2_SPELLING: Final = re.compile(
    r"S\d"  # significant digits, which the library reads as a plain year
    r"|XXX"  # level 1 leaves open one or two digits of a year, no more
)
_REMEDY: Final = (
    "write a year, month or day (2019, 2019-07, 2019-07-20), perhaps with ~ or ? after it, or an interval "
    "(2015/2019, 2017/.. when it still holds, 2017/ when the end is not known)"
)


@dataclass(frozen=True, slots=True)
class Span:
    """The first and last day a date can mean.

    Args:
        earliest: None where the start is open or unknown.
        latest: None where the end is open or unknown.
        ongoing: whether the text says that it still holds (`2017/..`); an unknown end (`2017/`) does not.
    """

    earliest: date | None
    latest: date | None
    ongoing: bool


@lru_cache(maxsize=4096)
def parse(text: str) -> Span:
    """Read a date of EDTF level 1.

    A season is three months: 21 is March to May, 22 June to August, 23 September to November, and 24 December to the
    end of the next year's February. ISO 8601-2 leaves the months open and the library ends winter with the year, which
    would refuse what held in its January. Uncertain and approximate dates (`2019?`, `1980~`) mean the same days as
    certain ones.

    Raises:
        DateError: the text is malformed, of level 2, a time of day, no day of the calendar, outside the years 1 to
            9999, an interval that runs backwards or one without any date.
    """
    start, slash, end = text.partition("/")
    if slash and start in _NO_DAY and end in _NO_DAY:
        raise DateError("the interval has no date at either end", text, "leave the date out")
    span = _plain(start, end if slash else start, ongoing=end == "..") or _by_library(text)
    if span.earliest and span.latest and span.earliest > span.latest:
        raise DateError("the interval ends before it starts", text, "write the earlier date first")
    return span


def _plain(start: str, end: str, ongoing: bool) -> Span | None:
    """The span between dates that are written plainly or left open; None if one is neither, or there is none."""
    days: list[date | None] = []
    for text, last in ((start, False), (end, True)):
        found = _PLAIN.fullmatch(text)
        if not found and text not in _NO_DAY:
            return None
        try:
            days.append(_day_of(found, last) if found else None)
        except ValueError:
            return None
    return Span(days[0], days[1], ongoing) if any(days) else None


def _day_of(plain: re.Match[str], last: bool) -> date:
    year, month, day = int(plain[1]), int(plain[2] or (12 if last else 1)), plain[3]
    if not 1 <= month <= 12:
        raise ValueError("a season, or no month")
    return date(year, month, int(day or (monthrange(year, month)[1] if last else 1)))


def _by_library(text: str) -> Span:
    """The span of a text that may be anything, perhaps running backwards.

    Raises:
        DateError: as `parse`, but for intervals that run backwards or have no date.
    """
    start, slash, end = text.partition("/")
    try:
        if slash and (start in _NO_DAY or end in _NO_DAY):
            parse_edtf(
                end if start in _NO_DAY else start
            )  # beside an open end the library stumbles over what is no date
        found = None if re.search(r"\s", text) else parse_edtf(text)
    except EDTFParseException:
        found = None
    if found is None:
        raise DateError("this is no date in the Extended Date/Time Format (EDTF)", text, _REMEDY)
    if isinstance(found, edtf_types.DateAndTime):
        raise DateError("the date has a time of day", text, "write the day alone")
    if isinstance(found, edtf_types.LongYear):
        raise DateError("the year lies outside 1 to 9999", text, _REMEDY)
    if type(found) not in _LEVEL_1 or _LEVEL_2_SPELLING.search(text):
        raise DateError("the date is of EDTF level 2; level 1 is used here", text, _REMEDY)
    if not slash:
        return Span(_day(found.lower_strict(), text), _last_day(found, text, text), ongoing=False)
    return Span(
        None if start in _NO_DAY else _day(found.lower.lower_strict(), text),
        None if end in _NO_DAY else _last_day(found.upper, end, text),
        ongoing=end == "..",
    )


def _last_day(found: edtf_types.EDTFObject, end: str, text: str) -> date:
    winter = _WINTER.fullmatch(end)
    if winter is None:
        return _day(found.upper_strict(), text)
    year = int(winter[1]) + 1
    if year > date.max.year:
        raise DateError("the year lies outside 1 to 9999", text, _REMEDY)
    return date(year, 2, monthrange(year, 2)[1])


def _day(found: struct_time, text: str) -> date:
    try:
        return date(found.tm_year, found.tm_mon, found.tm_mday)
    except ValueError as error:
        what = "the year lies outside 1 to 9999" if not 1 <= found.tm_year <= 9999 else "the calendar has no such day"
        raise DateError(what, text, _REMEDY) from error
