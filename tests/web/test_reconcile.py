"""/reconcile: the protocol by its own schemas, what counts as sure, and what a stranger may send."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft7Validator
from referencing import Registry
from referencing.jsonschema import DRAFT7

from aigov_graph.search import BESIDE, write_beside
from aigov_graph.stores import VersionedStore
from aigov_graph.vocabulary.namespaces import AIGOV
from tests.live import Service
from tests.search.test_finder import HOSTILE
from tests.search.town import quads
from tests.web.test_search import client_of

SCHEMAS = Path(__file__).parents[3] / "shared" / "data" / "schemas" / "reconciliation-0.2"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The town, for tests that only read."""
    return client_of(tmp_path_factory.mktemp("town"))


def valid(content: object, schema: str) -> None:
    """Check an answer against a schema of the specification."""
    if not SCHEMAS.is_dir():
        pytest.skip("the specification's schemas are not here: ../shared/data/schemas/reconciliation-0.2")
    read = {path.stem: json.loads(path.read_text()) for path in SCHEMAS.glob("*.json")}
    resources = [(one["$id"], DRAFT7.create_resource(one)) for one in read.values()]
    Draft7Validator(read[schema], registry=Registry().with_resources(resources)).validate(content)


def get(client: FlaskClient, path: str, **parameters: str) -> Any:
    """The JSON of an answer."""
    response = client.get(path, query_string=parameters)
    assert response.status_code == 200, response.get_data(as_text=True)
    return response.json


def ask(client: FlaskClient, **query: object) -> list[dict[str, Any]]:
    """The candidates for one query."""
    answer = client.post("/reconcile", data={"queries": json.dumps({"q0": query})})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    results: list[dict[str, Any]] = answer.json["q0"]["result"]  # type: ignore[index]
    return results


def best(client: FlaskClient, **query: object) -> tuple[str, bool]:
    """The likest candidate, and whether it is said to be sure."""
    found = ask(client, **query)
    return (found[0]["id"], found[0]["match"]) if found else ("", False)


def test_every_answer_is_valid_by_the_specification(town: FlaskClient) -> None:
    """Manifest, batches, suggestions, proposals and extension, full and empty ones."""
    valid(get(town, "/reconcile"), "manifest")
    queries = {
        "q0": {"query": "Norland", "type": AIGOV.State, "limit": 3, "type_strict": "should"},
        "q1": {"query": "凯博", "type": [AIGOV.Firm, AIGOV.Agency], "type_strict": "any"},
        "q2": {"query": "nobody at all"},
        "q3": {"properties": [{"pid": AIGOV.isoAlpha2, "v": "XN"}]},
        "q4": {"query": "Mercury", "properties": [{"pid": "country", "v": [{"id": "norland"}, "XS"]}]},
    }
    valid(queries, "reconciliation-query-batch")
    valid(get(town, "/reconcile", queries=json.dumps(queries)), "reconciliation-result-batch")
    for prefix in ("nor", "s", "", "zzz"):
        valid(get(town, "/reconcile/suggest/entity", prefix=prefix), "suggest-entities-response")
        valid(get(town, "/reconcile/suggest/type", prefix=prefix), "suggest-types-response")
        valid(get(town, "/reconcile/suggest/property", prefix=prefix), "suggest-properties-response")
    valid(get(town, "/reconcile/properties", type=AIGOV.State, limit="4"), "data-extension-property-proposal")
    extend = {"ids": ["norland", "kaibo", "none"], "properties": [{"id": AIGOV.isoAlpha2}, {"id": "country"}]}
    valid(extend, "data-extension-query")
    valid(get(town, "/reconcile", extend=json.dumps(extend)), "data-extension-response")


def test_the_manifest_names_the_spaces_and_where_everything_is(town: FlaskClient) -> None:
    """Its addresses are those of the request."""
    manifest = get(town, "/reconcile")
    assert manifest["versions"] == ["0.2"]
    assert manifest["identifierSpace"] == "https://w3id.org/aigov-graph/id/"
    assert manifest["view"]["url"] == "http://localhost/id/{{id}}"
    assert manifest["suggest"]["type"] == {
        "service_url": "http://localhost",
        "service_path": "/reconcile/suggest/type",
    }
    assert AIGOV.Firm in [kind["id"] for kind in manifest["defaultTypes"]]


@pytest.mark.parametrize(
    ("query", "thing", "sure"),
    [
        ("Norland", "norland", True),
        ("NORLAND.", "norland", True),
        ("诺兰", "norland", True),
        ("XNO", "norland", True),
        ("00norland", "norland", True),
        ("Norlnd", "norland", False),
        ("Rep. of Norland", "norland", False),
        ("Kaibo", "kaibo", False),
        ("PRN gov't", "norland-government", False),
        ("Mercury", "mercury-firm", False),
        ("nobody at all", "", False),
    ],
)
def test_a_match_is_said_only_when_it_is_sure(town: FlaskClient, query: str, thing: str, sure: bool) -> None:
    """The very name of one thing only; a slip, a short form or a namesake is for a person to judge."""
    assert best(town, query=query) == (thing, sure)


def test_a_type_takes_in_its_subclasses_and_makes_a_name_sure(town: FlaskClient) -> None:
    """A place finds a subdivision; of the firms only one is called Mercury."""
    assert best(town, query="Quay District", type=AIGOV.Place) == ("quay-district", True)
    assert best(town, query="Mercury", type=AIGOV.Firm) == ("mercury-firm", True)
    assert best(town, query="Mercury", type=AIGOV.System) == ("mercury-ship", True)


def test_how_strict_a_type_is_can_be_said(town: FlaskClient) -> None:
    """Any: one of them. All: each of them. Should: others come after, and are never sure."""
    both = [AIGOV.Place, AIGOV.Firm]
    assert best(town, query="Quay District", type=both) == ("quay-district", True)
    assert ask(town, query="Quay District", type=both, type_strict="all") == []
    assert best(town, query="Quay District", type=[AIGOV.Place, AIGOV.Actor], type_strict="all")[0] == "quay-district"
    assert ask(town, query="Quay District", type=AIGOV.Firm, type_strict="any") == []
    assert best(town, query="Quay District", type=AIGOV.Firm, type_strict="should") == ("quay-district", False)
    assert ask(town, query="Norland", type="https://example.org/Other") == []
    assert best(town, query="Norland", type="https://example.org/Other", type_strict="should")[0] == "norland"


@pytest.mark.parametrize(
    ("pid", "value", "sure"),
    [
        (AIGOV.isoAlpha2, "XN", True),
        ("aigov:isoAlpha2", "xn", True),
        ("isoAlpha2", "XS", False),
        ("country", "XN", True),
        ("country", {"id": "norland", "name": "Norland"}, True),
        ("country", {"id": "sudland"}, False),
        ("wikidata", "Q900001", True),
        ("wikidata", "http://www.wikidata.org/entity/Q900001", True),
        ("wikidata", "Q1", False),
        ("label-zh", "诺兰", True),
        ("ror", ["0zzzzzz00", "00norland"], True),
        ("geonames", "1", True),
        ("https://example.org/unknown", "x", True),
    ],
)
def test_a_property_speaks_for_or_against(town: FlaskClient, pid: str, value: object, sure: bool) -> None:
    """Against means never sure and half the score; what a thing does not have says nothing."""
    (plain,) = ask(town, query="Norland", type=AIGOV.State, limit=1)
    found = ask(town, query="Norland", type=AIGOV.State, limit=1, properties=[{"pid": pid, "v": value}])
    assert (found[0]["id"], found[0]["match"]) == ("norland", sure)
    assert found[0]["score"] == (plain["score"] if sure else plain["score"] / 2)


def test_a_property_tells_namesakes_apart(town: FlaskClient) -> None:
    """The score of the one it speaks for is the higher one."""
    districts = [one["id"] for one in ask(town, query="Quay District", properties=[{"pid": "country", "v": "XN"}])]
    assert districts[0] == "quay-district"


def test_a_thing_is_found_by_its_properties_alone(town: FlaskClient) -> None:
    """An identifier needs no name."""
    assert best(town, properties=[{"pid": AIGOV.isoAlpha3, "v": "XNO"}]) == ("norland", True)
    assert ask(town, properties=[{"pid": AIGOV.isoAlpha3, "v": "ZZZ"}]) == []


def test_rows_are_extended_with_codes_links_and_names(town: FlaskClient) -> None:
    """One list of values a cell, in the order of the question; nothing for what is not there or not known."""
    asked = [{"id": one} for one in (AIGOV.isoAlpha2, "country", "wikidata", "label-zh", "https://example.org/x")]
    asked.append({"id": "governs"})
    answer = get(
        town, "/reconcile", extend=json.dumps({"ids": ["norland", "norland-government", "no"], "properties": asked})
    )
    assert answer["rows"]["norland"] == {
        AIGOV.isoAlpha2: [{"str": "XN"}],
        "country": [{"id": "norland", "name": "Norland"}],
        "wikidata": [{"str": "Q900001"}],
        "label-zh": [{"str": "诺兰"}],
        "https://example.org/x": [],
        "governs": [],
    }
    assert answer["rows"]["norland-government"]["governs"] == [{"id": "norland", "name": "Norland"}]
    assert not any(answer["rows"]["no"].values())
    assert [column["name"] for column in answer["meta"][:3]] == ["ISO 3166-1 alpha-2", "country", "Wikidata"]
    assert answer["meta"][1]["type"] == {"id": AIGOV.State, "name": "state"}


def test_types_and_properties_are_suggested_by_any_of_their_words(town: FlaskClient) -> None:
    """A type with those above it; a property of a type is proposed for it first."""
    (state,) = get(town, "/reconcile/suggest/type", prefix="stat")["result"]
    assert state["id"] == AIGOV.State
    assert state["broader"]
    assert [one["id"] for one in get(town, "/reconcile/suggest/property", prefix="chin")["result"]] == ["label-zh"]
    proposed = [one["id"] for one in get(town, "/reconcile/properties", type=AIGOV.State)["properties"]]
    assert proposed[0] == AIGOV.isoAlpha2
    assert "wikidata" in proposed
    assert AIGOV.isoAlpha2 not in [
        one["id"] for one in get(town, "/reconcile/properties", type=AIGOV.Firm)["properties"]
    ]


def test_a_card_may_be_framed_and_nothing_in_it_runs(town: FlaskClient) -> None:
    """It is the only page that may be."""
    card = town.get("/reconcile/preview?id=norland")
    assert card.status_code == 200
    assert "诺兰" in card.get_data(as_text=True)
    policy = card.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "X-Frame-Options" not in card.headers
    assert town.get("/reconcile").headers["X-Frame-Options"] == "DENY"
    assert town.get("/reconcile/preview?id=nobody").status_code == 404


def test_any_page_may_ask(town: FlaskClient) -> None:
    """CORS with a preflight, and JSONP for the name of a function and nothing else."""
    before = town.options("/reconcile")
    assert before.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in before.headers["Access-Control-Allow-Methods"]
    called = town.get("/reconcile?callback=jQuery_1.done")
    assert called.content_type == "application/javascript; charset=utf-8"
    assert called.get_data(as_text=True).startswith('/**/jQuery_1.done({"versions"')
    assert called.headers["X-Content-Type-Options"] == "nosniff"
    for name in ("alert(1)", "a;b", "a b", "<script>", "", "a..b", "1a", "a" * 65, "a\n", "ä", "a." * 9 + "a"):
        refused = town.get("/reconcile", query_string={"callback": name})
        assert refused.status_code == 400, name
        assert refused.content_type == "application/problem+json"


MULTIPART = "multipart/form-data"

WRONG: tuple[Mapping[str, str], ...] = (
    {"queries": "{"},
    {"queries": "[]"},
    {"queries": "[" * 100_000},
    {"queries": '{"q0": "Norland"}'},
    {"queries": '{"q0": {"query": ["a"]}}'},
    {"queries": '{"q0": {"query": "a", "type": 3}}'},
    {"queries": '{"q0": {"query": "a", "type": [3]}}'},
    {"queries": '{"q0": {"query": "a", "limit": "many"}}'},
    {"queries": '{"q0": {"query": "a", "limit": 1e999}}'},
    {"queries": '{"q0": {"query": "a", "limit": -1}}'},
    {"queries": '{"q0": {"query": "a", "type_strict": "perhaps"}}'},
    {"queries": '{"q0": {"query": "a", "properties": [{"pid": 1}]}}'},
    {"queries": '{"q0": {"query": "a", "properties": {"pid": "x"}}}'},
    {"extend": "{}"},
    {"extend": '{"ids": [1], "properties": []}'},
    {"extend": '{"ids": ["norland"], "properties": ["country"]}'},
)


@pytest.mark.parametrize("parameters", WRONG, ids=range(len(WRONG)))
def test_what_is_no_query_is_refused(town: FlaskClient, parameters: Mapping[str, str]) -> None:
    """As problem details that say what to send."""
    answer = town.post("/reconcile", data=parameters)
    assert answer.status_code == 400
    assert answer.json["remedy"]  # type: ignore[index]


def test_a_body_that_is_no_form_is_not_answered_with_the_manifest(town: FlaskClient) -> None:
    """Who posts JSON learns what to send, and an empty form is a question for the manifest."""
    answer = town.post("/reconcile", json={"q0": {"query": "Norland"}})
    assert answer.status_code == 400
    assert "queries=" in answer.json["remedy"]  # type: ignore[index]
    assert town.post("/reconcile").json["versions"] == ["0.2"]  # type: ignore[index]
    multipart = town.post("/reconcile", data={"queries": '{"q0": {"query": "Norland"}}'}, content_type=MULTIPART)
    assert multipart.json["q0"]["result"][0]["match"] is True  # type: ignore[index]


def test_suggestions_go_on_behind_a_cursor(tmp_path: Path) -> None:
    """Page by page, each thing once; behind the last there are none, however far the cursor is."""
    many = "".join(f'id:kaibo-{number} a aigov:Firm ; rdfs:label "Kaibo {number}"@en .\n' for number in range(45))
    client = client_of(tmp_path, many)
    pages = [
        [one["id"] for one in get(client, "/reconcile/suggest/entity", prefix="kai", cursor=cursor)["result"]]
        for cursor in ("0", "20", "40", "60", "999999", "9" * 40)
    ]
    assert [len(page) for page in pages] == [20, 20, 5, 0, 0, 0]
    assert len({iri for page in pages for iri in page}) == 45


def test_a_code_is_not_suggested_before_a_name_that_begins_so(tmp_path: Path) -> None:
    """Two letters that are typed are more likely a beginning than a code, unless they are capitals."""
    both = """\
id:sudland a aigov:State ; rdfs:label "Sudland"@en ; aigov:isoAlpha2 "XA" .
id:xanadu a aigov:Firm ; rdfs:label "Xanadu"@en .
"""
    client = client_of(tmp_path, both)
    for prefix, first in (("xa", "xanadu"), ("XA", "sudland")):
        assert get(client, "/reconcile/suggest/entity", prefix=prefix)["result"][0]["id"] == first


def test_too_many_properties_in_a_batch_are_refused(town: FlaskClient) -> None:
    """Each is looked up for each candidate; the same one twice counts once, and an identifier twice is one row."""
    some = [{"pid": AIGOV.isoAlpha2, "v": str(number)} for number in range(20)]
    queries = {f"q{number}": {"query": "Norland", "properties": some} for number in range(21)}
    refused = town.post("/reconcile", data={"queries": json.dumps(queries)})
    assert refused.status_code == 413
    same = [{"pid": AIGOV.isoAlpha2, "v": "XN"}] * 20
    queries = {f"q{number}": {"query": "Norland", "properties": same} for number in range(200)}
    assert town.post("/reconcile", data={"queries": json.dumps(queries)}).status_code == 200
    extend = {"ids": ["norland"] * 3, "properties": [{"id": "country"}] * 3}
    answer = get(town, "/reconcile", extend=json.dumps(extend))
    assert [column["id"] for column in answer["meta"]] == ["country"]


def test_too_much_at_once_is_refused(town: FlaskClient) -> None:
    """Too many queries, too many identifiers, too large a body."""
    many = json.dumps({f"q{number}": {"query": "a"} for number in range(201)})
    assert town.post("/reconcile", data={"queries": many}).status_code == 413
    ids = json.dumps({"ids": [str(number) for number in range(501)], "properties": []})
    assert town.post("/reconcile", data={"extend": ids}).status_code == 413
    assert town.post("/reconcile", data={"queries": "a" * 2_000_000}).status_code == 413


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_answered(town: FlaskClient, text: str) -> None:
    """As a name, a type, a property, a value, an identifier or what is being typed."""
    query = {"query": text, "properties": [{"pid": text, "v": [text, {"id": text}]}, {"pid": "country", "v": text}]}
    queries = json.dumps({text: query, "q1": {**query, "type": text, "type_strict": "should"}})
    assert town.post("/reconcile", data={"queries": queries}).status_code == 200
    extend = json.dumps({"ids": [text, "norland"], "properties": [{"id": text}]})
    assert town.post("/reconcile", data={"extend": extend}).status_code == 200
    sent = text.encode("utf-8", "surrogatepass")
    for kind in ("entity", "type", "property"):
        assert town.get(f"/reconcile/suggest/{kind}", query_string={"prefix": sent, "cursor": sent}).status_code == 200
    assert town.get("/reconcile/properties", query_string={"type": sent, "limit": sent}).status_code == 200
    assert town.get("/reconcile/preview", query_string={"id": sent}).status_code == 404


def test_the_service_answers_on_its_own_address(tmp_path: Path) -> None:
    """Through the real server, GET and POST; its addresses are those it is asked at, or the operator's."""
    VersionedStore(tmp_path).publish(quads(), {BESIDE: write_beside})
    with Service.start(tmp_path) as service:
        manifest: Any = service.get("/reconcile").json
        assert manifest["view"]["url"] == service.base + "/id/{{id}}"
        body = b"queries=%7B%22q0%22%3A%7B%22query%22%3A%22Norland%22%7D%7D"
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        answer: Any = service.ask("POST", "/reconcile", body, form).json
        assert answer["q0"]["result"][0]["match"] is True
        connection = http.client.HTTPConnection(*service.address, timeout=30)
        connection.request("POST", "/reconcile", iter([body[:9], body[9:]]), form)  # without a length
        assert json.loads(connection.getresponse().read()) == answer
        connection.close()
        assert service.ask("POST", "/reconcile", b"a" * 2_000_000, form).status == 413
        assert b" 500 " not in service.raw(b"GET /search?q=\xff\xfe HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert service.ask("OPTIONS", "/reconcile").headers["access-control-allow-origin"] == "*"
    with Service.start(tmp_path, base_url="https://example.org/graph/") as service:
        manifest = service.get("/reconcile").json
        assert manifest["preview"]["url"] == "https://example.org/graph/reconcile/preview?id={{id}}"
