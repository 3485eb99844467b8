"""Clients that people use, as they come from the package index."""

from __future__ import annotations

from typing import Any

import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, RDFXML, TURTLE, XML, SPARQLWrapper

from aigov_graph.vocabulary.namespaces import AIGOV, ID, RDFS
from tests.live import PORTS, Service

LABELS = f"SELECT ?o WHERE {{ ?s <{RDFS.label}> ?o }} ORDER BY ?o"


def wrapper(service: Service, text: str, form: str) -> Any:
    client = SPARQLWrapper(f"{service.base}/sparql")
    client.setQuery(text)
    client.setReturnFormat(form)
    return client


def test_sparqlwrapper_reads_tables(service: Service) -> None:
    """SPARQLWrapper's JSON, XML and CSV hold the same labels, by each of its methods."""
    found = wrapper(service, LABELS, JSON).query().convert()
    assert [row["o"]["value"] for row in found["results"]["bindings"]][:2] == ["Harbour Ministry", "permit portal"]
    assert "Harbour Ministry" in wrapper(service, LABELS, XML).query().convert().toxml()
    assert wrapper(service, LABELS, CSV).query().convert().splitlines()[1] == b"Harbour Ministry"
    for request_method in ("urlencoded", POSTDIRECTLY):
        client = wrapper(service, LABELS, JSON)
        client.setMethod(POST)
        client.setRequestMethod(request_method)
        assert client.query().convert() == found


def test_sparqlwrapper_reads_graphs(service: Service) -> None:
    """SPARQLWrapper's graphs in Turtle and RDF/XML are the ministry's statements."""
    text = f"CONSTRUCT WHERE {{ <{ID['harbour-ministry']}> ?p ?o }}"
    assert len(rdflib.Graph().parse(data=wrapper(service, text, TURTLE).query().convert(), format="turtle")) == 2
    assert len(wrapper(service, text, RDFXML).query().convert()) == 2


def test_rdflib_asks_as_a_store(service: Service) -> None:
    """rdflib's SPARQLStore finds triples, counts a graph and runs queries with bindings."""
    store = SPARQLStore(f"{service.base}/sparql")
    graph = rdflib.Graph(store)
    ministry = rdflib.URIRef(ID["harbour-ministry"])
    assert list(graph.objects(ministry, rdflib.URIRef(AIGOV.interestedIn))) == [rdflib.URIRef(ID["permit-portal"])]
    rows = graph.query("SELECT ?p WHERE { ?s ?p ?o }", initBindings={"s": ministry})
    assert {str(row[0]) for row in rows} == {RDFS.label, AIGOV.interestedIn}  # type: ignore[index]
    assert len(rdflib.Graph(SPARQLStore(f"{service.base}/sparql"), identifier=PORTS)) == 1
