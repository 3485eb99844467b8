"""The room at /explore: the network as a picture to walk about in; without scripts, a drawing and tables of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from flask import Blueprint, Response, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from aigov_graph.errors import AigovError, RequestError
from aigov_graph.exports import FORMATS, OPTIONS, View
from aigov_graph.exports.registry import missing
from aigov_graph.exports.wording import said
from aigov_graph.pool.compression import compressed
from aigov_graph.pool.engine import Engine
from aigov_graph.settings import Settings
from aigov_graph.stores import VersionedStore
from aigov_graph.web.described import asked, described
from aigov_graph.web.languages import language
from aigov_graph.web.negotiation import best_coding
from aigov_graph.web.parameters import VIEW_PARAMETERS
from aigov_graph.web.problems import MEDIA_TYPE, body_of, headers_of, status_of
from aigov_graph.web.reader import PageReader, query_text
from aigov_graph.web.telling import error_page
from aigov_graph.web.workshop import Workshop

START: Final = {"type": ["Actor"], "top": ["80"]}
"""What is shown to who asks for nothing: the best connected actors, and the facts between them."""
MOST_DRAWN: Final = 500
"""So many things at most are drawn at once; the exports have them all."""

_JSON: Final = "application/json"
_SUGGESTED: Final = 20
_KEPT: Final = 64


def explorer(settings: Settings, engine: Engine) -> Blueprint:
    """The room. It has a process of its own, so that no large export stands in a visitor's way.

    Args:
        settings: names the store.
        engine: not asked here; every room is given it.
    """
    room = Blueprint("explorer", __name__)
    workshop, store = Workshop(settings, pictures=False), VersionedStore(settings.store)
    reader = PageReader(store)

    @lru_cache(maxsize=_KEPT)
    def made(version: str, job: str) -> bytes:
        with workshop.make(json.loads(job)).file as file:
            return file.read()

    def make(kind: str, **job: Any) -> bytes:
        current = store.current()
        return made(current.digest if current else "", json.dumps({"kind": kind, **job}, sort_keys=True))

    @lru_cache(maxsize=2)
    def names(digest: str) -> list[tuple[str, str, str]]:
        rows = reader.select(query_text("explorer-names"))[1]
        found = {(row["label"].value, row["thing"].value) for row in rows}
        return [(label.casefold(), label, iri) for label, iri in sorted(found, key=lambda pair: (len(pair[0]), pair))]

    @lru_cache(maxsize=2)
    def start(digest: str) -> dict[str, list[str]]:
        try:
            make("explore", view=START)
        except RequestError:  # another data folder may have no actors
            return {"top": START["top"]}
        return START

    def view() -> View:
        """The view that the address asks for; a name in place of an identifier is looked up."""
        given = _given(request.args)
        if not given.keys() - {"lang"}:
            given |= start(reader.version.digest)
        if not given.keys() & {"around", "top"}:
            given["top"] = START["top"]
        if request.path == url_for("explorer.page", lang=None):
            given.setdefault("lang", [language()])
        for option in ("around", "also"):
            if option in given:
                given = {**given, option: [_identified(text, names(reader.version.digest)) for text in given[option]]}
        return View.read(given)

    def drawn(chosen: View) -> bytes:
        """The network of a view, or as much of it as a page can draw."""
        whole = chosen.around and chosen.depth == 1
        if not whole and not 0 < chosen.top <= MOST_DRAWN:
            chosen = replace(chosen, top=MOST_DRAWN)
        return make("explore", view=chosen.words())

    @room.errorhandler(AigovError)
    def explain(error: AigovError) -> Response:
        if request.path == url_for("explorer.page", lang=None):
            return error_page(error)
        return Response(body_of(error, ""), status_of(error), dict(headers_of(error)), content_type=MEDIA_TYPE)

    @room.get("/explore")
    @described(parameters=VIEW_PARAMETERS, problems=(400, 404, 501), unchanged=True)
    def page() -> Response:
        """The explorer: the network to walk about in."""
        chosen = view()
        words = chosen.words()
        shown = json.loads(drawn(chosen))
        facets = json.loads(make("facets", view={"lang": [chosen.language]}))
        for look in facets["looks"]:
            look["name"] = said(language(), look["name"])
        for status in facets["statuses"]:
            status["words"] = said(language(), status["words"])
        if "lang" in request.args:  # the script's addresses say it too, or a reload would forget it
            words["lang"] = [chosen.language]

        def link(form: str) -> str:
            named: dict[str, Any] = {"name": form, **words}
            return url_for("exports.export", **named)

        text = render_template(
            "explorer.html",
            network=shown,
            facets=facets,
            labels={node["id"]: node["label"] for node in shown["nodes"]},
            words=words,
            statuses=chosen.statuses,
            most=MOST_DRAWN,
            picture=link("svg") if not missing("pictures") else "",
            formats=[form for form in FORMATS.values() if not form.missing],
            link=link,
        )
        return _answer(text.encode(), "text/html; charset=utf-8", vary="Accept-Encoding, Accept-Language")

    @room.get("/explore/network")
    @described(media=("application/json",), parameters=VIEW_PARAMETERS, problems=(400, 404, 501), unchanged=True)
    def network() -> Response:
        """The network of the view, for the page's script."""
        return _answer(drawn(view()))

    @room.get("/explore/claims")
    @described(
        media=("application/json",),
        parameters=(
            *VIEW_PARAMETERS,
            asked("of", "The thing whose claims are wanted."),
            asked("with", "Only those that are about this thing too."),
        ),
        problems=(400, 404),
        unchanged=True,
    )
    def claims() -> Response:
        """The claims about a thing, or about two things, that the view shows."""
        of = request.args.get("of", "").strip()
        if not of:
            raise RequestError("it is not said whose claims are wanted", "of", "send of=alibaba")
        return _answer(make("claims", view=view().words(), of=of, other=request.args.get("with", "").strip()))

    @room.get("/explore/names")
    @described(
        media=("application/json",), parameters=(asked("q", "Letters of a name."),), problems=(400,), unchanged=True
    )
    def suggest() -> Response:
        """Things whose name has these letters, the nearest first."""
        wanted = request.args.get("q", "").strip().casefold()
        known = names(reader.version.digest) if wanted else []
        ranked = sorted(
            (
                (0 if name == wanted else 1 if name.startswith(wanted) else 2, label, iri)
                for name, label, iri in known
                if wanted in name
            ),
            key=lambda found: found[0],
        )
        things = {iri: label for _, label, iri in reversed(ranked)}
        found = [{"id": iri, "label": things[iri]} for iri in dict.fromkeys(iri for _, _, iri in ranked)]
        return _answer(json.dumps(found[:_SUGGESTED], ensure_ascii=False).encode())

    return room


def _given(arguments: MultiDict[str, str]) -> dict[str, list[str]]:
    """The options of a view in the address; an empty field of a form says nothing."""
    known = {option.name: option for option in OPTIONS}
    aside = {"of", "with"}
    found = {}
    for name in arguments:
        texts = [
            text for text in arguments.getlist(name) if text.strip() or getattr(known.get(name), "kind", "") == "switch"
        ]
        if texts and name not in aside:
            found[name] = texts
    return found


def _identified(text: str, names: list[tuple[str, str, str]]) -> str:
    """The IRI of a thing that is called this; the text itself where none is."""
    wanted = text.strip().casefold()
    return next((iri for name, _, iri in names if name == wanted), text)


def _answer(body: bytes, content_type: str = _JSON, vary: str = "Accept-Encoding") -> Response:
    tag = hashlib.sha256(body).hexdigest()[:16]
    headers = {"Cache-Control": "no-cache", "ETag": f'W/"{tag}"', "Vary": vary}
    if request.if_none_match.contains_weak(tag):
        return Response(status=304, headers=headers)
    coding = best_coding(request.headers.get("Accept-Encoding", ""))
    if coding:
        headers["Content-Encoding"] = coding
    return Response(compressed(body, coding, streaming=True), headers=headers, content_type=content_type)
