"""The JSON-LD context: a claim in compact JSON reads as the same statements that its Turtle makes."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from aigov_graph.vocabulary.namespaces import AIGOV, CONCEPT, OWL, PREFIXES, RDF
from tests.ontology.support import FOLDER, properties, terms, values
from tests.ontology.test_schemes import SCHEMES

COMPACT = {
    "@id": "claim:port-council-2024-007",
    "@type": "Claim",
    "label": {"en": "The Port Council says that the Harbour Ministry may be interested in the permit portal."},
    "subject": "id:harbour-ministry",
    "predicate": "interestedIn",
    "object": "id:permit-portal",
    "certainty": "possible",
    "mode": "actual",
    "negated": False,
    "when": "2023/..",
    "degree": "little",
    "inPlace": "id:ebbmouth",
    "quantity": {"@id": "id:port-council-2024-seats", "@type": "Quantity", "minimum": "3.0", "unit": "seats"},
    "wasAttributedTo": "id:port-council",
    "hadPrimarySource": "id:port-council-2024",
    "evidence": ["passage:port-council-2024-002", "passage:port-council-2024-003"],
    "reviewStatus": "accepted",
}
TURTLE = """
claim:port-council-2024-007 a aigov:Claim ;
    rdfs:label "The Port Council says that the Harbour Ministry may be interested in the permit portal."@en ;
    rdf:subject id:harbour-ministry ; rdf:predicate aigov:interestedIn ; rdf:object id:permit-portal ;
    aigov:certainty concept:possible ; aigov:mode concept:actual ; aigov:negated false ;
    aigov:when "2023/.."^^edtf:edtf ; aigov:degree concept:little ; aigov:inPlace id:ebbmouth ;
    aigov:quantity id:port-council-2024-seats ;
    prov:wasAttributedTo id:port-council ; prov:hadPrimarySource id:port-council-2024 ;
    aigov:evidence passage:port-council-2024-002 , passage:port-council-2024-003 ;
    aigov:reviewStatus concept:accepted .
id:port-council-2024-seats a aigov:Quantity ; aigov:minimum 3.0 ; aigov:unit "seats" .
"""


@cache
def context() -> dict[str, Any]:
    """As the file has it."""
    loaded: dict[str, Any] = json.loads((FOLDER.ontology / "context.jsonld").read_text(encoding="utf-8"))
    assert set(loaded) == {"@context"}
    found: dict[str, Any] = loaded["@context"]
    return found


def read(document: dict[str, Any]) -> set[ox.Triple]:
    """The statements of a document under the context."""
    text = json.dumps({"@context": context(), **document})
    return {quad.triple for quad in ox.parse(text, format=ox.RdfFormat.JSON_LD)}


def test_a_compact_claim_reads_as_its_turtle() -> None:
    """Concepts and relations by bare name, things by prefix, dates and numbers as the shapes want them."""
    prefixes = "".join(f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in PREFIXES.items())
    expected = {quad.triple for quad in ox.parse(prefixes + TURTLE, format=ox.RdfFormat.TURTLE)}
    assert read(COMPACT) == expected


def test_rdflib_reads_the_same() -> None:
    """Two readers that share no code agree."""
    graph = rdflib.Graph().parse(data=json.dumps({"@context": context(), **COMPACT}), format="json-ld")
    text = graph.serialize(format="nt")
    assert {quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)} == read(COMPACT)


def test_a_misspelt_key_is_read_and_not_dropped() -> None:
    """So that the closed shape of claims can refuse it."""
    extra = read({**COMPACT, "certainity": "possible"}) - read(COMPACT)
    assert {triple.predicate.value for triple in extra} == {AIGOV.certainity}


def test_the_context_knows_every_prefix() -> None:
    """Of the project's files."""
    assert {key: context()[key] for key in PREFIXES} == PREFIXES


@pytest.mark.parametrize("term", terms(), ids=lambda term: term.removeprefix(AIGOV))
def test_the_context_knows_every_term(term: str) -> None:
    """By its local name; what takes things reads a prefixed name as an IRI and what takes literals does not."""
    name = term.removeprefix(AIGOV)
    assert name in context()
    if term not in properties():
        assert {triple.object for triple in read({"@id": "id:x", "@type": name})} == {ox.NamedNode(term)}
        return
    [triple] = read({"@id": "id:x", name: "id:y"})
    assert triple.predicate == ox.NamedNode(term)
    assert isinstance(triple.object, ox.Literal) == (OWL.DatatypeProperty in values(term, RDF.type))


@pytest.mark.parametrize(
    ("name", "scheme"),
    [
        ("certainty", "certainty"),
        ("mode", "mode"),
        ("stance", "stance"),
        ("reviewStatus", "review-status"),
        ("direction", "direction"),
        ("degree", "degree"),
        ("status", "edge-status"),
        ("modality", "modality"),
    ],
)
def test_concepts_go_by_their_bare_names(name: str, scheme: str) -> None:
    """And by their prefixed ones; no other key of the context gets in the way."""
    for concept in SCHEMES[scheme].split():
        for spelling in (concept, f"concept:{concept}"):
            [triple] = read({"@id": "id:x", name: spelling})
            assert triple.object == ox.NamedNode(CONCEPT[concept])
