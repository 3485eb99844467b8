"""A request as our handlers see it, and the ways to answer it. Knows ASGI, nothing of SPARQL."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any, Final

from aigov_graph.errors import RequestError
from aigov_graph.web.problems import MEDIA_TYPE, HttpError, body_of, headers_of, status_of

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
Asked = tuple[bytes, bytes, bytes, bytes]
"""A GET request as it came: host, query string, Accept, Accept-Encoding."""

COMMON: Headers = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Retry-After, X-Request-Id, X-Dataset-Version"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; sandbox"),
]
"""On every answer that is data: any page may read it, none may be made of it."""

_IN_SCOPE: Final = "aigov_graph.request"
_BODY_WITHIN_S = 30.0
_HOST = re.compile(r"[A-Za-z0-9._~\-]+(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class ClientGone(Exception):
    """The client hung up."""


class BrokenAnswer(Exception):
    """An answer broke off after its beginning was sent; the server must break the connection."""


class Request:
    """One request.

    Args:
        number: names it in headers and logs unless the client named it.
        base_url: the service's own address as the operator gave it; "" takes that of the request.
    """

    def __init__(self, scope: Scope, receive: Receive, send: Send, number: str, base_url: str) -> None:
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.query: bytes = scope["query_string"]
        self.scope, self.receive, self.send = scope, receive, send
        self.headers: dict[bytes, bytes] = {}
        for name, value in scope["headers"]:
            self.headers[name] = self.headers[name] + b", " + value if name in self.headers else value
        given = self.header(b"x-request-id")
        self.id = given if _REQUEST_ID.fullmatch(given) else number
        self._base_url = base_url
        self.status = 0
        self.sent = 0
        self.version = 0
        self.digest = ""
        self.cached = False
        self.asked: Asked | None = None

    def header(self, name: bytes) -> str:
        """A header's value, its lines joined; "" if absent."""
        value = self.headers.get(name)
        return value.decode("latin-1") if value else ""

    @property
    def known(self) -> str:
        """If-None-Match, which asks for a shorter answer to GET and HEAD only; "" if absent."""
        return self.header(b"if-none-match") if self.method in {"GET", "HEAD"} else ""

    @property
    def base(self) -> str:
        """The service's own address, with a slash at its end.

        Raises:
            HttpError: 400, the request names no host, or none that could be one.
        """
        if self._base_url:
            return self._base_url.rstrip("/") + "/"
        host = self.header(b"host")
        if not _HOST.fullmatch(host):
            raise HttpError(400, "the Host header names no host", "send Host, as HTTP/1.1 asks")
        return f"{self.scope.get('scheme', 'http')}://{host}/"

    async def body(self, limit: int) -> bytes:
        """The whole body.

        Raises:
            HttpError: 413, it is longer than the limit; 408, it did not come in time.
            ClientGone: the client hung up.
        """
        try:
            async with asyncio.timeout(_BODY_WITHIN_S):
                return await self._body(limit)
        except TimeoutError:
            raise HttpError(408, "the body did not come in time", "send it without pauses") from None

    async def _body(self, limit: int) -> bytes:
        too_long = HttpError(413, f"the body is longer than {limit} bytes", "send a shorter query")
        length = self.header(b"content-length")
        if length.isdigit() and int(length) > limit:
            raise too_long
        parts: list[bytes] = []
        size = 0
        while True:
            message = await self.receive()
            if message["type"] == "http.disconnect":
                raise ClientGone
            part = message.get("body", b"")
            size += len(part)
            if size > limit:
                raise too_long
            parts.append(part)
            if not message.get("more_body", False):
                return b"".join(parts)

    async def begin(self, status: int, headers: Headers) -> None:
        """Send status and headers."""
        self.status = status
        headers = [*headers, (b"x-request-id", self.id.encode())]
        await self.send({"type": "http.response.start", "status": status, "headers": headers})

    async def piece(self, data: bytes, *, more: bool) -> None:
        """Send bytes of the body; a HEAD request gets none."""
        if self.method == "HEAD":
            data = b""
        self.sent += len(data)
        await self.send({"type": "http.response.body", "body": data, "more_body": more})

    async def answer(self, status: int, headers: Headers, body: bytes = b"") -> None:
        """Send a whole answer."""
        if status != 304 and status != 204:
            headers = [*headers, (b"content-length", b"%d" % len(body))]
        await self.begin(status, headers)
        await self.piece(body, more=False)

    async def problem(self, error: Any) -> None:
        """Send an error as problem details."""
        headers: Headers = [
            *COMMON,
            (b"content-type", MEDIA_TYPE.encode()),
            (b"cache-control", b"no-store"),
            *((name.encode(), value.encode("latin-1", "replace")) for name, value in headers_of(error)),
        ]
        await self.answer(status_of(error), headers, body_of(error, self.id))


def not_allowed(method: str, allowed: tuple[str, ...]) -> HttpError:
    """A 405 that names the methods there are."""
    return HttpError(
        405, f"{method} is not possible here", f"use {' or '.join(allowed)}", (("allow", ", ".join(allowed)),)
    )


async def preflight(request: Request, allowed: tuple[str, ...]) -> None:
    """Answer OPTIONS: what may be asked, from any page."""
    methods = ", ".join(allowed).encode()
    await request.answer(
        204,
        [
            *COMMON,
            (b"allow", methods),
            (b"access-control-allow-methods", methods),
            (b"access-control-allow-headers", b"Accept, Content-Type, If-None-Match, X-Request-Id"),
            (b"access-control-max-age", b"86400"),
        ],
    )


def as_text(raw: bytes, what: str) -> str:
    """Bytes as UTF-8.

    Raises:
        RequestError: they are no UTF-8.
    """
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestError(f"{what} is no UTF-8 (byte {error.start})", remedy="encode it in UTF-8") from error


def carried(request: Request) -> Scope:
    """A request's scope for a page, which can tell by it what the access log is to say."""
    return {**request.scope, _IN_SCOPE: request}


def note(environ: Mapping[str, Any], version: int, digest: str) -> None:
    """Tell the access log, from within a page, what was asked.

    Args:
        environ: of WSGI; nothing is noted where no service is around it.
        version: of the dataset that answers.
        digest: of what was asked.
    """
    request = environ.get("asgi.scope", {}).get(_IN_SCOPE)
    if request:
        request.version, request.digest = version, digest
