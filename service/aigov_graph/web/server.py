"""Starts the service: one web process under granian, watched and replaced by its master, and the query processes."""

from __future__ import annotations

import errno
import os
import signal
import socket
from dataclasses import replace
from functools import partial
from typing import Any

from granian.constants import HTTPModes, Interfaces, Loops
from granian.log import LogLevels
from granian.server import Server

from aigov_graph.errors import AigovError, StoreError
from aigov_graph.pool.confine import end_with
from aigov_graph.settings import Settings
from aigov_graph.stores import VersionedStore

_STOPPING = (signal.SIGTERM, signal.SIGINT)
_STOP_WITHIN_S = 10
_OVERLAP_S = 5.0
"""How long a web process still serves beside the one that replaces it, which must have its processes up by then."""


class AddressTaken(AigovError):
    """The service cannot listen where it should."""


def serve(settings: Settings) -> None:
    """Serve until told to stop by SIGTERM or SIGINT.

    Raises:
        StoreError: nothing was published yet.
        AddressTaken: another program listens there, or this user may not.
    """
    if VersionedStore(settings.store).current() is None:
        raise StoreError(
            "there is no published version", str(settings.store), "build the graph first: aigov-graph build"
        )
    if settings.default_graph not in {"union", "strict"}:
        raise AigovError(f"default graph {settings.default_graph!r} is unknown", "settings", "use union or strict")
    port = _free_port(settings.host, settings.port)
    server = Server(
        "aigov_graph",
        address=settings.host,
        port=port,
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        http=HTTPModes.http1,
        websockets=False,
        workers=1,
        respawn_failed_workers=True,
        respawn_interval=_OVERLAP_S,
        workers_kill_timeout=_STOP_WITHIN_S,
        log_level=LogLevels.warning,
    )
    os.register_at_fork(
        before=partial(signal.pthread_sigmask, signal.SIG_BLOCK, _STOPPING),
        after_in_parent=partial(signal.pthread_sigmask, signal.SIG_UNBLOCK, _STOPPING),
        after_in_child=_forget_signals,
    )
    server.serve(target_loader=partial(_load, replace(settings, port=port), os.getpid()), wrap_loader=False)


def _forget_signals() -> None:
    """A web process starts with its master's handlers, which would swallow a signal that comes while it is loading."""
    for number in _STOPPING:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)


def _load(settings: Settings, master: int, *_: Any) -> Any:
    end_with(master, signal.SIGTERM)
    from aigov_graph.web.application import Application
    from aigov_graph.web.observe import log_to_stderr

    log_to_stderr()
    return Application(settings)


def _free_port(host: str, port: int) -> int:
    where = f"{host}:{port}"
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            return int(probe.getsockname()[1])
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise AddressTaken(
                "another program listens there", where, "stop it, or choose another with --port"
            ) from error
        raise AddressTaken(f"cannot listen there: {error.strerror}", where, "choose another host or port") from error
