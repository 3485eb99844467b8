"""The room of /openapi.json and /api: every route of the service as OpenAPI 3.1, for programs and for people.

What a page's route says of itself is read from the route (`described`); what stands in front of the pages, and is no
route of theirs, is told here.
"""

from __future__ import annotations

import re
from typing import Any, Final

from apispec import APISpec
from flask import Blueprint, Flask, Response, current_app, jsonify, render_template, url_for

from aigov_graph import __version__
from aigov_graph.exports import FORMATS as NETWORKS
from aigov_graph.pool.engine import Engine
from aigov_graph.pool.formats import of_family
from aigov_graph.settings import Settings
from aigov_graph.web.described import Described, account_of, described
from aigov_graph.web.dumps import SUFFIXES
from aigov_graph.web.observe import METRICS_TYPE

_PROBLEM: Final = "application/problem+json"
_TABLES: Final = tuple(form.media_type for form in of_family("results"))
_GRAPHS: Final = tuple(form.media_type for form in of_family("graph"))
_STATUS: Final = {
    200: "The answer.",
    204: "Which methods and headers are allowed.",
    303: "The name of a thing leads to a document about it.",
    304: "Nothing changed since the ETag given.",
    400: "The request says what cannot be read; the problem says where and what to do.",
    403: "The query asks for what this service never does.",
    404: "There is no such thing.",
    405: "The method is not for this route; Allow names those that are.",
    406: "Nothing that Accept allows is on offer.",
    410: "The thing was retired; what replaced it is named.",
    413: "The query's text or its answer is too large.",
    415: "The body's media type is not read here.",
    422: "The format cannot hold what was asked for.",
    500: "The service failed; the operator finds it in the log by the request's number.",
    501: "A part of the package that this needs is not installed.",
    502: "An endpoint that the query names failed.",
    503: "The deadline, the memory or the queue was used up; Retry-After says when to come back.",
}
_QUERY: Final = (
    ("query", "The SPARQL 1.1 query.", True, False),
    ("default-graph-uri", "Graphs that make up the default graph.", False, True),
    ("named-graph-uri", "Graphs that GRAPH may name.", False, True),
    ("timeout", "A deadline in milliseconds, shorter than the service's own.", False, False),
    ("format", "A format by its short name, for addresses that are typed.", False, False),
)


def openapi(settings: Settings, engine: Engine) -> Blueprint:
    """The room.

    Args:
        settings: names the largest query text.
        engine: not asked here.
    """
    room = Blueprint("openapi", __name__)

    @room.get("/openapi.json")
    @described(summary="This document", media=("application/json",))
    def document() -> Response:
        """Every route of the service, as OpenAPI 3.1."""
        response = jsonify(
            describe(current_app, url_for("openapi.document", _external=True).removesuffix("/openapi.json"))
        )
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    @room.get("/api")
    @described(summary="Every route, for people")
    def page() -> str:
        """The routes of the OpenAPI document on a page, by subject."""
        found = describe(current_app, "")
        subjects: dict[str, list[dict[str, Any]]] = {tag["name"]: [] for tag in found["tags"]}
        for path, operations in found["paths"].items():
            for method, operation in operations.items():
                if method in ("get", "post"):
                    subjects[operation["tags"][0]].append({"path": path, "method": method.upper(), **operation})
        return render_template("api.html", subjects=subjects, tags={t["name"]: t["description"] for t in found["tags"]})

    return room


_TAGS: Final = {
    "data": "SPARQL, graphs and dumps, by the standards' protocols.",
    "lists": "Things, claims and edges as paged JSON-LD, by the filters of the pages.",
    "network": "The network in every format, and measures of it.",
    "names": "Finding and matching names.",
    "pages": "Pages for people; most of them are data as well, by content negotiation.",
    "operation": "For whoever runs the service.",
}
_SUBJECTS: Final = {
    "api": "lists",
    "exports": "network",
    "explorer": "network",
    "search": "names",
    "reconcile": "names",
    "openapi": "pages",
}


def describe(app: Flask, base: str) -> dict[str, Any]:
    """The OpenAPI document of the app and of what stands in front of it.

    Args:
        app: the pages.
        base: the service's address, "" for none.
    """
    servers: dict[str, Any] = {"servers": [{"url": base}]} if base else {}
    spec = APISpec(
        title="aigov-graph",
        version=__version__,
        openapi_version="3.1.0",
        info={
            "summary": "A knowledge graph of the actors in AI governance.",
            "description": "Every relation carries its passage, its date, its holder and its hedge. A fact is what a "
            "source states plainly, not what this service vouches for.",
            "license": {"name": "Data: CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        },
        tags=[{"name": name, "description": text} for name, text in _TAGS.items()],
        **servers,
    )
    spec.components.schema("Problem", _PROBLEM_SCHEMA)
    for path, operations in (_in_front() | _of_pages(app)).items():
        for method, operation in operations.items():
            operation["operationId"] = _name_of(method, path)
        spec.path(path, operations=operations)
    found: dict[str, Any] = spec.to_dict()
    return found


_PROBLEM_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "description": "Problem details (RFC 9457).",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What happened."},
        "where": {"type": "string", "description": "Where it happened."},
        "remedy": {"type": "string", "description": "What to do."},
        "line": {"type": "integer", "description": "Line of a query's fault."},
        "column": {"type": "integer", "description": "Column of a query's fault."},
        "request": {"type": "string", "description": "The request's number in the log."},
    },
}


def _name_of(method: str, path: str) -> str:
    """A name that programs made from the document call the operation by: getApiClaims for GET /api/claims."""
    return method + ("".join(word[:1].upper() + word[1:] for word in re.findall(r"\w+", path)) or "Start")


def _in_front() -> dict[str, dict[str, Any]]:
    """What our own handlers answer, before any page is asked."""
    queried = Described(
        media=(*_TABLES, *_GRAPHS, "text/html"),
        problems=(400, 403, 405, 406, 413, 415, 500, 502, 503),
        unchanged=True,
        parameters=tuple(_parameter(name, text, many=many) for name, text, _, many in _QUERY),
    )
    graph = Described(media=_GRAPHS, problems=(400, 404, 406, 413, 500, 503), unchanged=True)
    dump = Described(media=(*_GRAPHS, "application/gzip"), problems=(404, 406, 413, 500, 503), unchanged=True)
    named = (_parameter("graph", "The graph's IRI."), _parameter("default", "The default graph.", empty=True))
    sparql = {
        "get": _operation(queried, "data", "Ask a query; without one, the service description or the query page"),
        "post": _operation(queried, "data", "Ask a query in the body", body=_query_body()),
    }
    sparql["post"]["parameters"] = [p for p in sparql["post"]["parameters"] if p["name"] != "query"]
    return {
        "/sparql": sparql,
        "/graphs": {"get": _operation(graph, "data", "One graph by its IRI", parameters=named)},
        "/graphs/{name}": {"get": _operation(graph, "data", "One graph by its name", parameters=(_in_path("name"),))},
        "/graph/{name}": {"get": _operation(graph, "data", "One graph by its name", parameters=(_in_path("name"),))},
        "/dump.{suffix}": {
            "get": _operation(
                dump, "data", "The whole data set", parameters=(_in_path("suffix", [*SUFFIXES, *_packed()]),)
            )
        },
        "/.well-known/void": {
            "get": _operation(
                Described(media=_GRAPHS, problems=(406, 503), unchanged=True), "data", "What the data set is"
            )
        },
        "/health": {
            "get": _operation(
                Described(media=("application/json",), problems=()), "operation", "Whether it is well", 503
            )
        },
        "/metrics": {
            "get": _operation(
                Described(media=(METRICS_TYPE.decode().partition(";")[0],), problems=()), "operation", "Counters"
            )
        },
    }


def _packed() -> list[str]:
    return [f"{suffix}.gz" for suffix in SUFFIXES]


def _of_pages(app: Flask) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.endpoint == "static":
            continue
        view = app.view_functions[rule.endpoint]
        account, room = account_of(view), rule.endpoint.partition(".")[0]
        path = re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule)
        choices = {name: words.split(",") for words, name in re.findall(r"<any\(([^)]*)\):([^<>]+)>", rule.rule)}
        if room == "exports":
            choices["name"] = list(NETWORKS)
        path_parameters = tuple(_in_path(name, choices.get(name)) for name in sorted(rule.arguments))
        line = (view.__doc__ or rule.endpoint).strip().partition("\n")[0]
        for method in sorted({"GET", "POST"} & (rule.methods or set())):
            body = _form_body(account) if method == "POST" and account.form else None
            operation = _operation(
                account, _SUBJECTS.get(room, "pages"), account.summary or line, parameters=path_parameters, body=body
            )
            found.setdefault(path, {})[method.lower()] = operation
    for path in ("/sparql",):  # the page that stands behind is told of with what stands in front
        found.pop(path, None)
    return found


def _operation(
    account: Described,
    tag: str,
    summary: str,
    *also: int,
    parameters: tuple[dict[str, Any], ...] = (),
    body: dict[str, Any] | None = None,
) -> dict[str, Any]:
    responses: dict[str, Any] = {
        str(status): {
            "description": _STATUS[status],
            **({"content": {media: {} for media in account.media}} if status == 200 else {}),
        }
        for status in (*account.status, *([304] if account.unchanged else []), *also)
    }
    for status in account.problems:
        problem = {_PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}, "text/html": {}}
        responses[str(status)] = {"description": _STATUS[status], "content": problem}
    operation: dict[str, Any] = {"summary": summary, "tags": [tag], "responses": responses}
    if parameters or account.parameters:
        operation["parameters"] = [*parameters, *account.parameters]
    if body:
        operation["requestBody"] = body
    return operation


def _parameter(name: str, text: str, *, many: bool = False, empty: bool = False) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "array", "items": {"type": "string"}} if many else {"type": "string"}
    found = {"name": name, "in": "query", "description": text, "schema": schema}
    return found | ({"allowEmptyValue": True} if empty else {})


def _in_path(name: str, choices: list[str] | None = None) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string", "minLength": 1} | ({"enum": choices} if choices else {})
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _query_body() -> dict[str, Any]:
    properties = {
        name: {"type": "array", "items": {"type": "string"}} if many else {"type": "string"}
        for name, _, _, many in _QUERY
    }
    form = {"schema": {"type": "object", "required": ["query"], "properties": properties}}
    content = {"application/x-www-form-urlencoded": form, "application/sparql-query": {"schema": {"type": "string"}}}
    return {"required": True, "content": content}


def _form_body(account: Described) -> dict[str, Any]:
    properties = {name: {"type": "string", "description": text} for name, text in account.form}
    return {"content": {"application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": properties}}}}
