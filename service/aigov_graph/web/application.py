"""The service as an ASGI application: what answers which path. Flask stands behind for the pages."""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
import secrets
import threading
import time
from collections.abc import Awaitable, Callable
from typing import Any, cast

from a2wsgi import WSGIMiddleware
from flask.testing import FlaskClient

from aigov_graph.errors import AigovError
from aigov_graph.pool.engine import Engine
from aigov_graph.pool.formats import BY_NAME
from aigov_graph.pool.manager import Pool
from aigov_graph.settings import Settings
from aigov_graph.stores import Version
from aigov_graph.web import create_app, graph_store, sparql
from aigov_graph.web.cache import AnswerCache, Entry
from aigov_graph.web.coding import coded, refuses_identity
from aigov_graph.web.delivery import CACHE_CONTROL, VARY, Delivery, matches
from aigov_graph.web.description import Description, Document
from aigov_graph.web.dumps import METHODS as DUMP_METHODS
from aigov_graph.web.dumps import Dumps, dump_name
from aigov_graph.web.negotiation import best_coding, prefers_html
from aigov_graph.web.observe import METRICS_TYPE, AccessLog, Metrics
from aigov_graph.web.problems import HttpError
from aigov_graph.web.request import (
    COMMON,
    Asked,
    BrokenAnswer,
    ClientGone,
    Message,
    Receive,
    Request,
    Scope,
    Send,
    carried,
    not_allowed,
    preflight,
)

_log = logging.getLogger("aigov_graph.web")
_READING = ("GET", "HEAD", "OPTIONS")
_SLOW_AT_FIRST = ("/", "/explore", "/claims", "/edges", "/entities", "/page/ontology", "/timeline")
"""Pages for which much is read once a version; they are made before a visitor asks."""
_LOG_EVERY_S = 0.05
PAGE_BODY_BYTES = 1024**2
"""The largest form that a page takes."""

Handler = Callable[[Request], Awaitable[None]]


class Application:
    """One service: a pool, a cache in front of everything, our handlers, and Flask for the rest."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.pool = Pool(settings, self._new_version)
        self.cache = AnswerCache(settings.cache_bytes)
        self.delivery = Delivery(self.pool, self.cache)
        self.description = Description(self.pool)
        self.dumps = Dumps(self.pool)
        self.metrics = Metrics(self.pool, self.cache)
        self.access = AccessLog(settings.access_log)
        self._run = secrets.token_hex(4)
        self._numbers = itertools.count(1)
        self._pages: Any = None
        self._visitor: FlaskClient | None = None
        self._outdated = threading.Event()
        self._prepared: asyncio.Task[object] | None = None
        self._flush: asyncio.Task[None] | None = None
        self._announced: asyncio.Task[None] | None = None
        self._routes: dict[str, tuple[str, tuple[str, ...], Handler]] = {
            "/sparql": ("sparql", sparql.METHODS, self._sparql),
            "/graphs": ("graphs", graph_store.METHODS, self._graph),
            "/.well-known/void": ("void", _READING, self._void),
            "/health": ("health", _READING, self._health),
        }
        if settings.metrics:
            self._routes["/metrics"] = ("metrics", _READING, self._metrics)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or the server's start and stop."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
            return
        asked: Asked | None = None
        if scope["path"] == "/sparql" and scope["method"] == "GET":
            host = accept = coding = known = given = b""
            for name, value in scope["headers"]:
                if name == b"host":
                    host = value
                elif name == b"accept":
                    accept = accept + b", " + value if accept else value
                elif name == b"accept-encoding":
                    coding = coding + b", " + value if coding else value
                elif name == b"if-none-match":
                    known = value
                elif name == b"x-request-id":
                    given = value
            asked = (host, scope["query_string"], accept, coding)
            entry = None if known or given else self.cache.by_request(asked)
            if entry:
                await self._hit(send, entry)
                return
        await self._route(scope, receive, send, asked)

    async def _hit(self, send: Send, entry: Entry) -> None:
        """The shortest way to an answer, for a request that is known byte for byte."""
        started = time.perf_counter()
        number = f"{self._run}-{next(self._numbers):x}"
        headers = [*entry.headers, (b"content-length", entry.length), (b"x-request-id", number.encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": entry.body, "more_body": False})
        self.metrics.requests["sparql", 200] += 1
        took = time.perf_counter() - started
        self.access.add(number, "GET", "/sparql", 200, len(entry.body), took, entry.version, entry.digest, True)

    async def _route(self, scope: Scope, receive: Receive, send: Send, asked: Asked | None) -> None:
        started = time.perf_counter()
        request = Request(scope, receive, send, f"{self._run}-{next(self._numbers):x}", self.settings.base_url)
        request.asked = asked
        room, allowed, handler = self._find(request)
        try:
            if refuses_identity(coding := request.header(b"accept-encoding")):
                request.asked = None
                request.send = coded(send, coding, request.method)
            if scope.get("http_version") == "1.1" and not request.headers.get(b"host"):
                raise HttpError(400, "there is no Host header", "send Host, as HTTP/1.1 asks")
            if allowed and request.method not in allowed:
                raise not_allowed(request.method, allowed)
            if allowed and request.method == "OPTIONS":
                await preflight(request, allowed)
            else:
                await handler(request)
        except ClientGone:
            self.metrics.hung_up += 1
            if not request.status:
                # A body that breaks off or is malformed looks like a hang-up; whoever is still there learns why.
                await request.problem(HttpError(400, "the request ended early or is malformed", "send it again"))
        except BrokenAnswer as error:
            self.metrics.broken += 1
            _log.warning("an answer broke off: %s", error, extra={"request": request.id, "digest": request.digest})
            raise
        except AigovError as error:
            if request.status:
                raise BrokenAnswer(error.what) from error
            await request.problem(error)
        except Exception:
            _log.exception("a request failed", extra={"request": request.id, "path": request.path[:200]})
            if request.status:
                raise
            await request.problem(HttpError(500, "the service failed on this request", "tell the operator its number"))
        finally:
            self._note(request, room, started)
            if not request.cached:
                self.metrics.seconds.observe(time.perf_counter() - started)

    def _find(self, request: Request) -> tuple[str, tuple[str, ...], Handler]:
        path = request.path
        if path in self._routes:
            return self._routes[path]
        if path.startswith(("/graphs/", "/graph/")):
            return "graphs", graph_store.METHODS, self._graph
        if dump_name(path):
            return "dump", DUMP_METHODS, self._dump
        return "pages", (), self._page

    async def _sparql(self, request: Request) -> None:
        job = await sparql.read_query(request, self.settings)
        if job:
            await self.delivery.deliver(request, job)
        elif prefers_html(request.header(b"accept")) and not _asks_format(request):
            await self._page(request)
        else:
            _, form = sparql.formats_of(request, sparql.parameters(request.query), graph_only=True)
            await self._describe(request, form, "service")

    async def _graph(self, request: Request) -> None:
        if request.path.startswith("/graph/") and graph_store.wants_page(request):
            await self._page(request)
            return
        await self.delivery.deliver(request, graph_store.read_graph(request))

    async def _void(self, request: Request) -> None:
        _, form = sparql.formats_of(request, sparql.parameters(request.query), graph_only=True)
        await self._describe(request, form, "void")

    async def _describe(self, request: Request, form: str, what: Document) -> None:
        version = self.pool.version
        digest = version.digest.removeprefix("sha256:")[:16] if version else ""
        coding = best_coding(request.header(b"accept-encoding"))
        etag = f'W/"{digest}-{what}-{form}-{coding or "plain"}"'.encode()
        headers = [*COMMON, (b"etag", etag), VARY, CACHE_CONTROL]
        if matches(request.known, etag):
            await request.answer(304, headers)
            return
        body = await self.description.document(what, request.base, form, coding)
        headers.append((b"content-type", BY_NAME[form].content_type.encode()))
        if coding:
            headers.append((b"content-encoding", coding.encode()))
        await request.answer(200, headers, body)

    async def _dump(self, request: Request) -> None:
        named = dump_name(request.path)
        if named:
            await self.dumps.send(request, *named)

    async def _health(self, request: Request) -> None:
        version = self.pool.version
        well = version is not None and self.pool.ready > 0
        found = {
            "status": "ok" if well else "not ready",
            "version": version.number if version else None,
            "digest": version.digest if version else None,
            "quads": version.quads if version else None,
            "processes": self.pool.ready,
            "waiting": self.pool.waiting,
        }
        headers = [*COMMON, (b"content-type", b"application/json"), (b"cache-control", b"no-store")]
        await request.answer(200 if well else 503, headers, json.dumps(found).encode())

    async def _metrics(self, request: Request) -> None:
        headers = [*COMMON, (b"content-type", METRICS_TYPE), (b"cache-control", b"no-store")]
        await request.answer(200, headers, self.metrics.text())

    async def _page(self, request: Request) -> None:
        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                request.status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", request.id.encode())]
            else:
                request.sent += len(message.get("body", b""))
            await request.send(message)

        scope, receive = _numbered(request), request.receive
        if request.method == "POST":
            # A page waits in a thread for what it is sent: so it begins when that is there.
            body = await request.body(PAGE_BODY_BYTES)
            scope, receive = _with_length(scope, len(body)), _whole(body)
        await self._pages(scope, receive, send)

    def _note(self, request: Request, room: str, started: float) -> None:
        self.metrics.requests[room, request.status] += 1
        self.access.add(
            request.id,
            request.method,
            request.path,
            request.status,
            request.sent,
            time.perf_counter() - started,
            request.version,
            request.digest,
            request.cached,
        )

    def _new_version(self, version: Version) -> None:
        self.cache.clear()
        self.description.forget()
        self.dumps.forget()
        self._prepare()

    def _prepare(self) -> None:
        """Make the pages that take long the first time before a visitor asks; a failure is told to who asks."""
        self._outdated.set()
        self._outdated = threading.Event()
        if self._visitor:
            self._prepared = asyncio.create_task(asyncio.to_thread(_visit, self._visitor, self._outdated))

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                try:
                    await self._start()
                except Exception as error:
                    # Whatever it is: a server that goes on without its start would answer nothing.
                    _log.exception("the service cannot start")
                    await send({"type": "lifespan.startup.failed", "message": str(error)})
                    return
                await send({"type": "lifespan.startup.complete"})
            else:
                await self._stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _start(self) -> None:
        await self.pool.start()
        engine = Engine(self.pool, asyncio.get_running_loop())
        app = create_app(self.settings, engine)
        self._pages = cast(Any, WSGIMiddleware(cast(Any, app), workers=8))
        self._visitor = app.test_client()
        self._prepare()
        self._flush = asyncio.create_task(self._write_log())
        self._announced = asyncio.create_task(self._announce())

    async def _announce(self) -> None:
        """Say where the service is as soon as it can be reached there."""
        host, port = self.settings.host, self.settings.port
        while True:
            try:
                _, writer = await asyncio.open_connection(host, port)
            except OSError:
                await asyncio.sleep(_LOG_EVERY_S)
            else:
                writer.close()
                break
        shown = f"[{host}]" if ":" in host else host
        _log.info("serving at http://%s:%d/", shown, port, extra={"network": self.pool.networks})

    async def _stop(self) -> None:
        self._outdated.set()
        if self._flush:
            self._flush.cancel()
        await self.pool.stop()
        self.dumps.close()
        self.access.write()

    async def _write_log(self) -> None:
        while True:
            await asyncio.sleep(_LOG_EVERY_S)
            self.access.write()


def _visit(client: FlaskClient, outdated: threading.Event) -> None:
    for path in _SLOW_AT_FIRST:
        if outdated.is_set():
            return
        client.get(path)


def _with_length(scope: Scope, length: int) -> Scope:
    """A scope whose body is so long, however it was sent."""
    framing = (b"content-length", b"transfer-encoding")
    others = [pair for pair in scope["headers"] if pair[0] not in framing]
    return {**scope, "headers": [*others, (b"content-length", b"%d" % length)]}


def _whole(body: bytes) -> Receive:
    """Gives a body at once."""

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _numbered(request: Request) -> Scope:
    """The scope with the request's number in it, by which pages name it in what they refuse."""
    headers = [(name, value) for name, value in request.scope["headers"] if name != b"x-request-id"]
    return {**carried(request), "headers": [*headers, (b"x-request-id", request.id.encode())]}


def _asks_format(request: Request) -> bool:
    return any(name == "format" and value for name, value in sparql.parameters(request.query))
