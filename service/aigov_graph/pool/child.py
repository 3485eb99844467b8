"""A query process: opens one published version for reading, answers one job at a time, and may die at any moment.

Started as a fresh interpreter by `process`, which holds the other end of its channel.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aigov_graph.pool import confine, lexing

if TYPE_CHECKING:
    from aigov_graph.pool.answers import Answerer

_BACKSTOP_S = 2.0


def main(arguments: list[str]) -> None:
    """Confine this process, say that it is ready, then answer until the master closes the channel."""
    options: dict[str, Any] = json.loads(arguments[0])
    channel: int = options["channel"]
    confine.end_with(options["parent"], signal.SIGKILL)

    def send(data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(channel, view) :]

    relay = ""
    if options["egress"]:
        from aigov_graph.pool.relay import open_relay

        relay = open_relay(options["egress"], channel)
    federated = bool(options["egress"]) and not relay
    network = confine.leave_network(loopback=federated)
    options["endpoints"] = options["endpoints"] if federated else []
    from aigov_graph.pool.answers import Answerer
    from aigov_graph.pool.frames import FAILED, JOB, READY, Frames, pack_json

    confine.limit_memory(options["memory"])
    answerer = Answerer(Path(options["store"]), options, send)
    answerer.move()
    send(pack_json(READY, {"pid": os.getpid(), "network": network, "version": answerer.number, "relay": relay}))
    gc.freeze()
    frames = Frames()
    while data := os.read(channel, 1 << 18):
        for frame in frames.feed(data):
            if frame.kind != JOB:
                continue
            job = json.loads(frame.payload)
            # The master kills a process whose deadline passed; should the master be gone, the alarm does.
            signal.setitimer(signal.ITIMER_REAL, job["deadline"] + _BACKSTOP_S)
            failure = _answer(answerer, job)
            signal.setitimer(signal.ITIMER_REAL, 0)
            if failure:
                send(pack_json(FAILED, failure))


def _answer(answerer: Answerer, job: dict[str, Any]) -> dict[str, Any] | None:
    from aigov_graph.errors import AigovError

    try:
        answerer.answer(job)
    except AigovError as error:
        return {
            "error": type(error).__name__,
            "what": error.what,
            "where": error.where,
            "remedy": error.remedy,
            "line": getattr(error, "line", None),
            "column": getattr(error, "column", None),
        }
    except MemoryError:
        return {"error": "QueryOutOfMemory", "what": "the query needs more memory than one query may have"}
    except (OSError, RuntimeError, ValueError) as error:
        if lexing.asks_elsewhere(job["text"]):
            remedy = "ask it yourself to see why, or leave the clause out; SERVICE SILENT goes on without it"
            return {"error": "ServiceFailed", "what": "an endpoint did not answer as it should", "remedy": remedy}
        return {"error": "QueryError", "what": f"the engine could not answer: {error}"}
    return None


if __name__ == "__main__":
    main(sys.argv[1:])
