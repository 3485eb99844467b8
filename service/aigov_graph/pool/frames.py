"""How a query process and its master talk: frames of one letter, a length and a payload, over a socket pair.

Master to process: `JOB` (JSON). Process to master: `READY` (JSON) once; then for each job either `WHOLE` (head and body
of a finished answer), or `HEAD` (head and first piece), any number of `PIECE` and `END`, or `FAILED` (JSON).
`END` alone says that an answer is complete: a process that dies first leaves no doubt.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

JOB, READY, WHOLE, HEAD, PIECE, END, FAILED = b"JRWHPEF"

_encode = json.JSONEncoder(separators=(",", ":")).encode
_PREFIX = struct.Struct(">BI")
_LENGTH = struct.Struct(">I")
LARGEST_FRAME = 16 * 1024**2


@dataclass(frozen=True, slots=True)
class Frame:
    """One message."""

    kind: int
    payload: bytes


def pack(kind: int, payload: bytes) -> bytes:
    """One frame as bytes."""
    return _PREFIX.pack(kind, len(payload)) + payload


def pack_json(kind: int, value: dict[str, Any]) -> bytes:
    """A frame that carries JSON."""
    return pack(kind, _encode(value).encode())


def pack_head(kind: int, head: dict[str, Any], body: bytes) -> bytes:
    """A frame that carries an answer's head and the first of its bytes, or all."""
    text = _encode(head).encode()
    return b"".join((_PREFIX.pack(kind, _LENGTH.size + len(text) + len(body)), _LENGTH.pack(len(text)), text, body))


def unpack_head(payload: bytes) -> tuple[dict[str, Any], bytes]:
    """Head and bytes of a `WHOLE` or `HEAD` frame."""
    (length,) = _LENGTH.unpack_from(payload)
    start = _LENGTH.size
    return json.loads(payload[start : start + length]), payload[start + length :]


class Frames:
    """Cuts a stream of bytes into frames.

    Raises:
        ValueError: a frame claims to be larger than any process sends; the stream is out of step.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[Frame]:
        """The frames that these bytes complete."""
        buffer = self._buffer
        buffer += data
        while len(buffer) >= _PREFIX.size:
            kind, length = _PREFIX.unpack_from(buffer)
            if length > LARGEST_FRAME:
                raise ValueError(f"a frame of {length} bytes")
            end = _PREFIX.size + length
            if len(buffer) < end:
                return
            payload = bytes(memoryview(buffer)[_PREFIX.size : end])
            del buffer[:end]
            yield Frame(kind, payload)
