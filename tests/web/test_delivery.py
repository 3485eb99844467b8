"""Answers without a body: HEAD, and what a client has already (RFC 9110, 13.1.2). No process is spent on either."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from aigov_graph.web.delivery import matches
from tests.live import PORTS, Service, publish, query_path, small_dataset

SMALL = "SELECT ?s WHERE { ?s ?p ?o } ORDER BY ?s LIMIT 3"
LARGE = "SELECT * WHERE { ?a ?b ?c } LIMIT 2000"
ENDLESS = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
DIRECT = {"Content-Type": "application/sparql-query"}
ANY = {"If-None-Match": "*"}


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service over 3,000 statements, with answers too large for one piece."""
    store = tmp_path_factory.mktemp("wide")
    publish(store, small_dataset(3000))
    with Service.start(store) as running:
        yield running


def spent(service: Service) -> float:
    """How many query processes were replaced."""
    return service.metric("processes_replaced_total")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "path",
    [
        query_path(SMALL),
        query_path(LARGE),
        query_path(ENDLESS),
        f"/graphs?graph={quote(PORTS, '')}",
        "/graphs?default",
        "/graph/entities",
        "/dump.nq",
        "/dump.ttl.gz",
        "/.well-known/void",
        "/sparql",
    ],
)
def test_whoever_has_any_answer_gets_none(wide: Service, method: str, path: str) -> None:
    """`*` brings 304 with the tag for whatever exists and keeps, small or large; no process is spent."""
    before = spent(wide)
    reply = wide.ask(method, path, headers={**ANY, "Accept": "*/*"})
    assert (reply.status, reply.body) == (304, b"")
    assert reply.headers["etag"].startswith('W/"')
    assert spent(wide) == before


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        (query_path("SELECT * WHERE {"), {}, 400),
        (query_path("SELECT * WHERE { ?s ?p 'no end }"), {}, 400),
        (query_path(SMALL, ("default-graph-uri", "no iri")), {}, 400),
        (query_path("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"), {}, 403),
        ("/graphs/absent", {}, 404),
        ("/graphs?graph=http%3A%2F%2Fexample.org%2Fabsent", {}, 404),
        (query_path(SMALL), {"Accept": "text/turtle"}, 406),
        ("/dump.papyrus", {}, 404),
    ],
)
def test_what_does_not_exist_is_never_unchanged(wide: Service, path: str, headers: dict[str, str], status: int) -> None:
    """An error stays an error, whatever the client says to have."""
    assert wide.ask("GET", path, headers={**ANY, **headers}).status == status
    assert wide.ask("HEAD", path, headers={**ANY, **headers}).status == status


@pytest.mark.parametrize("limit", [3, 2000])
def test_what_changes_is_never_unchanged(wide: Service, limit: int) -> None:
    """An answer that differs each time is sent whole, small or large."""
    text = f"SELECT ?s (UUID() AS ?new) WHERE {{ ?s ?p ?o }} LIMIT {limit}"
    before = spent(wide)
    first, second = (wide.query(text, if_none_match="*") for _ in range(2))
    assert (first.status, len(first.rows), first.headers["cache-control"]) == (200, limit, "no-store")
    assert first.body != second.body
    assert spent(wide) == before


@pytest.mark.parametrize("text", [SMALL, LARGE, "SELECT (NOW() AS ?x) {}"])
def test_post_is_always_answered(wide: Service, text: str) -> None:
    """What a client has shortens the answers to GET and HEAD alone."""
    tag = wide.query(text).headers.get("etag", "*")
    for known in ("*", tag):
        reply = wide.ask("POST", "/sparql", text.encode(), {**DIRECT, "If-None-Match": known})
        assert (reply.status, reply.body != b"") == (200, True)


@pytest.mark.parametrize("text", [SMALL, LARGE])
def test_the_tag_of_an_answer(wide: Service, text: str) -> None:
    """The tag brings 304 to GET and HEAD, among others and by weak comparison; it is the same for both methods."""
    tag = wide.query(text).headers["etag"]
    assert wide.ask("HEAD", query_path(text)).headers["etag"] == tag
    for known in (tag, tag.removeprefix("W/"), f'"other", {tag}'):
        for method in ("GET", "HEAD"):
            reply = wide.ask(method, query_path(text), headers={"If-None-Match": known})
            assert (reply.status, reply.body, reply.headers["etag"]) == (304, b"", tag)
    assert wide.query(text, if_none_match='"other"').status == 200


@pytest.mark.parametrize(
    ("header", "met"),
    [
        ("*", True),
        (" * ", True),
        ('"a,b"', True),
        ('"x", W/"a,b"', True),
        ('"*"', False),
        ('"a", "b"', False),
        ("a,b", False),
        ("", False),
    ],
)
def test_tags_are_read(header: str, met: bool) -> None:
    """A tag is what stands in quotes, commas too; a quoted star is a tag as any other."""
    assert matches(header, b'W/"a,b"') is met


@pytest.mark.parametrize("path", [query_path(LARGE), query_path(ENDLESS), "/graphs?default", "/graph/entities"])
def test_head_of_a_large_answer(wide: Service, path: str) -> None:
    """HEAD has the headers of GET, comes before the rest is made, and spends no process."""
    before = spent(wide)
    for _ in range(5):
        head = wide.ask("HEAD", path, headers={"Accept-Encoding": "gzip"})
        assert (head.status, head.body, head.headers["content-encoding"]) == (200, b"", "gzip")
    assert spent(wide) == before
    if path != query_path(ENDLESS):
        got = wide.ask("GET", path, headers={"Accept-Encoding": "gzip"})
        for name in ("content-type", "etag", "vary", "cache-control", "x-dataset-version"):
            assert got.headers[name] == head.headers[name]
        assert got.body
