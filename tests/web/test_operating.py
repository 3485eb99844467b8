"""What the operator sees: problems with a status each, a log that can be read by machine and holds no query."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
import zstandard

from aigov_graph import errors
from aigov_graph.errors import AigovError, QueryError
from aigov_graph.web.problems import MEDIA_TYPE, STATUS, HttpError, body_of, headers_of, status_of
from tests.live import Service, publish, until

UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data),
}


def query_errors() -> list[type[QueryError]]:
    """Every kind of error a query can meet."""
    return sorted(QueryError.__subclasses__(), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", query_errors())
def test_every_error_of_a_query_has_a_status(kind: type[QueryError]) -> None:
    """Each is in the table, with a title and a type of its own."""
    found = json.loads(body_of(kind("what", "where", "remedy"), "r-1"))
    assert found["status"] == STATUS[kind]
    assert found["type"].startswith("https://w3id.org/aigov-graph/problem/")
    assert (found["detail"], found["where"], found["remedy"], found["request"]) == ("what", "where", "remedy", "r-1")
    assert found["title"]


def test_an_error_of_another_kind_is_the_services_own() -> None:
    """An error that the table does not name has the status of the nearest kind above it."""

    class New(errors.StoreError):
        """A new one."""

    assert (status_of(New("x")), status_of(AigovError("x"))) == (503, 500)


def test_headers_of_problems() -> None:
    """A full queue says when to come back, a wrong method what is possible."""
    assert headers_of(errors.PoolBusy("x")) == [("retry-after", "2")]
    assert headers_of(HttpError(405, "x", headers=(("allow", "GET"),))) == [("allow", "GET")]


@pytest.mark.parametrize(
    ("method", "path", "status", "header"),
    [
        ("GET", "/nowhere", 404, ("vary", "Accept")),
        ("GET", "/id/no-such-thing", 404, ("vary", "Accept")),
        ("DELETE", "/questions", 404, ("vary", "Accept")),
        ("DELETE", "/", 405, ("allow", "GET, HEAD, OPTIONS")),
        ("PUT", "/export/dot", 405, ("allow", "GET, HEAD, OPTIONS")),
        ("BREW", "/id/harbour-ministry", 405, ("allow", "GET, HEAD, OPTIONS")),
        ("GET", "/export/no-such-format", 404, ("content-type", MEDIA_TYPE)),
        ("DELETE", "/sparql", 405, ("allow", "GET, HEAD, POST, OPTIONS")),
        ("PUT", "/graphs?default", 405, ("allow", "GET, HEAD, OPTIONS")),
        ("GET", "/graphs/none", 404, ("content-type", MEDIA_TYPE)),
        ("GET", "/sparql?query=ASK%20%7B", 400, ("content-type", MEDIA_TYPE)),
        ("GET", "/sparql?query=ASK%7B%7D", 406, ("vary", "Accept, Accept-Encoding")),
        ("GET", "/.well-known/void", 406, ("vary", "Accept, Accept-Encoding")),
    ],
)
def test_all_problems_are_alike(service: Service, method: str, path: str, status: int, header: tuple[str, str]) -> None:
    """Whatever part of the service refuses: the same fields, any page may read it, and what belongs to the status."""
    accept = "image/png" if status == 406 else "*/*"
    reply = service.ask(method, path, headers={"Accept": accept, "X-Request-Id": "mine-2"})
    assert (reply.status, reply.headers["content-type"]) == (status, MEDIA_TYPE)
    assert {"type", "title", "status", "detail", "remedy", "request"} <= set(reply.json)
    assert (reply.json["status"], reply.json["request"], reply.headers["x-request-id"]) == (status, "mine-2", "mine-2")
    assert reply.json["remedy"]
    assert (reply.headers["access-control-allow-origin"], reply.headers["cache-control"]) == ("*", "no-store")
    assert "X-Request-Id" in reply.headers["access-control-expose-headers"]
    assert _items(reply.headers[header[0]]) == _items(header[1])


def test_a_person_gets_a_page_that_says_the_same(service: Service) -> None:
    """With status and Allow, and told apart from what a program gets."""
    reply = service.ask("DELETE", "/", headers={"Accept": "text/html"})
    assert (reply.status, reply.headers["content-type"]) == (405, "text/html; charset=utf-8")
    assert _items(reply.headers["allow"]) == {"GET", "HEAD", "OPTIONS"}
    assert _items(reply.headers["vary"]) == {"Accept", "Accept-Language"}


@pytest.mark.parametrize(("path", "name"), [("/.well-known/void", "void"), ("/sparql", "service")])
def test_descriptions_are_compressed(service: Service, path: str, name: str) -> None:
    """In each coding the same text, under a tag of its own that brings a 304."""
    plain = service.get(path, accept="application/n-triples")
    assert "content-encoding" not in plain.headers
    assert plain.headers["etag"].endswith(f'-{name}-ntriples-plain"')
    for coding, unpack in UNPACK.items():
        reply = service.get(path, accept="application/n-triples", accept_encoding=coding)
        assert (reply.headers["content-encoding"], reply.headers["vary"]) == (coding, "Accept, Accept-Encoding")
        assert reply.headers["etag"].endswith(f'-{name}-ntriples-{coding}"')
        assert unpack(reply.body) == plain.body
        assert int(reply.headers["content-length"]) < len(plain.body)
        again = service.get(
            path, accept="application/n-triples", accept_encoding=coding, if_none_match=reply.headers["etag"]
        )
        assert (again.status, again.body) == (304, b"")
        other = service.get(path, accept="application/n-triples", if_none_match=reply.headers["etag"])
        assert other.status == 200


@pytest.mark.parametrize("path", ["/sparql?query=ASK%7B%7D", "/.well-known/void", "/health", "/", "/nowhere"])
def test_a_client_that_refuses_answers_without_a_coding(service: Service, path: str) -> None:
    """Gets even the smallest one coded, whoever asked the same before; and 406 if it takes no coding either."""
    plain = service.get(path, accept="application/json", accept_encoding="gzip")
    for wanted in ("gzip, identity;q=0", "gzip;q=0.5, *;q=0"):
        for _ in range(2):
            reply = service.get(path, accept="application/json", accept_encoding=wanted)
            assert (reply.status, reply.headers["content-encoding"]) == (plain.status, "gzip")
            assert gzip.decompress(reply.body)
    nothing = service.get(path, accept="application/json", accept_encoding="identity;q=0, *;q=0")
    assert (nothing.status, nothing.headers["vary"]) == (406, "Accept, Accept-Encoding")
    assert "accept zstd, br, gzip or identity" in str(nothing.json["remedy"])


def test_the_log(tmp_path: Path) -> None:
    """Each line is JSON; a request's line has its number, status and the query's digest, never its text."""
    publish(tmp_path)
    with Service.start(tmp_path) as running:
        reply = running.query('ASK { ?s ?p "SECRET" }', x_request_id="mine-1")
        bad = running.query("ASK { ?s ?p ?o }", x_request_id='"}bad')
        assert reply.headers["x-request-id"] == "mine-1"
        assert bad.headers["x-request-id"] != '"}bad'
        until(lambda: any("mine-1" in line for line in running.lines), "the request is logged")
    lines = [json.loads(line) for line in running.lines]
    (request,) = [line for line in lines if line.get("request") == "mine-1"]
    assert (request["method"], request["path"], request["status"], request["version"]) == ("GET", "/sparql", 200, 1)
    assert len(request["digest"]) == 16
    assert "SECRET" not in "".join(running.lines)


def test_no_metrics_if_so_decided(tmp_path: Path) -> None:
    """Without them, /metrics is an address like any other that does not exist."""
    publish(tmp_path)
    with Service.start(tmp_path, metrics="off") as running:
        assert (running.get("/metrics").status, running.health()["status"]) == (404, "ok")


def test_requests_are_not_logged_if_so_decided(tmp_path: Path) -> None:
    """Without an access log, events are still there and requests are not."""
    publish(tmp_path)
    with Service.start(tmp_path, access_log="false") as running:
        assert running.query("ASK {}").status == 200
    assert not any('"event":"request"' in line for line in running.lines)


def _items(value: str) -> set[str]:
    return {item.strip() for item in value.split(",")}
