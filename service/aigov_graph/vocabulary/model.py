"""What the ontology says of its terms, read from statements: hierarchies, symmetry, which qualifiers restrict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import networkx as nx
import pyoxigraph as ox

from aigov_graph.vocabulary.namespaces import AIGOV, OWL, RDF, RDFS


def _closure(pairs: set[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """For each lower term all terms above it, itself excluded."""
    # Given to the constructor, the pairs would have networkx import pandas, to see whether they are a table.
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from(pairs)
    return {term: frozenset(nx.descendants(graph, term)) for term in graph}


@dataclass(frozen=True)
class Vocabulary:
    """The terms of the ontology by what code asks of them. All members are full IRIs."""

    classes: frozenset[str]
    relations: frozenset[str]
    restrictive: frozenset[str]
    additive: frozenset[str]
    symmetric: frozenset[str]
    irreflexive: frozenset[str]
    domains: dict[str, str]
    ranges: dict[str, str]
    _supers: dict[str, frozenset[str]] = field(repr=False)
    _superclasses: dict[str, frozenset[str]] = field(repr=False)

    @classmethod
    def from_quads(cls, quads: Iterable[ox.Quad]) -> Vocabulary:
        """Read the statements of the ontology's graph; statements about other things are passed over."""
        types: dict[str, set[str]] = defaultdict(set)
        supers: set[tuple[str, str]] = set()
        superclasses: set[tuple[str, str]] = set()
        domains: dict[str, str] = {}
        ranges: dict[str, str] = {}
        for quad in quads:
            if not (isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode)):
                continue
            subject, predicate, value = quad.subject.value, quad.predicate.value, quad.object.value
            if predicate == RDF.type:
                types[value].add(subject)
            elif predicate == RDFS.subPropertyOf:
                supers.add((subject, value))
            elif predicate == RDFS.subClassOf:
                superclasses.add((subject, value))
            elif predicate == RDFS.domain:
                domains[subject] = value
            elif predicate == RDFS.range:
                ranges[subject] = value
        return cls(
            classes=frozenset(types[OWL.Class]),
            relations=frozenset(types[AIGOV.Relation]),
            restrictive=frozenset(types[AIGOV.RestrictiveQualifier]),
            additive=frozenset(types[AIGOV.AdditiveQualifier]),
            symmetric=frozenset(types[OWL.SymmetricProperty]),
            irreflexive=frozenset(types[OWL.IrreflexiveProperty]),
            domains=domains,
            ranges=ranges,
            _supers=_closure(supers),
            _superclasses=_closure(superclasses),
        )

    def super_relations(self, relation: str) -> frozenset[str]:
        """The relations above this one, itself excluded."""
        return self._supers.get(relation, frozenset()) & self.relations

    def superclasses(self, term: str) -> frozenset[str]:
        """The classes above this one, itself excluded."""
        return self._superclasses.get(term, frozenset())
