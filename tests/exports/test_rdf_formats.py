"""RDF in readers that are not ours: the quads of each syntax, RDF 1.2, and nanopublications."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib
from nanopub import Nanopub  # type: ignore[attr-defined]
from nanopub.utils import MalformedNanopubError

from aigov_graph.vocabulary.namespaces import AIGOV, CLAIM, CONCEPT, GRAPH, ID, RDF
from tests.exports.world import written

THEIR_GRAPHS = ("entities", "edges", "facts", "disputed")


def quads_of(data: bytes, form: ox.RdfFormat) -> set[ox.Quad]:
    """What an RDF file states."""
    return set(ox.parse(data, format=form))


def test_rdf_says_what_the_graph_says() -> None:
    """Claims, evidence, sources, edges and facts, in their graphs; the three formats agree."""
    trig = quads_of(written("trig"), ox.RdfFormat.TRIG)
    fact = (ox.NamedNode(ID["harbour-ministry"]), ox.NamedNode(AIGOV.interestedIn), ox.NamedNode(ID["permit-portal"]))
    assert ox.Quad(*fact, ox.NamedNode(GRAPH.facts)) in trig
    graphs = {str(quad.graph_name.value) for quad in trig if isinstance(quad.graph_name, ox.NamedNode)}
    assert graphs - {GRAPH.inferred} == {GRAPH[name] for name in ("port-council-2024", *THEIR_GRAPHS)}
    subjects = {quad.subject.value for quad in trig if isinstance(quad.subject, ox.NamedNode)}
    assert {CLAIM["001"], ID["port-council-2024"], "https://w3id.org/aigov-graph/passage/001"} <= subjects
    turtle = quads_of(written("ttl"), ox.RdfFormat.TURTLE)
    assert turtle == {ox.Quad(q.subject, q.predicate, q.object) for q in trig}
    assert quads_of(written("jsonld"), ox.RdfFormat.JSON_LD) == trig
    assert len(rdflib.Graph().parse(data=written("ttl"), format="turtle")) == len(turtle)


def test_rdf_12_states_only_facts() -> None:
    """A claim reifies what it is about; the triple itself stands there only if it is a fact."""
    quads = quads_of(written("rdf12"), ox.RdfFormat.TURTLE)
    portal = ox.Triple(
        ox.NamedNode(ID["harbour-ministry"]), ox.NamedNode(AIGOV.interestedIn), ox.NamedNode(ID["permit-portal"])
    )
    hedged = ox.Triple(
        ox.NamedNode(ID["harbour-ministry"]), ox.NamedNode(AIGOV.exportedTo), ox.NamedNode(ID["pilots-office"])
    )
    disputed = ox.Triple(
        ox.NamedNode(ID["port-council"]), ox.NamedNode(AIGOV.cooperatesWith), ox.NamedNode(ID["pilots-office"])
    )
    reified = {(str(q.subject.value), q.object) for q in quads if q.predicate.value == RDF.reifies}  # type: ignore[union-attr]
    assert {(CLAIM["001"], portal), (CLAIM["003"], hedged), (CLAIM["004"], disputed)} <= reified
    stated = {(q.subject, q.predicate, q.object) for q in quads}
    assert (portal.subject, portal.predicate, portal.object) in stated
    for other in (hedged, disputed):
        assert (other.subject, other.predicate, other.object) not in stated
    about = {(q.predicate.value, q.object) for q in quads if q.subject == ox.NamedNode(CLAIM["003"])}
    assert (AIGOV.certainty, ox.NamedNode(CONCEPT.possible)) in about
    assert not {RDF.subject, RDF.predicate, RDF.object} & {predicate for predicate, _ in about}


def publications() -> list[rdflib.Dataset]:
    """The nanopublications of the small world, each alone."""
    dataset = rdflib.Dataset()
    dataset.parse(data=written("nanopub"), format="trig")
    kind = rdflib.URIRef("http://www.nanopub.org/nschema#Nanopublication")
    found = []
    for iri in sorted(str(subject) for subject, *_ in dataset.quads((None, rdflib.RDF.type, kind, None))):
        alone = rdflib.Dataset()
        for quad in dataset.quads():
            if str(quad[3]).startswith(f"{iri}#"):
                alone.add(quad)  # type: ignore[arg-type]
        found.append(alone)
    return found


def assertion_of(alone: rdflib.Dataset) -> rdflib.Graph:
    """The assertion of a nanopublication that the library of their makers finds valid; it raises where one is not."""
    publication = Nanopub(rdf=alone)
    assert publication.is_valid
    found: rdflib.Graph = publication.assertion
    return found


def test_nanopublications_are_valid() -> None:
    """One a claim, each valid alone; the assertion holds the hedge."""
    found = publications()
    assert len(found) == 9
    for alone in found:
        assert rdflib.URIRef(AIGOV.certainty) in set(assertion_of(alone).predicates())


@pytest.mark.parametrize("part", ["assertion", "provenance", "pubinfo"])
def test_a_nanopublication_without_a_part_is_refused(part: str) -> None:
    """By the same check, as soon as one of the three is empty."""
    whole, *_ = publications()
    maimed = rdflib.Dataset()
    for quad in whole.quads():
        if not str(quad[3]).endswith(f"#{part}"):
            maimed.add(quad)  # type: ignore[arg-type]
    assert 0 < len(maimed) < len(whole)
    with pytest.raises(MalformedNanopubError):
        assertion_of(maimed)


@pytest.mark.parametrize("name", ["turtle", "trig", "nanopub"])
def test_rdf_texts_are_read_by_rdflib(name: str) -> None:
    """A second parser takes them."""
    form = {"turtle": "ttl"}.get(name, name)
    assert len(rdflib.Dataset().parse(data=written(form), format="turtle" if name == "turtle" else "trig"))
