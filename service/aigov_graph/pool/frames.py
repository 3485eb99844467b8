"""How a query process and its master talk: frames of one letter, a length and a payload, over a socket pair.

Master to process: `JOB` (JSON). Process to master: `READY` (JSON) once; then for each job either `WHOLE` (head and body
of a finished answer), or `HEAD` (head and first piece), any number of `PIECE` and `END`, or `FAILED` (JSON).
`END` alone says that an answer is complete: a process that dies first leaves no doubt.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

JOB, READY, WHOLE, HEAD, PIECE, END, FAILED = b"JRWHPEF"

_encode = json.JSONEncoder(separators=(",", ":")).encode
_PREFIX = struct.Struct(">BI")
_LENGTH = struct.Struct(">I")
LARGEST_FRAME = 4 * 1024**2


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


def pack_head(kind: int, head: bytes, body: bytes) -> bytes:
    """A frame that carries an answer's head, as `encode` writes it, and the first of its bytes, or all."""
    return b"".join((_PREFIX.pack(kind, _LENGTH.size + len(head) + len(body)), _LENGTH.pack(len(head)), head, body))


def encode(value: dict[str, Any]) -> bytes:
    """JSON as frames carry it."""
    return _encode(value).encode()


def unpack_head(payload: bytes) -> tuple[dict[str, Any], bytes]:
    """Head and bytes of a `WHOLE` or `HEAD` frame. Heads are shared: they are for reading only."""
    (length,) = _LENGTH.unpack_from(payload)
    start = _LENGTH.size
    return _decode(payload[start : start + length]), payload[start + length :]


@lru_cache(maxsize=256)
def _decode(head: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(head)
    return found


class Frames:
    """Cuts a stream of bytes into frames."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[Frame]:
        """The frames that these bytes complete.

        Raises:
            ValueError: a frame claims to be larger than any process sends; the stream is out of step.
        """
        if self._rest:
            data = self._rest + data
        at, size = 0, len(data)
        found: list[Frame] = []
        while size - at >= _PREFIX.size:
            kind, length = _PREFIX.unpack_from(data, at)
            if length > LARGEST_FRAME:
                raise ValueError(f"a frame of {length} bytes")
            end = at + _PREFIX.size + length
            if end > size:
                break
            found.append(Frame(kind, data[at + _PREFIX.size : end]))
            at = end
        self._rest = data[at:]
        return found
