"""The page at /sparql for people: a form, and the example questions that fill it."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue

from aigov_graph.dataset import find_data
from aigov_graph.errors import AigovError
from aigov_graph.pool.engine import Engine
from aigov_graph.pool.formats import FORMATS
from aigov_graph.questions import Question, read_question
from aigov_graph.settings import Settings

_log = logging.getLogger(__name__)


def query_page(settings: Settings, engine: Engine) -> Blueprint:
    """The room at /sparql."""
    room = Blueprint("query_page", __name__)
    examples = tuple(_examples(settings))

    @room.get("/sparql")
    def page() -> ResponseReturnValue:
        response = make_response(
            render_template("query_form.html", examples=examples, formats=FORMATS, version=engine.version)
        )
        response.headers["Vary"] = "Accept"
        response.headers["Cache-Control"] = "no-cache"
        return response

    return room


def _examples(settings: Settings) -> Iterator[Question]:
    for path in find_data(settings.data).query_files("queries"):
        try:
            yield read_question(path)
        except AigovError as error:
            _log.warning("a question is left out: %s", error.what, extra={"where": error.where})
