"""The answer to a name: candidates of the index, judged name by name, the best first."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from aigov_graph.search.forms import Form, clean, form
from aigov_graph.search.index import Candidate, Index
from aigov_graph.search.scoring import CODE_MATCH, EXACT, FORM, MADE_MATCH, Likeness, Scorer
from aigov_graph.search.things import ALIAS, CODE, LABEL, MADE, SHORT, Name, Thing
from aigov_graph.vocabulary.namespaces import AIGOV

LEAST: Final = 0.45
"""What is less like than this is not worth showing."""
MOST: Final = 100
_CANDIDATES: Final = 80
_JUDGED: Final = 16

WORTH: Final = {LABEL: 1.0, ALIAS: 0.995, CODE: 0.95, MADE: 0.93, SHORT: 0.85}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for.

    Attributes:
        name: as somebody wrote it.
        classes: full IRIs; a thing must be of one of these, or of a class under it. None means any.
        begins: the name is only begun.
    """

    name: str
    classes: tuple[str, ...] = ()
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that may be meant: how like, by which of its names and in what way.

    Attributes:
        sure: the name is, letter by letter but for case, width, dots and accents, a label, an alias or a code of
            this thing and of no other of the classes wanted.
    """

    thing: Thing
    score: float
    name: Name
    likeness: Likeness
    sure: bool = False
    notes: tuple[str, ...] = field(default=())


class Finder:
    """Looks names up in one index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.scorer = Scorer(index.size, index.frequency)

    def find(self, wanted: Wanted, limit: int = 10) -> list[Found]:
        """The things that a name may mean, the likest first.

        Args:
            wanted: the name and what it should be.
            limit: no more than these; at most `MOST`.
        """
        asked = form(wanted.name)
        if not asked.folded:
            return []
        pool = self.index.candidates(asked, wanted.classes, _CANDIDATES, begins=wanted.begins)
        rough = sorted(
            (
                (max(self.scorer.quick(asked, one, begins=wanted.begins) for one in candidate.forms), number)
                for number, candidate in enumerate(pool)
            ),
            key=lambda pair: (-pair[0], pair[1]),
        )
        judged = [self._judge(asked, pool[number], wanted) for _, number in rough[: max(_JUDGED, limit)]]
        kept = sorted((found for found in judged if found.score >= LEAST), key=_order)
        return self._surely(wanted, asked, kept)[: min(limit, MOST)]

    def _judge(self, asked: Form, candidate: Candidate, wanted: Wanted) -> Found:
        thing, forms = candidate.thing, candidate.forms
        state = AIGOV.Polity in thing.above
        best = Found(thing, -1.0, thing.names[0], Likeness(0.0, ""))
        for name, one in zip(thing.names, forms, strict=True):
            if name.kind == CODE:
                same = asked.folded == one.folded
                likeness = Likeness(1.0, CODE_MATCH) if same else Likeness(0.0, "")
            else:
                likeness = self.scorer.likeness(asked, one, begins=wanted.begins, state=state)
                if name.kind in (MADE, SHORT) and likeness.way in (EXACT, FORM):
                    likeness = replace(likeness, way=MADE_MATCH)
            score = likeness.score * WORTH[name.kind]
            if wanted.begins and not _is_name(name, wanted.name) and name.kind == CODE:
                score *= WORTH[SHORT]  # "ch" is more likely the beginning of a name than the code of a state
            if score > best.score:
                best = Found(thing, score, name, likeness)
        return best

    def _surely(self, wanted: Wanted, asked: Form, kept: list[Found]) -> list[Found]:
        """Mark the one thing that bears the name exactly, if it is one."""
        bearers = [
            thing.iri
            for candidate in self.index.called(f"={asked.folded}", wanted.classes)
            for thing, forms in [(candidate.thing, candidate.forms)]
            if any(
                one.folded == asked.folded and _is_name(name, wanted.name)
                for name, one in zip(thing.names, forms, strict=True)
            )
        ]
        if len(bearers) != 1:
            return kept
        return [replace(found, sure=found.thing.iri == bearers[0]) for found in kept]


def _is_name(name: Name, written: str) -> bool:
    """Whether a name, spelt as something was written, was meant: "it" is no code of a state, "IT" may be."""
    if name.kind == CODE:
        return not name.text.isupper() or clean(written).isupper()
    return name.kind in (LABEL, ALIAS)


def _order(found: Found) -> tuple[float, bool, int, str]:
    entity = AIGOV.Entity in found.thing.above
    return -round(found.score, 4), not entity, len(found.thing.label), found.thing.iri
