"""Long runs: memory and open files stay flat. Run by `make soak`."""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from tests.live import Service, publish, query_path, small_dataset, until

GROWTH_BYTES = 24 * 1024**2
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def processes(service: Service) -> list[int]:
    """The master, the web process and the query processes."""
    return [service.process.pid, service.web_process, *service.children]


def memory(service: Service) -> int:
    """What all processes together hold that no other process holds, and their share of the rest."""
    total = 0
    for pid in processes(service):
        # A query process is replaced after a long query: one that ended since it was listed holds nothing.
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            held = Path(f"/proc/{pid}/smaps_rollup").read_text()
            total += sum(int(line.split()[1]) * 1024 for line in held.splitlines() if line.startswith("Pss:"))
    return total


def open_files(service: Service) -> int:
    """How many files all processes together hold open."""
    return sum(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in processes(service))


def counts(service: Service, number: int) -> bool:
    """Whether the current version holds so many statements."""
    return service.query(COUNT).rows == [{"n": str(number)}]


def ask_many(service: Service, start: int, number: int) -> None:
    """Many requests, kinds mixed, most of them new to the cache."""

    def one(index: int) -> int:
        paths = (
            query_path(f"SELECT * WHERE {{ ?s ?p ?o }} # {index}"),
            query_path(f"SELECT * WHERE {{ ?s ?p ?o # {index}"),
            query_path(f"CONSTRUCT WHERE {{ ?s ?p ?o }} # {index % 50}", ("format", "turtle")),
            "/graphs?default",
            "/.well-known/void",
        )
        return service.get(paths[index % len(paths)], accept_encoding="gzip").status

    with ThreadPoolExecutor(8) as clients:
        assert set(clients.map(one, range(start, start + number))) <= {200, 400}


@pytest.mark.soak
def test_ten_thousand_requests_and_a_hundred_versions(tmp_path: Path) -> None:
    """After a warm-up, 10,000 requests over 100 versions leave as many files open and hardly more memory in use."""
    publish(tmp_path)
    with Service.start(tmp_path, access_log=False, cache_bytes=4 * 1024**2) as running:
        for round_ in range(20):
            publish(tmp_path, small_dataset(round_))
            ask_many(running, round_ * 150, 150)
        before = memory(running), open_files(running)
        for round_ in range(100):
            publish(tmp_path, small_dataset(200 + round_))
            until(partial(counts, running, 204 + round_), "the new version answers")
            ask_many(running, 10_000 + round_ * 100, 100)
        until(lambda: open_files(running) <= before[1] + 4, "files are closed again")
        print(f"{(memory(running) - before[0]) / 1024**2:.1f} MiB more after all this")
        assert memory(running) < before[0] + GROWTH_BYTES
        assert len(list((tmp_path / "versions").glob("*.json"))) <= 5


@pytest.mark.soak
def test_a_million_rows_stream_in_little_memory(tmp_path: Path) -> None:
    """A SELECT with a million rows adds less than 200 MiB to the memory of all processes together."""
    publish(tmp_path, small_dataset(1000))
    with Service.start(tmp_path, access_log=False, result_limit_bytes=1024**3, query_timeout_s=120) as running:
        running.query(COUNT)
        before = most = memory(running)
        with ThreadPoolExecutor(1) as other:
            reply = other.submit(running.query, "SELECT ?a ?b WHERE { ?a ?p ?x . ?b ?q ?y }", ("format", "csv"))
            while not reply.done():
                most = max(most, memory(running))
        assert reply.result().body.count(b"\n") == 1 + 1004 * 1004
        print(f"{(most - before) / 1024**2:.1f} MiB more at most")
        assert most - before < 200 * 1024**2
