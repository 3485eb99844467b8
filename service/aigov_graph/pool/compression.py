"""Content codings, one line each. Compressing happens in the query process, so that the web process stays free."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol


class Compressor(Protocol):
    """Turns a stream of bytes into its coded form."""

    def add(self, data: bytes) -> bytes:
        """The coded bytes that are ready after taking these."""

    def finish(self) -> bytes:
        """The rest."""


class _Gzip:
    def __init__(self, streaming: bool) -> None:
        self._stream = zlib.compressobj(4 if streaming else 6, zlib.DEFLATED, 31)

    def add(self, data: bytes) -> bytes:
        return self._stream.compress(data)

    def finish(self) -> bytes:
        return self._stream.flush()


class _Brotli:
    def __init__(self, streaming: bool) -> None:
        import brotli

        self._stream = brotli.Compressor(quality=3 if streaming else 5)

    def add(self, data: bytes) -> bytes:
        coded: bytes = self._stream.process(data)
        return coded

    def finish(self) -> bytes:
        coded: bytes = self._stream.finish()
        return coded


class _Zstandard:
    def __init__(self, streaming: bool) -> None:
        import zstandard

        self._stream = zstandard.ZstdCompressor(level=3 if streaming else 6).compressobj()

    def add(self, data: bytes) -> bytes:
        return self._stream.compress(data)

    def finish(self) -> bytes:
        return self._stream.flush()


_CODINGS: dict[str, Callable[[bool], Compressor]] = {"zstd": _Zstandard, "br": _Brotli, "gzip": _Gzip}

CODINGS: tuple[str, ...] = tuple(_CODINGS)
"""The codings offered, the preferred one first."""


def compressor(coding: str, *, streaming: bool) -> Compressor:
    """A new compressor; a streaming one trades size for speed."""
    return _CODINGS[coding](streaming)


def compressed(data: bytes, coding: str, *, streaming: bool) -> bytes:
    """The whole of an answer in a coding; as it is where none is named."""
    if not coding:
        return data
    packer = compressor(coding, streaming=streaming)
    return packer.add(data) + packer.finish()


def compressing(pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """An answer in a coding, piece by piece as it comes."""
    packer = compressor(coding, streaming=True)
    for piece in pieces:
        if packed := packer.add(piece):
            yield packed
    yield packer.finish()
