"""Dumps of the whole dataset: written once a version into a file by a query process, then sent from there."""

from __future__ import annotations

import asyncio
import os
import tempfile
import weakref
from contextlib import ExitStack
from typing import BinaryIO

from aigov_graph.errors import QueryError
from aigov_graph.pool.formats import BY_NAME
from aigov_graph.pool.job import Head, Job
from aigov_graph.pool.manager import Pool
from aigov_graph.web.delivery import CACHE_CONTROL, matches
from aigov_graph.web.negotiation import best_coding
from aigov_graph.web.request import COMMON, BrokenAnswer, Headers, Request

SUFFIXES = {"nq": "nquads", "trig": "trig", "ttl": "turtle", "nt": "ntriples", "jsonld": "jsonld", "rdf": "rdfxml"}
"""What stands behind `/dump.`, with or without `.gz`."""

METHODS = ("GET", "HEAD", "OPTIONS")
_PIECE_BYTES = 256 * 1024
_STALL_S = 60.0


class Dump:
    """A finished file without a name: it is there as long as somebody holds it, whatever else is forgotten or ends."""

    def __init__(self, file: BinaryIO, size: int, head: Head) -> None:
        self.size, self.version, self.digest = size, head.version, head.digest
        self._number = file.fileno()
        weakref.finalize(self, file.close)

    def piece(self, start: int) -> bytes:
        """Some bytes from there on, none at the end. Readers do not disturb each other."""
        return os.pread(self._number, _PIECE_BYTES, start)


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
        self._making: dict[tuple[str, str], asyncio.Task[Dump]] = {}
        self._one_at_a_time = asyncio.Lock()

    def forget(self) -> None:
        """Another version is current: who waits for a dump or reads one still gets it whole, nobody else does."""
        self._making = {}

    def close(self) -> None:
        """Let go of everything."""
        self.forget()

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
        if matches(request.known, etag):
            await request.answer(304, headers)
            return
        if coding:
            headers.append((b"content-encoding", coding.encode()))
        await request.begin(200, [*headers, (b"content-length", b"%d" % dump.size)])
        if request.method != "HEAD":
            while piece := dump.piece(request.sent):
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
        answer = self._pool.submit(
            Job("", kind="dump", results="", graph=format_name, coding=coding, unlimited=True, own_base="")
        )
        with ExitStack() as held:
            held.callback(answer.close)
            head = await answer.head()
            file = held.enter_context(tempfile.TemporaryFile(prefix="aigov-graph-dump-"))
            size = 0
            async for piece in answer.pieces():
                size += file.write(piece)
            if coding and not head.coding:
                raise QueryError("a dump came without the coding asked for")
            file.flush()
            held.pop_all()
        answer.close()
        return Dump(file, size, head)
