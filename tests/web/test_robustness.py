"""What an unkind client can do: malformed requests, crashing and endless queries, hanging up, killing a process."""

from __future__ import annotations

import json
import os
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from random import Random

import pytest

from aigov_graph.vocabulary.namespaces import ID, RDFS
from tests.live import Service, publish, query_path, small_dataset, until

LABEL = f"SELECT ?o WHERE {{ <{ID['harbour-ministry']}> <{RDFS.label}> ?o }}"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(12)) + " }"
LARGE = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }"
BAD_CHUNK = b"Transfer-Encoding: chunked\r\n\r\nnot hexadecimal\r\n"
DIRECT = {"Content-Type": "application/sparql-query"}


@pytest.fixture(scope="module")
def strained(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service over 3,000 statements with a short deadline, for tests that end its processes."""
    store = tmp_path_factory.mktemp("strained")
    publish(store, small_dataset(3000))
    with Service.start(
        store, query_timeout_s=3, query_memory_bytes=1 << 30, result_limit_bytes=64 * 1024**2
    ) as running:
        yield running


def well(service: Service) -> bool:
    """Whether it answers rightly, with all its processes."""
    reply = service.query(LABEL, ("default-graph-uri", "https://w3id.org/aigov-graph/graph/entities"))
    return reply.status == 200 and reply.rows == [{"o": "Harbour Ministry"}]


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x00\xff\r\n\r\n",
        b"GET /sparql HTTP/1.1\r\n\r\n",
        b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\n\r\n",
        b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: a b\r\n\r\n",
        b"GET /sparql HTTP/1.1\r\nHost: x\r\nBroken Header: y\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n%s" % BAD_CHUNK,
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
)
def test_malformed_requests(service: Service, request_bytes: bytes) -> None:
    """A request that is no HTTP gets a 4xx or a closed connection, and the next one is answered."""
    answer = service.raw(request_bytes, until_closed=True)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 4")
    assert well(service)


def test_a_host_that_is_none(service: Service) -> None:
    """What cannot be a host never becomes part of an answer."""
    answer = service.raw(b'GET /.well-known/void HTTP/1.1\r\nHost: "><script>\r\n\r\n')
    assert answer.startswith(b"HTTP/1.1 400")
    assert b"<script>" not in answer


CRASHING = {
    "nested groups": "SELECT * WHERE " + "{" * 16_000 + "?s ?p ?o" + "}" * 16_000,
    "nested brackets": "SELECT * WHERE { FILTER(" + "(" * 30_000 + "1" + ")" * 30_000 + ") }",
    "exclamation marks": "SELECT * WHERE { FILTER(" + "!" * 20_000 + "true) }",
    "unions": "SELECT * WHERE { " + " UNION ".join(["{}"] * 7_000) + " }",
    "paths": "SELECT * WHERE { ?s " + "/".join(["<p:p>"] * 9_000) + " ?o }",
    "minus signs": "SELECT (" + "-" * 40_000 + "1 AS ?x) WHERE {}",
}


@pytest.mark.parametrize("name", CRASHING)
def test_texts_that_crash_the_engine(strained: Service, name: str) -> None:
    """Such a text gets a 4xx, a 503 or its right answer; once it ended a process, it is refused at once."""
    first = strained.ask("POST", "/sparql", CRASHING[name].encode(), DIRECT)
    assert first.status in {200, 400, 503}
    if first.status == 400 and "process" in str(first.json["detail"]):
        again = strained.ask("POST", "/sparql", CRASHING[name].encode(), DIRECT)
        assert (again.status, "a short while ago" in str(again.json["detail"])) == (400, True)
    assert well(strained)


def test_memory_is_limited(tmp_path: Path) -> None:
    """A query that doubles a string forty times is ended for its memory, before its time; others notice nothing."""
    publish(tmp_path)
    doubling = " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(40))
    with Service.start(tmp_path, query_timeout_s=120, query_memory_bytes=700 * 1024**2) as running:
        reply = running.query(f"SELECT (STRLEN(?x40) AS ?n) WHERE {{ BIND('{'a' * 64}' AS ?x0) {doubling} }}")
        assert (reply.status, reply.json["title"]) == (503, "The query needs more memory than the operator allows")
        assert well(running)
        until(lambda: running.health()["processes"] == 2, "the process is replaced")


def test_time_is_limited(strained: Service) -> None:
    """An endless query is ended at its deadline with a reason and a hint when to come back."""
    reply = strained.query(ENDLESS)
    assert (reply.status, reply.json["title"]) == (503, "The query's deadline passed")
    assert reply.headers["retry-after"] == "30"
    until(lambda: strained.health()["processes"] == 2, "the process is replaced")


def test_a_large_answer_is_broken_off(strained: Service) -> None:
    """An answer that passes the limit after it began does not look whole."""
    reply = strained.query(LARGE)
    assert (reply.status, reply.whole) == (200, False)
    assert well(strained)


def test_a_killed_process_breaks_its_answer_alone(strained: Service) -> None:
    """Killed in mid-answer: that response is broken, another client's query on the other process is not."""
    with socket.create_connection(strained.address, timeout=30) as slow:
        slow.sendall(f"GET {query_path(LARGE, ('format', 'tsv'))} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        received = slow.recv(1 << 16)
        busiest = max(strained.children, key=_cpu_time)
        os.kill(busiest, signal.SIGKILL)
        assert well(strained)
        while piece := slow.recv(1 << 20):
            received = received[-100:] + piece
    assert not received.endswith(b"0\r\n\r\n")
    until(lambda: strained.health()["processes"] == 2, "the process is replaced")


def test_hanging_up_ends_the_query(strained: Service) -> None:
    """A client that leaves before the first byte has its query ended long before the deadline."""
    before = set(strained.children)
    with socket.create_connection(strained.address) as client:
        client.sendall(f"GET {query_path(ENDLESS, ('format', 'csv'))} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        until(lambda: strained.metric("processes_busy") == 1, "the query runs")
    until(lambda: set(strained.children) != before, "its process is replaced")
    until(lambda: strained.metric("processes_busy") == 0, "nothing runs")
    assert strained.metric("clients_gone_total") >= 1


def test_two_hundred_clients(strained: Service) -> None:
    """Two hundred clients at once, one in ten with an endless query: each is answered or refused, none hangs."""
    queries = [ENDLESS + f" # {i}" if i % 10 == 0 else f"{LABEL} # {i}" for i in range(200)]
    with ThreadPoolExecutor(200) as clients:
        replies = list(clients.map(strained.query, queries))
    assert {reply.status for reply in replies} <= {200, 503}
    assert all(reply.rows == [{"o": "Harbour Ministry"}] for reply in replies if reply.status == 200)
    assert all("retry-after" in reply.headers for reply in replies if reply.status == 503)
    until(lambda: well(strained), "it answers")


@pytest.mark.parametrize(("number", "stand_ins"), [(10, 2), (4, 0)])
def test_lookups_behind_endless_queries(tmp_path: Path, number: int, stand_ins: int) -> None:
    """Endless queries hold every process: of 190 lookups behind them nine in ten are answered, and none hangs."""
    publish(tmp_path, small_dataset(3000))
    with (
        Service.start(tmp_path, query_stand_ins=stand_ins, query_timeout_s=25) as running,
        ThreadPoolExecutor(200) as clients,
    ):
        endless = [clients.submit(running.query, f"{ENDLESS} # {i}") for i in range(number)]
        until(lambda: running.metric("processes_busy") + running.metric("queries_waiting") >= number, "all are asked")
        lookups = list(clients.map(running.query, [f"{LABEL} # {i}" for i in range(190)]))
        assert {reply.status for reply in lookups} <= {200, 503}
        assert sum(reply.status == 200 for reply in lookups) >= 171
        assert all(reply.rows == [{"o": "Harbour Ministry"}] for reply in lookups if reply.status == 200)
        assert {reply.result().status for reply in endless} == {503}
        assert running.metric("queries_set_aside_total") >= 1
        until(lambda: well(running), "it answers")


def test_a_long_query_beside_lookups(tmp_path: Path) -> None:
    """On one process, a query of some seconds makes room for lookups and still comes to its end, rightly."""
    publish(tmp_path, small_dataset(3000))
    pairs = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f }"
    with (
        Service.start(tmp_path, query_processes=1, query_stand_ins=0, query_timeout_s=60) as running,
        ThreadPoolExecutor(1) as other,
    ):
        long = other.submit(running.query, pairs)
        numbers = count()
        until(lambda: running.metric("processes_busy") == 1, "the long query runs")
        while not long.done():
            assert running.query(f"{LABEL} # {next(numbers)}").status == 200
        assert long.result().rows == [{"n": str(3004 * 3004)}]
        assert running.metric("queries_set_aside_total") >= 1


def test_readers_that_stall_make_room(tmp_path: Path) -> None:
    """A client that asks for much and reads nothing holds the only process until another waits, then is cut off."""
    publish(tmp_path, small_dataset(3000))
    with (
        Service.start(tmp_path, query_processes=1, query_stand_ins=0) as running,
        socket.create_connection(running.address, timeout=30) as stalled,
    ):
        stalled.sendall(f"GET {query_path(LARGE, ('format', 'tsv'))} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        until(lambda: running.metric("processes_busy") == 1, "the process is taken")
        assert well(running)
        received = b""
        while piece := stalled.recv(1 << 20):
            received = received[-100:] + piece
    assert not received.endswith(b"0\r\n\r\n")


def test_stalled_readers_cost_no_process(tmp_path: Path) -> None:
    """Clients that read nothing until the deadline of their queries has passed leave the pool whole."""
    publish(tmp_path, small_dataset(3000))
    with Service.start(tmp_path, query_stand_ins=0, query_timeout_s=1) as running, ExitStack() as clients:
        before = set(running.children)
        for _ in range(2):
            client = clients.enter_context(socket.create_connection(running.address))
            client.sendall(f"GET {query_path(LARGE)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        until(lambda: running.health()["processes"] == 2 and not before & set(running.children), "both are replaced")
        assert well(running)


def test_random_bytes_as_queries(service: Service) -> None:
    """A thousand random strings of bytes as queries: 4xx or an answer each; no process of ours ends by them."""
    web, children, replaced = service.web_process, service.children, service.metric("processes_replaced_total")
    random = Random(20240517)
    alphabet = [
        b"SELECT ",
        b"* ",
        b"{",
        b"}",
        b"?s ",
        b"<",
        b">",
        b"#",
        b"'",
        b'"""',
        b"\\",
        b"\x00",
        b"\xff",
        b"FILTER(",
    ]
    for _ in range(1000):
        parts = (random.choice(alphabet) if random.random() < 0.7 else random.randbytes(3) for _ in range(20))
        assert service.ask("POST", "/sparql", b"".join(parts), DIRECT).status in {200, 400, 403}
    assert well(service)
    assert (service.web_process, service.children) == (web, children)
    assert service.metric("processes_replaced_total") == replaced


def test_nothing_is_asked_elsewhere(service: Service) -> None:
    """Whatever a query names, nothing connects to a socket that listens beside the service."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        for text in (
            f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}",
            f"PREFIX : <{address}> SELECT * {{ ?s ?p trueSERVICE:x{{}} }}",
            f"PREFIX : <{address}> PREFIX service: <http://example.org/> SELECT * {{ SERVICE:x{{}} }}",
            f"SELECT * {{ FILTER(1<2)#>\nSERVICE <{address}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ \\u0053ERVICE <{address}> {{ ?s ?p ?o }} }}",
            f"SELECT * FROM <{address}> {{ ?s ?p ?o }}",
            f"SELECT * FROM NAMED <{address}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
            f"LOAD <{address}>",
        ):
            service.query(text, ("default-graph-uri", address))
            service.query(text)
        for path in ("/dump.nq", "/dump.jsonld", "/graphs?default", "/.well-known/void"):
            service.get(path)
        service.get(f"/graphs?graph={address}")
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_the_standard_default_graph(tmp_path: Path) -> None:
    """With --default-graph strict a query that names no graph sees the default graph alone, which here is empty."""
    publish(tmp_path)
    with Service.start(tmp_path, default_graph="strict") as running:
        assert running.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }").rows == [{"n": "0"}]
        assert running.query("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }").rows == [{"n": "5"}]
        assert running.get("/graphs?default", accept="application/n-triples").body == b""


def test_a_full_queue_refuses(tmp_path: Path) -> None:
    """With one process taken, no other to stand in and no room to wait, the next query is refused at once."""
    publish(tmp_path, small_dataset(3000))
    with (
        Service.start(tmp_path, query_processes=1, query_stand_ins=0, query_queue=0, query_timeout_s=2) as running,
        ThreadPoolExecutor(1) as other,
    ):
        taken = other.submit(running.query, ENDLESS)
        until(lambda: running.metric("processes_busy") == 1, "the process is taken")
        refused = running.query(LABEL)
        assert (refused.status, refused.headers["retry-after"]) == (503, "2")
        assert taken.result().status == 503


def test_size_is_limited(tmp_path: Path) -> None:
    """An answer that passes the limit before anything was sent is a 413 with what to do."""
    publish(tmp_path, small_dataset(100))
    with Service.start(tmp_path, result_limit_bytes=2000) as running:
        reply = running.query("SELECT * WHERE { ?s ?p ?o }")
        assert (reply.status, reply.json["title"]) == (413, "The answer is larger than the operator allows")
        assert "LIMIT" in str(reply.json["remedy"])
        assert running.get("/dump.nq").status == 200


def test_a_slow_reader_holds_nobody_up(tmp_path: Path) -> None:
    """Clients that ask for much and read nothing leave the processes free for others."""
    publish(tmp_path, small_dataset(3000))
    with Service.start(tmp_path, query_timeout_s=20) as running, ExitStack() as clients:
        for number in range(6):
            client = clients.enter_context(socket.create_connection(running.address))
            query = f"SELECT * WHERE {{ ?a ?b ?c }} # {number}"
            client.sendall(f"GET {query_path(query)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        until(lambda: running.metric("processes_busy") == 0, "the processes are free")
        assert well(running)


def test_a_broken_answer_is_logged_once(tmp_path: Path) -> None:
    """As one line of JSON like all else, without a trace."""
    publish(tmp_path, small_dataset(3000))
    with Service.start(tmp_path, result_limit_bytes=1024**2) as running:
        assert running.query(LARGE, x_request_id="mine-3").whole is False
        until(lambda: any("mine-3" in line and "access" in line for line in running.lines), "it is logged")
    lines = [json.loads(line) for line in running.lines]
    assert [line["event"] for line in lines if "broke off" in line["event"] or "raised" in line["event"]] == [
        "an answer broke off: the answer is larger than 1048576 bytes"
    ]


def _cpu_time(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
