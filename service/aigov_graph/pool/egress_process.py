"""The egress process seen from its master: started when endpoints are listed, started again should it end."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from aigov_graph.errors import StoreError
from aigov_graph.settings import Settings


class EgressProcess:
    """Holds the process and the folder of its socket."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = tempfile.TemporaryDirectory(prefix="aigov-graph-egress-")
        self._path = Path(self._folder.name) / "socket"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> str:
        """Start it; gives the path of its socket.

        Raises:
            StoreError: it did not start.
        """
        self._path.unlink(missing_ok=True)
        options = {
            "path": str(self._path),
            "endpoints": list(self._settings.endpoints().values()),
            "limit": self._settings.result_limit_bytes,
            "seconds": self._settings.query_timeout_s,
        }
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-m", "aigov_graph.pool.egress", json.dumps(options)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd="/",
            env={"LC_ALL": "C.UTF-8"},
        )
        if self._process.stdout is None or self._process.stdout.readline() != b"ready\n":
            raise StoreError("the process that reaches listed endpoints did not start")
        return str(self._path)

    def revive(self) -> None:
        """Start it again if it ended."""
        if self._process and self._process.poll() is not None:
            self.start()

    def stop(self) -> None:
        """End it and remove its socket."""
        if self._process:
            self._process.kill()
            self._process.wait()
        self._folder.cleanup()
