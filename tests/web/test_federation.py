"""SERVICE: refused unless listed, and what a listed endpoint can do."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from aigov_graph.pool.egress import Refused, checked_address, fetch
from tests.live import Service, publish

ANSWER = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"from elsewhere"}}]}}'


class _Endpoint(BaseHTTPRequestHandler):
    asked: list[str]
    elsewhere = ""

    def do_POST(self) -> None:
        """Answer, redirect, or send without end, by the path."""
        self.asked.append(self.path)
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.path in {"/away", "/within"}:
            self.send_response(307)
            self.send_header("Location", self.elsewhere if self.path == "/away" else "/sparql")
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.end_headers()
        self.wfile.write(ANSWER if self.path == "/sparql" else b" " * 3_000_000 + ANSWER)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@contextmanager
def endpoint(elsewhere: str = "") -> Iterator[tuple[str, list[str]]]:
    """An endpoint on loopback: its address, and the paths it was asked for."""
    asked: list[str] = []
    handler = type("Handler", (_Endpoint,), {"asked": asked, "elsewhere": elsewhere})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


@pytest.fixture(scope="module")
def federated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, str, str, list[str]]]:
    """A service with listed endpoints, their base, that of one not listed, and the paths asked of those listed."""
    store = tmp_path_factory.mktemp("store")
    publish(store)
    with endpoint() as (other, asked_there), endpoint(f"{other}/sparql") as (base, asked):
        port = base.rpartition(":")[2]
        listed = [f"{base}{path}" for path in ("/sparql", "/away", "/within", "/large")] + [
            f"http://localhost:{port}/sparql",
            f"https://mirrored.example/sparql={base}/sparql",
        ]
        with Service.start(store, service_endpoints=" ".join(listed), result_limit_bytes=1_000_000) as running:
            if any("SERVICE is refused" in line for line in running.lines):
                pytest.skip("the kernel gives no process a network of its own")
            yield running, base, other, asked
        assert asked_there == []


def ask(service: Service, iri: str, keyword: str = "SERVICE") -> tuple[int, list[dict[str, str]] | str]:
    reply = service.query(f"SELECT ?x WHERE {{ {keyword} <{iri}> {{ ?s ?p ?x }} }}")
    return reply.status, reply.rows if reply.status == 200 else str(reply.json["title"])


def test_a_listed_endpoint_answers(federated: tuple[Service, str, str, list[str]]) -> None:
    """What a listed endpoint says is part of the answer, which is not kept."""
    service, base, _, asked = federated
    assert ask(service, f"{base}/sparql") == (200, [{"x": "from elsewhere"}])
    assert ask(service, f"{base}/within") == (200, [{"x": "from elsewhere"}])
    assert {"/sparql", "/within"} <= set(asked)


def test_a_mirror_answers_for_the_endpoint_it_copies(federated: tuple[Service, str, str, list[str]]) -> None:
    """A query names the public endpoint; the address the operator gave for it is asked."""
    service, _, _, asked = federated
    before = len(asked)
    assert ask(service, "https://mirrored.example/sparql") == (200, [{"x": "from elsewhere"}])
    assert asked[before:] == ["/sparql"]


@pytest.mark.parametrize("path", ["/away", "/large"])
def test_a_listed_endpoint_that_misbehaves(federated: tuple[Service, str, str, list[str]], path: str) -> None:
    """A redirect off the list and an answer beyond the limit fail; SILENT goes on without them."""
    service, base, _, asked = federated
    assert ask(service, f"{base}{path}")[0] == 502
    assert ask(service, f"{base}{path}", "SERVICE SILENT") == (200, [{}])
    assert path in asked


def test_a_name_that_leads_inside(federated: tuple[Service, str, str, list[str]]) -> None:
    """A listed name that resolves to loopback is not followed; only an address listed literally is."""
    service, base, _, _ = federated
    assert ask(service, f"http://localhost:{base.rpartition(':')[2]}/sparql")[0] == 502


def test_an_endpoint_that_trickles() -> None:
    """Header lines or a body that drip without end are cut off at the deadline, though each byte comes in time."""
    for beginning in (b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n\r\n"):
        with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor(1) as other:
            dripped = other.submit(_drip, listener, beginning)
            url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
            with pytest.raises((Refused, OSError, HTTPException)):
                list(fetch(url, b"", {}, [url], 1_000_000, 1.0))
            assert dripped.result() == "cut off"


def _drip(listener: socket.socket, beginning: bytes) -> str:
    connection, _ = listener.accept()
    with connection:
        connection.sendall(beginning)
        connection.recv(1 << 16)
        connection.settimeout(0.05)
        for _ in range(400):
            try:
                connection.sendall(b"X")
                if not connection.recv(1 << 16):
                    return "cut off"
            except TimeoutError:
                continue
            except OSError:
                return "cut off"
    return "never cut off"


def test_an_endpoint_that_is_not_listed(federated: tuple[Service, str, str, list[str]]) -> None:
    """Any other endpoint is refused, however it is written, and never asked."""
    service, base, other, _ = federated
    for text in (
        f"SELECT * {{ SERVICE <{other}/sparql> {{ ?s ?p ?x }} }}",
        f"SELECT * {{ SERVICE ?where {{ ?s ?p ?x }} VALUES ?where {{ <{other}/sparql> }} }}",
        f"PREFIX o: <{other}/> SELECT * {{ SERVICE o:sparql {{ ?s ?p ?x }} }}",
        f"SELECT * {{ SERVICE <{base}/sparql> {{ ?s ?p ?x }} SERVICE <{other}/sparql> {{}} }}",
        f"PREFIX : <{other}/> SELECT * {{ SERVICE <{base}/sparql> {{}} ?s ?p trueSERVICE:sparql{{}} }}",
    ):
        assert service.query(text).status == 403


@pytest.mark.parametrize(
    "url", ["http://localhost/", "file:///etc/passwd", "ftp://example.org/", "http://localhost.localdomain:1/"]
)
def test_addresses_that_are_never_reached(url: str) -> None:
    """Names of this machine, and anything but http."""
    with pytest.raises((Refused, socket.gaierror)):
        checked_address(url)


def test_an_address_listed_literally() -> None:
    """An address that the operator wrote as such is taken at his word."""
    assert checked_address("http://127.0.0.1:3030/sparql") == ("127.0.0.1", 3030)
    assert checked_address("https://[::1]/") == ("::1", 443)
