"""A real service in a process of its own on a free port, and plain HTTP to speak to it.

`Service.start` is for a test that needs settings of its own; the fixture `service` of tests/web is shared by all that
only read.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from urllib.parse import quote, urlencode, urlsplit

import pyoxigraph as ox

from aigov_graph.stores import Version, VersionedStore
from aigov_graph.vocabulary.namespaces import AIGOV, CLAIM, GRAPH, ID, RDFS, SHAPE

_START = (
    "import os; from aigov_graph.settings import Settings; from aigov_graph.web import serve; "
    "serve(Settings.from_environment(os.environ))"
)
_PATIENCE_S = 30.0

PORTS = GRAPH["port-council-2024"]
"""The graph of the small dataset's one source."""


def small_dataset(extra: int = 0) -> list[ox.Quad]:
    """A handful of statements in four graphs, and `extra` numbered ones."""
    said, entities, shapes, facts = (
        ox.NamedNode(GRAPH[n]) for n in ("port-council-2024", "entities", "shapes", "facts")
    )
    ministry, portal = ox.NamedNode(ID["harbour-ministry"]), ox.NamedNode(ID["permit-portal"])
    label, interested = ox.NamedNode(RDFS.label), ox.NamedNode(AIGOV.interestedIn)
    quads = [
        ox.Quad(ministry, label, ox.Literal("Harbour Ministry", language="en"), entities),
        ox.Quad(portal, label, ox.Literal("permit portal", language="en"), entities),
        ox.Quad(ministry, interested, portal, facts),
        ox.Quad(ox.NamedNode(CLAIM["port-council-2024-001"]), label, ox.Literal('says "maybe", ü 港'), said),
        ox.Quad(ox.NamedNode(SHAPE["claim"]), label, ox.Literal("seen in no query"), shapes),
    ]
    for number in range(extra):
        subject = ox.NamedNode(ID[f"berth-{number}"])
        quads.append(ox.Quad(subject, label, ox.Literal(f"berth number {number}"), entities))
    return quads


def publish(store: Path, quads: list[ox.Quad] | None = None) -> Version:
    """Publish statements, the small dataset if none are given."""
    return VersionedStore(store).publish(small_dataset() if quads is None else quads)


@dataclass(frozen=True)
class Reply:
    """What came back: header names in lower case, the body as sent, and whether it was whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    whole: bool = True

    @property
    def json(self) -> dict[str, object]:
        """The body as JSON."""
        found: dict[str, object] = json.loads(self.body)
        return found

    @property
    def rows(self) -> list[dict[str, str]]:
        """The rows of SPARQL results in JSON, values only."""
        bindings = json.loads(self.body)["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in bindings]


class Service:
    """A running service."""

    def __init__(self, process: subprocess.Popen[str], store: Path) -> None:
        self.process = process
        self.store = store
        self.lines: list[str] = []
        self.base = ""
        self._grew = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @classmethod
    @contextmanager
    def start(cls, store: Path, program: str = sys.executable, **settings: object) -> Iterator[Service]:
        """Serve a store until the block ends, by the package that this Python has; settings by their names."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("AIGOV_GRAPH_")}
        environment |= {f"AIGOV_GRAPH_{name.upper()}": str(value) for name, value in settings.items()}
        environment |= {"AIGOV_GRAPH_STORE": str(store), "AIGOV_GRAPH_PORT": "0"}
        process = subprocess.Popen([program, "-c", _START], stderr=subprocess.PIPE, text=True, env=environment)
        service = cls(process, store)
        try:
            line = service.wait_for_line(r"serving at (http://[^/]+)/")
            service.base = line[1]
            until(service.answers, "the service answers")
            yield service
        finally:
            service.stop()

    @property
    def address(self) -> tuple[str, int]:
        """Host and port."""
        parts = urlsplit(self.base)
        return parts.hostname or "", parts.port or 0

    def answers(self) -> bool:
        """Whether it is up."""
        try:
            return self.get("/health").status == 200
        except OSError:
            return False

    def _read(self) -> None:
        for line in self.process.stderr or ():
            with self._grew:
                self.lines.append(line)
                self._grew.notify_all()
        with self._grew:
            self._grew.notify_all()

    def wait_for_line(self, pattern: str) -> re.Match[str]:
        """The first line of the log that has this; fails with the log if none comes."""
        found: list[re.Match[str]] = []

        def seen() -> bool:
            found.extend(match for line in self.lines if (match := re.search(pattern, line)))
            return bool(found) or self.process.poll() is not None

        with self._grew:
            self._grew.wait_for(seen, _PATIENCE_S)
        assert found, f"no line has {pattern!r}:\n{''.join(self.lines)[-3000:]}"
        return found[0]

    def stop(self) -> int:
        """Stop it as an operator does, and give its exit code."""
        self.process.terminate()
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float = _PATIENCE_S,
    ) -> Reply:
        """One request on a connection of its own."""
        connection = http.client.HTTPConnection(*self.address, timeout=timeout)
        try:
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            try:
                return Reply(response.status, found, response.read())
            except http.client.IncompleteRead as error:
                return Reply(response.status, found, error.partial, whole=False)
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Reply:
        """GET; `accept_encoding` stands for Accept-Encoding."""
        return self.ask("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def query(self, text: str, /, *more: tuple[str, str], **headers: str) -> Reply:
        """A query by GET, with more parameters."""
        return self.get(query_path(text, *more), **headers)

    def raw(self, data: bytes, *, until_closed: bool = False) -> bytes:
        """What comes back for these very bytes: the first piece, or all until the server closes."""
        with socket.create_connection(self.address, timeout=_PATIENCE_S) as connection:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR) if until_closed else None
            received = connection.recv(1 << 16)
            while until_closed and (piece := connection.recv(1 << 16)):
                received += piece
            return received

    @property
    def children(self) -> list[int]:
        """The query processes."""
        return [pid for web in _children_of(self.process.pid) for pid in _children_of(web) if _is_query_process(pid)]

    @property
    def web_process(self) -> int:
        """The process that speaks HTTP."""
        return self.web_processes[0]

    @property
    def web_processes(self) -> list[int]:
        """All processes that speak HTTP: for a moment none or two, while one takes the place of another."""
        return _children_of(self.process.pid)

    def health(self) -> dict[str, object]:
        """What /health says."""
        return self.get("/health").json

    def metric(self, name: str) -> float:
        """A number of /metrics that has no labels, by its name without our prefix."""
        lines = self.get("/metrics").body.decode().splitlines()
        return next(float(line.split()[1]) for line in lines if line.startswith(f"aigov_graph_{name} "))


def query_path(text: str, *more: tuple[str, str]) -> str:
    """The path of a query by GET."""
    return f"/sparql?{urlencode([('query', text), *more], quote_via=quote)}"


def until(condition: Callable[[], object], what: str) -> None:
    """Ask again until it is so; fails after half a minute."""
    deadline = monotonic() + _PATIENCE_S
    while not condition():
        assert monotonic() < deadline, f"never came true: {what}"


def lives(pid: int) -> bool:
    """Whether a process is there and not just waiting for its parent to look at how it ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _children_of(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _is_query_process(pid: int) -> bool:
    try:
        return b"aigov_graph.pool.child" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
