"""The properties by which reconciliation narrows names and extends tables: one line each.

Besides these, any property of the vocabularies in use may be asked for by its full IRI.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from aigov_graph.links.targets import TARGETS, Target
from aigov_graph.search.forms import fold
from aigov_graph.search.things import Thing
from aigov_graph.vocabulary.namespaces import AIGOV, ID, PREFIXES, RDF, RDFS, SCHEMA, SKOS
from aigov_graph.web.lookup import Lookup, slug

Value = dict[str, Any]
"""A value as the protocol writes it: an entity with id and name, or a text."""


@dataclass(frozen=True, slots=True)
class Property:
    """One property.

    Attributes:
        id: its IRI, or a short name where no one property of ours says it.
        name: for people.
        description: what its values are.
        values: what a thing has.
        of: the class it is proposed for; empty for all.
        points_to: the class of its values, where they are things of ours.
    """

    id: str
    name: str
    description: str
    values: Callable[[Lookup, Thing], list[Value]]
    of: str = ""
    points_to: str = ""


def _said(predicate: str) -> Callable[[Lookup, Thing], list[Value]]:
    def values(lookup: Lookup, thing: Thing) -> list[Value]:
        return [_value(lookup, term) for term in lookup.thing_values(thing.iri, predicate)]

    return values


def _names(predicates: tuple[str, ...], language: str = "") -> Callable[[Lookup, Thing], list[Value]]:
    def values(lookup: Lookup, thing: Thing) -> list[Value]:
        terms = [term for predicate in predicates for term in lookup.thing_values(thing.iri, predicate)]
        texts = [t.value for t in terms if isinstance(t, ox.Literal) and (t.language or "").startswith(language)]
        return [{"str": text} for text in dict.fromkeys(texts)]

    return values


def _linked(target: Target) -> Callable[[Lookup, Thing], list[Value]]:
    def values(lookup: Lookup, thing: Thing) -> list[Value]:
        found = [target.identifier(term.value) for term in lookup.thing_values(thing.iri, SKOS.exactMatch)]
        return [{"str": identifier} for identifier in found if identifier]

    return values


def _country(lookup: Lookup, thing: Thing) -> list[Value]:
    if not thing.country:
        return []
    states = [one.thing for one in lookup.finder.index.called(f"={fold(thing.country)}", (AIGOV.State,))]
    return [{"id": slug(state.iri), "name": state.label} for state in states if state.country == thing.country]


def _value(lookup: Lookup, term: ox.NamedNode | ox.Literal) -> Value:
    if isinstance(term, ox.NamedNode) and term.value.startswith((ID, AIGOV)):
        return {"id": slug(term.value), "name": lookup.label(term.value)}
    return {"str": term.value}


def _links() -> Iterator[Property]:
    for target in TARGETS.values():
        what = f"Its identifier in {target.label}."
        yield Property(target.name, target.label, what, _linked(target))


_PROPERTIES: Final = (
    Property(AIGOV.isoAlpha2, "ISO 3166-1 alpha-2", "Two-letter code of a state.", _said(AIGOV.isoAlpha2), AIGOV.State),
    Property(
        AIGOV.isoAlpha3, "ISO 3166-1 alpha-3", "Three-letter code of a state.", _said(AIGOV.isoAlpha3), AIGOV.State
    ),
    Property(
        AIGOV.isoNumeric, "ISO 3166-1 numeric", "Three-digit code of a state.", _said(AIGOV.isoNumeric), AIGOV.State
    ),
    Property("country", "country", "The state that it is, governs or lies in.", _country, "", AIGOV.State),
    Property(RDF.type, "type", "Its classes.", _said(RDF.type)),
    Property(RDFS.label, "label", "What it is called, in every language.", _names((RDFS.label,))),
    Property("label-zh", "Chinese label", "What it is called in Chinese.", _names((RDFS.label,), "zh")),
    Property(SKOS.altLabel, "other names", "What it is called besides.", _names((SKOS.altLabel,))),
    Property(SCHEMA.description, "description", "What tells it from its namesakes.", _said(SCHEMA.description)),
    Property(SKOS.exactMatch, "same thing elsewhere", "IRIs of the same thing elsewhere.", _said(SKOS.exactMatch)),
    Property(
        AIGOV.governs, "governs", "What a government governs.", _said(AIGOV.governs), AIGOV.Government, AIGOV.State
    ),
    *_links(),
)

PROPERTIES: Final = {one.id: one for one in _PROPERTIES}
"""The properties by id."""


def property_of(name: str) -> Property | None:
    """The property of a name: of the table, or any of a vocabulary in use, by full IRI or with its prefix."""
    prefix, colon, local = name.partition(":")
    iri = PREFIXES[prefix] + local if colon and prefix in PREFIXES else name
    if iri in PROPERTIES:
        return PROPERTIES[iri]
    if AIGOV[name] in PROPERTIES:
        return PROPERTIES[AIGOV[name]]
    if not iri.startswith(tuple(PREFIXES.values())):
        return None
    try:
        ox.NamedNode(iri)
    except ValueError:
        return None
    return Property(iri, iri.rpartition("/")[2].rpartition("#")[2], "", _said(iri))
