"""The real OpenRefine without its window: on a free port, driven by its HTTP commands, ended with all it began."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.live import until

PROGRAM = "openrefine"
_BOUNDARY = "----a-table-of-names"
_ALL_ROWS = json.dumps({"facets": [], "mode": "row-based"})


class OpenRefine:
    """A running OpenRefine."""

    def __init__(self, base: str) -> None:
        self._base = base

    @classmethod
    @contextmanager
    def start(cls, folder: Path) -> Iterator[OpenRefine]:
        """Run it until the block ends; its home and its projects are in the folder."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        folder.mkdir(parents=True, exist_ok=True)
        command = [PROGRAM, "-i", "127.0.0.1", "-p", str(port), "-d", str(folder / "projects"), "-m", "512M"]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [*command, "-x", "refine.headless=true"],
                stdout=log,
                stderr=log,
                env={**os.environ, "HOME": str(folder)},
                start_new_session=True,
            )
        running = cls(f"http://127.0.0.1:{port}/command/core")
        try:
            until(lambda: running._answers() or process.poll() is not None, "OpenRefine answers")
            assert process.poll() is None, (folder / "log").read_text(errors="replace")[-3000:]
            yield running
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)
            until(lambda: not _alive(process.pid), "all that OpenRefine began has ended")

    def _answers(self) -> bool:
        try:
            self._get("get-version")
        except OSError:
            return False
        return True

    def _get(self, command: str, **parameters: str) -> Any:
        with urllib.request.urlopen(f"{self._base}/{command}?{urlencode(parameters)}", timeout=60) as response:
            return json.loads(response.read())

    def _token(self) -> str:
        return str(self._get("get-csrf-token")["token"])

    def _post(self, command: str, project: str, **parameters: str) -> Any:
        where = f"{self._base}/{command}?{urlencode({'project': project, 'csrf_token': self._token()})}"
        with urllib.request.urlopen(where, urlencode(parameters).encode(), timeout=60) as response:
            return json.loads(response.read())

    def create(self, column: str, values: Sequence[str]) -> str:
        """Make a project of one column; its number is returned."""
        table = "\n".join([column, *values])
        options = json.dumps({"separator": "\t", "headerLines": 1, "guessCellValueTypes": False, "trimStrings": False})
        query = {"csrf_token": self._token(), "format": "text/line-based/*sv", "options": options}
        part = f'Content-Disposition: form-data; name="{{}}"{{}}\r\n\r\n{{}}\r\n--{_BOUNDARY}'
        parts = [
            part.format("project-file", '; filename="names.tsv"\r\nContent-Type: text/tab-separated-values', table)
        ]
        parts += [part.format(name, "", value) for name, value in (("project-name", "names"), ("options", options))]
        body = f"--{_BOUNDARY}\r\n" + "\r\n".join(parts) + "--\r\n"
        request = urllib.request.Request(
            f"{self._base}/create-project-from-upload?{urlencode(query)}",
            body.encode(),
            {"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"},
        )
        with urllib.request.build_opener(_Stay).open(request, timeout=60) as response:
            return str(parse_qs(urlsplit(response.headers["Location"]).query)["project"][0])

    def guess_types(self, project: str, column: str, service: str) -> list[dict[str, Any]]:
        """The types that OpenRefine proposes after it asked the service for some names."""
        found = self._post("guess-types-of-column", project, columnName=column, service=service)
        types: list[dict[str, Any]] = found["types"]
        return types

    def reconcile(self, project: str, column: str, service: str, kind: dict[str, str]) -> None:
        """Match the column, by the type given, and wait until that is done."""
        manifest = self._manifest(service)
        config = {
            "mode": "standard-service",
            "service": service,
            "identifierSpace": manifest["identifierSpace"],
            "schemaSpace": manifest["schemaSpace"],
            "type": kind,
            "autoMatch": True,
            "columnDetails": [],
            "limit": 5,
        }
        self._post("reconcile", project, columnName=column, config=json.dumps(config), engine=_ALL_ROWS)
        self._finish(project)

    def take_best(self, project: str, column: str) -> None:
        """Let each cell that is not matched be its likest candidate, as a person does by one click."""
        self._post("recon-match-best-candidates", project, columnName=column, engine=_ALL_ROWS)

    def extend(self, project: str, column: str, service: str, properties: Sequence[tuple[str, str]]) -> None:
        """Add columns of properties, each by id and name, beside the column."""
        manifest = self._manifest(service)
        self._post(
            "extend-data",
            project,
            baseColumnName=column,
            endpoint=service,
            identifierSpace=manifest["identifierSpace"],
            schemaSpace=manifest["schemaSpace"],
            columnInsertIndex="1",
            extension=json.dumps({"properties": [{"id": key, "name": name} for key, name in properties]}),
            engine=_ALL_ROWS,
        )
        self._finish(project)

    def rows(self, project: str) -> list[list[dict[str, Any]]]:
        """The cells of all rows, each with its value `v` and, if matched, its reconciliation `r`."""
        found = self._get("get-rows", project=project, start="0", limit="1000")
        pool = found.get("pool", {}).get("recons", {})
        rows = []
        for row in found["rows"]:
            cells = [cell or {} for cell in row["cells"]]
            for cell in cells:
                if "r" in cell and not isinstance(cell["r"], dict):
                    cell["r"] = pool[str(cell["r"])]
            rows.append(cells)
        return rows

    def columns(self, project: str) -> list[str]:
        """The names of the columns, by the position of their cells in a row."""
        found = self._get("get-models", project=project)["columnModel"]["columns"]
        names = {column["cellIndex"]: column["name"] for column in found}
        return [names.get(number, "") for number in range(max(names) + 1)]

    def _manifest(self, service: str) -> dict[str, str]:
        with urllib.request.urlopen(service, timeout=60) as response:
            found: dict[str, str] = json.loads(response.read())
        return found

    def _finish(self, project: str) -> None:
        until(lambda: not self._get("get-processes", project=project)["processes"], "OpenRefine has finished")


class _Stay(urllib.request.HTTPRedirectHandler):
    """Where a new project is, is in the redirection: it is not followed."""

    def http_error_302(self, request: Any, response: Any, code: int, message: str, headers: Any) -> Any:
        """The redirection itself."""
        return response


def _alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
