"""The process that makes exports over the whole corpus: what it made before takes nothing from what it makes next."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from aigov_graph.build import assemble
from aigov_graph.dataset import find_data
from aigov_graph.stores import VersionedStore
from tests.live import Service
from tests.web.test_exports import makers

PATIENCE_S = 300.0
LARGE = (
    "/export/parquet",
    "/export/svg?around=china&depth=2",
    "/analysis?measure=centralities",
    "/export/ttl",
    "/export/trig",
    "/export/rdf12",
    "/export/parquet",
)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service over all that the package knows, with time enough on a busy machine and the usual memory."""
    store = tmp_path_factory.mktemp("store")
    VersionedStore(store).publish(assemble(find_data()))
    with Service.start(store, query_timeout_s=PATIENCE_S) as running:
        yield running


def test_large_exports_one_after_another(corpus: Service) -> None:
    """Tables, pictures and measures leave memory enough for the largest texts, in whatever order they are asked."""
    found = {}
    for path in LARGE:
        reply = corpus.ask("GET", path, timeout=PATIENCE_S)
        found[path] = (reply.status, reply.whole, len(reply.body) > 100_000)
    assert found == dict.fromkeys(LARGE, (200, True, True))


def test_a_process_that_ran_out_of_memory_is_replaced(corpus: Service) -> None:
    """What it still holds would fail the next job too, so that is done by another."""
    corpus.get("/export/dot")
    before = makers(corpus)
    for pid in before:
        status = Path(f"/proc/{pid}/status").read_text().splitlines()
        held = next(int(line.split()[1]) for line in status if line.startswith("VmSize:"))
        resource.prlimit(pid, resource.RLIMIT_AS, (held * 1024 + 32 * 2**20,) * 2)
    refused = corpus.ask("GET", "/export/png", timeout=PATIENCE_S)
    assert (refused.status, refused.json["detail"]) == (503, "this takes more memory than one answer may have")
    assert corpus.ask("GET", "/export/dot", timeout=PATIENCE_S).status == 200
    assert len(set(before) - set(makers(corpus))) == 1
