"""Entities that look like one thing twice, that nobody uses, or that lead nowhere; relations used once."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from aigov_graph.dataset import Dataset, shorten
from aigov_graph.sources.entities import slug_of
from aigov_graph.sources.names import folded
from aigov_graph.sources.statements import Things
from aigov_graph.vocabulary.namespaces import AIGOV, OWL, RDF, RDFS, SCHEMA, SKOS

Kind = Literal["same name", "same identifier", "like name", "unused", "dead end", "used once"]

Entities = Mapping[str, frozenset[str]]
Spell = Callable[[str], Iterable[str]]
Alike = Callable[[str, str], bool]

_ALIKE: Final = 93
_ENDS: Final = (RDF.subject, RDF.object)
_NAMES: Final = (RDFS.label, SKOS.altLabel)
_IDENTIFIERS: Final = (SKOS.exactMatch, SCHEMA.sameAs, AIGOV.isoAlpha2, AIGOV.isoAlpha3, AIGOV.isoNumeric)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something about entities or relations that a person should look at."""

    kind: Kind
    what: tuple[str, ...]
    detail: str

    def __str__(self) -> str:
        return f"{self.kind}: {', '.join(shorten(iri) for iri in self.what)} ({self.detail})"


def lint_entities(dataset: Dataset) -> list[Finding]:
    """All findings, sorted. Only `same name` and `same identifier` are surely wrong; the rest is to be looked at."""
    vocabulary = dataset.vocabulary()
    things = Things(dataset.quads("entities", "reference"))
    entities = {
        iri: frozenset(k for k in things.values(iri, RDF.type) if k.startswith(AIGOV))
        for iri in things.subjects()
        if not things.values(iri, OWL.deprecated)
    }
    wide = {k: frozenset({k, *vocabulary.superclasses(k)}) for kinds in entities.values() for k in kinds}

    def alike(one: str, other: str) -> bool:
        """Whether two things could be one: one's class is the other's, or above it."""
        return any(a in wide[b] or b in wide[a] for a in entities[one] for b in entities[other])

    return sorted(
        {
            *_same(things, entities, _NAMES, _spellings, "same name", alike),
            *_same(things, entities, _IDENTIFIERS, lambda name: (name,), "same identifier", lambda a, b: a != b),
            *_like(things, entities, alike),
            *_uses(dataset, entities),
            *_rare(dataset),
        }
    )


def _spellings(name: str) -> Iterable[str]:
    """A name without regard to case, width, accents and punctuation."""
    return (slug_of(name) or folded(unicodedata.normalize("NFKC", name)),)


def _same(
    things: Things, entities: Entities, properties: Iterable[str], spell: Spell, kind: Kind, alike: Alike
) -> Iterator[Finding]:
    bearers: dict[str, dict[str, str]] = defaultdict(dict)
    for iri in entities:
        for predicate in properties:
            for value in things.values(iri, predicate):
                for spelling in spell(value):
                    bearers[spelling].setdefault(iri, value)
    for found in bearers.values():
        for one, other in combinations(sorted(found), 2):
            if alike(one, other):
                yield Finding(kind, (one, other), f"both {found[one]!r}")


def _like(things: Things, entities: Entities, alike: Alike) -> Iterator[Finding]:
    labels = [(iri, things.label(iri)) for iri in entities]
    names = [folded(label) for _, label in labels]
    for number, (iri, label) in enumerate(labels):
        rest = names[number + 1 :]
        for _, score, place in process.extract(names[number], rest, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=5):
            other, other_label = labels[number + 1 + place]
            digits = [[c for c in text if c.isdigit()] for text in (label, other_label)]
            if score < 100 and digits[0] == digits[1] and alike(iri, other):
                yield Finding("like name", (iri, other), f"{label!r}, {other_label!r}")


def _uses(dataset: Dataset, entities: Iterable[str]) -> Iterator[Finding]:
    """Entities that lead nowhere. Reference data names all that a registry has: it neither uses nor is unused."""
    ends: set[str] = set()
    named: set[str] = set()
    ours = {quad.subject.value for quad in dataset.quads("entities") if isinstance(quad.subject, ox.NamedNode)}
    for quad in dataset.quads("source", "entities"):
        if isinstance(quad.object, ox.NamedNode) and quad.predicate.value != RDF.type:
            named.add(quad.object.value)
            if quad.predicate.value in _ENDS:
                ends.add(quad.object.value)
    for iri in ours.intersection(entities):
        if iri not in named:
            yield Finding("unused", (iri,), "nothing names it")
        elif iri not in ends:
            yield Finding("dead end", (iri,), "no claim has it as subject or object")


def _rare(dataset: Dataset) -> Iterator[Finding]:
    used = Counter(
        quad.object.value
        for quad in dataset.quads("source")
        if quad.predicate.value == RDF.predicate and isinstance(quad.object, ox.NamedNode)
    )
    for relation in dataset.vocabulary().relations:
        if used[relation] == 1:
            yield Finding("used once", (relation,), "one claim has this relation")
