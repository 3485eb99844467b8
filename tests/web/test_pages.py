"""Pages: what they say of a claim, how they keep hedged apart from plain, and where their links lead."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import cast

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from aigov_graph.build import assemble
from aigov_graph.dataset import DataFolder, find_data
from aigov_graph.pool.engine import Engine
from aigov_graph.settings import Settings
from aigov_graph.stores import VersionedStore
from aigov_graph.vocabulary.namespaces import AIGOV, CLAIM, CONCEPT, RDF
from aigov_graph.web import create_app
from tests.harbour import PREFIX_LINES, Said
from tests.interview import interview_folder
from tests.port_folder import port_folder

NO_ENGINE = cast(Engine, None)
"""Pages read the published version themselves; a page that asked the query processes would fail on this."""


def client_of(folder: DataFolder, root: Path) -> FlaskClient:
    """A client of the pages over a data folder, published into root/store."""
    VersionedStore(root / "store").publish(assemble(folder))
    return create_app(Settings(data=folder.graphs.parent, store=root / "store"), NO_ENGINE).test_client()


@pytest.fixture(scope="module")
def interview(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The pages over the interview alone."""
    root = tmp_path_factory.mktemp("interview")
    return client_of(interview_folder(root / "data"), root)


def text_of(client: FlaskClient, path: str) -> str:
    """A page's HTML; the page must be there."""
    response = client.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
    assert response.status_code == 200, path
    return response.get_data(as_text=True)


def section(page: str, status: str) -> str:
    """The part of an entity page that lists what has a status; empty if there is none."""
    found = re.search(rf'<section class="status {status}".*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def test_the_landing_page_counts_what_the_graph_holds(interview: FlaskClient, tmp_path: Path) -> None:
    """The counts are those of the statements themselves."""
    quads = assemble(interview_folder(tmp_path))
    claims = len(
        {q.subject for q in quads if q.predicate.value == RDF.type and getattr(q.object, "value", "") == AIGOV.Claim}
    )
    facts = sum(q.predicate.value == AIGOV.status and getattr(q.object, "value", "") == CONCEPT.fact for q in quads)
    page = text_of(interview, "/")
    assert f"<b>{claims}</b> claims" in page
    assert f"<b>{facts}</b> facts" in page


def test_an_answer_is_one_click_from_holder_certainty_and_passage(interview: FlaskClient) -> None:
    """From the question on cooperation to the claim about Alibaba, and there its evidence."""
    answer = text_of(interview, "/questions/01-who-cooperates-with-the-chinese-government")
    link = re.search(r'href="(/page/claim/[^"]+)"><bdi>[^<]*Alibaba', answer)
    assert link is not None
    claim = text_of(interview, link[1])
    assert re.search(r"held by</dt><dd><a[^>]*><bdi>Jinghan Zeng</bdi></a>", claim)
    assert re.search(r"certainty</dt><dd><a[^>]*><bdi>certain</bdi></a>", claim)
    assert "question 3, paragraph 2" in claim
    assert "stated on</dt><dd><time>2021-01-12</time></dd>" in claim


def test_a_question_without_an_answer_says_so(interview: FlaskClient) -> None:
    """The interview speaks of no export to Russia, and the page says that rather than show an empty table."""
    page = text_of(interview, "/questions/02-what-was-exported-to-russia")
    assert "Nothing: no claim answers this." in page
    assert "<table>" not in page


def test_the_landing_page_shows_questions_that_have_an_answer(interview: FlaskClient) -> None:
    """No visitor is met by a question that nothing answers, nor by a count of none."""
    page = text_of(interview, "/")
    assert page.count('class="question"') == 3
    assert "Nothing: no claim answers this." not in page


def test_every_link_within_the_site_leads_to_a_page(interview: FlaskClient, tmp_path: Path) -> None:
    """Followed from the landing page to the end; what is data is answered elsewhere than by these pages."""
    seen, waiting = {"/"}, ["/"]
    while waiting:
        page = text_of(interview, waiting.pop())
        for link in re.findall(r'href="(/[^"#]*)', page):
            target = unescape(link)
            if (
                target not in seen
                and not target.startswith(
                    (
                        "/sparql",
                        "/.well-known",
                        "/dump",
                        "/static",
                        "/export",
                        "/explore",
                        "/api",
                        "/graph/",
                        "/analysis",
                    )
                )
                and not re.match(
                    r"/(?:id|claim|edge|passage|concept|ontology|shapes)\b|/[a-z]+\.(?:csv|jsonld)", target
                )
            ):
                seen.add(target)
                waiting.append(target)
    claims = {
        q.subject
        for q in assemble(interview_folder(tmp_path))
        if q.predicate.value == RDF.predicate
        and isinstance(q.subject, ox.NamedNode)
        and q.subject.value.startswith(CLAIM)
    }
    assert len([path for path in seen if path.startswith("/page/claim/")]) == len(claims)


@pytest.mark.parametrize(
    ("claim", "status"),
    [
        (Said("001"), "fact"),
        (Said("001", negated=True), "denied"),
        (Said("001", certainty="possible"), "hedged"),
        (Said("001", mode="intended"), "hedged"),
        (Said("001", opinion=True), "hedged"),
        (Said("001", relayed_by="pilots-office"), "hedged"),
        (Said("001", qualifiers={"condition": "pilots-office"}), "qualified"),
    ],
)
def test_an_entity_page_keeps_kinds_of_statement_apart(claim: Said, status: str, tmp_path: Path) -> None:
    """A claim stands under the heading of its kind and under no other."""
    page = text_of(client_of(port_folder(tmp_path / "data", [claim]), tmp_path), "/id/harbour-ministry")
    holding = [
        kind for kind in ("fact", "disputed", "denied", "qualified", "hedged") if "Claim 001." in section(page, kind)
    ]
    assert holding == [status]


@pytest.mark.parametrize(
    ("claim", "badge"),
    [
        (Said("001"), "asserted"),
        (Said("001", certainty="possible"), "possible"),
        (Said("001", certainty="probable"), "probable"),
        (Said("001", mode="required"), "required"),
        (Said("001", relayed_by="pilots-office"), "reported"),
    ],
)
def test_a_claim_page_opens_with_its_badge(claim: Said, badge: str, tmp_path: Path) -> None:
    """One word says how it is meant, before the sentence is read."""
    page = text_of(client_of(port_folder(tmp_path / "data", [claim]), tmp_path), "/claim/001")
    assert re.search(rf'<p class="kind"><span class="badge">{badge}</span>', page)


def test_a_line_has_no_badge_that_its_certainty_contradicts(tmp_path: Path) -> None:
    """What is said to be probable is not called possible beside it."""
    page = text_of(
        client_of(port_folder(tmp_path / "data", [Said("001", certainty="probable")]), tmp_path), "/id/harbour-ministry"
    )
    assert '<span class="badge">probable</span>' in section(page, "hedged")
    assert "possible</span>" not in section(page, "hedged")


def test_a_hedged_claim_beside_a_fact_stays_hedged(tmp_path: Path) -> None:
    """Two claims of one relation, one plain and one only possible: the edge is a fact, the second claim is not."""
    claims = [Said("001"), Said("002", certainty="possible")]
    page = text_of(client_of(port_folder(tmp_path / "data", claims), tmp_path), "/id/harbour-ministry")
    assert "Claim 001." in section(page, "fact")
    assert "Claim 002." not in section(page, "fact")
    assert "Claim 002." in section(page, "hedged")


def test_a_dispute_is_shown_with_both_sides(tmp_path: Path) -> None:
    """What one states and another denies stands under neither fact nor denial."""
    claims = [Said("001"), Said("002", negated=True, holder="pilots-office")]
    page = text_of(client_of(port_folder(tmp_path / "data", claims), tmp_path), "/id/harbour-ministry")
    assert "Claim 001." in section(page, "disputed")
    assert "Claim 002." in section(page, "disputed")
    assert section(page, "fact") == section(page, "denied") == ""


def test_a_withdrawn_claim_is_listed_nowhere(tmp_path: Path) -> None:
    """Its own page stays, and says that it no longer counts."""
    client = client_of(port_folder(tmp_path / "data", [Said("001", status="withdrawn")]), tmp_path)
    assert "Claim 001." not in text_of(client, "/id/harbour-ministry")
    assert "Withdrawn, draft or superseded" in text_of(client, "/claim/001")


def test_labels_and_links_cannot_carry_markup_or_scripts(tmp_path: Path) -> None:
    """A label with a tag is shown as text; an IRI that a browser would run is no link."""
    folder = port_folder(tmp_path / "data")
    (folder.graphs / "entities" / "hostile.ttl").write_text(
        PREFIX_LINES + 'id:hostile a aigov:System ; rdfs:label "<img src=x onerror=alert(1)>"@en ; '
        "rdfs:seeAlso <javascript:alert(1)> .\n"
    )
    page = text_of(client_of(folder, tmp_path), "/id/hostile")
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert 'href="javascript' not in page


def test_an_unknown_thing_is_not_found(interview: FlaskClient) -> None:
    """A browser gets a page, a program gets problem details; both with status 404."""
    page = interview.get("/id/no-such-thing", headers={"Accept": "text/html"})
    problem = interview.get("/id/no-such-thing", headers={"Accept": "application/json"})
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert (problem.status_code, problem.mimetype) == (404, "application/problem+json")


def test_an_empty_folder_has_a_landing_page(tmp_path: Path) -> None:
    """Nothing claimed yet is a state, not an error."""
    (tmp_path / "data" / "graphs").mkdir(parents=True)
    page = text_of(client_of(find_data(tmp_path / "data"), tmp_path), "/")
    assert "<b>0</b> claims" in page


def test_pages_move_on_with_the_published_version(tmp_path: Path) -> None:
    """A version published while the service runs is what the next page shows."""
    folder = port_folder(tmp_path / "data", [Said("001")])
    client = client_of(folder, tmp_path)
    assert "<b>1</b> claim<" in text_of(client, "/")
    VersionedStore(tmp_path / "store").publish(assemble(port_folder(tmp_path / "more", [Said("001"), Said("002")])))
    assert "<b>2</b> claims" in text_of(client, "/")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2017", "2017"),
        ("1980~", "about 1980"),
        ("2017/..", "since 2017"),
        ("1980~/..", "since about 1980"),
        ("../2016", "until 2016"),
        ("2015/2019", "2015 to 2019"),
        ("2017/", "2017 to an unknown day"),
    ],
)
def test_dates_are_shown_in_words(text: str, words: str, tmp_path: Path) -> None:
    """EDTF is for files; a page says since, until or about."""
    client = client_of(port_folder(tmp_path / "data", [Said("001", when=text)]), tmp_path)
    assert f"when it holds</dt><dd>{words}</dd>" in text_of(client, "/claim/001")
