"""What is called what: the things of a graph with their names, classes, codes and country, read from statements."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import pyoxigraph as ox

from aigov_graph.search.forms import form
from aigov_graph.vocabulary import Vocabulary
from aigov_graph.vocabulary.namespaces import AIGOV, DCTERMS, GRAPH, ID, OWL, RDF, RDFS, SCHEMA, SKOS

LABEL: Final = "label"
ALIAS: Final = "alias"
MADE: Final = "made"
"""A name that nobody wrote but that follows from others: "N government" of the government of N."""
SHORT: Final = "initials"
"""Initials that nobody wrote, of a long name."""
CODE: Final = "code"

NAMING: Final = {RDFS.label: LABEL, SKOS.prefLabel: LABEL, SKOS.altLabel: ALIAS}
CODES: Final = (AIGOV.isoAlpha2, AIGOV.isoAlpha3, AIGOV.isoNumeric, DCTERMS.identifier)
LINKS: Final = (SKOS.exactMatch, OWL.sameAs)
_LYING_IN: Final = (AIGOV.governs, AIGOV.partOf, AIGOV.inPlace, SCHEMA.containedInPlace)
_READ: Final = (RDF.type, RDFS.subClassOf, SCHEMA.description, OWL.deprecated, *NAMING, *CODES, *LINKS, *_LYING_IN)
_NEAR_ENOUGH: Final = 4
"""Steps from a thing to its state: a city, its province, the state."""


class Name(NamedTuple):
    """One name of a thing: its language ("" for none), and whether it is a label, an alias, a code or made."""

    text: str
    language: str = ""
    kind: str = LABEL


@dataclass(frozen=True, slots=True)
class Thing:
    """What can be found.

    Attributes:
        iri: what it is.
        label: what a page calls it: English if it has that.
        names: all its names.
        classes: its most special classes.
        above: these and all classes above them.
        country: ISO 3166-1 alpha-2 code of the state it is or lies in; empty if unknown.
        description: tells namesakes apart.
    """

    iri: str
    label: str
    names: tuple[Name, ...]
    classes: tuple[str, ...]
    above: tuple[str, ...]
    country: str = ""
    description: str = ""


def read(store: ox.Store) -> Iterator[ox.Quad]:
    """The statements of a store that `things_of` needs, and no others."""
    for predicate in _READ:
        yield from store.quads_for_pattern(None, ox.NamedNode(predicate), None)


def things_of(quads: Iterable[ox.Quad]) -> list[Thing]:
    """The things that have a label and are not retired, sorted by IRI.

    Args:
        quads: statements of any graphs; the ontology's must be among them, for the classes above each class.
    """
    wanted, shapes = frozenset(_READ), ox.NamedNode(GRAPH.shapes)
    about: dict[str, dict[str, set[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(set))
    lower: set[ox.Quad] = set()
    for quad in quads:
        predicate = quad.predicate.value
        if predicate not in wanted or not isinstance(quad.subject, ox.NamedNode) or quad.graph_name == shapes:
            continue
        if predicate in (RDFS.subClassOf, RDF.type) and not quad.subject.value.startswith(ID):
            lower.add(quad)
        elif isinstance(quad.object, ox.NamedNode | ox.Literal) and quad.subject.value.startswith(ID):
            about[quad.subject.value][predicate].add(quad.object)
    above = Vocabulary.from_quads(lower).superclasses
    found = []
    for iri in sorted(about):
        if OWL.deprecated not in about[iri] and (names := _names(iri, about)):
            own = {term.value for term in about[iri][RDF.type] if term.value.startswith(AIGOV)}
            every = own.union(*map(above, own))
            special = own - set[str]().union(*map(above, own))
            label = min(names, key=lambda name: (name.kind != LABEL, name.language != "en", name.text)).text
            about_it = sorted(term.value for term in about[iri][SCHEMA.description])
            found.append(
                Thing(
                    iri,
                    label,
                    tuple(names),
                    tuple(sorted(special)),
                    tuple(sorted(every)),
                    _country(iri, about),
                    about_it[0] if about_it else "",
                )
            )
    return found


def _names(iri: str, about: dict[str, dict[str, set[ox.NamedNode | ox.Literal]]]) -> list[Name]:
    """The names of a thing, each spelling once; none if it has no label."""
    found: dict[Name, None] = {}
    for predicate, kind in NAMING.items():
        for term in sorted(about[iri][predicate], key=str):
            if isinstance(term, ox.Literal):
                found[Name(term.value, term.language or "", kind)] = None
    if not any(name.kind == LABEL for name in found):
        return []
    for predicate in CODES:
        for term in sorted(about[iri][predicate], key=str):
            found[Name(term.value, "", CODE)] = None
    for link in sorted({term.value for predicate in LINKS for term in about[iri][predicate]}):
        found[Name(re.split("[/#:]", link.rstrip("/"))[-1], "", CODE)] = None
    known = {"", *(form(name.text).folded for name in found)}
    for text, kind in _made(iri, about, list(found)):
        if (folded := form(text).folded) not in known:
            known.add(folded)
            found[Name(text, "en", kind)] = None
    return list(found)


def _made(
    iri: str, about: dict[str, dict[str, set[ox.NamedNode | ox.Literal]]], own: list[Name]
) -> Iterator[tuple[str, str]]:
    """Names that follow: initials of long ones, and "N government" of the government of N."""
    yield from (
        (form(name.text).initials.upper(), SHORT) for name in own if name.language == "en" and name.kind != CODE
    )
    for governed in sorted(term.value for term in about[iri].get(AIGOV.governs, ())):
        texts = {
            term.value
            for predicate in (*NAMING, AIGOV.isoAlpha2, AIGOV.isoAlpha3)
            for term in about.get(governed, {}).get(predicate, ())
            if isinstance(term, ox.Literal) and (term.language or "en") == "en"
        }
        texts |= {form(text).initials.upper() for text in texts} - {""}
        yield from ((f"{text} government", MADE) for text in sorted(texts))


def _country(iri: str, about: dict[str, dict[str, set[ox.NamedNode | ox.Literal]]]) -> str:
    """The code of the one state that a thing is or lies in."""
    here = {iri}
    for _ in range(_NEAR_ENOUGH):
        codes = {term.value for place in here if place in about for term in about[place].get(AIGOV.isoAlpha2, ())}
        if codes:
            return codes.pop() if len(codes) == 1 else ""
        here = {
            term.value
            for place in here
            if place in about
            for predicate in _LYING_IN
            for term in about[place].get(predicate, ())
        }
    return ""
