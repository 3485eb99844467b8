"""Load on a server: wrk where it is installed, else eight plain sockets of our own (slower, so it says less)."""

from __future__ import annotations

import re
import selectors
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

CONNECTIONS = 8
WRK = shutil.which("wrk")
_UNITS = {"us": 1e-3, "ms": 1.0, "s": 1e3, "m": 6e4}


@dataclass(frozen=True)
class Load:
    """What a server did under load: answers a second, the slowest one in a hundred in ms, and how many were no 200."""

    rate: float
    p99_ms: float
    failed: int


def generator() -> str:
    """Which load generator is used."""
    if WRK is None:
        return "plain sockets"
    return subprocess.run([WRK, "-v"], capture_output=True, text=True, check=False).stdout.split(" [")[0].strip()


def load(base: str, path: str, seconds: float, *, varied: bool = False, connections: int = CONNECTIONS) -> Load:
    """Ask a path over and over; `{n}` in it becomes a number, a new one each time where `varied`."""
    if WRK:
        return _wrk(base, path, seconds, varied, connections)
    return _sockets(base, path, seconds, varied, connections)


def _wrk(base: str, path: str, seconds: float, varied: bool, connections: int) -> Load:
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "ask.lua"
        before, _, after = path.partition("{n}")
        script.write_text(
            "local n = math.floor(os.time() % 100000) * 1000\n"
            "local headers = {Accept = 'application/sparql-results+json'}\n"
            "request = function()\n"
            f"  n = n + {int(varied)}\n"
            f"  return wrk.format('GET', '{before}' .. (n * 7919 % 100000) .. '{after}' .. n, headers)\n"
            "end\n"
            if "{n}" in path
            else "wrk.headers['Accept'] = 'application/sparql-results+json'\n"
        )
        whole = base if "{n}" in path else base + path
        command = [WRK or "", "-t1", f"-c{connections}", f"-d{seconds:g}s", "--timeout", "30", "--latency", "-s"]
        said = subprocess.run([*command, str(script), whole], capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    slow = re.search(r"99%\s+([\d.]+)(us|ms|s|m)", said)
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    if not rate or not slow:
        raise RuntimeError(said)
    return Load(float(rate[1]), float(slow[1]) * _UNITS[slow[2]], int(failed[1]) if failed else 0)


def _sockets(base: str, path: str, seconds: float, varied: bool, connections: int) -> Load:
    parts = urlsplit(base)
    number = 0

    def next_request() -> bytes:
        nonlocal number
        number += varied
        target = f"{path.replace('{n}', str(number * 7919 % 100_000))}{number if '{n}' in path else ''}"
        accept = "application/sparql-results+json"
        return f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept: {accept}\r\n\r\n".encode()

    with selectors.DefaultSelector() as selector:
        for _ in range(connections):
            client = _Client((parts.hostname or "", parts.port or 0), next_request)
            selector.register(client.socket, selectors.EVENT_READ, client)
        end, times, failed = perf_counter() + seconds, [], 0
        while perf_counter() < end:
            for key, _ in selector.select(1.0):
                for took, status in key.data.read():
                    times.append(took)
                    failed += status != 200
        for key in list(selector.get_map().values()):
            key.data.socket.close()
    times.sort()
    return Load(len(times) / seconds, times[int(len(times) * 0.99)] * 1000 if times else 0.0, failed)


class _Client:
    def __init__(self, address: tuple[str, int], next_request: Callable[[], bytes]) -> None:
        self.socket = socket.create_connection(address)
        self._next = next_request
        self._data = b""
        self._ask()

    def _ask(self) -> None:
        self._asked = perf_counter()
        self.socket.sendall(self._next())

    def read(self) -> list[tuple[float, int]]:
        """The answers that are complete now."""
        self._data += self.socket.recv(1 << 18)
        head, found, rest = self._data.partition(b"\r\n\r\n")
        if not found:
            return []
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if (length and len(rest) < int(length[1])) or (not length and not rest.endswith(b"0\r\n\r\n")):
            return []
        self._data = b""
        done = [(perf_counter() - self._asked, int(head.split()[1]))]
        self._ask()
        return done
