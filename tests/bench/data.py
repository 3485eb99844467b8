"""The data that `make bench` asks about: a hundred thousand invented bodies, ten statements each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from aigov_graph.stores import VersionedStore
from aigov_graph.vocabulary.namespaces import AIGOV, GRAPH, ID, RDF, RDFS, SCHEMA

BODIES = 100_000
KINDS = ("Agency", "Firm", "Government", "Party", "ResearchOrganization", "State", "Strategy", "System")
RELATIONS = ("cooperatesWith", "interestedIn", "exportedTo", "competesWith", "memberOf", "funds")


def body(number: int) -> str:
    """The IRI of a body."""
    return ID[f"body-{number}"]


def quads() -> Iterator[ox.Quad]:
    """A million statements, the same each time."""
    graph = ox.NamedNode(GRAPH["bench"])
    kinds = [ox.NamedNode(AIGOV[kind]) for kind in KINDS]
    relations = [ox.NamedNode(AIGOV[relation]) for relation in RELATIONS]
    type_, label = ox.NamedNode(RDF["type"]), ox.NamedNode(RDFS["label"])
    founded, about = ox.NamedNode(AIGOV["foundedIn"]), ox.NamedNode(SCHEMA["description"])
    for number in range(BODIES):
        subject = ox.NamedNode(body(number))
        yield ox.Quad(subject, type_, kinds[number % len(kinds)], graph)
        yield ox.Quad(subject, label, ox.Literal(f"Invented body number {number}", language="en"), graph)
        yield ox.Quad(subject, founded, ox.Literal(1900 + number * 7 % 125), graph)
        yield ox.Quad(subject, about, ox.Literal(f"Stands in the list as entry {number} of {BODIES}."), graph)
        for step, relation in enumerate(relations, 1):
            yield ox.Quad(subject, relation, ox.NamedNode(body((number * (step + 1) + step) % BODIES)), graph)


def build(folder: Path) -> Path:
    """Publish the data in a folder, or find it there; gives the folder of the version."""
    store = VersionedStore(folder)
    version = store.current() or store.publish(quads())
    return version.path
