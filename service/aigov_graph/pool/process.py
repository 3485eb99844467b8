"""One query process seen from its master: starting it, giving it a job, hearing its answer, learning how it died."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from aigov_graph import errors
from aigov_graph.errors import AigovError, QueryCrashed, QueryError, QueryOutOfMemory
from aigov_graph.pool.answer import Answer
from aigov_graph.pool.frames import END, FAILED, HEAD, JOB, PIECE, READY, WHOLE, Frame, Frames, pack_json, unpack_head
from aigov_graph.pool.job import Head, Job
from aigov_graph.settings import Settings

_OUT_OF_MEMORY = (
    b"memory allocation of",
    b"bad_alloc",
    b"MemoryError",
    b"failed to allocate",
    b"Cannot allocate memory",
)
_LAST_WORDS_BYTES = 4096
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


class QueryProcess(asyncio.Protocol):
    """A fresh interpreter with a small set of imports, never a fork of this one.

    Args:
        options: passed to the process; see `process_options`.
        on_free: called when it is ready for a job, again after each.
        on_dead: called once, when it is gone.
        on_crash: called with the job that ended it, unless it was killed on purpose or out of memory.
    """

    def __init__(
        self,
        options: dict[str, Any],
        on_free: Callable[[QueryProcess], None],
        on_dead: Callable[[QueryProcess], None],
        on_crash: Callable[[Job], None],
    ) -> None:
        self.pid = 0
        self.network = ""
        self.relay = ""
        self.version = 0
        self.started_at = 0.0
        self.long = False
        self.paused = False
        self.lowered = False
        self.dead = False
        self.ready = False
        self.answer: Answer | None = None
        self.exit_code = 0
        self.words = ""
        self._counted_for: Answer | None = None
        self._used_before = 0.0
        self._options = options
        self._on_free, self._on_dead, self._on_crash = on_free, on_dead, on_crash
        self._frames = Frames()
        self._transport: asyncio.Transport | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._last_words = -1

    async def start(self) -> None:
        """Start the interpreter and listen to it; `on_free` tells when it is ready."""
        loop = asyncio.get_running_loop()
        ours, theirs = socket.socketpair()
        self._last_words = os.memfd_create("query-process-stderr")
        arguments = json.dumps(self._options | {"channel": theirs.fileno(), "parent": os.getpid()})
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-m", "aigov_graph.pool.child", arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._last_words,
                pass_fds=(theirs.fileno(),),
                cwd="/",
                env={"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "2"},
            )
        self.pid = self._process.pid
        ours.setblocking(False)
        await loop.create_connection(lambda: self, sock=ours)

    def give(self, answer: Answer, version: int, now: float) -> None:
        """Set it to work on a job; `answer` hears of it."""
        self.answer = answer
        self.started_at = now
        self.long = False
        if self._transport is None:
            raise RuntimeError("not started")
        message = answer.job.message(version) | {"deadline": max(answer.deadline - now, 0.001)}
        answer.on_room = self._resume
        self._transport.write(pack_json(JOB, message))

    def kill(self) -> None:
        """End it now. Safe to call twice."""
        if self._transport:
            # While reading is paused, the end of the channel would go unnoticed, and with it that of the process.
            self._transport.abort()
        if self._process and self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGKILL)

    def used_s(self) -> float:
        """Processor time that this job took, counted from the first time this is asked."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        used = (int(fields[11]) + int(fields[12])) / _TICKS_A_SECOND
        if self._counted_for is not self.answer:
            self._counted_for, self._used_before = self.answer, used
        return used - self._used_before

    def lower(self) -> None:
        """Let it run behind all others; it cannot be raised again, so it is replaced after this job."""
        if self.lowered:
            return
        self.lowered = True
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.pid, 15)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The channel is open."""
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is one in all but name

    def data_received(self, data: bytes) -> None:
        """The process said something."""
        try:
            for frame in self._frames.feed(data):
                self._hear(frame)
        except ValueError:
            self.kill()

    def connection_lost(self, exc: Exception | None) -> None:
        """The process is gone, or closed its end and is of no more use."""
        self.kill()
        asyncio.get_running_loop().run_in_executor(None, self._reap).add_done_callback(self._buried)

    def _hear(self, frame: Frame) -> None:
        answer = self.answer
        if frame.kind == READY:
            said = json.loads(frame.payload)
            self.network, self.relay, self.version = said["network"], said["relay"], said["version"]
            self.ready = True
            self._on_free(self)
            return
        if answer is None:
            return
        match frame.kind:
            case _ if frame.kind in (WHOLE, HEAD):
                told, body = unpack_head(frame.payload)
                self.version = told["version"]
                whole = frame.kind == WHOLE
                answer.begin(
                    Head(
                        told["format"],
                        told["coding"],
                        told["version"],
                        told["digest"],
                        told["keep"],
                        len(body) if whole else None,
                    )
                )
                room = answer.add(body)
                if whole:
                    self._done(None)
                elif not room:
                    self._pause()
            case _ if frame.kind == PIECE:
                if not answer.add(frame.payload):
                    self._pause()
            case _ if frame.kind == END:
                self._done(None)
            case _ if frame.kind == FAILED:
                self._done(_as_error(json.loads(frame.payload)))

    def _done(self, error: AigovError | None) -> None:
        answer, self.answer = self.answer, None
        self._counted_for = None
        if answer:
            answer.end(error)
        self._resume()
        self._on_free(self)

    def _pause(self) -> None:
        self.paused = True
        if self._transport and not self._transport.is_closing():
            self._transport.pause_reading()

    def _resume(self) -> None:
        self.paused = False
        if self._transport and not self._transport.is_closing():
            self._transport.resume_reading()

    def _reap(self) -> tuple[int, bytes]:
        code = self._process.wait() if self._process else 0
        size = os.fstat(self._last_words).st_size
        words = os.pread(self._last_words, _LAST_WORDS_BYTES, max(0, size - _LAST_WORDS_BYTES))
        os.close(self._last_words)
        return code, words

    def _buried(self, reaped: asyncio.Future[tuple[int, bytes]]) -> None:
        code, words = reaped.result()
        self.dead = True
        self.exit_code, self.words = code, words.decode("utf-8", "replace").strip()
        answer, self.answer = self.answer, None
        if answer:
            cause = _cause(code, words)
            if isinstance(cause, QueryCrashed):
                self._on_crash(answer.job)
            answer.end(cause)
        self._on_dead(self)


def _cause(code: int, words: bytes) -> QueryError:
    if any(sign in words for sign in _OUT_OF_MEMORY):
        return QueryOutOfMemory(
            "the query needs more memory than one query may have",
            remedy="ask for less: narrow the patterns, drop ORDER BY or GROUP BY, or split the question",
        )
    if code == -signal.SIGALRM:
        return errors.QueryTimeout("the query took longer than it may", remedy="ask for less, or take a dump")
    if code >= 0:
        return QueryError(f"the engine's process ended unasked (exit code {code})", remedy="tell the operator")
    name = signal.Signals(-code).name if -code in {*signal.Signals} else f"signal {-code}"
    return QueryCrashed(
        f"the engine's process died of this query ({name})",
        remedy="write the query another way: less nesting, fewer branches; the same text is refused for a while",
    )


def _as_error(told: dict[str, Any]) -> AigovError:
    kind = getattr(errors, told["error"], QueryError)
    if not (isinstance(kind, type) and issubclass(kind, AigovError)):
        kind = QueryError
    more = {"line": told["line"], "column": told["column"]} if kind is errors.QuerySyntaxError else {}
    return kind(told["what"], told.get("where", ""), told.get("remedy", ""), **more)


def process_options(settings: Settings) -> dict[str, Any]:
    """What a query process is told when it starts."""
    return {
        "store": str(settings.store.resolve()),
        "memory": settings.query_memory_bytes,
        "limit": settings.result_limit_bytes,
        "strict": settings.default_graph == "strict",
        "endpoints": list(settings.endpoints()),
        "egress": "",
    }
