"""What the operator sees: a line of JSON for each request and event on stderr, and numbers for Prometheus."""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache

from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from aigov_graph.pool.manager import Pool
from aigov_graph.web.cache import AnswerCache

METRICS_TYPE = b"text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.001, 0.005, 0.02, 0.1, 0.5, 2.0, 10.0, 30.0)
_PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **{name: value for name, value in vars(record).items() if name not in _PLAIN},
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def log_to_stderr() -> None:
    """Send all log events to stderr as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    handler.addFilter(_is_news)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    server = logging.getLogger("_granian")
    server.handlers[:] = []
    server.propagate = True


def _is_news(record: logging.LogRecord) -> bool:
    """Whether the server's event is not in the log yet: an answer that broke off is, without a trace."""
    return "BrokenAnswer: " not in record.getMessage()


_LINE = (
    '{"time":"%s.%03dZ","level":"info","logger":"aigov_graph.access","event":"request","request":"%s","method":%s,'
    '"path":%s,"status":%d,"bytes":%d,"ms":%.2f,"version":%d,"digest":"%s","cached":%s}\n'
)


@lru_cache(maxsize=4)
def _second(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S")


@lru_cache(maxsize=256)
def _quoted(text: str) -> str:
    return json.dumps(text)


class AccessLog:
    """Lines about requests, gathered and written together: one write each would cost more than a cached answer.

    The text of queries is never written, only its digest.
    """

    def __init__(self, enabled: bool) -> None:
        self.enabled = enabled
        self._lines: list[tuple[float, str, str, str, int, int, float, int, str, bool]] = []

    def add(
        self,
        request_id: str,
        method: str,
        path: str,
        status: int,
        sent: int,
        seconds: float,
        version: int,
        digest: str,
        cached: bool,
    ) -> None:
        """Note one request."""
        if self.enabled:
            self._lines.append((time.time(), request_id, method, path, status, sent, seconds, version, digest, cached))

    def write(self) -> None:
        """Write what was gathered."""
        if not self._lines:
            return
        lines, self._lines = self._lines, []
        text = "".join(
            _LINE
            % (
                _second(int(at)),
                at % 1 * 1000,
                request_id,
                _quoted(method),
                _quoted(path[:200]),
                status,
                sent,
                seconds * 1000,
                version,
                digest[:16],
                "true" if cached else "false",
            )
            for at, request_id, method, path, status, sent, seconds, version, digest, cached in lines
        ).encode()
        try:
            while text:
                text = text[os.write(2, text) :]
        except OSError:
            self.enabled = False


class Metrics(Collector):
    """Numbers of this service, read from the parts that hold them when Prometheus asks."""

    def __init__(self, pool: Pool, cache: AnswerCache) -> None:
        self._pool, self._cache = pool, cache
        self.requests: Counter[tuple[str, int]] = Counter()
        self.broken = 0
        self.hung_up = 0
        self.registry = CollectorRegistry()
        self.seconds = Histogram(
            "aigov_graph_request_seconds",
            "Time to the end of an answer that the cache did not have.",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.registry.register(self)

    def text(self) -> bytes:
        """All numbers in Prometheus's text format."""
        return generate_latest(self.registry)

    def collect(self) -> Iterator[Metric]:
        """Called by the registry."""
        requests = CounterMetricFamily("aigov_graph_requests", "Requests answered.", labels=("room", "status"))
        for (room, status), count in sorted(self.requests.items()):
            requests.add_metric((room, str(status)), count)
        yield requests
        pool, cache = self._pool, self._cache
        for name, text, value in (
            ("answers_broken", "Answers broken off after they began.", self.broken),
            ("clients_gone", "Clients that hung up before their answer was complete.", self.hung_up),
            ("cache_hits", "Answers from the cache.", cache.hits),
            ("cache_misses", "Answers the cache did not have.", cache.misses),
            ("processes_replaced", "Query processes that ended and were replaced.", pool.replaced),
            ("queries_set_aside", "Turns of long queries that ended so that others got on.", pool.set_aside),
            ("query_crashes", "Queries that ended their process.", pool.crashes),
        ):
            yield CounterMetricFamily(f"aigov_graph_{name}", text, value)
        for name, text, value in (
            ("processes_ready", "Query processes that are up.", pool.ready),
            ("processes_busy", "Query processes at work.", pool.busy),
            ("queries_waiting", "Queries in the queue.", pool.waiting),
            ("long_queries_waiting", "Long queries that wait for their next turn.", pool.waiting_aside),
            ("cache_bytes", "Memory that cached answers take.", cache.size_bytes),
            ("cache_answers", "Answers in the cache.", len(cache)),
            ("dataset_version", "Number of the version that answers.", pool.version.number if pool.version else 0),
            ("dataset_quads", "Statements in it.", pool.version.quads if pool.version else 0),
        ):
            yield GaugeMetricFamily(f"aigov_graph_{name}", text, value)
