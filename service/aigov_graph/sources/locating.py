"""Paragraphs of a text, their locators, and stretches found by their first and last words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from aigov_graph.sources.problems import CellError

_LINE: Final = re.compile(r"[^\n]*\S[^\n]*")
_HEADINGS: Final = (
    ("section", re.compile(r"(?:Section|Sec\.|SECTION|SEC\.)\s*(\d+)\b")),
    ("article", re.compile(r"Article\s+(\d+)\b")),
    ("article", re.compile(r"第([一二三四五六七八九十百零〇\d]+)条")),
    ("article", re.compile(r"제\s?(\d+)조(?:의(\d+))?")),
    ("chapter", re.compile(r"(?:CHAPTER|Chapter)\s+([IVXLC]+|\d+)\b")),
    ("chapter", re.compile(r"第([一二三四五六七八九十百零〇\d]+)[章節节]")),
    ("chapter", re.compile(r"제\s?(\d+)장")),
    ("annex", re.compile(r"(?:ANNEX|Annex)\b\s*([IVXLC]*|\d*)")),
)
_DIGITS: Final = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0}
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_ENDS: Final = ".!?。！？"
_CLOSING: Final = "\"'”’»」』）)"
_QUOTES: Final = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "‐": "-", "‑": "-"})
_SHORT: Final = 8
"""A passage of fewer words than this is not shown by its first and last: they would be most of it."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, in code points, the end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and the phrase that finds it."""

    locator: str
    span: Span


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a text, one a line, each with a locator that no other has.

    Where the text numbers its sections, articles or chapters the locator counts within them, else from the start.
    """
    found: list[Paragraph] = []
    taken: set[str] = set()
    within, count = "", 0
    for total, line in enumerate(_LINE.finditer(text), start=1):
        start = line.start() + len(line.group()) - len(line.group().lstrip())
        content = line.group().strip()
        heading = _heading(content)
        within, count = (heading, 1) if heading else (within, count + 1)
        locator = f"{within}, paragraph {count}" if within else f"paragraph {total}"
        if locator in taken:
            locator = f"{locator} (paragraph {total} of all)"
        taken.add(locator)
        found.append(Paragraph(locator, Span(start, start + len(content))))
    return found


def _heading(line: str) -> str:
    for kind, pattern in _HEADINGS:
        if found := pattern.match(line):
            number = "-".join(_arabic(part) for part in found.groups() if part)
            return f"{kind} {number}".strip()
    return ""


def _arabic(number: str) -> str:
    """A Chinese number up to 999 in digits; any other as it is."""
    if not re.fullmatch(r"[一二三四五六七八九十百零〇]+", number):
        return number
    total, digit = 0, 0
    for character in number:
        if character in _DIGITS:
            digit = _DIGITS[character]
        else:
            total += max(digit, 1) * {"十": 10, "百": 100}[character]
            digit = 0
    return str(total + digit)


def find_span(text: str, within: Span, first: str, last: str) -> Span:
    """The stretch that begins with some words and ends with others, width, case and spacing aside.

    The stop that ends the sentence belongs to it. If one of the two is empty, the other is the whole stretch.

    Raises:
        CellError: the words are not there, or are there more than once.
    """
    folded, places = _fold(text[within.start : within.end])
    opening, closing = _fold(first)[0].strip(), _fold(last)[0].strip()
    opening, closing = opening or closing, closing or opening
    starts = _occurrences(folded, opening)
    if not starts:
        raise CellError(f"the text does not have the words {first or last!r} there")
    if len(starts) > 1:
        raise CellError(f"the words {first or last!r} stand there {len(starts)} times; give more of them")
    start = starts[0]
    if opening == closing:
        end = start + len(opening)
    else:
        position = folded.find(closing, start)
        if position < 0:
            raise CellError(f"the text does not have the words {last!r} after {first!r}")
        end = max(position + len(closing), start + len(opening))
    begin, stop = within.start + places[start], within.start + places[end - 1] + 1
    while stop < within.end and text[stop] in _ENDS:
        stop += 1
    while stop < within.end and text[stop] in _CLOSING and text[stop - 1] in _ENDS:
        stop += 1
    return Span(begin, stop)


def end_words(passage: str) -> tuple[str, str]:
    """At most three words at each end of a passage; none of a short one, or of one that does not part its words."""
    words = passage.split()
    if len(words) < _SHORT or _UNSPACED.search("".join((*words[:3], *words[-3:]))):
        return "", ""
    return " ".join(words[:3]), " ".join(words[-3:])


def _occurrences(folded: str, words: str) -> list[int]:
    found = [match.start() for match in re.finditer(re.escape(words), folded)]
    whole = [at for at in found if at == 0 or not (folded[at - 1].isalnum() and words[0].isalnum())]
    spaced = [at for at in whole if not _UNSPACED.match(words)]
    return spaced or found


def _fold(text: str) -> tuple[str, list[int]]:
    """A text with width, case, quotes and spacing made equal, and for each character its place in the text."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for folded in unicodedata.normalize("NFKC", character).translate(_QUOTES).casefold():
            if folded.isspace():
                if characters and characters[-1] == " ":
                    continue
                folded = " "
            characters.append(folded)
            places.append(place)
    return "".join(characters), places
