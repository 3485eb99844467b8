"""The page at /sparql for people: a form, and the example questions that fill it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue

from aigov_graph.dataset import find_data
from aigov_graph.pool.engine import Engine
from aigov_graph.pool.formats import FORMATS
from aigov_graph.settings import Settings


@dataclass(frozen=True, slots=True)
class Example:
    """A question of the collection: the first line of its file's remarks, and its text."""

    title: str
    text: str


def query_page(settings: Settings, engine: Engine) -> Blueprint:
    """The room at /sparql."""
    room = Blueprint("query_page", __name__)
    examples = tuple(_example(path) for path in find_data(settings.data).query_files("queries"))

    @room.get("/sparql")
    def page() -> ResponseReturnValue:
        response = make_response(
            render_template("query_form.html", examples=examples, formats=FORMATS, version=engine.version)
        )
        response.headers["Vary"] = "Accept"
        response.headers["Cache-Control"] = "no-cache"
        return response

    return room


def _example(path: Path) -> Example:
    text = path.read_text("utf-8")
    remark = next((line.lstrip("# ").strip() for line in text.splitlines() if line.startswith("#")), "")
    return Example(remark.partition("title:")[2].strip() or remark or path.stem.replace("-", " "), text)
