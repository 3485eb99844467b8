"""Writes an answer inside a query process: cuts it into pieces, compresses them, keeps to the limit of size."""

from __future__ import annotations

import time
from collections.abc import Callable

from aigov_graph.errors import ResultTooLarge
from aigov_graph.pool.compression import Compressor, compressor
from aigov_graph.pool.frames import END, HEAD, PIECE, WHOLE, pack, pack_head

FIRST_PIECE_BYTES = 64 * 1024
LATER_PIECE_BYTES = 128 * 1024
SMALL_BYTES = 1000
"""Below this size an answer is not compressed: it would hardly shrink, and the header costs more."""
_PATIENCE_S = 0.2

Send = Callable[[bytes], None]


class HeadSent(Exception):
    """Nobody wants the rest: the engine may stop."""


class Writer:
    """A file that the engine writes an answer into.

    Nothing is sent before `FIRST_PIECE_BYTES` are there or the engine has been slow, so that an early failure still
    gets a status of its own. With `head_only` the answer ends there, empty.
    """

    def __init__(
        self,
        send: Send,
        head: Callable[[str], bytes],
        coding: str,
        limit: int,
        smallest: int = SMALL_BYTES,
        *,
        head_only: bool = False,
    ) -> None:
        self._send, self._head, self._coding, self._limit = send, head, coding, limit
        self._smallest, self._head_only = smallest, head_only
        self._parts: list[bytes] = []
        self._size = 0
        self._total = 0
        self._begun = False
        self._compressor: Compressor | None = None
        self._last = time.monotonic()

    def write(self, data: bytes) -> int:
        """Take some bytes.

        Raises:
            ResultTooLarge: the answer passes the limit.
            HeadSent: no more is wanted.
        """
        length = len(data)
        self._total += length
        if self._limit and self._total > self._limit:
            raise ResultTooLarge(
                f"the answer is larger than {self._limit} bytes",
                remedy="ask for less with LIMIT and OFFSET, fewer columns or a compact format (CSV), or take a dump",
            )
        self._parts.append(data)
        self._size += length
        enough = LATER_PIECE_BYTES if self._begun else FIRST_PIECE_BYTES
        if time.monotonic() - self._last > _PATIENCE_S:
            enough = SMALL_BYTES
        if self._size >= enough:
            self._flush()
        return length

    def flush(self) -> None:
        """Nothing: pieces are sent when they are large enough."""

    def finish(self) -> None:
        """Send what is left and say that the answer is complete."""
        body = b"".join(self._parts)
        if not self._begun:
            coding = self._coding if len(body) >= self._smallest else ""
            if coding:
                packer = compressor(coding, streaming=False)
                body = packer.add(body) + packer.finish()
            self._send(pack_head(WHOLE, self._head(coding), body))
            return
        if self._compressor:
            body = self._compressor.add(body) + self._compressor.finish()
        if body:
            self._send(pack(PIECE, body))
        self._send(pack(END, b""))

    def _flush(self) -> None:
        body = b"".join(self._parts)
        self._parts.clear()
        self._size = 0
        self._last = time.monotonic()
        if not self._begun:
            self._begun = True
            if self._head_only:
                self._send(pack_head(HEAD, self._head(self._coding), b""))
                self._send(pack(END, b""))
                raise HeadSent
            if self._coding:
                self._compressor = compressor(self._coding, streaming=True)
                body = self._compressor.add(body)
            self._send(pack_head(HEAD, self._head(self._coding), body))
            return
        if self._compressor:
            body = self._compressor.add(body)
        if body:
            self._send(pack(PIECE, body))
