"""The service as the command line starts it: what it serves, where, and how it ends."""

from __future__ import annotations

import contextlib
import json
import re
import signal
import socket
import subprocess
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from aigov_graph.vocabulary.namespaces import AIGOV, GRAPH, ID
from tests.cli.conftest import Run, Start

FACTS = f"SELECT ?who ?what {{ GRAPH <{GRAPH.facts}> {{ ?who <{AIGOV.interestedIn}> ?what }} }}"


def address(process: subprocess.Popen[str]) -> str:
    """Where the service listens; what it said instead, if it ends without listening."""
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if found := re.search(r"serving at (http://([^:]+):(\d+)/)", line):
            # The line is written just before the port is opened.
            while process.poll() is None:
                with contextlib.suppress(ConnectionRefusedError), socket.create_connection((found[2], int(found[3]))):
                    return found[1]
    raise AssertionError("".join(said))


def ask(base: str, query: str) -> list[list[str]]:
    """The rows that a service answers, header first."""
    url = f"{base}sparql?{urllib.parse.urlencode({'query': query, 'format': 'csv'})}"
    with urllib.request.urlopen(url, timeout=30) as answer:
        return [line.split(",") for line in answer.read().decode().splitlines()]


def end(process: subprocess.Popen[str], signum: int) -> str:
    """Tell a service to stop; it stops with 0, and what it still said is returned."""
    process.send_signal(signum)
    rest = process.communicate(timeout=30)[1]
    assert process.returncode == 0, rest
    return rest


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_a_published_graph_is_served_until_a_signal(start: Start, store: Path, signum: int) -> None:
    """On a free port if the port is 0; stdout stays empty and no trace is shown at the end."""
    process = start("serve", "--store", store, "--port", "0")
    base = address(process)
    assert ask(base, FACTS) == [["who", "what"], [ID["harbour-ministry"], ID["permit-portal"]]]
    with urllib.request.urlopen(f"{base}health", timeout=30) as answer:
        assert isinstance(json.load(answer), dict)
    assert "Traceback" not in end(process, signum)


def test_a_folder_is_built_and_served_for_a_while(start: Start, data_once: Path, tmp_path: Path) -> None:
    """Its store lasts as long as the command and lies nowhere in the way."""
    (tmp_path / "tmp").mkdir()
    process = start("serve", "--data", data_once, "--port", "0", TMPDIR=str(tmp_path / "tmp"))
    base = address(process)
    assert ask(base, FACTS) == [["who", "what"], [ID["harbour-ministry"], ID["permit-portal"]]]
    end(process, signal.SIGINT)
    assert not (tmp_path / "store").exists()
    assert not list((tmp_path / "tmp").glob("aigov-graph-????????"))


@pytest.mark.parametrize("folders", [(), ("graphs",), ("graphs/entities", "graphs/sources/minutes")])
def test_an_empty_folder_is_served(start: Start, tmp_path: Path, folders: tuple[str, ...]) -> None:
    """A folder that will hold data, with or without its rooms: the ontology is there, and not one claim."""
    for name in ("data", *(f"data/{folder}" for folder in folders)):
        (tmp_path / name).mkdir(parents=True, exist_ok=True)
    process = start("serve", "--data", tmp_path / "data", "--port", "0")
    base = address(process)
    assert ask(base, f"SELECT (COUNT(?c) AS ?n) {{ ?c a <{AIGOV.Claim}> }}") == [["n"], ["0"]]
    assert ask(base, f"SELECT ?o {{ <{AIGOV.Claim}> a ?o }}") == [["o"], ["http://www.w3.org/2002/07/owl#Class"]]
    for path in ("", "sparql", "graphs?default", "dump.nq", ".well-known/void"):
        with urllib.request.urlopen(f"{base}{path}", timeout=30) as answer:
            assert answer.status == 200
    end(process, signal.SIGINT)


def test_the_standard_default_graph_of_a_folder(start: Start, store: Path) -> None:
    """Strictly, a query that names no graph sees none of the named ones; GRAPH and FROM do."""
    base = address(process := start("serve", "--store", store, "--default-graph", "strict", "--port", "0"))
    assert ask(base, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == [["n"], ["0"]]
    found = [["who", "what"], [ID["harbour-ministry"], ID["permit-portal"]]]
    assert ask(base, FACTS) == found
    pattern = f"{{ ?who <{AIGOV.interestedIn}> ?what }}"
    assert ask(base, f"SELECT ?who ?what FROM <{GRAPH.facts}> {pattern}") == found
    assert ask(base, f"SELECT ?who ?what FROM NAMED <{GRAPH.facts}> {pattern}") == [["who", "what"]]
    end(process, signal.SIGINT)


def test_plain_files_are_served(start: Start, tmp_path: Path) -> None:
    """Several, in their own graphs; strictly by the standard if asked to."""
    (tmp_path / "one.ttl").write_text("<http://example.org/a> <http://example.org/p> 1 .")
    (tmp_path / "two.trig").write_text("<http://example.org/g> { <http://example.org/a> <http://example.org/p> 2 . }")
    query = "SELECT ?o { ?s ?p ?o } ORDER BY ?o"
    union = start("serve", "--port", "0", "--rdf", "one.ttl", "two.trig")
    strict = start("serve", "--port", "0", "--default-graph", "strict", "--rdf", "one.ttl", "--rdf", "two.trig")
    assert ask(address(union), query) == [["o"], ["1"], ["2"]]
    assert ask(address(strict), query) == [["o"], ["1"]]
    end(union, signal.SIGINT)
    end(strict, signal.SIGINT)


def test_a_port_that_is_taken_is_an_error(run: Run, store: Path) -> None:
    """With the address and what to do."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = run("serve", "--store", store, "--port", str(port))
    assert (done.returncode, done.stdout) == (1, "")
    assert f"error: another program listens there\n  at 127.0.0.1:{port}\n" in done.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 1, "there is no published version"),
        (("--data", "absent"), 1, "there is no such folder"),
        (("--rdf", "absent.ttl"), 1, "cannot be read: No such file or directory"),
        (("--rdf", "notes.txt"), 1, "names no format"),
        (("a.ttl",), 2, "unexpected a.ttl; RDF files follow --rdf"),
        (("--rdf", "a.ttl", "--store", "store"), 2, "--rdf serves files without a folder or a store"),
        (("--port", "65536"), 2, "is not in the range"),
        (("--port", "http"), 2, "is not a valid integer"),
    ],
)
def test_what_cannot_be_served_is_told(run: Run, words: tuple[str, ...], code: int, said: str) -> None:
    """Before anything listens."""
    done = run("serve", *words)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
