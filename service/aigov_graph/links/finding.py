"""Which of our things a table's rows may be: likely links to others' registries, each with its reasons, for review.

Names decide, in any script; a country that both sides give speaks for or against. Nothing is linked here: a person
takes a row into graphs/links or leaves it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from rapidfuzz.distance import OSA

from aigov_graph.links.readings import Readings
from aigov_graph.search import Finder, Found, Index, Thing, Wanted
from aigov_graph.search.finder import WORTH
from aigov_graph.search.forms import HAN_RUN, fold
from aigov_graph.search.scoring import CODE_MATCH, EXACT, FORM, STATE
from aigov_graph.search.things import ALIAS, CODE, MADE, SHORT
from aigov_graph.vocabulary.namespaces import AIGOV

LIKELY: Final = 0.85
"""From this confidence on a row is proposed as the same thing; below it is only worth a look."""
WORTH_A_LOOK: Final = 0.6

_PER_NAME: Final = 5
_TOO_NEAR: Final = 0.05
"""Two things whose confidence differs by less are not told apart by it."""
_OTHER_COUNTRY: Final = 0.6
_LESSENED: Final = 0.8
_SAID_OF: Final = {ALIAS: "an alias", CODE: "a code", MADE: "a name made of others", SHORT: "initials made of a name"}
_NO_DOUBT: Final = frozenset({EXACT, FORM, STATE, CODE_MATCH})
_READ_AS: Final = "alike when read so"
_OF_STATE: Final = re.compile(r"(?:(?! of ).)+ of (?:the )?([^,.;]+?)(?:[,.;]| that | by |$)")
"""How a description opens that gives a body's state: "Firm of Norland, by a register", "Agency of the Norlands."."""
_IN_BRACKETS: Final = re.compile(r"\s*\(([^()]*)\)\s*$")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of another's table.

    Attributes:
        identifier: what the registry calls it by.
        names: all its names, in any script, the main one first.
        country: ISO 3166-1 alpha-2 code of where it is; empty if the table does not say.
    """

    identifier: str
    names: tuple[str, ...]
    country: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A thing of ours that a row may be.

    Attributes:
        confidence: from 0 to 1.
        spelt_alike: the names agree letter by letter, but for short forms, legal forms and forms of state.
        whole: they agree in the form of state too: of two states called Congo that tells one from the other.
        reasons: what speaks for and against, for the person who decides.
    """

    row: Row
    thing: Thing
    confidence: float
    spelt_alike: bool
    whole: bool = False
    reasons: tuple[str, ...] = field(default=())

    @property
    def likely(self) -> bool:
        """Whether it is proposed as the same thing."""
        return self.confidence >= LIKELY


class LinkFinder:
    """Finds, for rows of other tables, the things they may be.

    Args:
        things: ours.
        classes: full IRIs; only things of these classes, or of those under them, are looked at. None means all.
    """

    def __init__(self, things: Sequence[Thing], classes: tuple[str, ...] = ()) -> None:
        self._classes = classes
        # An index has all things, of whatever class: how common a word is shows only there.
        self._index = Index.made(things)
        self._finder = Finder(self._index)
        states = [
            (name.text, thing.country)
            for thing in things
            if AIGOV.State in thing.above
            for name in thing.names
            if name.kind != CODE
        ]
        self._states = {fold(name): country for name, country in states if country}
        self._homes = {thing.iri: home for thing in things if not thing.country and (home := self._home_of(thing))}
        self._readings = Readings(
            (name for name, _ in states), (country for _, country in states), self._finder.scorer.meant
        )

    def close(self) -> None:
        """Forget the index."""
        self._index.close()

    def find(self, rows: Iterable[Row]) -> list[Proposal]:
        """The proposals for all rows, row by row, the likeliest first.

        Of several rows that would all be the same thing only the likeliest keeps its confidence.
        """
        proposals = [proposal for row in rows for proposal in self.of(row)]
        best: dict[str, float] = {}
        for one in proposals:
            best[one.thing.iri] = max(best.get(one.thing.iri, 0.0), one.confidence)
        bearers: dict[str, set[str]] = {}
        for one in proposals:
            if one.likely:
                bearers.setdefault(one.row.identifier, set()).add(one.thing.iri)
        proposals = [
            _lessened(one, f"{one.row.identifier} is likely another thing of ours too")
            if one.likely and len(bearers[one.row.identifier]) > 1
            else one
            for one in proposals
        ]
        best = {}
        for one in proposals:
            best[one.thing.iri] = max(best.get(one.thing.iri, 0.0), one.confidence)
        claimed = [one.thing.iri for one in proposals if one.confidence == best[one.thing.iri]]
        return [
            _lessened(one, "another row is as near or nearer to it")
            if one.confidence < best[one.thing.iri] or claimed.count(one.thing.iri) > 1
            else one
            for one in proposals
        ]

    def of(self, row: Row) -> list[Proposal]:
        """The things that one row may be, the likeliest first."""
        names, country = self._read(row)
        best: dict[str, list[tuple[str, Found]]] = {}
        for name in names:
            for found in self._finder.find(Wanted(name, self._classes), _PER_NAME):
                best.setdefault(found.thing.iri, []).append((name, found))
        proposals = [self._weigh(row, matches, country) for matches in best.values()]
        if not any(one.likely for one in proposals):
            for name, found in self._read_otherwise(names):
                best.setdefault(found.thing.iri, []).append((name, found))
            proposals = [self._weigh(row, matches, country) for matches in best.values()]
        proposals = sorted(
            (one for one in proposals if one.confidence >= WORTH_A_LOOK),
            key=lambda one: (-one.confidence, one.thing.iri),
        )
        if len(proposals) > 1 and proposals[0].confidence - proposals[1].confidence < _TOO_NEAR:
            near = proposals[0].confidence - _TOO_NEAR
            if not (proposals[0].whole and sum(one.whole for one in proposals) == 1):
                proposals = [
                    _lessened(one, "another thing of ours is as near") if one.confidence > near else one
                    for one in proposals
                ]
        return [self._beside(one, proposals) for one in proposals]

    def _beside(self, one: Proposal, others: Iterable[Proposal]) -> Proposal:
        """A proposal, lessened if the row's name is but a letter from the name of another polity, and not its own."""
        asked = {fold(name) for name in one.row.names}
        if not one.likely or asked & {fold(name.text) for name in one.thing.names}:
            return one
        for other in others:
            if other.thing.iri != one.thing.iri and AIGOV.Polity in other.thing.above:
                for name in other.thing.names:
                    if name.kind != CODE and any(
                        len(written) > _PER_NAME and OSA.distance(written, fold(name.text), score_cutoff=1) <= 1
                        for written in asked
                    ):
                        return _lessened(one, f"but a letter from {name.text!r}")
        return one

    def _home_of(self, thing: Thing) -> str:
        """The code of the state that a thing's description says it is of; empty if it says none."""
        opening = _OF_STATE.match(thing.description)
        return self._states.get(fold(opening[1]), "") if opening else ""

    def _read(self, row: Row) -> tuple[list[str], str]:
        """The names without a country in brackets behind them, and the country."""
        country, names = row.country.upper(), []
        for name in row.names:
            behind = _IN_BRACKETS.search(name)
            code = self._states.get(fold(behind[1])) if behind else None
            country = country or code or ""
            names.append(name[: behind.start()] if behind and code else name)
        return [name for name in dict.fromkeys(names) if name.strip()], country

    def _read_otherwise(self, names: Iterable[str]) -> Iterator[tuple[str, Found]]:
        """States, and parts of states, that bear one of the names when it is read in another way."""
        for name in names:
            for text, worth, why in self._readings.of(name):
                for found in self._finder.find(Wanted(text, self._classes), _PER_NAME):
                    if AIGOV.Polity in found.thing.above and found.likeness.way in _NO_DOUBT:
                        likeness = replace(found.likeness, way=_READ_AS)
                        note = f"read as {text!r}, {why}, times {worth:.2f}"
                        yield name, replace(found, score=found.score * worth, likeness=likeness, notes=(note,))

    def _weigh(self, row: Row, matches: list[tuple[str, Found]], country: str) -> Proposal:
        name, found = max(matches, key=lambda match: match[1].score)
        thing, score = found.thing, found.score
        worth = WORTH[found.name.kind]
        by = f", times {worth:g} for {_SAID_OF[found.name.kind]}" if worth < 1 else ""
        reasons = [f"{name!r} and {found.name.text!r}: {found.likeness.way}, {found.likeness.score:.2f}{by}"]
        reasons += found.notes
        others = [
            (other, match)
            for other, match in matches
            if match.likeness.way in _NO_DOUBT and bool(HAN_RUN.search(other)) != bool(HAN_RUN.search(name))
        ]
        if others:
            score += (1 - score) / 2
            reasons.append(f"{others[0][0]!r} too, in another script: half as far from 1")
        reasons.append(self._type_of(thing))
        factor, reason = self._country_of(thing, country)
        reasons.append(reason)
        score = score * factor if factor <= 1 else score + (1 - score) / 4
        spelt_alike = found.likeness.way in _NO_DOUBT
        whole = found.likeness.way in (EXACT, FORM)
        return Proposal(row, thing, round(score, 3), spelt_alike, whole, tuple(reasons))

    def _type_of(self, thing: Thing) -> str:
        own = " and ".join(iri.removeprefix(AIGOV) for iri in thing.classes)
        if not self._classes:
            return f"type not known of the row, ours is {own}"
        return f"type agrees: {own}, asked for {' or '.join(iri.removeprefix(AIGOV) for iri in self._classes)}"

    def _country_of(self, thing: Thing, country: str) -> tuple[float, str]:
        """What the country is worth, more than 1 if it agrees, and the words for it."""
        own, how = thing.country, ""
        if not own and (own := self._homes.get(thing.iri, "")):
            how = " by its description"
        if not country:
            return 1.0, f"country not known of the row, ours is in {own}{how}" if own else "country not known of either"
        if not own:
            return 1.0, f"country not known here, the row says {country}"
        if own == country:
            return 1.25, f"country agrees: both in {own}{', ours' + how if how else ''}: a quarter nearer to 1"
        return _OTHER_COUNTRY, f"country differs: row in {country}, ours in {own}{how}, times {_OTHER_COUNTRY}"


def _lessened(one: Proposal, reason: str) -> Proposal:
    return replace(
        one, confidence=round(one.confidence * _LESSENED, 3), reasons=(*one.reasons, f"{reason}, times {_LESSENED}")
    )
