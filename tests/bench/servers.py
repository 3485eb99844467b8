"""The servers that are compared, each in a process of its own on a free port."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

_OURS = (
    "import os; from aigov_graph.settings import Settings; from aigov_graph.web import serve; "
    "serve(Settings.from_environment(os.environ))"
)


@dataclass(frozen=True)
class Server:
    """A running server."""

    name: str
    base: str
    path: str
    pid: int

    def query(self, text: str) -> str:
        """The path of a query, with `{n}` left as it stands."""
        return f"{self.path}?query={_quoted(text)}"


def _quoted(text: str) -> str:
    return quote(text, safe="{}").replace("{n}", "\0").replace("{", "%7B").replace("}", "%7D").replace("\0", "{n}")


@contextmanager
def ours(store: Path, log: Path, **settings: object) -> Iterator[Server]:
    """This service, as `serve` starts it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AIGOV_GRAPH_")}
    environment |= {f"AIGOV_GRAPH_{name.upper()}": str(value) for name, value in settings.items()}
    port = _free_port()
    environment |= {"AIGOV_GRAPH_STORE": str(store), "AIGOV_GRAPH_PORT": str(port)}
    with log.open("wb") as stderr, _running([sys.executable, "-c", _OURS], environment, stderr) as pid:
        yield _ready(Server("aigov-graph", f"http://127.0.0.1:{port}", "/sparql", pid), "/health")


@contextmanager
def constant(size: int) -> Iterator[Server]:
    """Our server with a constant answer."""
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--loop", "uvloop", "--http", "1", "--no-ws"]
    environment = {**os.environ, "BENCH_BODY_BYTES": str(size)}
    with _running([*command, "--port", str(port), "tests.bench.constant:app"], environment, None) as pid:
        yield _ready(Server("constant", f"http://127.0.0.1:{port}", "/sparql", pid), "/")


@contextmanager
def oxigraph(version: Path) -> Iterator[Server]:
    """The engine's own server over the same version of the data."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or "oxigraph"
    port = _free_port()
    command = [program, "serve-read-only", "--location", str(version), "--bind", f"127.0.0.1:{port}"]
    with _running(command, dict(os.environ), None) as pid:
        yield _ready(Server("oxigraph", f"http://127.0.0.1:{port}", "/query", pid), "/query?query=ASK%7B%7D")


def oxigraph_version() -> str:
    """What the engine's own server says it is."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or "oxigraph"
    return subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip()


def memory_bytes(pid: int) -> int:
    """What a process and all below it hold, shared parts counted once."""
    total, waiting = 0, [pid]
    while waiting:
        one = waiting.pop()
        try:
            waiting += [int(child) for child in Path(f"/proc/{one}/task/{one}/children").read_text().split()]
            found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{one}/smaps_rollup").read_text(), re.MULTILINE)
        except OSError:
            continue
        total += int(found[1]) * 1024 if found else 0
    return total


@contextmanager
def _running(command: list[str], environment: dict[str, str], stderr: object) -> Iterator[int]:
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=stderr or subprocess.DEVNULL)  # type: ignore[call-overload]
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def _ready(server: Server, path: str) -> Server:
    deadline = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(server.base + path, timeout=5):
                return server
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
