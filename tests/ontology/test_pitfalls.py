"""The catalogue of ontology pitfalls (OOPS!): those that a reader of the files can decide, one test each, by number.

Pitfalls that other tests of this folder hold: P06 cycles, P08 missing annotations, P11 and P19 domains and ranges,
P20 misused annotations, P32 shared labels, P38 no declaration, P40 hijacked namespaces and P41 no licence in
`test_terms`; P03, P14 to P16 and P18 need a restriction or an inverse, and the ontology has neither.
"""

from __future__ import annotations

import re

import networkx as nx
import pyoxigraph as ox
import pytest

from aigov_graph.vocabulary.namespaces import AIGOV, ONTOLOGY, OWL, RDF, RDFS, SKOS
from tests.ontology.support import properties, terms, texts, triples, values, vocabulary

CLASSES = tuple(term for term in terms() if term in vocabulary().classes)
FEATURES = {OWL.SymmetricProperty, OWL.TransitiveProperty, OWL.ReflexiveProperty}


def test_p02_p30_no_class_is_another_by_a_second_name() -> None:
    """No two classes are declared equivalent, and no other name of one is the label of another."""
    assert not [t for t in triples("ontology/aigov.ttl") if t.predicate.value == OWL.equivalentClass]
    labels = {label.casefold(): term for term in CLASSES for label in texts(term, RDFS.label)["en"]}
    for term in CLASSES:
        for other in texts(term, SKOS.altLabel).get("en", []):
            assert labels.get(other.casefold(), term) == term


def test_p04_everything_hangs_together() -> None:
    """Every class is reached from every other by subclasses, domains and ranges; none is an island."""
    ties = {RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, RDF.type, OWL.disjointWith}
    graph: nx.Graph[str] = nx.Graph(
        (str(t.subject), str(t.object)) for t in triples("ontology/aigov.ttl") if t.predicate.value in ties
    )
    graph.remove_nodes_from([node for node in list(graph) if AIGOV not in node])
    assert {term for term in terms() if f"<{term}>" not in graph} == set()
    apart = [sorted(part) for part in nx.connected_components(graph) if not any(f"<{c}>" in part for c in CLASSES)]
    assert apart == []


def test_p05_p13_p25_p26_no_inverse_is_declared() -> None:
    """By design: SPARQL reads a relation both ways, so none can be wrong or missing."""
    assert not [t for t in triples("ontology/aigov.ttl") if t.predicate.value == OWL.inverseOf]


@pytest.mark.parametrize("term", CLASSES, ids=lambda term: term.removeprefix(AIGOV))
def test_p07_p21_a_class_is_one_concept(term: str) -> None:
    """Its label joins no two things, and it is no drawer for the rest. "Or" names a domain that is a union."""
    words = texts(term, RDFS.label)["en"][0].casefold().split()
    assert "and" not in words
    assert not {"other", "misc", "miscellaneous", "various"} & set(words)
    if "or" in words:
        assert [lower for lower in CLASSES if term in values(lower, RDFS.subClassOf)]


KINDS = (
    "Actor Place Policy PolicyInstrument TechnologyOrSystem Topic Dimension Publication Situation Claim Evidence Edge"
)


def test_p10_kinds_that_exclude_one_another_say_so() -> None:
    """Each kind of thing is declared to be none of some other kind; consistency tests then find what is put in both."""
    disjoint = {
        end.value
        for t in triples("ontology/aigov.ttl")
        if t.predicate.value == OWL.disjointWith
        for end in (t.subject, t.object)
        if isinstance(end, ox.NamedNode)
    }
    assert {AIGOV[name] for name in KINDS.split()} - disjoint == set()


def test_p22_names_follow_one_convention() -> None:
    """Classes UpperCamelCase, properties lowerCamelCase."""
    for term in terms():
        first = "A-Z" if term in CLASSES else "a-z"
        assert re.fullmatch(rf"[{first}][A-Za-z0-9]*", term.removeprefix(AIGOV)), term


@pytest.mark.parametrize("term", properties(), ids=lambda term: term.removeprefix(AIGOV))
def test_p27_p28_p29_what_is_said_to_go_both_ways_can(term: str) -> None:
    """A symmetric or transitive property has the same domain and range, and is no equivalent of another."""
    assert not values(term, OWL.equivalentProperty)
    if FEATURES & set(values(term, RDF.type)):
        assert values(term, RDFS.domain) == values(term, RDFS.range)


def test_p24_p31_p33_nothing_is_defined_by_itself() -> None:
    """No axiom has the same term on both sides, and no chain of properties is of one link or declared at all."""
    statements = triples("ontology/aigov.ttl")
    assert not [t for t in statements if t.subject == t.object]
    assert not [t for t in statements if t.predicate.value == OWL.propertyChainAxiom]


def test_p34_p35_every_term_is_typed() -> None:
    """As class or property, also each of another vocabulary that the ontology leans on."""
    typed = {str(t.subject) for t in triples("ontology/aigov.ttl") if t.predicate.value == RDF.type}
    leaning = {RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range}
    used = {str(t.object) for t in triples("ontology/aigov.ttl") if t.predicate.value in leaning}
    builtin = (
        "<http://www.w3.org/2001/XMLSchema#",
        "<http://www.w3.org/2002/07/owl#",
        "<http://www.w3.org/2000/01/rdf-schema#",
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    )
    assert {term for term in used - typed if not term.startswith(builtin)} == set()


def test_p36_p39_the_namespace_is_a_name() -> None:
    """Without a file's extension, and the one that the header says is preferred."""
    assert not re.search(r"\.(owl|rdf|ttl|xml|n3)\b", ONTOLOGY)
    assert values(ONTOLOGY, "http://purl.org/vocab/vann/preferredNamespaceUri") == [AIGOV]
    assert values(ONTOLOGY, "http://purl.org/vocab/vann/preferredNamespacePrefix") == ["aigov"]
