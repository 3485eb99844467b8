"""What the checklist for accessible ontologies (FOOPS!) asks of the service: names that answer, in every form."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest
import rdflib

from aigov_graph.dataset import find_data
from aigov_graph.vocabulary.namespaces import AIGOV, GRAPH, ONTOLOGY, OWL, RDF, RDFS
from tests.live import Reply, Service, publish

FORMS = {
    "text/turtle": "turtle",
    "application/rdf+xml": "xml",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
}


@pytest.fixture(scope="module")
def ontology(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service over the ontology of this repository."""
    store = tmp_path_factory.mktemp("store")
    graph = ox.NamedNode(GRAPH.ontology)
    quads = [ox.Quad(q.subject, q.predicate, q.object, graph) for q in find_data().load().quads("ontology")]
    publish(store, quads)
    with Service.start(store) as running:
        yield running


def follow(service: Service, path: str, accept: str) -> Reply:
    """What stands at the end of the redirects."""
    for _ in range(4):
        reply = service.get(path, accept=accept)
        if reply.status not in (302, 303):
            return reply
        path = urlsplit(reply.headers["location"])._replace(scheme="", netloc="").geturl()
    raise AssertionError(f"{path} leads on and on")


@pytest.mark.parametrize("accept", FORMS)
@pytest.mark.parametrize("name", ["/ontology", "versioned"])
def test_the_ontology_answers_in_every_form(ontology: Service, name: str, accept: str) -> None:
    """ACC1, RDF1, VER2: by its name and by its version's, the whole ontology, read by another library."""
    [version] = [t.object for t in _about(ontology) if t.predicate.value == OWL.versionIRI]
    path = name if name == "/ontology" else f"/{str(version)[1:-1].removeprefix('https://w3id.org/aigov-graph/')}"
    reply = follow(ontology, path, accept)
    assert (reply.status, reply.headers["content-type"].partition(";")[0]) == (200, accept)
    graph = rdflib.Graph().parse(data=reply.body, format=FORMS[accept])
    assert (rdflib.URIRef(ONTOLOGY), rdflib.URIRef(RDF.type), rdflib.URIRef(OWL.Ontology)) in graph
    assert (rdflib.URIRef(AIGOV.Claim), rdflib.URIRef(RDF.type), rdflib.URIRef(OWL.Class)) in graph


def test_people_get_documentation(ontology: Service) -> None:
    """DOC1: a page that explains the terms, at the same name."""
    reply = follow(ontology, "/ontology", "text/html,application/xhtml+xml")
    assert (reply.status, reply.headers["content-type"]) == (200, "text/html; charset=utf-8")
    page = reply.body.decode()
    assert "cooperates with" in page
    assert 'href="/page/ontology/Claim"' in page


def test_a_term_has_a_page(ontology: Service) -> None:
    """With its definition."""
    page = follow(ontology, "/page/ontology/Claim", "text/html").body.decode()
    definition = next(t.object for t in _about(ontology, AIGOV.Claim) if t.predicate.value.endswith("#definition"))
    assert isinstance(definition, ox.Literal)
    assert definition.value in page


def test_any_origin_may_read_it(ontology: Service) -> None:
    """And the vocabulary's own tools in a browser too."""
    assert ontology.get("/ontology", accept="text/turtle").headers["access-control-allow-origin"] == "*"
    assert ontology.get("/").headers["access-control-allow-origin"] == "*"
    assert follow(ontology, "/ontology", "text/turtle").headers["access-control-allow-origin"] == "*"


def _about(service: Service, iri: str = ONTOLOGY) -> list[ox.Triple]:
    found = service.query(f"CONSTRUCT WHERE {{ <{iri}> ?p ?o }}", accept="application/n-triples").body
    assert RDFS.label.encode() in found
    return [quad.triple for quad in ox.parse(found, format=ox.RdfFormat.N_TRIPLES)]
