"""The service: a Flask app for pages, and in front of it our own handlers for everything that is data.

`serve` in `server` starts it; `application` says what answers which path.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Flask, Response
from flask import request as current_request  # our own module is called request
from werkzeug.exceptions import HTTPException

from aigov_graph.pool.engine import Engine
from aigov_graph.settings import Settings
from aigov_graph.web.api import api
from aigov_graph.web.assets import assets
from aigov_graph.web.explorer import explorer
from aigov_graph.web.exports import exports
from aigov_graph.web.openapi import openapi
from aigov_graph.web.pages import pages
from aigov_graph.web.policy import SECURITY_HEADERS
from aigov_graph.web.query_page import query_page
from aigov_graph.web.reconcile import reconcile
from aigov_graph.web.refusals import complete, refusal
from aigov_graph.web.search import search

Room = Callable[[Settings, Engine], Blueprint]

ROOMS: tuple[Room, ...] = (pages, query_page, exports, explorer, assets, api, search, reconcile, openapi)
"""The pages, one function a room: it receives what it needs and returns its blueprint."""


def serve(settings: Settings) -> None:
    """Serve until told to stop by SIGTERM or SIGINT.

    Raises:
        StoreError: nothing was published yet.
        AigovError: the service cannot listen where it should, or a setting is none.
    """
    from aigov_graph.web.server import serve as serve_web

    serve_web(settings)


def create_app(settings: Settings, engine: Engine) -> Flask:
    """The Flask app with all rooms.

    Args:
        settings: the operator's decisions.
        engine: answers the pages' questions.
    """
    app = Flask(__name__)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for room in ROOMS:
        app.register_blueprint(room(settings, engine))

    @app.after_request
    def protect(response: Response) -> Response:
        complete(response, current_request.headers.get("X-Request-Id", ""))
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        if "frame-ancestors *" in response.headers["Content-Security-Policy"]:
            response.headers.remove("X-Frame-Options")  # which could only say no
        return response

    @app.errorhandler(HTTPException)
    def explain(error: HTTPException) -> Response:
        return refusal(error, current_request)

    return app
