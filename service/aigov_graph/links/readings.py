"""Other readings of a state's name: without what stands in brackets, without the state it is part of, by its adjective.

Rules of the language, and the names of the index; nothing here knows a name of anybody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from aigov_graph.search.forms import POLITY, STOP, form

_BRACKETS: Final = re.compile(r"\s*(?:\(([^()]*)\)|\[([^\[\]]*)\]|（([^（）]*)）)\s*")
_REGION: Final = re.compile(r"[ ,]+special administrative region\W*$", re.IGNORECASE)
_ISLANDS: Final = re.compile(r"\s+islands\W*$", re.IGNORECASE)
_CODE: Final = re.compile(r"\b[A-Z]{2,3}\b")
_FORMS: Final = POLITY | {"confederation"}
_OF_ADJECTIVES: Final = ("ese", "ian", "ean", "ish", "ine", "an", "ic", "i")
"""Endings that make an adjective of the name of a land; the longest that fits is taken."""
_STEM: Final = 4
"""Letters that an adjective must share with the name it is of."""
_SHORTEST: Final = 4
"""Letters of a name in which one may be slipped."""


class Reading(NamedTuple):
    """Another text for a name, what it is worth beside the name as it stands, and why it may be read so."""

    text: str
    worth: float
    why: str


class Readings:
    """Gives the readings of names.

    Args:
        states: what the states of the index are called.
        codes: their codes.
        meant: a word as it should be spelt, where it is nearly a common one.
    """

    def __init__(self, states: Iterable[str], codes: Iterable[str], meant: Callable[[str], str]) -> None:
        known = [form(name) for name in states]
        self._known = {one.folded for one in known}
        self._codes = frozenset(codes)
        self._nouns = sorted({one.words[0] for one in known if len(one.words) == 1 and not one.han})
        self._meant = meant

    def of(self, name: str) -> Iterator[Reading]:
        """How a name may be read besides as it stands."""
        if (plain := self._without_brackets(name)) and plain != name:
            yield Reading(plain, 0.9, "without what stands in brackets")
        if (own := self._alone(name)) and own != name:
            yield Reading(own, 0.9, "without what it is part of")
        if (short := _ISLANDS.sub("", name)) != name and len(set(form(short).words) - STOP) > 1:
            yield Reading(short, 0.9, "islands or not")
        yield from self._nouns_of(name)

    def _without_brackets(self, name: str) -> str:
        """A name without words in brackets, unless these are a form of state or a state, which tell two apart."""

        def tells(found: re.Match[str]) -> str:
            text = next(part for part in found.groups() if part is not None)
            inside = form(text)
            own = [word for word in inside.words if word not in POLITY and word not in STOP]
            elsewhere = inside.folded in self._known or self._codes & set(_CODE.findall(text.replace(".", "")))
            return " " if (own or inside.han) and not elsewhere else found[0]

        return _BRACKETS.sub(tells, name).strip()

    def _alone(self, name: str) -> str:
        """A region's own name, without the state before it and without the form of region."""
        before, comma, behind = name.partition(",")
        region = _REGION.search(name)
        return _REGION.sub("", behind if comma and (region or form(before).folded in self._known) else name).strip()

    def _nouns_of(self, name: str) -> Iterator[Reading]:
        """The one state that is written with a slip, or by its adjective, as in "the Norlandic Republic"."""
        asked = form(name)
        telling = [self._meant(word) for word in asked.words if word not in STOP]
        own = [word for word in telling if word not in _FORMS]
        if asked.han or len(own) != 1 or own[0] in self._nouns:
            return
        slipped = [noun for noun in self._nouns if _is_slip(own[0], noun)]
        if len(slipped) == 1:
            yield Reading(slipped[0], 0.87, "with a slip")
        if len(telling) > 1 and telling[0] == own[0] and "of" not in asked.words:
            fitting = [noun for noun in self._nouns if _is_adjective(own[0], noun)]
            if len(fitting) == 1:
                yield Reading(fitting[0], 0.88, "by its adjective")


def _is_slip(word: str, noun: str) -> bool:
    """Whether a letter is missing, doubled or swapped; another letter may make another name, as of Iran and Iraq."""
    return (
        min(len(word), len(noun)) >= _SHORTEST
        and word[0] == noun[0]
        and (len(word) != len(noun) or sorted(word) == sorted(noun))
        and OSA.distance(word, noun, score_cutoff=1) == 1
    )


def _is_adjective(word: str, noun: str) -> bool:
    ending = next((one for one in _OF_ADJECTIVES if word.endswith(one) and len(word) - len(one) >= _STEM), "")
    stem = word[: len(word) - len(ending)]
    # The last letter of the stem may be another: "Portuguese", "Togolese".
    return len(stem) >= _STEM and noun.startswith(stem[: max(_STEM, len(stem) - 1)] if ending else stem)
