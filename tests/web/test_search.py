"""/search: a page for readers, JSON for programs, the next version when there is one, and what strangers may send."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from aigov_graph.search import BESIDE, write_beside
from aigov_graph.settings import Settings
from aigov_graph.stores import VersionedStore
from aigov_graph.vocabulary.namespaces import AIGOV, ID
from aigov_graph.web import create_app
from tests.live import Service
from tests.search.test_finder import HOSTILE
from tests.search.town import TOWN, quads
from tests.web.test_pages import NO_ENGINE

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def client_of(root: Path, turtle: str = TOWN) -> FlaskClient:
    """A client of the pages over the town, or over other things."""
    VersionedStore(root).publish(quads(turtle), {BESIDE: write_beside})
    return create_app(Settings(store=root), NO_ENGINE).test_client()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The town, for tests that only read."""
    return client_of(tmp_path_factory.mktemp("town"))


def found(client: FlaskClient, query: str) -> list[dict[str, Any]]:
    """The results as a program gets them."""
    response = client.get(f"/search?{query}")
    assert response.status_code == 200, response.get_data(as_text=True)
    results: list[dict[str, Any]] = response.json["results"]  # type: ignore[index]
    return results


def test_a_program_gets_json(town: FlaskClient) -> None:
    """All names, the classes, and by which name in which way it was found."""
    (first,) = found(town, "q=norlnd&type=State")
    assert first["iri"] == f"{ID}norland"
    assert first["types"] == [{"iri": AIGOV.State, "label": "state"}]
    assert first["found_by"] == {"name": "Norland", "language": "en", "way": "spelt alike"}
    assert (first["country"], first["exact"]) == ("XN", False)
    assert {"name": "诺兰", "language": "zh-hans", "kind": "label"} in first["names"]


def test_a_reader_gets_a_page_with_links(town: FlaskClient) -> None:
    """The page is the search form again, and the things found lead to their own pages."""
    page = town.get(f"/search?q={quote('诺兰')}&type=State", headers=BROWSER).get_data(as_text=True)
    link = re.search(r'class="sentence" href="([^"]*/id/norland)"', page)
    assert link is not None
    assert '<bdi lang="zh-Hans">诺兰</bdi>' in page
    assert 'value="诺兰"' in page
    assert '<option value="State" selected>' in page
    assert town.get(link[1]).status_code == 200


def test_a_page_says_when_nothing_is_called_so(town: FlaskClient) -> None:
    """And is but a form while nothing was asked."""
    page = town.get("/search?q=Zyxwvut", headers=BROWSER).get_data(as_text=True)
    assert "Nothing here is called" in page
    empty = town.get("/search", headers=BROWSER).get_data(as_text=True)
    assert '<form class="search"' in empty
    assert "Nothing here" not in empty


def test_a_class_takes_in_those_under_it(town: FlaskClient) -> None:
    """By local name, prefixed name or IRI; one that nothing is of is refused with those that there are."""
    for name in ("Place", "aigov:Place", quote(AIGOV.Place, safe="")):
        assert [one["id"] for one in found(town, f"q=Quay+District&type={name}")] == ["quay-district"]
    assert found(town, "q=Quay+District&type=Firm") == []
    refused = town.get("/search?q=x&type=Ship")
    assert refused.status_code == 400
    assert "choose from: Actor" in refused.json["remedy"]  # type: ignore[index]


def test_suggestions_are_for_what_is_being_typed(town: FlaskClient) -> None:
    """Each with where its page is, and with the other name it was found by."""
    answer = town.get("/search/suggest?q=kaib").json
    assert answer is not None
    assert [one["label"] for one in answer["suggestions"]] == ["Kaibo Holdings Co., Ltd.", "Kaiba Shipping"]
    assert answer["suggestions"][1]["path"].endswith("/id/kaiba")
    chinese = town.get(f"/search/suggest?q={quote('凯博集')}").json
    assert chinese is not None
    assert chinese["suggestions"][0]["name"] == "凯博集团有限公司"


@pytest.mark.parametrize("limit", ["0", "-1", "101", "ten", "１０", "1e9", "9" * 40])
def test_a_limit_is_a_small_number(town: FlaskClient, limit: str) -> None:
    """Anything else is refused, not guessed at."""
    assert town.get("/search", query_string={"q": "x", "limit": limit}).status_code == 400


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_answered_and_shown_as_text(town: FlaskClient, text: str) -> None:
    """Found or not found, never a failure; a page shows it escaped."""
    sent = {"q": text.encode("utf-8", "surrogatepass")}
    for headers in (BROWSER, {}):
        assert town.get("/search", query_string=sent, headers=headers).status_code in (200, 400)
    assert town.get("/search/suggest", query_string=sent).status_code == 200
    page = town.get("/search", query_string={"q": b"<script>" + sent["q"]}, headers=BROWSER)
    assert "<script>" not in page.get_data(as_text=True)


def test_bytes_that_are_no_text_are_answered(town: FlaskClient) -> None:
    """They are no UTF-8."""
    assert town.get("/search?q=%ff%fe%80", headers=BROWSER).status_code == 200
    assert town.get("/search/suggest?q=%ed%a0%80").status_code == 200


def test_the_next_version_is_searched_once_it_is_current(tmp_path: Path) -> None:
    """What it added is found and what it dropped is not, by the same client."""
    client = client_of(tmp_path)
    assert found(client, "q=Kaiba+Shipping")[0]["id"] == "kaiba"
    buoy = 'id:buoy a aigov:System ; rdfs:label "yellow buoy"@en .'
    VersionedStore(tmp_path, keep=1).publish(quads(buoy), {BESIDE: write_beside})
    assert found(client, "q=Kaiba+Shipping") == []
    assert found(client, "q=yellow+buoy")[0]["id"] == "buoy"
    VersionedStore(tmp_path, keep=1).publish(quads(), {BESIDE: write_beside})
    assert {path.name for path in (tmp_path / "versions").iterdir()} >= {"2.names", "3.names"}
    assert found(client, "q=Kaiba+Shipping")[0]["id"] == "kaiba"
    VersionedStore(tmp_path, keep=1).publish(quads(), {BESIDE: write_beside})
    assert {path.name for path in (tmp_path / "versions").glob("*.names")} == {"3.names", "4.names"}


def test_the_service_answers_on_its_own_address(tmp_path: Path) -> None:
    """Through the real server: the page keeps the strict policy, the data may be read by any page."""
    VersionedStore(tmp_path).publish(quads(), {BESIDE: write_beside})
    with Service.start(tmp_path) as service:
        page = service.get("/search?q=Norland", accept="text/html")
        assert page.status == 200
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
        assert page.headers["x-frame-options"] == "DENY"
        data = service.get("/search?q=Norland")
        assert data.headers["content-type"] == "application/json"
        assert data.headers["access-control-allow-origin"] == "*"
        assert data.headers["x-dataset-version"] == "1"
