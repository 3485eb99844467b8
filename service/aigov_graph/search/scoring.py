"""How alike two names are, from 0 to 1, and in what way.

Words are compared one by one and each counts by how much it tells: "of" and "Ltd" next to nothing, a common word of
the index little, a rare one much. Letters may be swapped, missing or added; short words must be spelt alike.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from aigov_graph.search.forms import HAN_POLITY, LEGAL, POLITY, STOP, Form, weight

EXACT: Final = "spelt the same"
FORM: Final = "the same but for short forms, legal form or order"
STATE: Final = "the same but for the form of state"
CODE_MATCH: Final = "its code"
INITIALS: Final = "its initials"
MADE_MATCH: Final = "a name that follows from its own"
ALIKE: Final = "spelt alike"

_LIKE: Final = 0.74
"""Two words that are less alike are two words: one letter of four may differ."""
_SPELT: Final = 4
"""Shorter words must be spelt the same."""
_SLIP_LENGTH: Final = 6
"""In words of so many letters one that is swapped, missing or wrong, but the first, is a slip."""
_STATE_SLIP_LENGTH: Final = 5
"""The same in names of states, of which there are few."""
_SLIP: Final = 0.96
_COMMON: Final = sorted(word for word in LEGAL | POLITY | STOP if len(word) > 4)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike: the score, in what way, and how much of the wanted and of the found name is covered."""

    score: float
    way: str
    wanted: float = 1.0
    found: float = 1.0


class Scorer:
    """Compares names against the background of an index.

    Args:
        size: how many things there are.
        frequency: how many of them have a word in their names.
    """

    def __init__(self, size: int, frequency: Callable[[str], int]) -> None:
        self._size, self._frequency = max(size, 1), frequency
        self._rarest = math.log(1 + self._size)
        self.meant: Callable[[str], str] = lru_cache(maxsize=16384)(self._meant)
        self.tells: Callable[[str], float] = lru_cache(maxsize=16384)(self._tells)

    def _tells(self, word: str) -> float:
        """How much a word tells, from nearly 0 to 1."""
        # In a small index every word is rare; the floor keeps names comparable there.
        rare = math.log(1 + self._size / (1 + self._frequency(word))) / self._rarest
        return weight(self.meant(word)) * max(rare, 0.2)

    def _meant(self, word: str) -> str:
        """A word as it should be spelt, if it is none of the index and nearly one that tells little."""
        if len(word) < _SPELT + 1 or self._frequency(word):
            return word
        near = process.extractOne(word, _COMMON, scorer=OSA.distance, score_cutoff=1)
        return near[0] if near else word

    def quick(self, wanted: Form, found: Form, *, begins: bool = False) -> float:
        """A rough likeness, cheap enough for every candidate."""
        if wanted.folded == found.folded:
            return 3.0  # above all that only has its words in it
        if begins and found.folded.startswith(wanted.folded):
            return 2.0 - len(found.joined) / 10_000
        rough = fuzz.token_set_ratio(wanted.telling, found.telling) / 100 if wanted.words and found.words else 0.0
        if wanted.core and found.core:
            rough = max(rough, fuzz.ratio(wanted.core, found.core) / 100, 0.8 * (wanted.core in found.core))
        if wanted.initials == found.joined or wanted.joined == found.initials:
            rough = max(rough, 0.7)
        return rough + fuzz.ratio(wanted.joined, found.joined) / 1000

    def likeness(self, wanted: Form, found: Form, *, begins: bool = False, state: bool = False) -> Likeness:
        """How alike two names are.

        Args:
            wanted: what somebody wrote.
            found: a name of the index.
            begins: the last word of what was written may go on.
            state: the thing found is a state or a part of one: "Republic of" may be said or not.
        """
        if wanted.folded == found.folded:
            return Likeness(1.0, EXACT)
        if wanted.words == found.words and wanted.han == found.han:
            return Likeness(0.99, FORM)
        if wanted.core and found.core:
            return self._han(wanted, found, begins, state)
        if not wanted.words or not found.words:
            return Likeness(0.0, ALIKE)
        if sorted(wanted.telling.split()) == sorted(found.telling.split()):
            return Likeness(0.97, FORM)
        if begins and found.folded.startswith(wanted.folded):
            part = min(len(wanted.joined) / len(found.joined), 1.0)  # a legal form is nothing to be typed yet
            return Likeness(0.85 + 0.1 * part, ALIKE, 1.0, part)
        if state and (plain := self._plain_state(wanted, found)):
            return plain
        by_words = self._words(wanted, found, begins)
        if wanted.joined == found.joined and by_words.score < 0.95:
            return Likeness(0.95, FORM)
        if len(found.joined) > 2 and wanted.initials == found.joined and by_words.score < 0.8:
            return Likeness(0.8, INITIALS)
        return by_words

    def _plain_state(self, wanted: Form, found: Form) -> Likeness | None:
        """Whether two names of states differ by the form of state, which one of them leaves out."""
        words = ([self.meant(word) for word in one.telling.split()] for one in (wanted, found))
        (one, one_form), (other, other_form) = (_parted(some) for some in words)
        if not one or not other or (one_form and other_form and one_form != other_form):
            return None
        if {_plural(word) for word in one} == {_plural(word) for word in other}:
            return Likeness(0.95, STATE)
        if _slip(" ".join(one), " ".join(other), _STATE_SLIP_LENGTH):
            return Likeness(0.95 * _SLIP * _SLIP, ALIKE)
        return None

    def _words(self, wanted: Form, found: Form, begins: bool) -> Likeness:
        left = list(dict.fromkeys(found.words))
        all_wanted = list(dict.fromkeys(wanted.words))
        found_all = sum(map(self.tells, left))
        wanted_all = wanted_got = found_got = 0.0
        for word in sorted(all_wanted, key=lambda word: word not in left):
            tells = self.tells(word)
            last = begins and word == wanted.words[-1]
            best, like = max(((other, _alike(word, other, last)) for other in left), key=lambda pair: pair[1],
                             default=("", 0.0))  # fmt: skip
            if like:
                left.remove(best)
                # A misspelt word is in no index, and so would seem to tell more than the one that was meant.
                meant = self.tells(best)
                tells = min(tells, meant) if word != best else tells
                wanted_got += tells * like * like
                found_got += meant * like * like
            wanted_all += tells
        one, other = wanted_got / wanted_all, found_got / found_all
        score = 0.94 * (0.6 * one + 0.4 * other) * (1 if one and other else 0)
        return Likeness(score, ALIKE, one, other)

    def _han(self, wanted: Form, found: Form, begins: bool, state: bool) -> Likeness:
        one, other = wanted.core, found.core
        if begins and found.han.startswith(wanted.han):
            part = len(wanted.han) / len(found.han)
            return Likeness(0.85 + 0.1 * part, ALIKE, 1.0, part)
        if one == other:
            return Likeness(0.97, FORM)
        if state:
            (plain, kind), (other_plain, other_kind) = _han_parted(one), _han_parted(other)
            if plain == other_plain and not (kind and other_kind and "国" not in (kind, other_kind)):
                return Likeness(0.95, STATE)
        short, long = sorted((one, other), key=len)
        if short in long:
            part = len(short) / len(long)
            return Likeness(0.6 + 0.3 * part, ALIKE, 1.0 if one == short else part, 1.0 if other == short else part)
        ratio = fuzz.ratio(one, other) / 100
        return Likeness(0.9 * ratio, ALIKE, ratio, ratio)


def _alike(word: str, other: str, begins: bool) -> float:
    if word == other:
        return 1.0
    if begins and other.startswith(word):
        return 0.97
    if min(len(word), len(other)) < _SPELT:
        return 0.0
    if _slip(word, other, _SLIP_LENGTH):
        return _SLIP
    like = OSA.normalized_similarity(word, other)
    return like if like >= _LIKE else 0.0


def _slip(word: str, other: str, least: int) -> bool:
    """Whether two words of so many letters at least differ by one slip."""
    return (
        min(len(word), len(other)) >= least
        and (word[0] == other[0] or word[1] + word[0] + word[2:] == other)
        and not (word.startswith(other) or other.startswith(word))
        and OSA.distance(word, other, score_cutoff=1) == 1
    )


def _parted(words: list[str]) -> tuple[list[str], set[str]]:
    """Words apart from those of a form of state."""
    return [word for word in words if word not in POLITY], {word for word in words if word in POLITY}


def _plural(word: str) -> str:
    """Of states that are islands some call one an island, others all of them islands."""
    return "islands" if word == "island" else word


def _han_parted(core: str) -> tuple[str, str]:
    """A Chinese name of a state apart from its form."""
    if len(core) == 2 and core[1] == "国":
        return core[0], "国"
    form = HAN_POLITY.search(core)
    return (core[: form.start()], form[0]) if form and form.start() else (core, "")
