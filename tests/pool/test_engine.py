"""The pool as threads see it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pyoxigraph as ox
import pytest

from aigov_graph.errors import PoolBusy, QueryError, QueryRefused, QuerySyntaxError, QueryTimeout, StoreError
from aigov_graph.pool.engine import Engine, open_engine
from aigov_graph.pool.job import Job
from aigov_graph.settings import Settings
from aigov_graph.vocabulary.namespaces import CLAIM, ID, RDFS
from tests.live import publish

LABEL = f"SELECT ?thing ?label ?none WHERE {{ ?thing <{RDFS.label}> ?label }}"
ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(30)) + " }"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine over the small dataset."""
    store = tmp_path_factory.mktemp("store")
    publish(store)
    with open_engine(replace(Settings(), store=store, query_processes=1)) as running:
        yield running


def test_values_enter_as_bindings(engine: Engine) -> None:
    """A bound variable has its value, whatever characters that value has; unbound ones are absent from a row."""
    ministry = ox.NamedNode(ID["harbour-ministry"])
    label = ox.Literal("Harbour Ministry", language="en")
    assert engine.rows(LABEL, {"thing": ministry}) == [{"thing": ministry, "label": label}]
    odd = ox.Literal('says "maybe", ü 港')
    assert engine.rows(LABEL, {"label": odd}) == [{"thing": ox.NamedNode(CLAIM["port-council-2024-001"]), "label": odd}]


def test_yes_or_no(engine: Engine) -> None:
    """ASK gives a truth, and only ASK does."""
    assert engine.is_true("ASK { ?s ?p ?o }")
    assert not engine.is_true("ASK { ?s ?p ?o FILTER(false) }")
    with pytest.raises(QueryError, match="yes or no"):
        engine.is_true("SELECT * WHERE { ?s ?p ?o }")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("SELECT * WHERE {", QuerySyntaxError),
        ("SELECT * WHERE { SERVICE <http://example.org/> {} }", QueryRefused),
    ],
)
def test_errors_keep_their_type(engine: Engine, text: str, error: type[QueryError]) -> None:
    """What is wrong in the process is raised here as what it is."""
    with pytest.raises(error):
        engine.rows(text)


def test_a_deadline(engine: Engine) -> None:
    """A job past its deadline raises, and the next one is answered by a new process."""
    before = engine.pool.pids
    with pytest.raises(QueryTimeout):
        engine.ask(Job(ENDLESS, timeout_s=0.2))
    assert engine.is_true("ASK {}")
    assert engine.pool.pids != before


def test_whoever_waits_too_long_is_told(engine: Engine) -> None:
    """A job that found no free process within its deadline raises another error than one that took too long."""

    async def both() -> tuple[BaseException | bytes, ...]:
        first = engine.pool.submit(Job(ENDLESS, timeout_s=1.0))
        second = engine.pool.submit(Job("ASK {}", timeout_s=0.2))
        found = await asyncio.gather(first.whole(), second.whole(), return_exceptions=True)
        return tuple(found)

    slow, waiting = asyncio.run_coroutine_threadsafe(both(), engine.loop).result()
    assert (type(slow), type(waiting)) == (QueryTimeout, PoolBusy)


def test_nothing_published(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Without a version there is no engine, and the error says what to do."""
    settings = replace(Settings(), store=tmp_path_factory.mktemp("empty"))
    with pytest.raises(StoreError, match="no published version"), open_engine(settings):
        pass
