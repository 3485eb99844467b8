"""What Vite built of service/ui, under names that hold a hash of the content, so that browsers keep it for ever.

Where nobody built them, pages are whole without.
"""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

from flask import Blueprint, Response, abort, request

from aigov_graph.pool.compression import compressed
from aigov_graph.pool.engine import Engine
from aigov_graph.settings import Settings
from aigov_graph.web.negotiation import best_coding

MANIFEST: Final = "manifest.json"
_KEPT: Final = "public, max-age=31536000, immutable"
_TYPES: Final = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What one page needs of the build, by file name.

    Attributes:
        script: the module to start.
        styles: style sheets, in order.
        preloads: modules that the script imports at once.
    """

    script: str
    styles: tuple[str, ...]
    preloads: tuple[str, ...]


class Built:
    """What a build left in a folder; empty where there was none.

    Args:
        folder: with Vite's manifest and the files it names.
    """

    def __init__(self, folder: Traversable) -> None:
        self._folder = folder
        file = folder / MANIFEST
        self._manifest: dict[str, dict[str, Any]] = json.loads(file.read_text("utf-8")) if file.is_file() else {}
        self._names = {name for chunk in self._manifest.values() for name in (chunk["file"], *chunk.get("css", ()))}

    def __bool__(self) -> bool:
        return bool(self._manifest)

    def entry(self, name: str) -> Entry | None:
        """What the page of this name starts; None where nothing was built.

        Args:
            name: of a file in service/ui/src, without its suffix.
        """
        chunk = self._manifest.get(f"src/{name}.ts")
        if chunk is None:
            return None
        imported = [chunk, *self._imported(chunk)]
        styles = dict.fromkeys(style for part in reversed(imported) for style in part.get("css", ()))
        return Entry(chunk["file"], tuple(styles), tuple(dict.fromkeys(part["file"] for part in imported[1:])))

    def read(self, name: str, coding: str = "") -> bytes | None:
        """A file of the build, coded; None for a name the manifest has not."""
        if name not in self._names:
            return None
        return compressed(self._folder.joinpath(*name.split("/")).read_bytes(), coding, streaming=False)

    def _imported(self, chunk: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for key in chunk.get("imports", ()):
            yield self._manifest[key]
            yield from self._imported(self._manifest[key])


def built() -> Built:
    """What was built into this package."""
    return Built(files("aigov_graph.web") / "static" / "dist")


def assets(settings: Settings, engine: Engine) -> Blueprint:
    """The room at /assets. Templates ask `entry("explorer")` for what a page starts.

    Args:
        settings: not asked here; every room is given it.
        engine: neither.
    """
    room = Blueprint("assets", __name__)
    kept = built()
    room.add_app_template_global(kept.entry, "entry")

    @lru_cache(maxsize=64)
    def coded(name: str, coding: str) -> bytes | None:
        return kept.read(name, coding)

    @room.get("/assets/<path:name>")
    def send(name: str) -> Response:
        """A file of the build."""
        coding = best_coding(request.headers.get("Accept-Encoding", ""))
        data = coded(name, coding)
        if data is None:
            abort(404)
        response = Response(data, headers={"Cache-Control": _KEPT, "Vary": "Accept-Encoding"})
        suffix = name[name.rfind(".") :]
        response.content_type = _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        if coding:
            response.headers["Content-Encoding"] = coding
        return response

    return room
