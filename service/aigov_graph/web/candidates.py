"""One name of a table to the things it may mean: class, properties and name weighed together.

`match` is said only when the name is, letter by letter but for case, width, dots and accents, a label, an alias or a
code of one thing and no other of the classes asked for, and no property speaks against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, cast

from aigov_graph.errors import RequestError
from aigov_graph.search import Found, Wanted
from aigov_graph.search.forms import fold
from aigov_graph.search.scoring import Likeness
from aigov_graph.search.things import Name, Thing
from aigov_graph.vocabulary.namespaces import AIGOV
from aigov_graph.web.lookup import Lookup, slug
from aigov_graph.web.properties import Property, property_of

USUAL: Final = 10
MOST: Final = 50
_PROPERTIES_MOST: Final = 20
_VALUES_MOST: Final = 20
_LOOKED_AT: Final = 200
"""Things that bear one of the values, of which it is looked whether they have all."""
_OTHER_CLASS: Final = 0.75
"""What a score is worth where the class was wished for and is another."""
_AGAINST: Final = 0.5
"""What a score is worth for each property that says another thing."""
_ABOVE_ALL: Final = AIGOV.Entity

Strictness = Literal["any", "all", "should"]


@dataclass(frozen=True, slots=True)
class Constraint:
    """A property and the values one of which a thing should have, ready to be compared."""

    property: Property
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ask:
    """One query of a batch, read and checked."""

    name: str
    classes: tuple[str, ...]
    unknown: bool
    """A class was named, and nothing is of it."""
    strictness: Strictness
    limit: int
    constraints: tuple[Constraint, ...]


def read_ask(lookup: Lookup, given: object) -> Ask:
    """One query as the protocol writes it.

    Raises:
        RequestError: it is none.
    """
    if not isinstance(given, dict):
        raise RequestError("a query is an object", "queries", 'write {"q0": {"query": "a name"}}')
    name = given.get("query", "")
    wanted = given.get("type") or ()
    names = [wanted] if isinstance(wanted, str) else wanted
    limit = given.get("limit") or USUAL
    strictness = given.get("type_strict") or "any"
    properties = given.get("properties") or []
    if not isinstance(name, str | int | float) or not (
        isinstance(names, list | tuple) and all(isinstance(one, str) for one in names)
    ):
        raise RequestError("query is a text, type a text or a list of texts", "queries", "mend the query")
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not 1 <= limit < 1e9:
        raise RequestError("limit is a number from 1", "queries", f"send a number from 1 to {MOST}")
    if strictness not in ("any", "all", "should"):
        raise RequestError("type_strict is any, all or should", "queries", "choose one of these, or leave it out")
    if not isinstance(properties, list) or len(properties) > _PROPERTIES_MOST:
        raise RequestError(f"properties are a list of at most {_PROPERTIES_MOST}", "queries", "mend the query")
    classes = [lookup.class_named(one) for one in names[:_PROPERTIES_MOST]]
    known = tuple(dict.fromkeys(one for one in classes if one))
    constraints = tuple(dict.fromkeys(one for given_one in properties if (one := _constraint(given_one))))
    strict = cast(Strictness, strictness)
    return Ask(str(name), known, None in classes, strict, min(int(limit), MOST), constraints)


def _constraint(given: object) -> Constraint | None:
    """A property to hold a thing to; None where nobody here knows the property, which then says nothing."""
    if not isinstance(given, dict) or not isinstance(given.get("pid"), str) or "v" not in given:
        raise RequestError("a property has pid and v", "queries", 'write {"pid": "country", "v": "CN"}')
    property_ = property_of(given["pid"])
    values = given["v"] if isinstance(given["v"], list) else [given["v"]]
    if property_ is None:
        return None
    folded = {text for value in values[:_VALUES_MOST] for text in _comparable(value)}
    return Constraint(property_, frozenset(folded)) if folded else None


def _comparable(value: object) -> Iterable[str]:
    """A value as one or more folded texts: an entity by id and name, an IRI by its last part too."""
    if isinstance(value, Mapping):
        texts: list[object] = [value.get("id"), value.get("name"), value.get("str")]
    else:
        texts = [value]
    for text in texts:
        if isinstance(text, str | int | float) and (whole := str(text).strip()):
            yield fold(whole)
            if "/" in whole:
                yield fold(whole.rstrip("/").rpartition("/")[2].rpartition("#")[2] or whole)


class Answers:
    """Answers the queries of one batch; what a thing has is read once, however many queries ask for it."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._values: dict[tuple[str, str], frozenset[str]] = {}

    def of(self, ask: Ask) -> list[dict[str, Any]]:
        """The candidates for one query, the likest first, as the protocol writes them."""
        if ask.unknown and not ask.classes and ask.strictness != "should":
            return []
        found = [self._weigh(ask, one) for one in self._found(ask)]
        found.sort(key=lambda one: (-round(one.score, 4), not one.sure))
        return [_candidate(self._lookup, one) for one in found[: ask.limit]]

    def _found(self, ask: Ask) -> list[Found]:
        return _by_name(self._lookup, ask) if ask.name.strip() else self._by_properties(ask)

    def _by_properties(self, ask: Ask) -> list[Found]:
        """Things found by their identifiers or names alone, for a query without a name."""
        things: dict[str, Thing] = {}
        for value in sorted({value for constraint in ask.constraints for value in constraint.values}):
            for candidate in self._lookup.finder.index.called(f"={value}", ask.classes, MOST):
                things.setdefault(candidate.thing.iri, candidate.thing)
        fitting = [
            thing
            for thing in list(things.values())[:_LOOKED_AT]
            if all(self._agrees(thing, constraint) is True for constraint in ask.constraints)
        ]
        sure = len(fitting) == 1
        return [Found(thing, 1.0, Name(thing.label), Likeness(1.0, "its properties"), sure) for thing in fitting]

    def _weigh(self, ask: Ask, found: Found) -> Found:
        verdicts = [self._agrees(found.thing, constraint) for constraint in ask.constraints]
        against = verdicts.count(False)
        score = found.score * _AGAINST**against
        if verdicts.count(True) and not against:
            score += (1 - score) * 0.25
        return replace(found, score=score, sure=found.sure and not against)

    def _agrees(self, thing: Thing, constraint: Constraint) -> bool | None:
        """Whether a thing has one of the values; None if it has no value of that property at all."""
        key = thing.iri, constraint.property.id
        if key not in self._values:
            self._values[key] = self._read_values(thing, constraint.property)
        has = self._values[key]
        return bool(has & constraint.values) if has else None

    def _read_values(self, thing: Thing, property_: Property) -> frozenset[str]:
        has = {text for value in property_.values(self._lookup, thing) for text in _comparable(value)}
        if property_.id == "country" and thing.country:
            has |= {fold(name.text) for state in _states(self._lookup, thing.country) for name in state.names}
        return frozenset(has)


def _by_name(lookup: Lookup, ask: Ask) -> list[Found]:
    soft = ask.strictness == "should" or not ask.classes
    # Properties may raise what is far down; without them nothing below the last one shown can be.
    most = MOST if ask.constraints else max(ask.limit, USUAL)
    found = lookup.finder.find(Wanted(ask.name, ask.classes or (_ABOVE_ALL,)), most)
    if soft and ask.classes:
        seen = {one.thing.iri for one in found}
        others = lookup.finder.find(Wanted(ask.name, (_ABOVE_ALL,)), most)
        found += [
            replace(one, score=one.score * _OTHER_CLASS, sure=False) for one in others if one.thing.iri not in seen
        ]
    if ask.strictness == "all":
        found = [one for one in found if set(ask.classes) <= set(one.thing.above)]
    return found


def _states(lookup: Lookup, code: str) -> list[Thing]:
    called = [one.thing for one in lookup.finder.index.called(f"={fold(code)}", (AIGOV.State,))]
    return [thing for thing in called if thing.country == code]


def _candidate(lookup: Lookup, found: Found) -> dict[str, Any]:
    thing = found.thing
    described: dict[str, Any] = {
        "id": slug(thing.iri),
        "name": thing.label,
        "type": [{"id": iri, "name": lookup.classes[iri].label} for iri in thing.classes if iri in lookup.classes],
        "score": round(found.score * 100, 2),
        "match": found.sure,
        "features": [{"id": "name_similarity", "value": round(found.likeness.score * 100, 2)}],
    }
    if thing.description:
        described["description"] = thing.description
    return described
