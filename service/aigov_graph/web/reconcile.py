"""The room of /reconcile: the Reconciliation Service API 0.2 of the W3C community group, for OpenRefine and others.

A table's names are matched to the graph's things; matched rows are extended with codes and links.
https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from aigov_graph.errors import AigovError, RequestError
from aigov_graph.pool.engine import Engine
from aigov_graph.search import Wanted
from aigov_graph.search.forms import clean, fold
from aigov_graph.settings import Settings
from aigov_graph.stores import VersionedStore
from aigov_graph.vocabulary.namespaces import AIGOV, ID, ONTOLOGY
from aigov_graph.web.candidates import Answers, read_ask
from aigov_graph.web.described import asked, described
from aigov_graph.web.languages import language, said
from aigov_graph.web.lookup import Class, Lookup, Lookups, name_of
from aigov_graph.web.problems import MEDIA_TYPE, HttpError, body_of, headers_of, status_of
from aigov_graph.web.properties import PROPERTIES, Property, property_of

BODY_BYTES: Final = 1024**2
QUERIES_MOST: Final = 200
WEIGHED_MOST: Final = 400
"""Properties of all the queries of a batch: each is looked up for each thing that a name may mean."""
IDS_MOST: Final = 500
PROPERTIES_MOST: Final = 50
SUGGESTED: Final = 20
DEFAULT_TYPES: Final = (
    "State",
    "Government",
    "Firm",
    "Agency",
    "InternationalOrganization",
    "Person",
    "Policy",
    "Actor",
)

PREVIEW_POLICY: Final = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
"""Of the preview card alone, which the protocol shows in a frame of another's page: nothing in it runs or sends."""

_FORMS: Final = ("", "application/x-www-form-urlencoded", "multipart/form-data")
_FAR: Final = 100_000
"""A cursor behind everything: nothing is left, however far it is said to be."""
_JSON: Final = ("application/json", "application/javascript")
_CALLED: Final = asked("callback", "A function's name, for JSONP.")
_FORM: Final = (
    ("queries", "Batches of names to match, as JSON."),
    ("extend", "Things and the properties wanted of them, as JSON."),
)
_ASKED: Final = (*(asked(name, text) for name, text in _FORM), _CALLED)
_PREFIX: Final = (asked("prefix", "How the name begins."), asked("cursor", "How many to pass over."), _CALLED)

_CALLBACK: Final = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]{0,63}(\.[A-Za-z_$][A-Za-z0-9_$]{0,63}){0,7}")


def reconcile(settings: Settings, engine: Engine) -> Blueprint:
    """The room.

    Args:
        settings: names the store and the public address.
        engine: not asked here; every room is given it.
    """
    room = Blueprint("reconcile", __name__, url_prefix="/reconcile")
    lookups = Lookups(VersionedStore(settings.store))

    @room.before_request
    def bound() -> None:
        request.max_content_length = request.max_form_memory_size = BODY_BYTES

    @room.errorhandler(AigovError)
    def explain(error: AigovError) -> Response:
        return Response(body_of(error, ""), status_of(error), dict(headers_of(error)), content_type=MEDIA_TYPE)

    @room.after_request
    def share(response: Response) -> Response:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cache-Control"] = "no-cache"
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
            response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type"
            response.headers["Access-Control-Max-Age"] = "86400"
        return response

    @room.route("", methods=["GET", "POST"])
    @described(media=_JSON, parameters=_ASKED, form=_FORM, problems=(400, 413))
    def service() -> Response:
        """The manifest; with `queries` the candidates for each, with `extend` the values of properties."""
        lookup = lookups.current()
        if queries := request.values.get("queries"):
            return _json(_answers(lookup, _object(queries, "queries")))
        if extend := request.values.get("extend"):
            return _json(_extension(lookup, _object(extend, "extend"), _base(settings)))
        if request.method == "POST" and request.mimetype not in _FORMS:
            raise RequestError(
                "the body has neither queries nor extend",
                "body",
                "send a form (application/x-www-form-urlencoded) with queries=, whose value is JSON",
            )
        return _json(manifest(_base(settings)))

    @room.get("/suggest/entity")
    @described(media=_JSON, parameters=_PREFIX, problems=(400,))
    def suggest_entity() -> Response:
        """Things whose name begins so."""
        lookup = lookups.current()
        cursor = _cursor()
        found = lookup.finder.find(Wanted(_prefix(), (AIGOV.Entity,), begins=True), cursor + SUGGESTED)
        results = []
        for one in found[cursor:]:
            kinds = [_type(lookup.classes[iri]) for iri in one.thing.classes if iri in lookup.classes]
            described = {"id": one.thing.iri.removeprefix(ID), "name": one.thing.label, "notable": kinds}
            if one.thing.description:
                described["description"] = one.thing.description
            results.append(described)
        return _json({"result": results})

    @room.get("/suggest/type")
    @described(media=_JSON, parameters=_PREFIX, problems=(400,))
    def suggest_type() -> Response:
        """Classes whose name begins so."""
        lookup, prefix = lookups.current(), fold(_prefix())
        found = [one for one in lookup.classes.values() if _begins(prefix, one.label, one.iri.removeprefix(AIGOV))]
        return _json({"result": [_type(one, lookup) for one in found[_cursor() :]][:SUGGESTED]})

    @room.get("/suggest/property")
    @described(media=_JSON, parameters=_PREFIX, problems=(400,))
    def suggest_property() -> Response:
        """Properties whose name begins so."""
        prefix = fold(_prefix())
        found = [one for one in PROPERTIES.values() if _begins(prefix, one.name, one.id)]
        return _json({"result": [_described(one) for one in found[_cursor() :]][:SUGGESTED]})

    @room.get("/properties")
    @described(media=_JSON, problems=(400,))
    def propose() -> Response:
        """The properties that a column of a type can be extended with."""
        lookup = lookups.current()
        wanted, limit = request.values.get("type", ""), request.values.get("limit", "")
        iri = lookup.class_named(wanted)
        found = [one for one in PROPERTIES.values() if not one.of or one.of == iri or iri is None]
        found.sort(key=lambda one: not one.of)
        most = int(limit) if limit.isascii() and limit.isdigit() and len(limit) < 6 else len(found)
        proposed: dict[str, Any] = {"properties": [{"id": one.id, "name": one.name} for one in found[:most]]}
        if iri:
            proposed["type"] = iri
        return _json(proposed)

    @room.get("/preview")
    @described(problems=(400, 404))
    def preview() -> ResponseReturnValue:
        """A card about a thing, to be shown in a frame."""
        lookup = lookups.current()
        thing = lookup.finder.index.thing(ID + clean(request.args.get("id", "")).removeprefix(ID))
        if thing is None:
            abort(404, "nothing has this identifier")
        kinds = [lookup.classes[iri].called(language()) for iri in thing.classes if iri in lookup.classes]
        facts = [
            (said(property_.name, "property"), [value.get("name") or value.get("str") for value in values])
            for property_ in PROPERTIES.values()
            if property_.id not in _ON_CARD_ALREADY and (values := property_.values(lookup, thing))
        ]
        page = make_response(
            render_template("preview.html", thing=thing, called=name_of(thing, language()), kinds=kinds, facts=facts)
        )
        page.headers["Content-Security-Policy"] = PREVIEW_POLICY
        return page

    return room


_ON_CARD_ALREADY: Final = frozenset(
    one for one in PROPERTIES if one.endswith(("#type", "#label", "label-zh", "description", "Match"))
)


def manifest(base: str) -> dict[str, Any]:
    """What the service can do.

    Args:
        base: its address, without the last slash.
    """
    here = f"{base}/reconcile"
    return {
        "versions": ["0.2"],
        "name": "aigov-graph",
        "identifierSpace": ID,
        "schemaSpace": ONTOLOGY,
        "documentation": f"{base}/",
        "view": {"url": f"{base}/id/{{{{id}}}}"},
        "defaultTypes": [{"id": AIGOV[name], "name": _spaced(name)} for name in DEFAULT_TYPES],
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", "width": 430, "height": 300},
        "suggest": {
            kind: {"service_url": base, "service_path": f"/reconcile/suggest/{kind}"}
            for kind in ("entity", "type", "property")
        },
        "extend": {
            "propose_properties": {"service_url": base, "service_path": "/reconcile/properties"},
            "property_settings": [],
        },
    }


def _spaced(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def _base(settings: Settings) -> str:
    return (settings.base_url or url_for("pages.landing", _external=True)).rstrip("/")


def _object(text: str, what: str) -> dict[str, Any]:
    """A parameter's JSON object.

    Raises:
        RequestError: it is none.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RequestError(f"{what} is no JSON", what, "send a JSON object, percent-encoded") from error
    if not isinstance(found, dict):
        raise RequestError(f"{what} is no JSON object", what, "send a JSON object, percent-encoded")
    return found


def _answers(lookup: Lookup, queries: dict[str, Any]) -> dict[str, Any]:
    if len(queries) > QUERIES_MOST:
        raise HttpError(413, f"{len(queries)} queries at once", f"send at most {QUERIES_MOST}")
    asks = {key: read_ask(lookup, query) for key, query in queries.items()}
    if (weighed := sum(len(ask.constraints) for ask in asks.values())) > WEIGHED_MOST:
        raise HttpError(413, f"{weighed} properties in one batch", f"send at most {WEIGHED_MOST}, or fewer queries")
    answers = Answers(lookup)
    return {key: {"result": answers.of(ask)} for key, ask in asks.items()}


def _extension(lookup: Lookup, extend: dict[str, Any], base: str) -> dict[str, Any]:
    ids, wanted = extend.get("ids"), extend.get("properties")
    if not isinstance(ids, list) or not isinstance(wanted, list) or not all(isinstance(one, str) for one in ids):
        raise RequestError("extend has ids and properties", "extend", 'write {"ids": ["china"], "properties": []}')
    if len(ids) > IDS_MOST or len(wanted) > PROPERTIES_MOST:
        raise HttpError(413, "too much at once", f"send at most {IDS_MOST} ids and {PROPERTIES_MOST} properties")
    if not all(isinstance(one, dict) and isinstance(one.get("id"), str) for one in wanted):
        raise RequestError("a property has an id", "extend", 'write {"id": "country"}')
    columns = [(key, property_of(key)) for key in dict.fromkeys(one["id"] for one in wanted)]
    rows: dict[str, Any] = {}
    for name in dict.fromkeys(ids):
        thing = lookup.finder.index.thing(ID + clean(name).removeprefix(ID))
        rows[name] = {key: property_.values(lookup, thing) if thing and property_ else [] for key, property_ in columns}
    return {"meta": [_column(key, property_, lookup, base) for key, property_ in columns], "rows": rows}


def _column(key: str, property_: Property | None, lookup: Lookup, base: str) -> dict[str, Any]:
    found: dict[str, Any] = {"id": key, "name": property_.name if property_ else key}
    if property_ and property_.points_to in lookup.classes:
        found["type"] = {"id": property_.points_to, "name": lookup.classes[property_.points_to].label}
        found["service"] = f"{base}/reconcile"
    return found


def _type(one: Class, lookup: Lookup | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {"id": one.iri, "name": one.label}
    if lookup is not None:
        if one.meaning:
            found["description"] = one.meaning
        found["broader"] = [_type(lookup.classes[iri]) for iri in one.above if iri in lookup.classes]
    return found


def _described(property_: Property) -> dict[str, str]:
    return {"id": property_.id, "name": property_.name, "description": property_.description}


def _prefix() -> str:
    return clean(request.args.get("prefix", ""))


def _cursor() -> int:
    text = request.args.get("cursor", "")
    if not (text.isascii() and text.isdigit()):
        return 0
    return int(text) if len(text) < 6 else _FAR


def _begins(prefix: str, *names: str) -> bool:
    return any(word.startswith(prefix) for name in names for word in (fold(name), *fold(name).split()))


def _json(content: dict[str, Any]) -> Response:
    """JSON, or the call of a function with it where the request names one.

    Raises:
        RequestError: the function's name is none.
    """
    text = json.dumps(content)  # ASCII only: no line end that a script would read otherwise
    callback = request.values.get("callback")
    if callback is None:
        return Response(text, content_type="application/json")
    if not _CALLBACK.fullmatch(callback):
        raise RequestError("callback is no name of a function", "callback", "use letters, digits, _ and dots only")
    return Response(f"/**/{callback}({text});", content_type="application/javascript; charset=utf-8")
