"""Plain RDF files served as they are, and what keeps a service from starting."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib

from aigov_graph.errors import AigovError, DataSyntaxError, FolderUnreadable, StoreError
from aigov_graph.settings import Settings
from aigov_graph.stores import VersionedStore
from aigov_graph.web import serve
from aigov_graph.web.loading import publish_files
from aigov_graph.web.server import AddressTaken
from tests.live import Service

DEFAULT = '@prefix : <http://example.org/> .\n:harbour :has "a pier" , [ :of "wood" ] .\n'
NAMED = '@prefix : <http://example.org/> .\n:harbour :has "a default graph" .\n:g { :harbour :has "a graph" . }\n'
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
INSIDE = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


@pytest.mark.parametrize(("default_graph", "number"), [("strict", "4"), ("union", "5")])
def test_files_are_served(tmp_path: Path, default_graph: str, number: str) -> None:
    """Strictly, the default graph is that of the files and the named ones are theirs; as a union it is all of it."""
    (tmp_path / "default.ttl").write_text(DEFAULT)
    (tmp_path / "named.trig").write_text(NAMED)
    store = tmp_path / "store"
    publish_files([tmp_path / "default.ttl", tmp_path / "named.trig"], VersionedStore(store))
    with Service.start(store, default_graph=default_graph) as running:
        assert running.query(COUNT).rows == [{"n": number}]
        graphs = {row["g"]: row["n"] for row in running.query(INSIDE).rows}
        assert graphs["http://example.org/g"] == "1"
        assert default_graph == "union" or len(graphs) == 1
        dump = rdflib.Dataset().parse(data=running.get("/dump.trig").body, format="trig")
        assert len(list(dump)) == 5


def test_an_empty_dataset_is_served(tmp_path: Path) -> None:
    """No statement at all is a dataset too: queries, graphs, dumps and descriptions of it are empty, not errors."""
    (tmp_path / "empty.nq").write_text("")
    publish_files([tmp_path / "empty.nq"], VersionedStore(tmp_path / "store"))
    with Service.start(tmp_path / "store") as running:
        assert running.query(COUNT).rows == [{"n": "0"}]
        for path in ("/graphs?default", "/dump.nq", "/.well-known/void", "/sparql", "/health"):
            assert running.get(path).status == 200


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        ("broken.ttl", "<http://example.org/s> <http://example.org/p>\n  oops .\n", DataSyntaxError),
        ("page.rdf", '<!DOCTYPE rdf [<!ENTITY x SYSTEM "file:///etc/passwd">]>', FolderUnreadable),
        ("context.jsonld", '{"@context": "http://127.0.0.1/"}', FolderUnreadable),
    ],
)
def test_files_that_are_refused(tmp_path: Path, name: str, text: str, error: type[AigovError]) -> None:
    """A syntax error with its place; formats that can point elsewhere are not read at all."""
    (tmp_path / name).write_text(text)
    with pytest.raises(error) as raised:
        publish_files([tmp_path / name], VersionedStore(tmp_path / "store"))
    assert name in raised.value.where
    assert not (tmp_path / "store" / "current").exists()


def test_a_file_that_is_absent(tmp_path: Path) -> None:
    """An absent file is named."""
    with pytest.raises(FolderUnreadable, match="No such file"):
        publish_files([tmp_path / "absent.ttl"], VersionedStore(tmp_path / "store"))


def test_nothing_published_is_said_at_once(tmp_path: Path) -> None:
    """Serving a store without a version ends with what to do."""
    with pytest.raises(StoreError) as raised:
        serve(replace(Settings(), store=tmp_path))
    assert raised.value.remedy == "build the graph first: aigov-graph build"


def test_a_taken_port_is_said_at_once(tmp_path: Path) -> None:
    """Serving where another program listens ends with the address."""
    (tmp_path / "empty.nq").write_text("")
    publish_files([tmp_path / "empty.nq"], VersionedStore(tmp_path / "store"))
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(AddressTaken) as raised:
            serve(replace(Settings(), store=tmp_path / "store", port=port))
    assert raised.value.where == f"127.0.0.1:{port}"
