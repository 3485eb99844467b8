"""Names as people write them, and the things, relations and concepts they mean; the nearest ones for a wrong name."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from aigov_graph.dataset import Dataset, shorten
from aigov_graph.sources.problems import CellError
from aigov_graph.sources.statements import Things
from aigov_graph.vocabulary import Vocabulary
from aigov_graph.vocabulary.namespaces import AIGOV, CLAIM, CONCEPT, ID, PASSAGE, RDF, RDFS, SKOS

NEAREST: Final = 3
_LIKE_ENOUGH: Final = 70
_NAMESPACES: Final = {"id": ID, "claim": CLAIM, "passage": PASSAGE, "concept": CONCEPT, "aigov": AIGOV}


def folded(name: str) -> str:
    """A name with width, case and spacing made equal."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def nearest(name: str, among: Iterable[str]) -> tuple[str, ...]:
    """The names spelled most like this one, the likest first; none that is not like it at all."""
    found = process.extract(
        name, list(among), scorer=fuzz.WRatio, processor=folded, limit=NEAREST, score_cutoff=_LIKE_ENOUGH
    )
    return tuple(choice for choice, _, _ in found)


class Names:
    """The things, relations and concepts of a dataset, found by what people call them."""

    def __init__(self, dataset: Dataset, extra: Things | None = None) -> None:
        self.vocabulary: Vocabulary = dataset.vocabulary()
        self.things = Things(dataset.quads("entities", "reference", "source"))
        self.terms = Things(dataset.quads("ontology"))
        for triple in extra.triples() if extra else ():
            if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
                self.things.add(triple.subject.value, triple.predicate.value, triple.object)
        self._by_name: dict[str, dict[str, None]] = defaultdict(dict)
        for iri in self.things.subjects():
            self._note(iri)
        self._relations = self._index(self.vocabulary.relations)
        self._classes = self._index(self.vocabulary.classes)
        self._concepts: dict[str, dict[str, str]] = {}

    def _note(self, iri: str) -> None:
        if not iri.startswith(ID) or self.things.value(iri, "http://www.w3.org/2002/07/owl#deprecated"):
            return
        for predicate in (RDFS.label, SKOS.altLabel):
            for name in self.things.values(iri, predicate):
                self._by_name[folded(name)][iri] = None

    def _index(self, iris: Iterable[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for iri in sorted(iris):
            found[folded(iri.removeprefix(AIGOV))] = iri
            for label in self.terms.values(iri, RDFS.label):
                found.setdefault(folded(label), iri)
        return found

    def add(self, other: Things) -> None:
        """Know of more things."""
        for triple in other.triples():
            if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
                self.things.add(triple.subject.value, triple.predicate.value, triple.object)
        for iri in other.subjects():
            self._note(iri)

    def kinds(self, iri: str) -> frozenset[str]:
        """The classes of a thing, those above included."""
        own = self.things.values(iri, RDF.type)
        return frozenset(own).union(*(self.vocabulary.superclasses(kind) for kind in own))

    def named(self, name: str) -> list[str]:
        """All things that bear a name exactly, case and width aside."""
        return sorted(self._by_name.get(folded(name), ()))

    def thing(self, name: str, kinds: Iterable[str] = ()) -> str:
        """The one thing of all of these classes that a name means: an IRI's short form, a slug, a label.

        Raises:
            CellError: no thing has the name, several have, or the one that has is of another class.
        """
        wanted = frozenset(kinds)
        direct = _expand(name)
        if direct in self.things:
            return self._fitting(direct, wanted)
        found = self.named(name)
        fitting = [iri for iri in found if wanted <= self.kinds(iri)]
        if len(fitting) == 1:
            return fitting[0]
        if len(fitting) > 1:
            raise CellError(f"{name!r} is the name of several things; write one of them", map(shorten, fitting))
        if found:
            return self._fitting(found[0], wanted)
        raise CellError(f"nothing is called {name!r}", self.suggest(name, wanted), unknown=name)

    def _fitting(self, iri: str, wanted: frozenset[str]) -> str:
        lacking = wanted - self.kinds(iri)
        if lacking:
            own = ", ".join(sorted(shorten(kind) for kind in self.things.values(iri, RDF.type)))
            needed = ", ".join(sorted(shorten(kind) for kind in lacking))
            raise CellError(f"{shorten(iri)} is {own}; what belongs here is {needed}")
        return iri

    def suggest(self, name: str, kinds: Iterable[str] = ()) -> tuple[str, ...]:
        """The things of these classes whose names are most like this one, as ``label (id:slug)``."""
        wanted = frozenset(kinds)
        choices: dict[str, str] = {}
        for iris in self._by_name.values():
            for iri in iris:
                if wanted <= self.kinds(iri):
                    for spelled in (*self.things.values(iri, RDFS.label), *self.things.values(iri, SKOS.altLabel)):
                        choices.setdefault(spelled, iri)
                    choices.setdefault(iri.removeprefix(ID), iri)
        found: dict[str, None] = {}
        for spelled in nearest(name, choices):
            iri = choices[spelled]
            found[f"{self.things.label(iri)} ({shorten(iri)})"] = None
        return tuple(found)

    def relation(self, name: str) -> str:
        """A relation by its local name or label.

        Raises:
            CellError: the ontology has none of this name.
        """
        return self._term(name, self._relations, "relation")

    def kind(self, name: str) -> str:
        """A class by its local name or label.

        Raises:
            CellError: the ontology has none of this name.
        """
        return self._term(name, self._classes, "class")

    def _term(self, name: str, index: dict[str, str], what: str) -> str:
        found = index.get(folded(name.removeprefix("aigov:")))
        if found is None:
            near = dict.fromkeys(shorten(index[like]) for like in nearest(name, index))
            raise CellError(f"the ontology has no {what} called {name!r}", [n.removeprefix("aigov:") for n in near])
        return found

    def concept(self, name: str, scheme: str) -> str:
        """A concept of a scheme by its local name or label.

        Raises:
            CellError: the scheme has none of this name.
        """
        if scheme not in self._concepts:
            self._concepts[scheme] = self.members(scheme)
        members = self._concepts[scheme]
        found = members.get(folded(name.removeprefix("concept:")))
        if found is None:
            allowed = sorted({iri.removeprefix(CONCEPT) for iri in members.values()})
            raise CellError(f"{name!r} is none of {', '.join(allowed)}", nearest(name, allowed))
        return found

    def members(self, scheme: str) -> dict[str, str]:
        """The concepts of a scheme by their names."""
        found: dict[str, str] = {}
        for iri in self.terms.subjects(SKOS.Concept):
            if f"{CONCEPT}scheme-{scheme}" in self.terms.values(iri, SKOS.inScheme):
                found[folded(iri.removeprefix(CONCEPT))] = iri
                for label in self.terms.values(iri, RDFS.label):
                    found.setdefault(folded(label), iri)
        return found


def _expand(name: str) -> str:
    prefix, colon, local = name.partition(":")
    if colon and prefix in _NAMESPACES and local:
        return f"{_NAMESPACES[prefix]}{local}"
    return f"{ID}{name}"
