"""From a job to an HTTP answer: cached, not modified, whole, or streamed; and the client that hangs up."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from dataclasses import replace

from aigov_graph.errors import AigovError
from aigov_graph.pool.answer import Answer
from aigov_graph.pool.formats import BY_NAME
from aigov_graph.pool.job import Head, Job
from aigov_graph.pool.manager import Pool
from aigov_graph.web.cache import AnswerCache, Entry
from aigov_graph.web.request import COMMON, BrokenAnswer, ClientGone, Headers, Request

_encode = json.JSONEncoder().encode
CACHE_CONTROL = (b"cache-control", b"public, max-age=0, must-revalidate")
VARY = (b"vary", b"Accept, Accept-Encoding")
_TAG = re.compile(r'"[\x21\x23-\x7e\x80-\xff]*"')
_WATCH_AFTER_S = 0.02
_STALL_S = 60.0


class Delivery:
    """Answers requests with what the pool finds, or the cache remembers."""

    def __init__(self, pool: Pool, cache: AnswerCache) -> None:
        self.pool = pool
        self.cache = cache

    def fingerprint(self, job: Job) -> str:
        """What is asked, whatever the coding and the version."""
        asked = [
            job.kind,
            job.text,
            job.results,
            job.graph,
            job.default_graphs,
            job.named_graphs,
            job.base_iri,
            job.own_base,
            self.pool.settings.default_graph,
        ]
        return hashlib.sha256(_encode(asked).encode("utf-8", "surrogatepass")).hexdigest()

    async def deliver(self, request: Request, job: Job) -> None:
        """Answer a request by a job.

        Raises:
            AigovError: there is no answer, and nothing was sent yet.
            BrokenAnswer: it broke off after the beginning was sent.
            ClientGone: the client hung up.
        """
        fingerprint = self.fingerprint(job)
        request.digest = fingerprint
        version = self.pool.version
        known = request.known
        if known and version:
            for coding in {job.coding, ""}:
                etag = _etag(fingerprint, version.digest, coding)
                if names(known, etag):
                    request.version = version.number
                    await _not_modified(request, etag)
                    return
        key = f"{fingerprint} {job.coding}"
        entry = self.cache.get(key, request.asked)
        if entry:
            request.cached = True
            await send_entry(request, entry)
            return
        if request.method == "HEAD" or is_any(known):
            job = replace(job, head_only=True)
        if not await self._answer(request, job, key):
            await self._answer(request, replace(job, head_only=False), key)

    async def _answer(self, request: Request, job: Job, key: str) -> bool:
        """Answer from the pool; False if a body is wanted after all, though only the head was asked for."""
        answer = self.pool.submit(job)
        watch = _Watch(request, answer)
        try:
            head = await self._head(answer, watch)
            request.version = head.version
            if is_any(request.known) and head.keep:
                await answer.whole()
                await _not_modified(request, _etag(request.digest, head.digest, head.coding))
            elif job.head_only and request.method != "HEAD" and head.total is None:
                await answer.whole()
                return False
            else:
                await self._send(request, answer, head, watch, key)
        finally:
            watch.stop()
            answer.close()
        return True

    async def _head(self, answer: Answer, watch: _Watch) -> Head:
        try:
            return await answer.head()
        except AigovError:
            if watch.gone:
                raise ClientGone from None
            raise

    async def _send(self, request: Request, answer: Answer, head: Head, watch: _Watch, key: str) -> None:
        form, fingerprint, asked = BY_NAME[head.format], request.digest, request.asked
        headers: Headers = [
            *COMMON,
            VARY,
            (b"content-type", form.content_type.encode()),
            (b"x-dataset-version", b"%d" % head.version),
        ]
        etag = b""
        if head.keep:
            etag = _etag(fingerprint, head.digest, head.coding)
            headers += [(b"etag", etag), CACHE_CONTROL]
        else:
            headers.append((b"cache-control", b"no-store"))
        if head.coding:
            headers.append((b"content-encoding", head.coding.encode()))
        current = self.pool.version
        keep = head.keep and current is not None and current.number == head.version
        if head.total is not None:
            body = answer.ready_body() or b""
            if keep:
                self.cache.put(key, Entry(headers, body, etag, head.version, fingerprint), asked)
            await request.answer(200, headers, body)
            return
        watch.start()
        await request.begin(200, headers)
        if request.method == "HEAD":
            await answer.whole()
            await request.piece(b"", more=False)
            return
        kept: list[bytes] | None = [] if keep else None
        size = 0
        try:
            async for piece in answer.pieces():
                if watch.gone:
                    raise ClientGone
                size += len(piece)
                if kept is not None:
                    kept.append(piece)
                    if size > self.cache.largest_bytes:
                        kept = None
                async with asyncio.timeout(_STALL_S):
                    await request.piece(piece, more=True)
        except TimeoutError:
            raise BrokenAnswer("the client took nothing for too long") from None
        except AigovError as error:
            if watch.gone:
                raise ClientGone from None
            raise BrokenAnswer(error.what) from error
        await request.piece(b"", more=False)
        if kept is not None and self.pool.version == current:
            self.cache.put(key, Entry(headers, b"".join(kept), etag, head.version, fingerprint), asked)


class _Watch:
    """Notices that the client hangs up, and ends the query then. Quick answers never pay for it."""

    def __init__(self, request: Request, answer: Answer) -> None:
        self.gone = False
        self._request, self._answer = request, answer
        self._task: asyncio.Task[None] | None = None
        self._later = asyncio.get_running_loop().call_later(_WATCH_AFTER_S, self.start)

    def start(self) -> None:
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._wait())

    def stop(self) -> None:
        self._later.cancel()
        if self._task:
            self._task.cancel()

    async def _wait(self) -> None:
        while (await self._request.receive())["type"] != "http.disconnect":
            pass
        self.gone = True
        self._answer.close()


async def send_entry(request: Request, entry: Entry) -> None:
    """Answer from the cache."""
    request.version, request.digest = entry.version, entry.digest
    if matches(request.known, entry.etag):
        await _not_modified(request, entry.etag)
        return
    await request.answer(200, entry.headers, entry.body)


async def _not_modified(request: Request, etag: bytes) -> None:
    await request.answer(304, [*COMMON, (b"etag", etag), VARY, CACHE_CONTROL])


def matches(if_none_match: str, etag: bytes) -> bool:
    """Whether If-None-Match is met by an answer that exists and has this tag (RFC 9110, 13.1.2)."""
    return is_any(if_none_match) or names(if_none_match, etag)


def is_any(if_none_match: str) -> bool:
    """Whether If-None-Match means any answer there is, so that only whoever has one can tell."""
    return if_none_match.strip() == "*"


def names(if_none_match: str, etag: bytes) -> bool:
    """Whether If-None-Match lists this tag, by weak comparison."""
    return etag.decode().removeprefix("W/") in _TAG.findall(if_none_match)


def _etag(fingerprint: str, digest: str, coding: str) -> bytes:
    return f'W/"{digest.removeprefix("sha256:")[:16]}-{fingerprint[:24]}-{coding or "plain"}"'.encode()
