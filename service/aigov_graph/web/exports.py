"""The room of /export and /analysis: the network in every format, a page to choose it by, and measures of it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, BinaryIO, Final

from flask import Blueprint, Response, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from aigov_graph.analysis import MEASURES
from aigov_graph.errors import AigovError, RequestError
from aigov_graph.exports import FORMATS, HOW_OPTIONS, OPTIONS, View
from aigov_graph.exports.options import read, suggest
from aigov_graph.exports.registry import missing
from aigov_graph.pool.compression import compressed, compressing
from aigov_graph.pool.engine import Engine
from aigov_graph.settings import Settings
from aigov_graph.stores import VersionedStore
from aigov_graph.web.described import asked, described
from aigov_graph.web.languages import VARY, language
from aigov_graph.web.negotiation import best_coding
from aigov_graph.web.problems import MEDIA_TYPE, HttpError, body_of, headers_of, status_of
from aigov_graph.web.request import note
from aigov_graph.web.telling import error_page, told
from aigov_graph.web.workshop import Made, Workshop

_HOW: Final = tuple(option.name for option in HOW_OPTIONS)
_OPTIONS: Final = tuple(
    asked(option.name, option.help, many=option.many, choices=option.choices) for option in (*OPTIONS, *HOW_OPTIONS)
)
_MEASURED: Final = (
    *_OPTIONS[: len(OPTIONS)],
    asked("measure", "What to measure.", choices=tuple(MEASURES)),
    asked("thing", "A thing that the measure is about.", many=True),
    asked("format", "json or html, whatever Accept says.", choices=("json", "html")),
)
_MEDIA_TYPES: Final = tuple(dict.fromkeys(form.media_type.partition(";")[0] for form in FORMATS.values()))
_PACKED: Final = ("image/png", "application/zip", "application/vnd.apache.", "application/vnd.openxmlformats")
"""Formats that are compressed by themselves."""
_VARY: Final = f"{VARY}, Accept-Encoding"
_PIECE_BYTES: Final = 256 * 1024
_PICTURE_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""An SVG opened by itself has its styles inside, and nothing else may run in it."""


def exports(settings: Settings, engine: Engine) -> Blueprint:
    """The room.

    Args:
        settings: the operator's decisions.
        engine: not asked here; the work is done in a process of its own.
    """
    room = Blueprint("exports", __name__)
    workshop, store = Workshop(settings), VersionedStore(settings.store)

    @room.errorhandler(AigovError)
    def explain(error: AigovError) -> Response:
        if request.accept_mimetypes.best_match([MEDIA_TYPE, "text/html"], default=MEDIA_TYPE) == "text/html":
            return error_page(error)
        return Response(body_of(error, ""), status_of(error), dict(headers_of(error)), content_type=MEDIA_TYPE)

    @room.get("/export/<name>")
    @described(media=_MEDIA_TYPES, parameters=_OPTIONS, problems=(400, 404, 422, 500, 501), unchanged=True)
    def export(name: str) -> Response:
        """A network in a format."""
        if name not in FORMATS:
            raise HttpError(404, f"there is no format {name!r}", suggest(name, FORMATS))
        form = FORMATS[name]
        view, how = read(_given(request.args, ()))
        tag = _tag(store, name, view.words(), asdict(how))
        if request.if_none_match.contains_weak(tag):
            return _unchanged(tag)
        kind = "head" if request.method == "HEAD" else "export"
        made = workshop.make({"kind": kind, "format": name, "view": view.words(), "how": asdict(how)})
        response = _sent(made, form.media_type, tag)
        place = "inline" if form.media_type.startswith(("image/", "text/")) else "attachment"
        response.headers["Content-Disposition"] = f'{place}; filename="{_file_name(view)}{form.suffix}"'
        if form.media_type.startswith("image/"):
            response.headers["Content-Security-Policy"] = _PICTURE_POLICY
        return response

    @room.get("/export")
    @described(parameters=_OPTIONS, problems=(400, 404, 501))
    def choose() -> str:
        """A page that shows the network asked for and hands it out in every format."""
        given = {"lang": [language()]} | _given(request.args, _HOW)
        words: dict[str, Any] = dict(View.read(given).words())
        return render_template(
            "export.html",
            chosen=bool(words.keys() - {"lang"}),
            formats=[form for form in FORMATS.values() if not form.missing],
            options=OPTIONS,
            words=words,
            picture=url_for("exports.export", name="svg", **words) if not missing("pictures") else "",
            link=lambda name: url_for("exports.export", name=name, **words),
        )

    @room.get("/analysis")
    @described(
        media=("text/html", "application/json"), parameters=_MEASURED, problems=(400, 404, 422, 500), unchanged=True
    )
    def analysis() -> Response:
        """A measure; a page for people, JSON for programs."""
        given = _given(request.args, ("measure", "thing", "format"))
        measure, things = request.args.get("measure", ""), [t for t in request.args.getlist("thing") if t.strip()]
        page = _wants_page("text/html" if not measure else "application/json")
        view = View.read({"lang": [language()]} | given if page else given)
        if not measure and page:
            return Response(_analysis_page(view, measure, things, None), content_type="text/html; charset=utf-8")
        if measure not in MEASURES:
            raise RequestError(f"there is no measure {measure!r}", "measure", suggest(measure, MEASURES, len(MEASURES)))
        shown = language() if page else ""
        tag = _tag(store, "analysis", view.words(), {"measure": measure, "things": things, "page": shown})
        if request.if_none_match.contains_weak(tag):
            return _unchanged(tag)
        made = workshop.make({"kind": "analysis", "measure": measure, "things": things, "view": view.words()})
        if not page:
            return _sent(made, "application/json", tag)
        with made.file as file:
            answer = json.loads(file.read())
        text = _analysis_page(view, measure, things, answer).encode()
        headers, coding = _caching(tag, made), best_coding(request.headers.get("Accept-Encoding", ""))
        if coding:
            headers["Content-Encoding"] = coding
        body = compressed(text, coding, streaming=True)
        return Response(body, headers=headers, content_type="text/html; charset=utf-8")

    return room


def _analysis_page(view: View, measure: str, things: list[str], answer: dict[str, Any] | None) -> str:
    return render_template(
        "analysis.html",
        measures=MEASURES,
        measure=measure,
        things=things,
        answer=answer,
        title=told(answer["title"], "measure").text if answer else "",
        words=view.words(),
    )


def _given(arguments: MultiDict[str, str], aside: tuple[str, ...]) -> dict[str, list[str]]:
    """The options of a view among a request's parameters; an empty field of a form says nothing."""
    switches = {option.name for option in (*OPTIONS, *HOW_OPTIONS) if option.kind == "switch"}
    found: dict[str, list[str]] = {}
    for name in arguments:
        texts = [text for text in arguments.getlist(name) if text.strip() or name in switches]
        if name not in aside and texts:
            found[name] = texts
    return found


def _wants_page(rather: str) -> bool:
    """Whether a page is wanted and not JSON; `rather` is what to give where both are liked the same."""
    form = request.args.get("format", "")
    if form not in ("", "json", "html"):
        raise RequestError(f"there is no format {form!r} of an analysis", "format", "choose json or html")
    offers = sorted(("application/json", "text/html"), key=lambda offer: offer != rather)
    best = request.accept_mimetypes.best_match(offers, default=rather)
    return form == "html" or (not form and best == "text/html")


def _tag(store: VersionedStore, *parts: Any) -> str:
    """The tag of an answer: the version's digest and that of what was asked, which the access log is told too."""
    version = store.current()
    digest = version.digest.removeprefix("sha256:")[:16] if version else ""
    asked = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]
    note(request.environ, version.number if version else 0, asked)
    return f"{digest}-{asked}"


def _unchanged(tag: str) -> Response:
    return Response(status=304, headers={"ETag": f'W/"{tag}"', "Cache-Control": "no-cache", "Vary": _VARY})


def _caching(tag: str, made: Made) -> dict[str, str]:
    note(request.environ, made.version, tag.rpartition("-")[2])
    return {
        "ETag": f'W/"{tag}"',
        "Cache-Control": "no-cache",
        "Vary": _VARY,
        "X-Dataset-Version": str(made.version),
        "Access-Control-Allow-Origin": "*",
    }


def _sent(made: Made, media_type: str, tag: str) -> Response:
    headers, pieces = _caching(tag, made), _pieces(made.file)
    coding = best_coding(request.headers.get("Accept-Encoding", ""))
    if coding and not media_type.startswith(_PACKED):
        headers["Content-Encoding"] = coding
        return Response(compressing(pieces, coding), headers=headers, content_type=media_type)
    if made.size:  # For HEAD nothing is made, so that nobody knows how long it would be.
        headers["Content-Length"] = str(made.size)
    return Response(pieces, headers=headers, content_type=media_type)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE_BYTES):
            yield piece


def _file_name(view: View) -> str:
    """A name that says what is in the file, of letters that every system takes."""
    plain = {"around", "relation", "status"}
    given = sorted(view.words().items(), key=lambda option: option[0] != "around")
    words = [
        word for name, values in given for word in (*(() if name in plain else (name,)), *values) if word != "true"
    ]
    slug = "-".join(re.sub(r"[^A-Za-z0-9]+", "-", word.rpartition("/")[2]).strip("-") for word in words if word)
    return f"aigov-graph-{slug}"[:120].rstrip("-")
