"""What the operator sees: problems with a status each, a log that can be read by machine and holds no query."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aigov_graph import errors
from aigov_graph.errors import AigovError, QueryError
from aigov_graph.web.problems import STATUS, HttpError, body_of, headers_of, status_of
from tests.live import Service, publish, until


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


def test_requests_are_not_logged_if_so_decided(tmp_path: Path) -> None:
    """Without an access log, events are still there and requests are not."""
    publish(tmp_path)
    with Service.start(tmp_path, access_log="false") as running:
        assert running.query("ASK {}").status == 200
    assert not any('"event":"request"' in line for line in running.lines)
