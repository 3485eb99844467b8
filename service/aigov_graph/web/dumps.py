"""Dumps of the whole dataset: written once a version into a file by a query process, then sent from there."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path

from aigov_graph.errors import QueryError
from aigov_graph.pool.formats import BY_NAME
from aigov_graph.pool.job import Job
from aigov_graph.pool.manager import Pool
from aigov_graph.web.delivery import CACHE_CONTROL, matches
from aigov_graph.web.negotiation import best_coding
from aigov_graph.web.request import COMMON, BrokenAnswer, Headers, Request

SUFFIXES = {"nq": "nquads", "trig": "trig", "ttl": "turtle", "nt": "ntriples", "jsonld": "jsonld", "rdf": "rdfxml"}
"""What stands behind `/dump.`, with or without `.gz`."""

METHODS = ("GET", "HEAD", "OPTIONS")
_PIECE_BYTES = 256 * 1024
_STALL_S = 60.0


@dataclass(frozen=True, slots=True)
class Dump:
    """A finished file."""

    path: Path
    size: int
    version: int
    digest: str


def dump_name(path: str) -> tuple[str, bool] | None:
    """The format a path asks for and whether it is a .gz file; None if it is no dump's path."""
    if not path.startswith("/dump."):
        return None
    suffix, dot, packed = path.removeprefix("/dump.").partition(".")
    if suffix not in SUFFIXES or (dot and packed != "gz"):
        return None
    return SUFFIXES[suffix], bool(dot)


class Dumps:
    """Makes each dump once a version, however many ask for it at once."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._folder = tempfile.TemporaryDirectory(prefix="aigov-graph-dumps-")
        self._making: dict[tuple[str, str], asyncio.Task[Dump]] = {}
        self._counter = 0
        self._one_at_a_time = asyncio.Lock()

    def forget(self) -> None:
        """Another version is current: the files go, whoever still reads one keeps reading."""
        making, self._making = self._making, {}
        for task in making.values():
            task.add_done_callback(_remove)

    def close(self) -> None:
        """Remove everything."""
        self._folder.cleanup()

    async def send(self, request: Request, format_name: str, packed: bool) -> None:
        """Answer a request for a dump.

        Raises:
            QueryError: it cannot be made.
            BrokenAnswer: its file ended early.
        """
        coding = "" if packed else best_coding(request.header(b"accept-encoding"))
        dump = await self._get(format_name, "gzip" if packed else coding)
        request.version = dump.version
        form = BY_NAME[format_name]
        kind = f"{form.name}{'.gz' if packed else ''}-{coding or 'plain'}"
        etag = f'W/"{dump.digest.removeprefix("sha256:")[:16]}-dump-{kind}"'.encode()
        headers: Headers = [
            *COMMON,
            (b"content-type", b"application/gzip" if packed else form.content_type.encode()),
            (b"etag", etag),
            (b"x-dataset-version", b"%d" % dump.version),
            (b"vary", b"Accept-Encoding"),
            CACHE_CONTROL,
        ]
        if (known := request.header(b"if-none-match")) and matches(known, etag):
            await request.answer(304, headers)
            return
        if coding:
            headers.append((b"content-encoding", coding.encode()))
        with dump.path.open("rb") as file:
            await request.begin(200, [*headers, (b"content-length", b"%d" % dump.size)])
            if request.method != "HEAD":
                while piece := file.read(_PIECE_BYTES):
                    async with asyncio.timeout(_STALL_S):
                        await request.piece(piece, more=True)
                if request.sent != dump.size:
                    raise BrokenAnswer("the dump's file ended early")
            await request.piece(b"", more=False)

    async def _get(self, format_name: str, coding: str) -> Dump:
        key = (format_name, coding)
        task = self._making.get(key)
        if task is None or (task.done() and task.exception()):
            task = self._making[key] = asyncio.get_running_loop().create_task(self._make(format_name, coding))
        # One who hangs up must not end the work that others wait for.
        return await asyncio.shield(task)

    async def _make(self, format_name: str, coding: str) -> Dump:
        # One at a time: a dump takes a process for long, and queries need the others.
        async with self._one_at_a_time:
            return await self._write(format_name, coding)

    async def _write(self, format_name: str, coding: str) -> Dump:
        self._counter += 1
        path = Path(self._folder.name) / f"{self._counter}-{format_name}"
        answer = self._pool.submit(
            Job("", kind="dump", results="", graph=format_name, coding=coding, unlimited=True, own_base="")
        )
        try:
            head = await answer.head()
            size = 0
            with path.open("wb") as file:
                async for piece in answer.pieces():
                    size += file.write(piece)
        finally:
            answer.close()
        if coding and not head.coding:
            raise QueryError("a dump came without the coding asked for")
        return Dump(path, size, head.version, head.digest)


def _remove(task: asyncio.Task[Dump]) -> None:
    if not task.cancelled() and not task.exception():
        task.result().path.unlink(missing_ok=True)
