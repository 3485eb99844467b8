"""The ontology is OWL 2 RL, and neither it nor anything claimed with it contradicts itself."""

from __future__ import annotations

from functools import cache

import owlrl
import pyoxigraph as ox
import pytest
import rdflib
from owlrl.Namespaces import ERRNS
from pyowl2_profiles.detector import detect_profiles

from aigov_graph.derivation import derive
from aigov_graph.vocabulary.namespaces import AIGOV, ID, OWL, RDF, RDFS, XSD
from tests.ontology.support import as_rdflib, dataset, properties, terms, triples, values, vocabulary

ONTOLOGY_FILE = "ontology/aigov.ttl"

XSD_DATATYPES = (
    "decimal integer nonNegativeInteger nonPositiveInteger positiveInteger negativeInteger long int short byte "
    "unsignedLong unsignedInt unsignedShort unsignedByte float double string normalizedString token language Name "
    "NCName NMTOKEN boolean hexBinary base64Binary anyURI dateTime dateTimeStamp"
)
# OWL 2 Profiles, 4.2: the datatypes of the RL profile. xsd:date, xsd:gYear and xsd:duration are not among them.
DATATYPES = {RDF[name] for name in ("PlainLiteral", "XMLLiteral", "langString")} | {
    XSD[name] for name in XSD_DATATYPES.split()
}

OWL_KINDS = "Ontology Class ObjectProperty DatatypeProperty AnnotationProperty SymmetricProperty IrreflexiveProperty"
# What an axiom may be made of here: narrower than the profile, and so simple that nothing can leave it.
KINDS = {OWL[name] for name in OWL_KINDS.split()} | {
    AIGOV[name] for name in ("Relation", "RestrictiveQualifier", "AdditiveQualifier")
}
AXIOMS = {RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.disjointWith}


def beyond_the_profile(statements: set[ox.Triple]) -> list[str]:
    """What the profile checker does not look at: datatypes, nodes without an IRI, and axioms of any other make."""
    found = []
    for triple in statements:
        subject, predicate, value = triple.subject, triple.predicate.value, triple.object
        if isinstance(subject, ox.BlankNode) or isinstance(value, ox.BlankNode):
            found.append(f"class expression: {triple}")
        if isinstance(value, ox.Literal) and value.datatype.value not in DATATYPES:
            found.append(f"datatype: {triple}")
        if predicate == RDFS.range and isinstance(value, ox.NamedNode) and value.value.startswith(XSD):
            found.append(f"literal range, which belongs into a shape: {triple}")
        if predicate == RDF.type and value.value not in KINDS:  # type: ignore[union-attr]
            found.append(f"kind: {triple}")
        if predicate.startswith((RDF, RDFS, OWL)) and predicate not in AXIOMS and not isinstance(value, ox.Literal):
            if predicate in {RDFS.isDefinedBy, OWL.versionIRI}:
                continue
            found.append(f"axiom: {triple}")
    return found


def in_store(statements: set[ox.Triple]) -> ox.Store:
    """A store of these statements, as the profile checker reads them."""
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in statements)
    return store


def test_the_profile_checker_finds_nothing() -> None:
    """Irreflexive properties are kept from it: it refuses them, but the profile allows them (4.2.6; rule prp-irp)."""
    irreflexive = ox.NamedNode(OWL.IrreflexiveProperty)
    statements = {triple for triple in triples(ONTOLOGY_FILE) if triple.object != irreflexive}
    verdict = detect_profiles(in_store(statements))
    assert verdict["rl"]["violations_by_axiom_type"] == {}
    assert verdict["rl"]["in_profile"] is True
    whole = detect_profiles(in_store(set(triples(ONTOLOGY_FILE))))
    assert whole["dl"]["in_profile"] is True
    assert set(whole["rl"]["violations_by_axiom_type"]) == {"owl:IrreflexiveProperty"}


def test_nothing_is_beyond_the_profile_where_the_checker_does_not_look() -> None:
    """Only named classes and properties, in the plainest axioms, and datatypes of RL."""
    assert beyond_the_profile(set(triples(ONTOLOGY_FILE))) == []


@pytest.mark.parametrize(
    "statement",
    [
        'aigov:Actor owl:versionInfo "2024-01-01"^^xsd:date',
        "aigov:when rdfs:range xsd:string",
        "aigov:Actor owl:equivalentClass aigov:Policy",
        "aigov:Actor a owl:AllDisjointClasses",
        "aigov:Actor rdfs:subClassOf [ owl:unionOf () ]",
    ],
)
def test_what_is_beyond_the_profile_is_found(statement: str) -> None:
    """Each of these goes past the profile checker or makes the ontology harder to read than it need be."""
    prefixes = f"@prefix aigov: <{AIGOV}> . @prefix owl: <{OWL}> . @prefix rdfs: <{RDFS}> . @prefix xsd: <{XSD}> ."
    quads = ox.parse(f"{prefixes} {statement} .", format=ox.RdfFormat.TURTLE)
    assert beyond_the_profile({quad.triple for quad in quads}) != []


def test_each_term_is_one_kind_of_thing() -> None:
    """A class is no property, and a property takes things or literals, not both."""
    for term in terms():
        kinds = {kind for kind in values(term, RDF.type) if kind in {OWL.Class, OWL.AnnotationProperty}}
        kinds |= {kind for kind in values(term, RDF.type) if kind in {OWL.ObjectProperty, OWL.DatatypeProperty}}
        assert len(kinds) == 1, term
    relations = vocabulary().relations | vocabulary().symmetric | vocabulary().irreflexive
    assert all(OWL.ObjectProperty in values(term, RDF.type) for term in relations)
    assert relations <= set(properties())


def inconsistencies(statements: set[ox.Triple]) -> list[str]:
    """What an OWL 2 RL reasoner complains of, and what it finds to be a member of nothing."""
    graph = as_rdflib(statements)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    nothing = graph.subjects(rdflib.RDF.type, rdflib.OWL.Nothing)
    return [str(message) for message in graph.objects(None, ERRNS.error)] + [f"in Nothing: {node}" for node in nothing]


@cache
def told() -> frozenset[ox.Triple]:
    """Ontology, schemes and alignments, all data, and what is derived from it."""
    quads = [*dataset().quads("ontology", "entities", "reference", "source"), *derive(dataset())]
    return frozenset(quad.triple for quad in quads)


def as_if_true() -> set[ox.Triple]:
    """The content of every claim that denies nothing, hedged ones too: each must at least make sense."""
    store = in_store(set(told()))
    result = store.query(
        f"PREFIX rdf: <{RDF}> CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?claim a <{AIGOV}Claim> ; <{AIGOV}negated> false ; "
        "rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"
    )
    assert isinstance(result, ox.QueryTriples)
    return set(result)


def test_ontology_and_data_contradict_nothing() -> None:
    """Not even if every claim, however hedged, were true: domains, ranges and disjoint classes hold throughout."""
    claimed = as_if_true()
    assert claimed
    assert inconsistencies(set(told()) | claimed) == []


@pytest.mark.parametrize(
    "contradiction",
    [
        [("lighthouse", RDF.type, AIGOV.State), ("lighthouse", RDF.type, AIGOV.Party)],
        [("lighthouse", AIGOV.competesWith, ID.lighthouse)],
        [("lighthouse", RDF.type, AIGOV.Technology), ("ebb-cranes", AIGOV.cooperatesWith, ID.lighthouse)],
    ],
    ids=["a state that is a party", "a rival of itself", "a technology that cooperates"],
)
def test_a_contradiction_is_found(contradiction: list[tuple[str, str, str]]) -> None:
    """What disjoint classes, irreflexive relations and ranges are declared for."""
    planted = {ox.Triple(ox.NamedNode(ID[s]), ox.NamedNode(p), ox.NamedNode(o)) for s, p, o in contradiction}
    assert inconsistencies(set(triples(ONTOLOGY_FILE)) | planted) != []
