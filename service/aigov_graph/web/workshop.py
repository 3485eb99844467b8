"""The process that makes exports and measures, as the web process sees it: one job at a time, each with a deadline."""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any, BinaryIO, Final

from aigov_graph import errors
from aigov_graph.errors import AigovError, ExportError, PoolBusy, QueryOutOfMemory, QueryTimeout
from aigov_graph.settings import Settings

_START_WITHIN_S: Final = 30.0
_ENVIRONMENT: Final = {"LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"}
"""Arrow's own allocators reserve a gigabyte of addresses at the first table, which count as memory used."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: an open file that has no name any more, its size, and the version it was made from."""

    file: BinaryIO
    size: int
    version: int
    digest: str


class Workshop:
    """Starts its process when it is first asked, and another when that one died or took too long.

    Args:
        settings: the store, the deadline, the memory and the largest answer.
        pictures: whether it may be asked for pictures; a process that is not starts sooner and takes less memory.
    """

    def __init__(self, settings: Settings, *, pictures: bool = True) -> None:
        self._settings = settings
        self._pictures = pictures
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="aigov-graph-exports-")
        self._numbers = 0

    def make(self, job: dict[str, Any]) -> Made:
        """Have a job done; blocks for as long as it takes, at most the deadline.

        Raises:
            AigovError: it cannot be done, in the words of the process.
            PoolBusy: others' jobs took the whole deadline.
            QueryTimeout: this one did.
        """
        deadline = monotonic() + self._settings.query_timeout_s
        if not self._lock.acquire(timeout=self._settings.query_timeout_s):
            raise PoolBusy("too many exports are being made", remedy="try again in a moment, or ask for less")
        try:
            self._numbers += 1
            path = Path(self._folder.name) / str(self._numbers)
            try:
                answer = self._answer({**job, "path": str(path)}, deadline)
                file = path.open("rb")
            finally:
                path.unlink(missing_ok=True)
        finally:
            self._lock.release()
        return Made(file, os.fstat(file.fileno()).st_size, answer["version"], answer["digest"])

    def close(self) -> None:
        """End the process and remove what it left."""
        self._end()
        self._folder.cleanup()

    def _answer(self, job: dict[str, Any], deadline: float) -> dict[str, Any]:
        process = self._running()
        if process.stdin is None:
            raise ExportError("the process that makes exports has no ear")
        try:
            process.stdin.write(json.dumps(job).encode() + b"\n")
            process.stdin.flush()
        except OSError as error:
            self._end()
            raise ExportError("the process that makes exports died", remedy="ask again") from error
        answer = self._heard(process, deadline - monotonic())
        if "error" in answer:
            if answer["error"] == QueryOutOfMemory.__name__:
                self._end()  # What is left of its memory would not do for the next job either.
            kind: type[AigovError] = getattr(errors, answer["error"], ExportError)
            raise kind(answer["what"], answer.get("where", ""), answer.get("remedy", ""))
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        settings = self._settings
        options = {
            "store": str(settings.store.resolve()),
            "memory": settings.query_memory_bytes,
            "file_size": settings.result_limit_bytes,
            "pictures": self._pictures,
        }
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-m", "aigov_graph.web.export_child", json.dumps(options)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=_ENVIRONMENT | {"MPLCONFIGDIR": self._folder.name},
        )
        self._heard(self._process, _START_WITHIN_S)
        return self._process

    def _heard(self, process: subprocess.Popen[bytes], patience: float) -> dict[str, Any]:
        """The next line that the process says."""
        if process.stdout is None:
            raise ExportError("the process that makes exports has no voice")
        said, ends = b"", monotonic() + patience
        while not said.endswith(b"\n"):
            ready, _, _ = select.select([process.stdout], [], [], max(ends - monotonic(), 0))
            if not ready:
                self._end()
                raise QueryTimeout(
                    "this took longer than the operator allows", remedy="ask for less, such as what is around one thing"
                )
            piece = os.read(process.stdout.fileno(), 1 << 16)
            if not piece:
                self._end()
                raise ExportError(
                    "the process that makes exports died on this", remedy="ask for less, or tell the operator"
                )
            said += piece
        answer: dict[str, Any] = json.loads(said)
        return answer

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream:
                    with contextlib.suppress(OSError):
                        stream.close()
