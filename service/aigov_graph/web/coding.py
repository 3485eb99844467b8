"""For the rare client that refuses an answer as it is (`identity;q=0`): each answer coded, or 406 where none can be."""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import lru_cache
from typing import Any

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from aigov_graph.errors import NotAcceptable
from aigov_graph.pool.compression import CODINGS, Compressor, compressor
from aigov_graph.web.negotiation import best_coding
from aigov_graph.web.request import Send

_WITHOUT_BODY = {204, 304}


@lru_cache(maxsize=1024)
def refuses_identity(accept_encoding: str) -> bool:
    """Whether Accept-Encoding rules out an answer without a coding (RFC 9110, 12.5.3)."""
    if "0" not in accept_encoding:
        return False
    wanted = {value.lower(): quality for value, quality in parse_accept_header(accept_encoding, Accept)}
    return wanted.get("identity", wanted.get("*", 1)) == 0


def coded(send: Send, accept_encoding: str, method: str) -> Send:
    """A `send` that codes what comes without a coding.

    Raises:
        NotAcceptable: the header refuses every coding on offer as well.
    """
    coding = best_coding(accept_encoding)
    if not coding:
        raise NotAcceptable(
            "the request accepts no coding that is offered, and refuses an answer without one",
            remedy=f"accept {', '.join(CODINGS)} or identity",
        )
    packer: Compressor | None = None

    async def send_coded(message: MutableMapping[str, Any]) -> None:
        nonlocal packer
        if message["type"] == "http.response.start":
            names = {name.lower() for name, _ in message["headers"]}
            if message["status"] not in _WITHOUT_BODY and b"content-encoding" not in names:
                packer = compressor(coding, streaming=True)
                message["headers"] = _recoded(message["headers"], coding.encode())
        elif packer and method != "HEAD":
            data = packer.add(message.get("body", b""))
            message["body"] = data if message.get("more_body") else data + packer.finish()
        await send(message)

    return send_coded


def _recoded(headers: list[tuple[bytes, bytes]], coding: bytes) -> list[tuple[bytes, bytes]]:
    kept = [(name, value) for name, value in headers if name.lower() not in {b"content-length", b"etag"}]
    tags = [value for name, value in headers if name.lower() == b"etag"]
    kept += [(b"etag", b"W/" + tag.removeprefix(b"W/")[:-1].removesuffix(b"-plain") + b'-%s"' % coding) for tag in tags]
    return [*kept, (b"content-encoding", coding)]
