"""The pool as seen from threads: what the dynamic pages ask their questions with."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pyoxigraph as ox

from aigov_graph.errors import QueryError
from aigov_graph.pool.job import Job
from aigov_graph.pool.manager import Pool
from aigov_graph.settings import Settings
from aigov_graph.stores import Version

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = dict[str, Term]

_PATIENCE_S = 60.0


class Engine:
    """Asks a pool from any thread but that of the pool's own event loop."""

    def __init__(self, pool: Pool, loop: asyncio.AbstractEventLoop) -> None:
        self.pool = pool
        self.loop = loop

    @property
    def version(self) -> Version | None:
        """The version that answers now."""
        return self.pool.version

    def ask(self, job: Job) -> bytes:
        """The whole answer to a job.

        Raises:
            QueryError: there is none; says why.
        """

        async def run() -> bytes:
            answer = self.pool.submit(job)
            try:
                return await answer.whole()
            finally:
                answer.close()

        return asyncio.run_coroutine_threadsafe(run(), self.loop).result(_PATIENCE_S)

    def rows(self, query: str, bindings: Mapping[str, Term] | None = None) -> list[Row]:
        """The solutions of a SELECT; values enter as bindings of its variables. Unbound variables are absent.

        Raises:
            QueryError: there is no answer, or the query is no SELECT.
        """
        found = ox.parse_query_results(self.ask(_job(query, bindings)), format=ox.QueryResultsFormat.JSON)
        if not isinstance(found, ox.QuerySolutions):
            raise QueryError("this query gives no table", remedy="ask with SELECT")
        names = [variable.value for variable in found.variables]
        return [{name: row[name] for name in names if row[name] is not None} for row in found]

    def is_true(self, query: str, bindings: Mapping[str, Term] | None = None) -> bool:
        """The answer to an ASK.

        Raises:
            QueryError: there is no answer, or the query is no ASK.
        """
        found = ox.parse_query_results(self.ask(_job(query, bindings)), format=ox.QueryResultsFormat.JSON)
        if not isinstance(found, ox.QueryBoolean):
            raise QueryError("this query does not answer yes or no", remedy="ask with ASK")
        return bool(found)


@contextmanager
def open_engine(settings: Settings) -> Iterator[Engine]:
    """An engine with a pool of its own, for programs that serve nothing.

    Raises:
        StoreError: nothing was published yet.
    """
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="query-pool", daemon=True)
    thread.start()

    async def start() -> Pool:
        pool = Pool(settings)
        await pool.start()
        return pool

    try:
        pool = asyncio.run_coroutine_threadsafe(start(), loop).result()
        try:
            yield Engine(pool, loop)
        finally:
            asyncio.run_coroutine_threadsafe(pool.stop(), loop).result()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def _job(query: str, bindings: Mapping[str, Term] | None) -> Job:
    return Job(query, bindings=tuple((name, str(term)) for name, term in (bindings or {}).items()))
