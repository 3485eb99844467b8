"""A thing by what is stated of it directly, as its page and its structured data show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from aigov_graph.vocabulary.namespaces import BASE, OWL, RDF, RDFS, SCHEMA, SKOS
from aigov_graph.web.pages.site import Site

OUTSIDE: Final = (SKOS.exactMatch, SKOS.closeMatch, OWL.sameAs, SCHEMA.sameAs, SCHEMA.url, RDFS.seeAlso)
"""What ties a thing to the same thing, or to more about it, elsewhere."""

_NAMES: Final = (RDFS.label, SKOS.prefLabel, SKOS.altLabel)


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing by what is stated of it directly."""

    iri: str
    title: str
    names: list[ox.Literal]
    types: list[str]
    description: str
    outside: list[tuple[str, str]]
    details: list[tuple[str, list[ox.NamedNode | ox.Literal]]]


def thing_of(site: Site, iri: str) -> Thing:
    """What is stated of a thing by the files themselves, not by what follows from them."""
    rows = site.snapshot.rows("thing", this=iri)
    values: dict[str, list[ox.NamedNode | ox.Literal]] = {}
    for row in rows:
        values.setdefault(row["property"].value, []).append(row["value"])
    title = site.name(iri).text
    names = [value for prop in _NAMES for value in values.get(prop, ()) if isinstance(value, ox.Literal)]
    others = dict.fromkeys(name for name in names if name.value != title)
    aside = {RDF.type, SCHEMA.description, RDFS.isDefinedBy, *_NAMES, *OUTSIDE}
    described = values.get(SCHEMA.description, [])
    outside = [(prop, value.value) for prop in OUTSIDE for value in values.get(prop, ())]
    return Thing(
        iri,
        title,
        sorted(others, key=lambda name: (name.language or "", name.value)),
        [value.value for value in values.get(RDF.type, ()) if value.value.startswith(BASE)],
        described[0].value if described else "",
        outside,
        [(prop, found) for prop, found in values.items() if prop not in aside],
    )
