"""Things, claims and edges as paged JSON-LD: what comes, in which order, by which filters, and how pages are linked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest
import rdflib

from aigov_graph.build import assemble
from aigov_graph.vocabulary.namespaces import AIGOV, CLAIM, ID, RDF, RDFS
from tests.harbour import Said
from tests.live import Reply, Service, publish
from tests.port_folder import CLAIMS, port_folder

MORE = tuple(
    Said(f"{number:03}", "pilots-office", "interestedIn", "berth-rule", when="2021") for number in range(4, 12)
)


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service over the small world of ports with eleven claims."""
    folder = port_folder(tmp_path_factory.mktemp("ports"), (*CLAIMS, *MORE))
    store = tmp_path_factory.mktemp("store")
    publish(store, assemble(folder))
    with Service.start(store) as running:
        yield running


def links(reply: Reply) -> dict[str, str]:
    """The pages that a Link header names, without scheme and host."""
    found = re.findall(r'<([^>]+)>; rel="(\w+)"', reply.headers["link"])
    return {rel: urlsplit(address)._replace(scheme="", netloc="").geturl() for address, rel in found}


def members(reply: Reply) -> list[dict[str, Any]]:
    """The members of a page."""
    assert reply.status == 200, reply.body
    found: list[dict[str, Any]] = json.loads(reply.body)["hydra:member"]
    return found


def test_a_claim_has_every_axis(ports: Service) -> None:
    """In JSON-LD terms, its ends with their labels."""
    [found] = members(ports.get("/api/claims?relation=exportedTo"))
    assert found["@id"] == "claim:003"
    assert (found["@type"], found["certainty"], found["negated"]) == ("Claim", "concept:possible", False)
    assert found["subject"] == {"@id": ID["harbour-ministry"], "label": {"en": "Harbour Ministry"}}
    assert found["object"] == {"@id": ID["pilots-office"], "label": {"en": "Pilots Office"}}
    assert found["predicate"]["@id"] == AIGOV.exportedTo


def test_a_page_is_rdf_with_the_context_it_names(ports: Service) -> None:
    """Read as JSON-LD, a page says of its members what the graph says, and where the next page is."""
    reply = ports.get("/api/claims?size=4")
    page = json.loads(reply.body)
    context = ports.get(urlsplit(page["@context"][0]).path)
    assert context.headers["content-type"] == "application/ld+json"
    page["@context"][0] = json.loads(context.body)["@context"]
    graph = rdflib.Graph().parse(data=json.dumps(page), format="json-ld")
    claim = rdflib.URIRef(CLAIM["001"])
    assert (claim, rdflib.URIRef(RDF.subject), rdflib.URIRef(ID["harbour-ministry"])) in graph
    assert (claim, rdflib.URIRef(RDF.predicate), rdflib.URIRef(AIGOV.interestedIn)) in graph
    assert (
        rdflib.URIRef(ID["permit-portal"]),
        rdflib.URIRef(RDFS.label),
        rdflib.Literal("permit portal", "en"),
    ) in graph
    hydra = rdflib.Namespace("http://www.w3.org/ns/hydra/core#")
    assert [str(value) for value in graph.objects(None, hydra.totalItems)] == ["11"]
    [following] = graph.objects(None, hydra.next)
    assert str(following) == f"{ports.base}/api/claims?page=2&size=4"


def test_pages_follow_one_another(ports: Service) -> None:
    """From the first by rel=next to the last, every claim comes once; the header counts them."""
    address, seen = "/api/claims?size=4", []
    while address:
        reply = ports.get(address)
        assert reply.headers["x-total-count"] == "11"
        seen += [member["@id"] for member in members(reply)]
        assert links(reply)["last"] == "/api/claims?page=3&size=4"
        address = links(reply).get("next", "")
    assert seen == [f"claim:{number:03}" for number in range(1, 12)]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/api/entities?type=System", ["id:permit-portal"]),
        ("/api/entities?q=office", ["id:pilots-office"]),
        ("/api/claims?certainty=possible", ["claim:003"]),
        ("/api/claims?about=permit-portal", ["claim:001"]),
        ("/api/claims?about=id:permit-portal&holder=pilots-office", []),
    ],
)
def test_filters_narrow_a_list(ports: Service, address: str, expected: list[str]) -> None:
    """As they do on the pages."""
    assert [member["@id"] for member in members(ports.get(address))] == expected


def test_edges_say_how_firmly_they_stand(ports: Service) -> None:
    """A fact and what is only possible are told apart."""
    found = members(ports.get("/api/edges"))
    assert {edge["predicate"]["@id"].removeprefix(AIGOV): edge["status"] for edge in found} == {
        "interestedIn": "concept:fact",
        "cooperatesWith": "concept:fact",
        "exportedTo": "concept:hedged",
    }
    assert len(found) == 4


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/api/claims?colour=red", "there is no filter 'colour'"),
        ("/api/claims?certainty=sure", "'sure' is no certainty"),
        ("/api/claims?page=99", "there are 1 pages, and this is none"),
        ("/api/claims?size=501", "'501' is no whole number from 1 to 500"),
        ("/api/claims?about=%3Ex%3E", "'>x>' names nothing"),
    ],
)
def test_what_cannot_be_asked_is_said(ports: Service, address: str, title: str) -> None:
    """As problem details with a remedy."""
    reply = ports.get(address)
    assert (reply.status, reply.headers["content-type"]) == (400, "application/problem+json")
    assert reply.json["detail"] == title
    assert reply.json["remedy"]


def test_a_page_is_kept_until_the_graph_changes(ports: Service) -> None:
    """304 for the same version; any origin may read; nothing else but JSON is on offer."""
    reply = ports.get("/api/entities")
    assert reply.headers["access-control-allow-origin"] == "*"
    assert ports.get("/api/entities", if_none_match=reply.headers["etag"]).status == 304
    assert ports.get("/api/entities?q=x", if_none_match=reply.headers["etag"]).status == 200
    assert ports.get("/api/entities", accept="text/turtle").status == 406
    assert ports.get("/api/entities", accept="application/json").headers["content-type"] == "application/json"


def test_a_member_is_told_whole(ports: Service) -> None:
    """What is said of a member is what the store holds, to the last statement."""
    [found] = members(ports.get("/api/claims?relation=exportedTo"))
    said = ports.query(f"CONSTRUCT WHERE {{ <{CLAIM['003']}> ?p ?o }}", accept="application/n-triples").body
    assert len({triple.predicate for triple in ox.parse(said, format=ox.RdfFormat.N_TRIPLES)}) == len(found) - 1
