"""What the ontology says of its terms, as code asks for it."""

from __future__ import annotations

import pyoxigraph as ox

from aigov_graph.vocabulary import Vocabulary
from aigov_graph.vocabulary.namespaces import AIGOV, PREFIXES

ONTOLOGY = (
    "".join(f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in PREFIXES.items())
    + """
aigov:Actor a owl:Class ; rdfs:subClassOf aigov:Entity .
aigov:Firm a owl:Class ; rdfs:subClassOf aigov:Actor .
aigov:suppliedTo a owl:ObjectProperty, aigov:Relation ; rdfs:domain aigov:Actor ; rdfs:range aigov:Entity .
aigov:exportedTo a owl:ObjectProperty, aigov:Relation, owl:IrreflexiveProperty ;
    rdfs:subPropertyOf aigov:suppliedTo, rdf:value .
aigov:shippedTo a aigov:Relation ; rdfs:subPropertyOf aigov:exportedTo .
aigov:cooperatesWith a aigov:Relation, owl:SymmetricProperty .
aigov:quantity a aigov:RestrictiveQualifier .
aigov:matter a aigov:AdditiveQualifier .
aigov:loop rdfs:subPropertyOf aigov:pool . aigov:pool a aigov:Relation ; rdfs:subPropertyOf aigov:loop .
[] a owl:Class ; rdfs:subClassOf [] .
"""
)


def vocabulary() -> Vocabulary:
    """Of the ontology above."""
    return Vocabulary.from_quads(ox.parse(ONTOLOGY, format=ox.RdfFormat.TURTLE))


def test_terms_are_sorted_by_what_they_are() -> None:
    """Blank nodes are no terms."""
    terms = vocabulary()
    assert terms.classes == {AIGOV.Actor, AIGOV.Firm}
    assert terms.relations == {
        AIGOV[name] for name in ("suppliedTo", "exportedTo", "shippedTo", "cooperatesWith", "pool")
    }
    assert terms.restrictive == {AIGOV.quantity}
    assert terms.additive == {AIGOV.matter}
    assert terms.symmetric == {AIGOV.cooperatesWith}
    assert terms.irreflexive == {AIGOV.exportedTo}
    assert terms.domains == {AIGOV.suppliedTo: AIGOV.Actor}
    assert terms.ranges == {AIGOV.suppliedTo: AIGOV.Entity}


def test_super_relations_are_all_above_and_only_relations() -> None:
    """Neither the relation itself nor a property that is no relation; a ring ends."""
    terms = vocabulary()
    assert terms.super_relations(AIGOV.shippedTo) == {AIGOV.exportedTo, AIGOV.suppliedTo}
    assert terms.super_relations(AIGOV.exportedTo) == {AIGOV.suppliedTo}
    assert terms.super_relations(AIGOV.cooperatesWith) == frozenset()
    assert terms.super_relations(AIGOV.loop) == {AIGOV.pool}


def test_superclasses_are_all_above() -> None:
    """A class that is only named as a super-class counts too; an unknown one has none."""
    terms = vocabulary()
    assert terms.superclasses(AIGOV.Firm) == {AIGOV.Actor, AIGOV.Entity}
    assert terms.superclasses(AIGOV.Unknown) == frozenset()
