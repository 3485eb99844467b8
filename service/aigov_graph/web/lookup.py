"""Names looked up in the version that is current: the index beside it, its classes, and what is said of a thing.

Shared by the rooms of search and of reconciliation. It moves on when a new version is published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

import pyoxigraph as ox

from aigov_graph.search import Finder, Index
from aigov_graph.search.things import LABEL, Thing
from aigov_graph.stores import Lease, Reader, Version
from aigov_graph.vocabulary import Vocabulary
from aigov_graph.vocabulary.namespaces import AIGOV, ID, RDF, RDFS, SKOS


@dataclass(frozen=True, slots=True)
class Class:
    """A class that some thing in the index is of.

    Attributes:
        iri: of the class.
        label: its English name.
        meaning: its definition in English.
        above: the classes just above it.
        names: its names by language tag in lower case.
    """

    iri: str
    label: str
    meaning: str = ""
    above: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def called(self, language: str) -> str:
        """Its name in a language, else in English."""
        return self.names.get(language.lower(), self.label)


class Lookup:
    """One version: its index and its statements."""

    def __init__(self, lease: Lease) -> None:
        self._lease = lease
        # Kept, so that a thread that still reads when the version is given back keeps its files open.
        self._store = lease.store
        self._index = Index.of(lease)
        self.finder = Finder(self._index)
        self.version: Version = lease.version
        self.classes: Final = _classes(self._store, self._index)

    def thing_values(self, iri: str, predicate: str) -> list[ox.NamedNode | ox.Literal]:
        """What is said of a thing by one property, each value once, sorted."""
        found = self._store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None, ox.DefaultGraph())
        values = {quad.object for quad in found if isinstance(quad.object, ox.NamedNode | ox.Literal)}
        return sorted(values, key=str)

    def label(self, iri: str) -> str:
        """The English label of anything, else its first one, else the last part of its IRI."""
        labels = [term for term in self.thing_values(iri, RDFS.label) if isinstance(term, ox.Literal)]
        best = next((term for term in labels if term.language == "en"), labels[0] if labels else None)
        return best.value if best else iri.rstrip("/").rpartition("/")[2].rpartition("#")[2]

    def class_named(self, name: str) -> str | None:
        """The class that a name stands for: its IRI, ``aigov:State``, or ``State``; None if nothing is of it."""
        iri = name if name.startswith(AIGOV) else AIGOV[name.removeprefix("aigov:")]
        return iri if iri in self.classes else None

    def close(self) -> None:
        """Give the version back."""
        self._index.close()
        self._lease.close()


class Lookups:
    """Gives the lookup of the current version. Safe to share between threads."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._lookup: Lookup | None = None
        self._lock = Lock()

    def current(self) -> Lookup:
        """The lookup of the version that answers now.

        Raises:
            StoreError: nothing was published yet, or its index is damaged.
        """
        with self._lock:
            current = self._reader.current()
            if self._lookup is None or current is None or self._lookup.version.number != current.number:
                superseded, self._lookup = self._lookup, Lookup(self._reader.lease())
                if superseded is not None:
                    superseded.close()
            return self._lookup


def name_of(thing: Thing, language: str) -> str:
    """A thing's name in a language, else its label."""
    wanted = language.lower()
    return next((one.text for one in thing.names if one.kind == LABEL and one.language.lower() == wanted), thing.label)


def slug(iri: str) -> str:
    """A thing's identifier within our namespace."""
    return iri.removeprefix(ID)


def _classes(store: ox.Store, index: Index) -> dict[str, Class]:
    """The classes of the ontology that are in use, by IRI, sorted by name."""
    terms = [
        quad
        for predicate in (RDF.type, RDFS.subClassOf)
        for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None, ox.DefaultGraph())
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(AIGOV)
    ]
    vocabulary = Vocabulary.from_quads(terms)
    found = []
    for iri in vocabulary.classes:
        if iri.startswith(AIGOV) and index.has_class(iri):
            above = {
                quad.object.value
                for quad in terms
                if quad.subject == ox.NamedNode(iri)
                and quad.predicate.value == RDFS.subClassOf
                and isinstance(quad.object, ox.NamedNode)
                and quad.object.value.startswith(AIGOV)
            }
            label = _text(store, iri, RDFS.label) or iri.removeprefix(AIGOV)
            meaning, names = _text(store, iri, SKOS.definition), _texts(store, iri, RDFS.label)
            found.append(Class(iri, label, meaning, tuple(sorted(above)), names))
    return {one.iri: one for one in sorted(found, key=lambda one: (one.label.casefold(), one.iri))}


def _text(store: ox.Store, iri: str, predicate: str) -> str:
    texts = _texts(store, iri, predicate)
    return texts.get("en") or next(iter(texts.values()), "")


def _texts(store: ox.Store, iri: str, predicate: str) -> dict[str, str]:
    """Texts by language tag."""
    found = store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None, ox.DefaultGraph())
    return {
        (quad.object.language or "").lower(): quad.object.value for quad in found if isinstance(quad.object, ox.Literal)
    }
