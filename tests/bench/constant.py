"""The same server with nothing behind it: what an answer costs at least."""

from __future__ import annotations

import os
from typing import Any

_BODY = b"x" * int(os.environ.get("BENCH_BODY_BYTES", "1500"))
_HEADERS = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Retry-After, X-Request-Id, X-Dataset-Version"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; sandbox"),
    (b"vary", b"Accept, Accept-Encoding"),
    (b"content-type", b"application/sparql-results+json"),
    (b"x-dataset-version", b"1"),
    (b"etag", b'W/"0123456789abcdef-0123456789abcdef01234567-plain"'),
    (b"cache-control", b"public, max-age=0, must-revalidate"),
    (b"content-length", b"%d" % len(_BODY)),
    (b"x-request-id", b"01234567-1"),
]


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Answer everything alike."""
    if scope["type"] == "lifespan":
        for _ in range(2):
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
    await send({"type": "http.response.body", "body": _BODY, "more_body": False})
