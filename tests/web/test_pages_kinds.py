"""The kinds of pages beside the first: claims in words, sources, lists, time, comparison, disagreement, ontology."""

from __future__ import annotations

import gzip
import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from aigov_graph.build import assemble
from aigov_graph.vocabulary.namespaces import AIGOV, RDF
from aigov_graph.web.pages.claims import fragment
from aigov_graph.web.pages.wording import register_of
from tests.harbour import PREFIX_LINES, Said
from tests.interview import interview_folder
from tests.port_folder import port_folder
from tests.web.test_pages import client_of, text_of

PASSAGES = """\
passage:001 a aigov:Passage ; oa:hasSource id:port-council-2024 ; oa:start 10 ; oa:end 90 ;
    aigov:locator "paragraph 2" ; aigov:firstWords "The berth, well-kept" ; aigov:lastWords "of the harbour." .
"""
COVERAGE = "paragraph,characters,reason\nparagraph 1,0-9,heading\n"
SAID = (
    Said("001", when="2019/.."),
    Said("002", negated=True, holder="pilots-office"),
    Said("003", "pilots-office", "interestedIn", "berth-rule", certainty="possible", mode="required", when="2021"),
    Said("004", "harbour-ministry", "interestedIn", "berth-rule", relayed_by="pilots-office", opinion=True),
    Said("005", "pilots-office", "cooperatesWith", "harbour-ministry", revises="006"),
    Said("006", "pilots-office", "cooperatesWith", "harbour-ministry"),
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The small world of ports, with a passage, a public source and a coverage record."""
    root = tmp_path_factory.mktemp("kinds")
    folder = port_folder(root / "data", SAID)
    source = folder.graphs / "sources" / "port-council-2024"
    (source / "passages.ttl").write_text(PREFIX_LINES + PASSAGES)
    text = (source / "source.ttl").read_text()
    address = 'dcterms:identifier "https://ports.example/report?year=2024#top" ;'
    (source / "source.ttl").write_text(text.replace("a aigov:Source ;", f"a aigov:Source ; {address}"))
    (source / "coverage.csv").write_text(COVERAGE)
    return client_of(folder, root)


def words_of(page: str) -> str:
    """What a page says, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page.partition("<main")[2])).split())


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("001", "According to Port Council, Harbour Ministry interested in permit portal, since 2019."),
        ("002", "According to Pilots Office, it is not so that Harbour Ministry interested in permit portal."),
        (
            "003",
            "According to Port Council, it is possible that it is required that Pilots Office interested in Berth Rule",
        ),
        (
            "004",
            "According to Port Council, as passed on by Pilots Office, Harbour Ministry interested in Berth Rule.",
        ),
    ],
)
def test_a_claim_is_said_in_words(claim: str, sentence: str, client: FlaskClient) -> None:
    """Holder, certainty, mode and denial as a sentence, in the order of their scope."""
    assert sentence in words_of(text_of(client, f"/page/claim/{claim}"))


def test_a_passage_of_a_public_source_is_one_click_away(client: FlaskClient) -> None:
    """By a text fragment of the first and last words, which may hold what the syntax of fragments uses itself."""
    page = text_of(client, "/page/claim/001")
    link = "https://ports.example/report?year=2024#:~:text=The%20berth%2C%20well%2Dkept,of%20the%20harbour."
    assert f'href="{link.replace("&", "&amp;")}"' in page
    assert "paragraph 2" in page


def test_a_fragment_has_at_most_three_words_at_each_end() -> None:
    """However many are recorded."""
    assert fragment("one two three four", "five six seven eight") == "#:~:text=one%20two%20three,six%20seven%20eight"
    assert fragment("", "") == ""


def test_a_claim_shows_who_says_otherwise_and_what_revised_it(client: FlaskClient) -> None:
    """The other side of a dispute, and both ends of a revision."""
    page = text_of(client, "/page/claim/001")
    assert "Claim 002." in page.partition("Who says otherwise")[2]
    assert "/page/claim/006" in text_of(client, "/page/claim/005").partition("Revisions")[2]
    assert "/page/claim/005" in text_of(client, "/page/claim/006").partition("revised by")[2]


def test_a_source_is_shown_in_reading_order_with_what_carries_no_claim(client: FlaskClient) -> None:
    """The bare paragraph first, with the reason its reader gave."""
    page = words_of(text_of(client, "/page/id/port-council-2024"))
    assert page.index("paragraph 1") < page.index("No claim: heading") < page.index("Claim 001.")
    assert "1 of 2 places carry a claim" in page
    assert "all rights reserved" in page


def test_a_list_is_filtered_and_leads_to_its_files(client: FlaskClient) -> None:
    """The files ask the endpoint the very query that the page shows."""
    page = text_of(client, "/claims?status=hedged")
    assert "Claim 003." in page
    assert "Claim 001." not in page
    csv = client.get("/claims.csv?status=hedged")
    asked = parse_qs(urlsplit(csv.headers["Location"]).query)
    assert csv.status_code == 303
    assert asked["format"] == ["csv"]
    assert asked["query"][0] == client.get("/claims.rq?status=hedged").get_data(as_text=True)
    assert asked["query"][0].strip() in unescape(page)
    assert "CONSTRUCT" in client.get("/claims.jsonld?status=hedged").headers["Location"]


def test_a_filter_that_is_none_is_refused_in_words(client: FlaskClient) -> None:
    """400, with the form still there."""
    answer = client.get("/claims?status=true", headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert "choose from: fact" in answer.get_data(as_text=True)
    assert client.get("/edges.csv?colour=red").status_code == 400


def test_the_timeline_shows_a_year_and_leads_to_the_others(client: FlaskClient) -> None:
    """The year that most claims speak of, and the later of two alike, unless one is named; its lines as elsewhere."""
    assert "Claim 003." in text_of(client, "/timeline")
    page = text_of(client, "/timeline/2019")
    assert "Claim 001." in page
    assert "Claim 003." not in page
    assert 'href="/timeline/2021"' in page
    assert "held by Port Council" in words_of(page)
    assert 'href="/page/id/port-council-2024"' in page


def test_the_timeline_opens_where_most_is_said(tmp_path: Path) -> None:
    """Not at the latest year, of which a lone forecast may speak."""
    said = [
        Said("001", when="2019"),
        Said("002", "pilots-office", when="2019-05"),
        Said("003", when="2027", mode="predicted"),
    ]
    page = text_of(client_of(port_folder(tmp_path / "data", said), tmp_path), "/timeline")
    assert "Claim 001." in page
    assert "Claim 003." not in page


def test_the_timeline_tells_no_month_that_nobody_told(tmp_path: Path) -> None:
    """What is said of a year stands under the year, before what is said of its months."""
    said = [Said("001", when="2019-05-06"), Said("002", "pilots-office", when="2019"), Said("003", when="2019-01/2020")]
    page = text_of(client_of(port_folder(tmp_path / "data", said), tmp_path), "/timeline/2019")
    assert re.findall("<time>([^<]+)</time>|(Claim 00.)", page) == [
        ("2019", ""),
        ("", "Claim 002"),
        ("2019-01", ""),
        ("", "Claim 003"),
        ("2019-05", ""),
        ("", "Claim 001"),
    ]


def test_pages_are_sent_as_small_as_the_reader_takes_them(client: FlaskClient) -> None:
    """The same page, compressed; caches are told on what it depends."""
    plain, packed = client.get("/claims"), client.get("/claims", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.get_data()) == plain.get_data()
    assert "Accept-Encoding" in plain.vary
    assert "Accept-Encoding" in packed.vary
    assert len(packed.get_data()) < len(plain.get_data()) / 2


def test_a_line_leads_to_claim_source_and_passage(tmp_path: Path) -> None:
    """The place in the source is named and linked on the line; not on the source's own page, where it stands above."""
    client = client_of(interview_folder(tmp_path / "data"), tmp_path)
    line = re.search(
        r'<li class="[a-z]+"><a class="sentence".*?</li>', text_of(client, "/id/chinese-government"), re.DOTALL
    )
    assert line
    assert re.findall('href="/page/([a-z]+)/', line[0]) == ["claim", "id", "id", "passage"]
    assert re.search(r'href="/page/passage/[^"]+"><bdi>question \d, paragraph \d</bdi>', line[0])
    assert 'data-claim="zeng-2021-' in line[0]
    reading = text_of(client, "/id/zeng-2021").partition('<ol class="reading">')[2].partition("</ol>")[0]
    assert 'class="sentence"' in reading
    assert 'href="/page/id/zeng-2021"' not in reading


def test_two_things_are_compared_by_what_they_share(client: FlaskClient) -> None:
    """Named by address or by label; what ties them together stands apart."""
    page = words_of(text_of(client, "/compare?a=harbour-ministry&b=Pilots+Office"))
    between, both = page.partition("Said of one alone")[2].split("Said of both")
    assert "Claim 005." in between
    assert "Berth Rule" in both.partition("Said of one alone")[0]
    assert client.get("/compare?a=nobody&b=berth-rule", headers={"Accept": "text/html"}).status_code == 404


def test_disagreements_show_both_sides(client: FlaskClient) -> None:
    """The dispute with its two claims."""
    page = text_of(client, "/disagreements")
    assert "Claim 001." in page
    assert "Claim 002." in page


def test_every_term_of_the_ontology_has_a_page_with_its_use(tmp_path: Path) -> None:
    """Generated from the graph: definition, domain, range, how often it is used, and a claim that uses it."""
    client = client_of(interview_folder(tmp_path / "data"), tmp_path)
    index = text_of(client, "/page/ontology")
    terms = set(re.findall(r'href="(/page/ontology/[A-Za-z]+)"', index))
    assert len(terms) > 150
    for term in sorted(terms):
        text_of(client, term)
    page = text_of(client, "/page/ontology/exportedTo")
    assert "domain" in page
    assert "range" in page
    assert 'href="/claims?relation=cooperatesWith"' in text_of(client, "/page/ontology/cooperatesWith")
    assert "A claim that uses it" in text_of(client, "/page/ontology/cooperatesWith")
    assert 'id="cooperatesWith"' in index
    shapes = text_of(client, "/page/shapes")
    assert 'id="Assessment"' in shapes
    assert "Mend its spelling" in shapes


HOSTILE = PREFIX_LINES + (
    'id:hostile a aigov:System ; rdfs:label "</script><script>alert(1)</script><img src=x onerror=alert(1)>"@en ; '
    'skos:altLabel "\u202eevil\u202c" , "{{ 7*7 }}" ; schema:description "<b>bold</b>" ; '
    'rdfs:seeAlso <javascript:alert(1)> , <data:text/html,x> ; dcterms:identifier "javascript:alert(1)" .\n'
    f'id:endless a aigov:Agency ; rdfs:label "{"x" * 10_000}"@en .\n'
)


def tags_of(page: str) -> list[tuple[str, dict[str, str | None]]]:
    """The elements of a page with their attributes, as a browser's parser sees them."""
    found: list[tuple[str, dict[str, str | None]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, dict(attrs)))

    Reader().feed(page)
    return found


def test_hostile_names_do_no_harm(tmp_path: Path) -> None:
    """On the page of the thing, in lists, in claims about it and in the data in the head, they are text."""
    claims = [Said("001", object="hostile"), Said("002", "endless", "interestedIn", "permit-portal")]
    folder = port_folder(tmp_path / "data", claims)
    (folder.graphs / "entities" / "hostile.ttl").write_text(HOSTILE, encoding="utf-8")
    client = client_of(folder, tmp_path)
    paths = ("/", "/page/id/hostile", "/page/id/endless", "/entities", "/claims", "/edges", "/page/claim/001",
             "/page/claim/002", "/page/id/harbour-ministry", "/compare?a=hostile&b=endless")  # fmt: skip
    for path in paths:
        page = text_of(client, path)
        for tag, attributes in tags_of(page):
            assert not any(name.startswith("on") or name == "style" for name in attributes), (path, tag)
            assert not re.match("javascript:|data:", (attributes.get("href") or attributes.get("src") or "")), path
            assert attributes.get("src") != "x", path
            assert tag != "script" or "src" in attributes or attributes.get("type") == "application/ld+json", path
        assert "x" * 700 not in page, path
    page = text_of(client, "/page/id/hostile")
    assert "<bdi>\u202eevil\u202c</bdi>" in page
    assert "{{ 7*7 }}" in page
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert data is not None
    assert json.loads(data[1])["name"].startswith("</script><script>")


def data_in_head(client: FlaskClient, path: str) -> dict[str, Any]:
    """What a page tells search engines of itself."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text_of(client, path), re.DOTALL)
    assert found, path
    told: dict[str, Any] = json.loads(found[1])
    return told


def test_machines_are_told_who_holds_a_claim_and_how_surely(client: FlaskClient) -> None:
    """A hedge, a holder and who passes it on stand in the data of a claim's page as in its words."""
    told = data_in_head(client, "/page/claim/003")
    assert told["author"] == [
        {"@type": "Organization", "@id": "https://w3id.org/aigov-graph/id/port-council", "name": "Port Council"}
    ]
    assert told["creativeWorkStatus"] == "Hedged"
    assert [word["name"] for word in told["keywords"]] == ["possible", "required"]
    assert told["temporalCoverage"] == "2021"
    assert [word["name"] for word in data_in_head(client, "/page/claim/002")["keywords"]] == [
        "certain",
        "actual",
        "denied",
    ]
    assert [body["name"] for body in data_in_head(client, "/page/claim/004")["contributor"]] == ["Pilots Office"]


def test_a_class_counts_the_things_of_the_classes_under_it(tmp_path: Path) -> None:
    """No class above is written down for claims and passages; they are counted there all the same, and only once."""
    folder = interview_folder(tmp_path / "data")
    typed = {
        q.subject for q in assemble(folder) if q.predicate.value == RDF.type and q.object == ox.NamedNode(AIGOV.Passage)
    }
    client = client_of(folder, tmp_path)
    assert len(typed) > 50
    for name in ("Passage", "Evidence"):
        page = text_of(client, f"/page/ontology/{name}")
        assert f"times used{len(typed)}" in words_of(page)
        assert f'href="/entities?type={name}"' not in page
    assert 'href="/entities?type=Actor"' in text_of(client, "/page/ontology/Actor")


def test_a_link_to_a_thing_without_a_name_shows_its_address(tmp_path: Path) -> None:
    """No link is empty: the licence of a derived graph ends in a stroke and has no label."""
    page = text_of(client_of(interview_folder(tmp_path / "data"), tmp_path), "/page/graph/facts")
    assert "<bdi>https://creativecommons.org/licenses/by/4.0/</bdi>" in page
    assert "<bdi></bdi>" not in page


def test_a_claim_page_names_its_own_hedges_and_says_when_it_stands_alone(client: FlaskClient) -> None:
    """Not all that may keep a claim from being plain, and not silence where nobody else speaks."""
    page = words_of(text_of(client, "/page/claim/003"))
    assert "What keeps it from being stated plainly: possible, required." in page
    assert "No other claim says the same or otherwise." in page
    assert "opinion, passed on from another." in words_of(text_of(client, "/page/claim/004"))
    assert "No other claim" not in words_of(text_of(client, "/page/claim/001"))


def test_a_term_is_described_as_data_too(tmp_path: Path) -> None:
    """By suffix and by what is accepted, each term alone and a version of the whole; the page leads there."""
    client = client_of(interview_folder(tmp_path / "data"), tmp_path)
    turtle = client.get("/ontology/cooperatesWith.ttl")
    assert turtle.mimetype == "text/turtle"
    assert list(ox.parse(turtle.data, format=ox.RdfFormat.TURTLE))
    page = client.get("/ontology/cooperatesWith", headers={"Accept": "text/html"})
    assert (page.status_code, page.location) == (303, "/page/ontology/cooperatesWith")
    data = client.get("/ontology/cooperatesWith", headers={"Accept": "application/ld+json"})
    assert (data.status_code, data.location) == (303, "/ontology/cooperatesWith.jsonld")
    assert client.get("/ontology/0.1.0.ttl").mimetype == "text/turtle"
    assert client.get("/ontology/nothing").status_code == 404
    assert 'href="/ontology/cooperatesWith.ttl"' in text_of(client, "/page/ontology/cooperatesWith")
    assert data_in_head(client, "/page/ontology/cooperatesWith")["termCode"] == "cooperatesWith"


def test_a_name_that_nothing_has_is_told_beside_its_field(client: FlaskClient) -> None:
    """The other name stays in the form; a thing chosen by its address is shown by its name."""
    answer = client.get("/compare?a=harbour-ministry&b=lighthouse", headers={"Accept": "text/html"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 404
    assert 'name="a" list="actors" value="Harbour Ministry" required>' in page
    assert 'value="lighthouse" required aria-invalid="true"' in page
    assert "Nothing here is called that." in page


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("http://www.wikidata.org/entity/Q42", "Wikidata Q42"),
        ("https://ror.org/02fzqav45", "ROR 02fzqav45"),
        ("https://sws.geonames.org/1814991/", "GeoNames 1814991"),
        ("https://ports.example/ror.org/1", "https://ports.example/ror.org/1"),
    ],
)
def test_a_register_is_called_by_its_name(address: str, shown: str) -> None:
    """Only where the address is the register's own."""
    assert register_of(address) == shown
