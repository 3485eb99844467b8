"""The Graph Store Protocol's reading half, dumps, and what the service says of itself."""

from __future__ import annotations

import gzip
import socket
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest
import rdflib
from rdflib import RDF, RDFS, VOID, URIRef

from aigov_graph.vocabulary.namespaces import GRAPH, ID
from aigov_graph.web.description import ON_MERGES, ON_NAMES
from tests.live import PORTS, Service, publish, query_path, small_dataset, until

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")


def graph_of(body: bytes, form: str = "turtle") -> rdflib.Graph:
    return rdflib.Graph().parse(data=body, format=form)


@pytest.mark.parametrize("own", [False, True])
def test_a_graph_by_both_its_names(service: Service, own: bool) -> None:
    """A graph is the same under our base and under the service's own address, named or asked for directly."""
    iri = f"{service.base}/graph/port-council-2024" if own else PORTS
    reply = service.get(f"/graphs?graph={quote(iri, '')}")
    assert (reply.status, len(graph_of(reply.body))) == (200, 1)


@pytest.mark.parametrize("path", ["/graph/port-council-2024", "/graphs/port-council-2024"])
def test_a_graph_directly(service: Service, path: str) -> None:
    """A graph's own address answers with its statements; HEAD without them."""
    reply = service.get(path, accept="application/n-triples")
    assert set(graph_of(reply.body, "nt")) == set(graph_of(service.get(path).body))
    head = service.ask("HEAD", path)
    assert (head.status, head.body, head.headers["content-type"]) == (200, b"", "text/turtle; charset=utf-8")


def test_the_default_graph(service: Service) -> None:
    """?default is what a query sees: all graphs but the shapes."""
    assert len(graph_of(service.get("/graphs?default").body)) == 4


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/graphs", 400),
        ("/graphs?graph=", 400),
        ("/graphs?graph=not%20an%20iri", 400),
        (f"/graphs?default&graph={quote(PORTS, '')}", 400),
        ("/graphs/port-council-2024?default", 400),
        ("/graphs?graph=http%3A%2F%2Fexample.org%2Fabsent", 404),
        ("/graphs/absent", 404),
    ],
)
def test_graphs_that_cannot_be_had(service: Service, path: str, status: int) -> None:
    """A request must name one graph that exists."""
    assert service.get(path).status == status


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/graphs?default", "/graphs/port-council-2024"])
def test_nothing_can_be_written(service: Service, method: str, path: str) -> None:
    """Writing methods answer 405 with those that read."""
    reply = service.ask(method, path, b"", {"Content-Type": "text/turtle"})
    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


def test_a_table_format_holds_no_graph(service: Service) -> None:
    """A graph in CSV does not exist: 406."""
    assert service.get("/graphs?default", accept="text/csv").status == 406


@pytest.mark.parametrize(
    ("suffix", "form", "size"),
    [("nq", "nquads", 5), ("trig", "trig", 5), ("jsonld", "json-ld", 5), ("ttl", "turtle", 4), ("nt", "nt", 4)],
)
def test_dumps_hold_everything(service: Service, suffix: str, form: str, size: int) -> None:
    """Every graph in the formats that have graphs, else the union of all but shapes; .gz the same."""
    plain, packed = service.get(f"/dump.{suffix}"), service.get(f"/dump.{suffix}.gz")
    for body in (plain.body, gzip.decompress(packed.body)):
        graph = rdflib.Dataset() if size == 5 else rdflib.Graph()
        assert len(list(graph.parse(data=body, format=form))) == size
    assert int(plain.headers["content-length"]) == len(plain.body)
    assert packed.headers["content-type"] == "application/gzip"
    again = service.get(f"/dump.{suffix}", if_none_match=plain.headers["etag"])
    assert (again.status, again.body) == (304, b"")


def test_a_dump_is_coded_as_asked(service: Service) -> None:
    """A dump goes compressed to who accepts that, with a tag of its own."""
    plain, coded = service.get("/dump.nq"), service.get("/dump.nq", accept_encoding="gzip")
    assert sorted(gzip.decompress(coded.body).splitlines()) == sorted(plain.body.splitlines())
    assert coded.headers["etag"] != plain.headers["etag"]


def test_unknown_dumps_are_not_found(service: Service) -> None:
    """There is no dump in a format that is none."""
    assert {service.get(path).status for path in ("/dump.papyrus", "/dump.nq.zip", "/dump")} == {404}


def test_the_service_description(service: Service) -> None:
    """It names the endpoint, languages, formats, the union default graph and each named graph with its size."""
    graph = graph_of(service.get("/sparql", accept="text/turtle").body)
    (node,) = graph.subjects(RDF.type, SD.Service)
    assert graph.value(node, SD.endpoint) == URIRef(f"{service.base}/sparql")
    assert SD.SPARQL11Query in set(graph.objects(node, SD.supportedLanguage))
    assert SD.UnionDefaultGraph in set(graph.objects(node, SD.feature))
    assert len(set(graph.objects(node, SD.resultFormat))) == 10
    assert {str(remark) for remark in graph.objects(node, RDFS.comment)} == {ON_MERGES, ON_NAMES}
    dataset = graph.value(node, SD.defaultDataset)
    names = {str(graph.value(named, SD.name)).removeprefix(GRAPH) for named in graph.objects(dataset, SD.namedGraph)}
    assert names == {"entities", "facts", "port-council-2024", "shapes"}


def test_void(service: Service) -> None:
    """VoID counts what is there and says where the dumps and the endpoint are."""
    graph = graph_of(service.get("/.well-known/void", accept="application/n-triples").body, "nt")
    dataset = URIRef(ID["aigov-graph"])
    assert graph.value(dataset, VOID.triples) == rdflib.Literal(4)
    assert graph.value(dataset, VOID.distinctSubjects) == rdflib.Literal(3)
    assert URIRef(f"{service.base}/dump.nq.gz") in set(graph.objects(dataset, VOID.dataDump))
    assert graph.value(dataset, VOID.sparqlEndpoint) == URIRef(f"{service.base}/sparql")


def test_clients_that_ask_with_their_own_words(service: Service) -> None:
    """The whole description is read by rdflib from each graph format."""
    for form, name in (
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
        ("application/trig", "trig"),
    ):
        body = service.get("/.well-known/void", accept=form).body
        found = rdflib.Dataset().parse(data=body, format=name)
        assert len(list(found)) > 10


def test_health_and_metrics(service: Service) -> None:
    """Health names the version and the processes; metrics count requests."""
    found = service.health()
    assert (found["status"], found["version"], found["quads"]) == ("ok", 1, 5)
    text = service.get("/metrics").body.decode()
    assert 'aigov_graph_requests_total{room="health",status="200"}' in text
    assert "aigov_graph_dataset_version 1.0" in text


def test_thing_iris_are_not_dumps(service: Service) -> None:
    """The ministry's IRI is in the default graph under our base, whatever address the service has."""
    assert (URIRef(ID["harbour-ministry"]), None, None) in graph_of(service.get("/graphs?default").body)


def test_a_dump_outlives_its_version(tmp_path: Path) -> None:
    """Who asked before a new version came gets a whole dump, and whoever asks afterwards the new one."""
    publish(tmp_path)
    with Service.start(tmp_path, query_processes=1) as running, ThreadPoolExecutor(3) as clients:
        endless = "SELECT (COUNT(*) AS ?n) WHERE { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(20)) + " }"
        with socket.create_connection(running.address) as taken:
            taken.sendall(f"GET {query_path(endless)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            until(lambda: running.metric("processes_busy") == 1, "the only process is taken")
            waiting = [clients.submit(running.get, path) for path in ("/dump.nq", "/dump.nq", "/dump.nq.gz")]
            until(lambda: running.metric("queries_waiting") == 1, "a dump waits for it")
            publish(tmp_path, small_dataset(50))
            until(lambda: running.health()["version"] == 2, "a new version is current")
        replies = [future.result() for future in waiting]
        assert [reply.status for reply in replies] == [200, 200, 200]
        bodies = [replies[0].body, replies[1].body, gzip.decompress(replies[2].body)]
        assert {len(body.splitlines()) for body in bodies} <= {5, 55}
        assert len(running.get("/dump.nq").body.splitlines()) == 55


def test_dumps_leave_no_files(tmp_path: Path) -> None:
    """What a dump is kept in is gone with its version: nothing lies about, and no file stays open."""
    publish(tmp_path)
    with Service.start(tmp_path) as running:
        before = _nameless_files(running)
        assert [running.get(f"/dump.{suffix}").status for suffix in ("nq", "ttl", "trig.gz")] == [200, 200, 200]
        assert len(_nameless_files(running) - before) == 3
        publish(tmp_path, small_dataset(1))
        until(lambda: _nameless_files(running) <= before, "the files are closed")


def _nameless_files(service: Service) -> set[str]:
    links = set()
    for entry in Path(f"/proc/{service.web_process}/fd").iterdir():
        with suppress(OSError):
            links.add(str(entry.readlink()))
    return {link for link in links if link.endswith("(deleted)") and tempfile.gettempdir() in link}
