"""A process that makes exports and measures for the web process: they take seconds of pure computing, and may die.

One job a line on standard input, one answer a line on standard output; what is made goes into the file the job names.
"""

from __future__ import annotations

import importlib.util
import json
import resource
import sys
from pathlib import Path
from typing import Any

from aigov_graph.errors import AigovError
from aigov_graph.pool import confine


def main(arguments: list[str]) -> None:
    """Confine this process, then answer until the web process closes the channel."""
    options: dict[str, Any] = json.loads(arguments[0])
    if options["pictures"] and importlib.util.find_spec("matplotlib"):
        # Looks for fonts with a program of its own, which is not allowed later.
        import matplotlib.font_manager  # noqa: F401
    network = confine.leave_network()
    maker = _Maker(Path(options["store"]))
    confine.limit_memory(options["memory"])
    resource.setrlimit(resource.RLIMIT_FSIZE, (options["file_size"], options["file_size"]))
    _say({"ready": True, "network": network})
    for line in sys.stdin:
        _say(_answered(maker, json.loads(line)))


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _answered(maker: _Maker, job: dict[str, Any]) -> dict[str, Any]:
    try:
        return maker.make(job)
    except AigovError as error:
        return {"error": type(error).__name__, "what": error.what, "where": error.where, "remedy": error.remedy}
    except MemoryError:
        return {"error": "QueryOutOfMemory", "what": "this takes more memory than one answer may have"}
    except OSError as error:
        if error.errno == 27:  # EFBIG
            return {"error": "ResultTooLarge", "what": "the file would be larger than the operator allows"}
        return {"error": "ExportError", "what": f"it could not be written: {error}"}


def _json(found: Any) -> bytes:
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


class _Maker:
    """Holds the current version open, and moves on when another is published."""

    def __init__(self, store: Path) -> None:
        from aigov_graph.stores import Lease, VersionedStore

        self._store = VersionedStore(store)
        self._lease: Lease | None = None
        self._reader: Any = None

    def make(self, job: dict[str, Any]) -> dict[str, Any]:
        """Make what a job asks for.

        Raises:
            AigovError: it cannot be made.
        """
        from aigov_graph.analysis import analyse
        from aigov_graph.exports import FORMATS, Export, How, View, network
        from aigov_graph.exports.registry import require
        from aigov_graph.web import explorer_data

        reader = self._current()
        view = View.read(job["view"])
        with Path(job["path"]).open("wb") as out:
            if job["kind"] == "analysis":
                out.write(analyse(reader, job["measure"], view, job["things"]).json().encode())
            elif job["kind"] == "explore":
                out.write(_json(explorer_data.shown(reader, view)))
            elif job["kind"] == "claims":
                out.write(_json(explorer_data.claims(reader, view, job["of"], job["other"])))
            elif job["kind"] == "facets":
                out.write(_json(explorer_data.facets(reader, view.language)))
            elif job["kind"] == "head":
                # Enough to refuse what cannot be, but for texts that one format cannot hold.
                require(FORMATS[job["format"]].extra, FORMATS[job["format"]].label)
                network(reader, view)
            else:
                found = network(reader, view)
                FORMATS[job["format"]].write(Export(found, reader, How(**job["how"])), out)
        return {"version": reader.version, "digest": reader.digest}

    def _current(self) -> Any:
        from aigov_graph.exports import Reader

        current = self._store.current()
        if self._lease is None or (current and current.number != self._lease.version.number):
            old, self._lease = self._lease, self._store.lease()
            self._reader = Reader.of(self._lease)
            if old:
                old.close()
        return self._reader


if __name__ == "__main__":
    main(sys.argv[1:])
