"""Which fixture to use: `store` is an empty versioned store; `play` runs a Python script as a process of its own,
with the store's folder as its first argument and a pipe to speak through."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from aigov_graph.stores import VersionedStore

PRELUDE = """
import sys
from pathlib import Path
import pyoxigraph as ox
from aigov_graph.stores import VersionedStore, named_quads
from aigov_graph.stores.base import canonical_quads, digest_of
EX = "http://example.org/"
def quads(mark, count=3, graph="g"):
    return [ox.Quad(ox.NamedNode(EX + f"s{i}"), ox.NamedNode(EX + "mark"), ox.Literal(mark), ox.NamedNode(EX + graph))
            for i in range(count)]
def marks(store):
    return sorted({row[0].value for row in store.query("SELECT ?m { ?s <http://example.org/mark> ?m }")})
def say(*words):
    print(*words, flush=True)
def wait():
    sys.stdin.readline()
store = VersionedStore(Path(sys.argv[1]), keep=2)
"""


class Play(Protocol):
    """Starts a script after the prelude above."""

    def __call__(self, script: str) -> subprocess.Popen[str]: ...


@pytest.fixture
def store(tmp_path: Path) -> VersionedStore:
    """An empty store that keeps two versions."""
    return VersionedStore(tmp_path / "store", keep=2)


@pytest.fixture
def play(store: VersionedStore) -> Iterator[Play]:
    """Processes that are ended with the test."""
    started: list[subprocess.Popen[str]] = []

    def start(script: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", PRELUDE + script, str(store.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
