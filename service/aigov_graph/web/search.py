"""The room of /search: what is called so, for readers as a page, for programs as JSON; and /search/suggest."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, jsonify, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from aigov_graph.errors import AigovError, RequestError
from aigov_graph.pool.engine import Engine
from aigov_graph.search import Found, Wanted
from aigov_graph.search.forms import clean
from aigov_graph.search.things import ALIAS, LABEL
from aigov_graph.settings import Settings
from aigov_graph.stores import VersionedStore
from aigov_graph.vocabulary.namespaces import AIGOV
from aigov_graph.web.described import asked, described
from aigov_graph.web.languages import VARY, language
from aigov_graph.web.lookup import Lookup, Lookups, name_of, slug
from aigov_graph.web.problems import MEDIA_TYPE, body_of, headers_of, status_of
from aigov_graph.web.telling import error_page

SHOWN: Final = 20
SUGGESTED: Final = 8
MOST: Final = 100
_JSON: Final = "application/json"
_HTML: Final = "text/html"
LOOKED_FOR: Final = (
    asked("q", "A name, or what is remembered of it."),
    asked("type", "Only things of this class and those below it.", many=True),
    asked("limit", "How many at most."),
)


def search(settings: Settings, engine: Engine) -> Blueprint:
    """The room.

    It reads the index beside the published version itself: no query process is asked.

    Args:
        settings: names the store.
        engine: not asked here; every room is given it.
    """
    room = Blueprint("search", __name__)
    lookups = Lookups(VersionedStore(settings.store))

    @room.errorhandler(AigovError)
    def explain(error: AigovError) -> Response:
        if _for_people():
            return error_page(error)
        return Response(body_of(error, ""), status_of(error), dict(headers_of(error)), content_type=MEDIA_TYPE)

    @room.after_request
    def share(response: Response) -> Response:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Vary"] = VARY
        return response

    @room.get("/search")
    @described(media=("text/html", "application/json"), parameters=LOOKED_FOR, problems=(400, 406))
    def results() -> ResponseReturnValue:
        """What a name may mean, the likest first."""
        lookup = lookups.current()
        name, classes = clean(request.args.get("q", "")), _classes(lookup)
        found = lookup.finder.find(Wanted(name, classes), _limit(SHOWN)) if name else []
        if _for_people():
            page = render_template(
                "search.html",
                name=name,
                chosen=classes,
                classes=[(one.iri, one.called(language())) for one in lookup.classes.values()],
                found=[(one, name_of(one.thing, language()), _labels(lookup, one, language())) for one in found],
                asked=bool(name),
            )
            return make_response(page)
        if not name:
            raise RequestError("there is nothing to look for", "q", "send a name: /search?q=...")
        response = jsonify(query=name, results=[_described(lookup, one) for one in found])
        response.headers["X-Dataset-Version"] = str(lookup.version.number)
        return response

    @room.get("/search/suggest")
    @described(media=("application/json",), parameters=LOOKED_FOR, problems=(400,))
    def suggest() -> Response:
        """What a name that is being typed may become."""
        lookup = lookups.current()
        name = clean(request.args.get("q", ""))
        found = lookup.finder.find(Wanted(name, _classes(lookup), begins=True), _limit(SUGGESTED))
        return jsonify(
            query=name,
            suggestions=[
                {
                    "id": slug(one.thing.iri),
                    "iri": one.thing.iri,
                    "label": one.thing.label,
                    "name": _shown_name(one),
                    "types": _labels(lookup, one),
                    "path": url_for("pages.thing", kind="id", name=slug(one.thing.iri)),
                }
                for one in found
            ],
        )

    return room


def _for_people() -> bool:
    offered = [_JSON, _HTML]
    return request.accept_mimetypes.best_match(offered, default=_JSON) == _HTML


def _limit(usual: int) -> int:
    text = request.args.get("limit", "")
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= MOST):
        raise RequestError(f"{text[:80]!r} is no whole number from 1 to {MOST}", "limit", "write it in digits")
    return int(text)


def _classes(lookup: Lookup) -> tuple[str, ...]:
    """The classes asked for, or none."""
    found = []
    for name in request.args.getlist("type")[:20]:
        if not name:
            continue
        iri = lookup.class_named(name)
        if iri is None:
            near = ", ".join(one.removeprefix(AIGOV) for one in lookup.classes)
            raise RequestError(f"nothing is of a class called {clean(name)[:80]!r}", "type", f"choose from: {near}")
        found.append(iri)
    return tuple(dict.fromkeys(found))


def _labels(lookup: Lookup, found: Found, language: str = "en") -> list[str]:
    return [lookup.classes[iri].called(language) for iri in found.thing.classes if iri in lookup.classes]


def _shown_name(found: Found) -> str:
    """The name by which a thing was found, where that is another than its label."""
    return "" if found.name.text == found.thing.label or found.name.kind not in (LABEL, ALIAS) else found.name.text


def _described(lookup: Lookup, found: Found) -> dict[str, Any]:
    thing = found.thing
    return {
        "iri": thing.iri,
        "id": slug(thing.iri),
        "label": thing.label,
        "types": [{"iri": iri, "label": lookup.classes[iri].label} for iri in thing.classes if iri in lookup.classes],
        "description": thing.description,
        "country": thing.country,
        "score": round(found.score, 4),
        "exact": found.sure,
        "found_by": {"name": found.name.text, "language": found.name.language, "way": found.likeness.way},
        "names": [
            {"name": name.text, "language": name.language, "kind": name.kind}
            for name in thing.names
            if name.kind in (LABEL, ALIAS)
        ],
    }
