"""Every IRI of ours leads somewhere: people to a page, programs to RDF; what is unknown or retired says so."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from aigov_graph.vocabulary.namespaces import AIGOV, CLAIM, ID, RDF
from tests.harbour import PREFIX_LINES
from tests.port_folder import port_folder
from tests.web.test_pages import client_of

BROWSER = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The small world of ports, with a thing that was retired."""
    root = tmp_path_factory.mktemp("ports")
    folder = port_folder(root / "data")
    (folder.graphs / "entities" / "retired.ttl").write_text(
        PREFIX_LINES + 'id:old-portal a aigov:System ; rdfs:label "old portal"@en ; owl:deprecated true ; '
        "dcterms:isReplacedBy id:permit-portal .\n"
    )
    return client_of(folder, root)


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/id/harbour-ministry", "/page/id/harbour-ministry"),
        ("/claim/001", "/page/claim/001"),
        ("/concept/badge-asserted", "/page/concept/badge-asserted"),
        ("/graph/entities", "/page/graph/entities"),
        ("/ontology", "/page/ontology"),
        ("/ontology/1.2.3", "/page/ontology"),
        ("/shapes", "/page/shapes"),
    ],
)
def test_a_browser_is_sent_to_a_page(path: str, page: str, client: FlaskClient) -> None:
    """303, to a page that is there; the answer depends on what is accepted."""
    answer = client.get(path, headers=BROWSER)
    assert (answer.status_code, answer.headers["Location"]) == (303, page)
    assert "Accept" in answer.headers["Vary"]
    assert client.get(page, headers=BROWSER).status_code == 200


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        ("text/turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "rdf"),
        ("text/html;q=0.5, application/ld+json", "jsonld"),
    ],
)
def test_a_program_is_sent_to_rdf_in_the_format_it_likes(accept: str, suffix: str, client: FlaskClient) -> None:
    """And there it reads what is stated of the thing, and what refers to it."""
    answer = client.get("/id/harbour-ministry", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/id/harbour-ministry.{suffix}")
    found = client.get(f"/id/harbour-ministry.{suffix}")
    form = {"ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD, "nt": ox.RdfFormat.N_TRIPLES}
    triples = {q.triple for q in ox.parse(found.data, format=form.get(suffix, ox.RdfFormat.RDF_XML))}
    ministry = ox.NamedNode(ID["harbour-ministry"])
    assert ox.Triple(ministry, ox.NamedNode(RDF.type), ox.NamedNode(AIGOV.Agency)) in triples
    assert ox.Triple(ox.NamedNode(CLAIM["001"]), ox.NamedNode(RDF.subject), ministry) in triples


def test_what_accepts_nothing_on_offer_is_told_so(client: FlaskClient) -> None:
    """406, with what there is."""
    assert client.get("/id/harbour-ministry", headers={"Accept": "image/png"}).status_code == 406


def test_what_is_unknown_offers_a_search(client: FlaskClient) -> None:
    """A page with status 404 and a form that asks /search."""
    for path in ("/id/nobody", "/page/id/nobody", "/id/nobody.ttl", "/page/ontology/noSuchTerm", "/timeline/1066"):
        answer = client.get(path, headers=BROWSER)
        assert answer.status_code == 404, path
        assert '<form class="find" action="/search"' in answer.get_data(as_text=True)


def test_what_was_retired_names_what_replaced_it(client: FlaskClient) -> None:
    """410 for people and for programs, who read the same in RDF."""
    for path in ("/id/old-portal", "/page/id/old-portal"):
        answer = client.get(path, headers=BROWSER)
        assert answer.status_code == 410
        assert '<a href="/page/id/permit-portal">' in answer.get_data(as_text=True)
    answer = client.get("/id/old-portal.nt")
    assert answer.status_code == 410
    assert b"isReplacedBy> <https://w3id.org/aigov-graph/id/permit-portal>" in answer.data


def test_a_page_that_is_unchanged_is_not_sent_again(client: FlaskClient) -> None:
    """304 by the tag of version and language; another language has another tag."""
    first = client.get("/page/id/harbour-ministry", headers=BROWSER)
    again = {**BROWSER, "If-None-Match": first.headers["ETag"]}
    assert client.get("/page/id/harbour-ministry", headers=again).status_code == 304
    assert client.get("/page/id/harbour-ministry", headers={**again, "Accept-Language": "zh-CN"}).status_code == 200


def test_the_language_is_that_of_the_address_or_of_the_browser(client: FlaskClient) -> None:
    """Chinese by `lang=` or by preference; links keep a language that was asked for in the address."""
    by_address = client.get("/page/id/harbour-ministry?lang=zh-Hans", headers=BROWSER).get_data(as_text=True)
    by_browser = client.get("/page/id/harbour-ministry", headers={**BROWSER, "Accept-Language": "zh-CN,en;q=0.5"})
    assert '<html lang="zh-Hans">' in by_address
    assert "明确陈述" in by_address
    assert "/page/claim/001?lang=zh-Hans" in by_address
    assert "明确陈述" in by_browser.get_data(as_text=True)
    assert by_browser.headers["Content-Language"] == "zh-Hans"
    assert "Set-Cookie" not in by_browser.headers
