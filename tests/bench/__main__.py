"""`make bench`: this service beside the engine's own server on the same data, in interleaved rounds.

Prints a table and writes it to tests/bench/RESULTS.md.
"""

from __future__ import annotations

import argparse
import http.client
import os
import platform
import threading
import time
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from aigov_graph.vocabulary.namespaces import AIGOV, ID, RDFS
from tests.bench.data import BODIES, build
from tests.bench.load import CONNECTIONS, Load, generator, load
from tests.bench.servers import Server, constant, memory_bytes, ours, oxigraph, oxigraph_version

HERE = Path(__file__).parent
STORE = HERE.parent.parent / ".bench"

LOOKUP = f"SELECT ?p ?o WHERE {{ <{ID['body-']}{{n}}> ?p ?o }} #"
FIXED = f"SELECT ?p ?o WHERE {{ <{ID['body-77']}> ?p ?o }}"
ROWS = f"SELECT ?s ?label WHERE {{ ?s <{RDFS.label}> ?label }} LIMIT 10000"
AGGREGATE = f"SELECT ?year (COUNT(?s) AS ?n) WHERE {{ ?s a <{AIGOV.Firm}> ; <{AIGOV.foundedIn}> ?year }} GROUP BY ?year"
JOIN = (
    f"SELECT (COUNT(*) AS ?n) WHERE {{ ?a a <{AIGOV.Firm}> ; <{AIGOV.cooperatesWith}> ?b . "
    f"?b <{AIGOV.funds}> ?c . VALUES ?year {{ 1950 1951 1952 }} ?c <{AIGOV.foundedIn}> ?year }}"
)
EVERYTHING = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f }"

HEAVY_AFTER_S = 4.0
"""By then the endless query has used enough of a processor to run behind all others."""

CACHED = "the access log and the lookup in the cache, some 5 microseconds beside the server's own 23"
HOP = "the way through a second process, and two wakings of processes on a busy machine"
COPY = "copying 1.5 MB from the query process to the web process"
ENGINE = "the engine's time; our web process and the client share the processors with it"
PROCESSORS = "the number of processors: the endless query, the lookups and their client share them"

Samples = dict[str, list[Load]]


@dataclass(frozen=True)
class Figure:
    """A line of the table: what was found, what must be, and what bounds it, said where it is not reached."""

    what: str
    found: float
    must: float
    bound: str = ""
    at_most: bool = False

    def row(self) -> str:
        """The line."""
        reached = self.found <= self.must if self.at_most else self.found >= self.must
        bound = "" if reached else self.bound
        return f"| {self.what} | {self.found:.2f} | {'<=' if self.at_most else '>='} {self.must:g} | {bound} |"


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--note", default="", help="a remark for the table, such as what else the machine was doing")
    parser.add_argument("--no-write", action="store_true", help="leave RESULTS.md as it is")
    options = parser.parse_args()
    folder = build(STORE)
    with TemporaryDirectory() as logs, ExitStack() as running:
        log = Path(logs) / "service.log"
        us = running.enter_context(ours(STORE, log))
        engine = running.enter_context(oxigraph(folder))
        size = len(_get(us, us.query(FIXED)))
        nothing = running.enter_context(constant(size))
        samples = _rounds(us, engine, nothing, options.rounds, options.seconds)
        crowded = _crowded(us, options.rounds, options.seconds)
    with TemporaryDirectory() as logs, ours(STORE, Path(logs) / "service.log", query_timeout_s=300) as us:
        added, rows, seconds = _stream(us)
    text = _table(samples, crowded, added, rows, seconds, options.rounds, options.seconds, options.note)
    print(text)
    if not options.no_write:
        (HERE / "RESULTS.md").write_text(text, encoding="utf-8")


def _rounds(us: Server, engine: Server, nothing: Server, rounds: int, seconds: float) -> Samples:
    unique = "#{n}-"
    plan: list[tuple[str, Server, str, bool]] = [
        ("constant", nothing, "/", False),
        ("lookup, ours cached", us, us.query(FIXED), False),
        ("lookup, engine", engine, engine.query(FIXED), False),
        ("lookup, ours uncached", us, us.query(LOOKUP), True),
        ("lookup, engine varied", engine, engine.query(LOOKUP), True),
        ("rows, ours cached", us, us.query(ROWS), False),
        ("rows, ours uncached", us, us.query(f"{ROWS} {unique}"), True),
        ("rows, engine", engine, engine.query(f"{ROWS} {unique}"), True),
        ("aggregate, ours", us, us.query(f"{AGGREGATE} {unique}"), True),
        ("aggregate, engine", engine, engine.query(f"{AGGREGATE} {unique}"), True),
        ("join, ours", us, us.query(f"{JOIN} {unique}"), True),
        ("join, engine", engine, engine.query(f"{JOIN} {unique}"), True),
    ]
    samples: Samples = {name: [] for name, *_ in plan}
    for server in (us, engine):
        for text in (ROWS, AGGREGATE, JOIN, FIXED):
            _get(server, server.query(text))
    for round_ in range(rounds):
        for name, server, path, varied in plan:
            heavy = name.startswith(("aggregate", "join"))
            found = load(server.base, path, seconds, varied=varied, connections=2 if heavy else CONNECTIONS)
            samples[name].append(found)
            print(
                f"round {round_ + 1}: {name}: {found.rate:.1f}/s, p99 {found.p99_ms:.1f} ms, {found.failed} failed",
                flush=True,
            )
    return samples


def _crowded(us: Server, rounds: int, seconds: float) -> tuple[float, float]:
    """p99 of lookups alone, and with an endless query on every process but one; medians."""
    alone, crowded = [], []
    for _ in range(rounds):
        alone.append(load(us.base, us.query(LOOKUP), seconds, varied=True).p99_ms)
        other = _Endless(us, f"{ENDLESS} # {time.time()}", seconds + HEAVY_AFTER_S)
        crowded.append(load(us.base, us.query(LOOKUP), seconds, varied=True).p99_ms)
        other.join()
    return median(alone), median(crowded)


class _Endless(threading.Thread):
    def __init__(self, server: Server, text: str, seconds: float) -> None:
        super().__init__()
        self._server, self._path, self._seconds = server, server.query(text), seconds
        self.start()
        time.sleep(HEAVY_AFTER_S)

    def run(self) -> None:
        host = self._server.base.removeprefix("http://")
        connection = http.client.HTTPConnection(host, timeout=60)
        connection.request("GET", f"{self._path}&timeout={int(self._seconds * 1000) + 1500}")
        connection.getresponse().read()
        connection.close()


def _stream(us: Server) -> tuple[float, int, float]:
    """What a million rows add to our memory in MiB, how many rows came, and in how many seconds."""
    _get(us, us.query(FIXED))
    before = most = memory_bytes(us.pid)
    started, rows, looked = time.perf_counter(), -1, 0.0
    connection = http.client.HTTPConnection(us.base.removeprefix("http://"), timeout=120)
    connection.request("GET", us.query(EVERYTHING) + "&format=csv")
    response = connection.getresponse()
    while piece := response.read(1 << 18):
        rows += piece.count(b"\n")
        if time.perf_counter() - looked > 0.1:
            most = max(most, memory_bytes(us.pid))
            looked = time.perf_counter()
    return (most - before) / 1024**2, rows, time.perf_counter() - started


def _get(server: Server, path: str) -> bytes:
    request = urllib.request.Request(server.base + path, headers={"Accept": "application/sparql-results+json"})
    with urllib.request.urlopen(request, timeout=120) as response:
        body: bytes = response.read()
        return body


def _table(
    samples: Samples,
    crowded: tuple[float, float],
    added: float,
    rows: int,
    seconds: float,
    rounds: int,
    each: float,
    note: str,
) -> str:
    rate = {name: median(sample.rate for sample in found) for name, found in samples.items()}
    p99 = {name: median(sample.p99_ms for sample in found) for name, found in samples.items()}
    failed = sum(sample.failed for found in samples.values() for sample in found)

    def ratio(one: str, other: str) -> float:
        return median(a.rate / b.rate for a, b in zip(samples[one], samples[other], strict=True))

    lines = [
        Figure("lookup, cached, beside a constant answer", ratio("lookup, ours cached", "constant"), 0.8, CACHED),
        Figure(
            "lookup, cached, beside the engine's server (aim 0.75)", ratio("lookup, ours cached", "lookup, engine"), 0.5
        ),
        Figure(
            "lookup, uncached, beside the engine's server",
            ratio("lookup, ours uncached", "lookup, engine varied"),
            0.2,
            HOP,
        ),
        Figure("lookup, uncached, p99 in ms", p99["lookup, ours uncached"], 20, HOP, at_most=True),
        Figure("10,000 rows, cached", ratio("rows, ours cached", "rows, engine"), 1.0),
        Figure("10,000 rows, uncached", ratio("rows, ours uncached", "rows, engine"), 1.0, COPY),
        Figure("aggregate, uncached", ratio("aggregate, ours", "aggregate, engine"), 0.9, ENGINE),
        Figure("join, uncached", ratio("join, ours", "join, engine"), 0.9, ENGINE),
        Figure(
            "p99 of lookups with an endless query on all processes but one",
            crowded[1] / crowded[0],
            2,
            PROCESSORS,
            at_most=True,
        ),
        Figure(f"{rows:,} rows streamed: MiB added to the memory of all processes", added, 200, at_most=True),
    ]
    text = [
        "# Bench",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, pyoxigraph {version('pyoxigraph')}, granian {version('granian')}, "
        f"{oxigraph_version()}, load by {generator()}, "
        f"{CONNECTIONS} connections (2 for aggregate and join), {BODIES * 10:,} statements; "
        f"medians of {rounds} interleaved rounds of {each:g} s, ratios taken within a round. {note}".rstrip(),
        "",
        "| what | found | must | bounded by |",
        "| --- | ---: | --- | --- |",
        *(figure.row() for figure in lines),
        "",
        "| answers a second | median | p99 in ms |",
        "| --- | ---: | ---: |",
        *(f"| {name} | {rate[name]:,.1f} | {p99[name]:.1f} |" for name in samples),
        "",
        f"{failed} answers of all were no 200.",
        f"p99 of lookups alone {crowded[0]:.1f} ms, beside an endless query {crowded[1]:.1f} ms.",
        f"The rows streamed in {seconds:.1f} s.",
        "",
    ]
    notes = HERE / "NOTES.md"
    return "\n".join(text) + (f"\n{notes.read_text(encoding='utf-8')}" if notes.exists() else "")


if __name__ == "__main__":
    main()
