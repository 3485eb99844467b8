"""Every constraint of ``ontology/shapes.ttl``: that it finds what it should and nothing else, and says what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib
from pyshacl.entrypoints import meta_validate
from rdflib import OWL, RDF, RDFS, SH, URIRef
from rdflib.collection import Collection
from rdflib.term import Literal, Node

from aigov_graph.dataset import find_data, shorten
from aigov_graph.turtle import canonical
from aigov_graph.validation import validate
from aigov_graph.validation.graph import graph_of
from aigov_graph.vocabulary.namespaces import AIGOV, SHAPE, XSD
from tests.validation.cases import CASES, VALID
from tests.validation.support import Case, harbour, problems_of

SHAPES = graph_of(harbour().quads("shapes"))
ONTOLOGY = graph_of(harbour().quads("ontology"))

TARGETS = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
NOT_PARAMETERS = {
    *TARGETS,
    RDF.type,
    SH.path,
    SH.severity,
    SH.message,
    SH.property,
    SH.ignoredProperties,
    SH.flags,
    SH.qualifiedValueShape,
}


def ids(case: Case) -> str:
    """The name of a case as a test's name."""
    return case.name.replace(" ", "-")


def judging() -> set[Node]:
    """The shapes whose results are reported: those with a target, and the properties of those."""
    targeted = {shape for target in TARGETS for shape in SHAPES.subjects(target, None)}
    return targeted | {shape for node in targeted for shape in SHAPES.objects(node, SH.property)}


def constraints() -> set[str]:
    """Every constraint as "shape component", and every key and check as itself twice, as reports name them."""
    found = set()
    for shape in judging():
        for parameter in set(SHAPES.predicates(shape, None)) - NOT_PARAMETERS:
            name = shorten(str(parameter)).removeprefix("sh:")
            component = "SPARQL" if name == "sparql" else name[0].upper() + name[1:]
            found.add(f"{local(shape)} {component}")
    for kind in (AIGOV.Check, AIGOV.Key):
        found |= {f"{local(check)} {local(check)}" for check in SHAPES.subjects(RDF.type, URIRef(kind))}
    return found


def local(node: Node) -> str:
    """A shape's name without its namespace."""
    return str(node).removeprefix(SHAPE)


def members(node: Node, predicate: URIRef) -> set[str]:
    """The short names in a list."""
    return {shorten(str(item)) for head in SHAPES.objects(node, predicate) for item in Collection(SHAPES, head)}


def admitted(shape: str) -> set[str]:
    """The properties that a closed shape lets pass."""
    node = URIRef(SHAPE[shape])
    paths = {path for part in SHAPES.objects(node, SH.property) for path in SHAPES.objects(part, SH.path)}
    return members(node, SH.ignoredProperties) | {shorten(str(path)) for path in paths if isinstance(path, URIRef)}


def test_the_harbour_is_valid() -> None:
    """The data that every case changes has nothing wrong with it, nor has the whole ontology."""
    assert validate(harbour()).problems == ()


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_a_change_for_the_worse_is_found(case: Case) -> None:
    """Exactly the constraints that a wrong change breaks are reported, at the nodes where it breaks them."""
    assert problems_of(case) == set(case.problems)


@pytest.mark.parametrize("case", VALID, ids=ids)
def test_a_change_within_the_rules_passes(case: Case) -> None:
    """What comes close to breaking a constraint but does not is not reported."""
    assert problems_of(case) == set()


def test_every_constraint_has_a_case() -> None:
    """No constraint, key or check stands in the shapes without a case that breaks it."""
    broken = {" ".join(problem.split()[:2]) for case in CASES for problem in case.problems}
    # That one IRI stands in two files is no matter of statements; test_checks.py has the case.
    assert constraints() - broken == {"one-file one-file"}
    assert broken - constraints() == set()


def test_every_constraint_says_what_is_wrong_and_how_to_mend_it() -> None:
    """One severity and one English message each, its first sentence the complaint, the rest the remedy."""
    checks = {node for kind in (AIGOV.Check, AIGOV.Key) for node in SHAPES.subjects(RDF.type, URIRef(kind))}
    for node in judging() | checks:
        severities = set(SHAPES.objects(node, SH.severity))
        assert len(severities) == 1, node
        assert severities <= {SH.Violation, SH.Warning, SH.Info}, node
        speaking = SHAPES.value(node, SH.sparql, default=node)
        (message,) = SHAPES.objects(speaking, SH.message)
        assert isinstance(message, Literal)
        assert message.language == "en", node
        assert re.fullmatch(r"(\{\?|[A-Z])[^.]*\. [A-Z].*\.", str(message)), node


def test_shapes_have_names() -> None:
    """What a report names as its source has an IRI, the same in every build."""
    assert {type(shape) for shape in judging()} == {URIRef}


def test_at_most_two_constraints_are_sparql() -> None:
    """Core constraints are judged faster and by more engines; a query has to be worth its place."""
    assert len(list(SHAPES.triples((None, SH.sparql, None)))) <= 2
    assert len(list(SHAPES.triples((None, SH.select, None)))) <= 2


def test_nothing_that_an_engine_may_pass_over_in_silence() -> None:
    """No rules, SPARQL targets, node expressions, lookaround or named graphs: engines that lack them say nothing."""
    for predicate in (SH.rule, SH.target, SH.expression, SH.js, SH.ask, SH.construct):
        assert (None, predicate, None) not in SHAPES
    for query in SHAPES.objects(None, SH.select):
        assert not re.search(r"\bGRAPH\b|\bSERVICE\b|\bFROM\b|\$shapesGraph", str(query))
    for pattern in SHAPES.objects(None, SH.pattern):
        assert "(?" not in str(pattern)
    booleans = {str(o) for o in SHAPES.objects() if isinstance(o, Literal) and o.datatype == URIRef(XSD.boolean)}
    assert booleans == {"true", "false"}


def test_the_shapes_are_shapes() -> None:
    """The shapes conform to the shapes of SHACL itself."""
    try:
        conforms, _, text = meta_validate(graph_of(harbour().quads("shapes")), max_validation_depth=100)
    finally:
        rdflib.NORMALIZE_LITERALS = False  # pyshacl's own entry points switch it on
    assert conforms, text


def test_the_shapes_are_in_canonical_layout() -> None:
    """The file is as the formatter writes it."""
    path = find_data().ontology / "shapes.ttl"
    assert canonical(path.read_bytes(), Path(path).name) == path.read_bytes()


def test_claims_have_these_properties_and_no_others() -> None:
    """The closed shape admits the properties of the vocabulary contract and the qualifiers, nothing derived."""
    qualifiers = {
        shorten(str(term))
        for kind in (AIGOV.RestrictiveQualifier, AIGOV.AdditiveQualifier)
        for term in ONTOLOGY.subjects(RDF.type, URIRef(kind))
    }
    assert admitted("Claim") == qualifiers | {
        "rdf:type",
        "rdf:subject",
        "rdf:predicate",
        "rdf:object",
        "rdfs:label",
        "skos:editorialNote",
        "aigov:certainty",
        "aigov:mode",
        "aigov:negated",
        "aigov:relayedBy",
        "aigov:stance",
        "aigov:when",
        "aigov:statedOn",
        "aigov:evidence",
        "aigov:reviewStatus",
        "prov:wasAttributedTo",
        "prov:hadPrimarySource",
        "prov:wasRevisionOf",
    }


def test_entities_have_these_properties_and_no_others() -> None:
    """Entities hold identity only."""
    assert admitted("Entity") == {
        "rdf:type",
        "rdfs:label",
        "skos:prefLabel",
        "skos:altLabel",
        "schema:description",
        "aigov:governs",
        "dcterms:identifier",
        "aigov:isoAlpha2",
        "aigov:isoAlpha3",
        "aigov:isoNumeric",
        "aigov:m49Code",
        "aigov:capital",
        "schema:containedInPlace",
        "schema:latitude",
        "schema:longitude",
        "skos:exactMatch",
        "skos:closeMatch",
        "schema:sameAs",
        "rdfs:seeAlso",
        "skos:broader",
        "skos:narrower",
        "skos:related",
        "skos:inScheme",
        "owl:deprecated",
        "dcterms:isReplacedBy",
        "skos:editorialNote",
    }


def test_situations_may_have_every_property_that_the_ontology_gives_them() -> None:
    """No property of the ontology that a situation can carry is refused by its closed shape."""
    above = {AIGOV.Situation, *harbour().vocabulary().superclasses(AIGOV.Situation)}
    kinds = {str(kind) for kind in ONTOLOGY.transitive_subjects(RDFS.subClassOf, URIRef(AIGOV.Situation))}
    given = {
        shorten(str(term))
        for term, domain in ONTOLOGY.subject_objects(RDFS.domain)
        if str(domain) in above | kinds and (term, RDF.type, URIRef(AIGOV.Relation)) not in ONTOLOGY
    }
    assert given - admitted("Situation") == set()


def properties_in_files() -> set[Node]:
    """The object properties of the ontology that files may use: neither relations nor what is derived."""
    relations = set(ONTOLOGY.subjects(RDF.type, URIRef(AIGOV.Relation)))
    edge = URIRef(AIGOV.Edge)
    derived = {
        URIRef(AIGOV.modality),
        *ONTOLOGY.subjects(RDFS.domain, edge),
        *ONTOLOGY.subjects(RDFS.range, edge),
    }
    return set(ONTOLOGY.subjects(RDF.type, OWL.ObjectProperty)) - relations - derived


@pytest.mark.parametrize("shape", ["Described-type", "Described-label"])
def test_whatever_a_property_leads_to_is_described(shape: str) -> None:
    """Every property whose values are ours has its values targeted by the shapes that ask for a type and a label."""
    reused = {
        "rdf:subject",
        "rdf:object",
        "oa:hasSource",
        "prov:wasAttributedTo",
        "prov:hadPrimarySource",
        "prov:wasRevisionOf",
    }
    targets = {shorten(str(target)) for target in SHAPES.objects(URIRef(SHAPE[shape]), SH.targetObjectsOf)}
    assert {shorten(str(term)) for term in properties_in_files()} - targets == set()
    assert reused - targets == set()


def test_each_property_asks_for_the_range_that_the_ontology_gives_it() -> None:
    """Where the ontology names a class of ours as range, some constraint on that property asks for that class."""
    asked = {
        (path, kind)
        for shape in judging()
        for path in SHAPES.objects(shape, SH.path)
        for kind in SHAPES.objects(shape, SH["class"])
    }
    ranges = {
        (term, kind)
        for term in properties_in_files()
        for kind in ONTOLOGY.objects(term, RDFS.range)
        if str(kind).startswith(AIGOV)
    }
    governs = {(URIRef(AIGOV.governs), URIRef(AIGOV.Polity))}  # asked for as State or Subdivision, by sh:or
    assert ranges - asked - governs == set()


def test_every_class_is_judged() -> None:
    """Each class, a class above it, or each class right below it is the target of a shape."""
    targets = {str(target) for target in SHAPES.objects(None, SH.targetClass)}
    vocabulary = harbour().vocabulary()

    def judged(term: str) -> bool:
        below = [str(sub) for sub in ONTOLOGY.subjects(RDFS.subClassOf, URIRef(term))]
        return bool(targets & {term, *vocabulary.superclasses(term)}) or (bool(below) and all(map(judged, below)))

    ours = {term for term in vocabulary.classes if term.startswith(AIGOV)}
    # Checks and keys stand in the shapes' own file; reading them asks for what they need.
    assert {term for term in ours if not judged(term)} == {AIGOV.Check, AIGOV.Key}


def test_what_can_be_written_is_judged_by_a_closed_shape() -> None:
    """Whatever a file may describe, a property that it should not have is found."""
    closed = {
        str(target)
        for shape in SHAPES.subjects(SH.closed, Literal(True))
        for target in SHAPES.objects(shape, SH.targetClass)
    }
    assert {shorten(term) for term in closed} == {
        "aigov:Assessment",
        "aigov:BadgeRule",
        "aigov:Claim",
        "aigov:Entity",
        "aigov:Passage",
        "aigov:Quantity",
        "aigov:Row",
        "aigov:Situation",
        "aigov:Source",
    }
