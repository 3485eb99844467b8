"""Lists of things, claims and edges with their filters; the same as files, and as the query that finds them."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from aigov_graph.errors import RequestError
from aigov_graph.exports.options import CERTAINTIES, MODES
from aigov_graph.vocabulary.namespaces import AIGOV, CONCEPT, GRAPH, RDF
from aigov_graph.web import list_queries
from aigov_graph.web.described import described
from aigov_graph.web.filters import KINDS, SORTS, Filters, Kind
from aigov_graph.web.languages import gettext
from aigov_graph.web.listed import Listed
from aigov_graph.web.pages.site import Site
from aigov_graph.web.pages.wording import STATUSES
from aigov_graph.web.parameters import list_parameters
from aigov_graph.web.reader import Snapshot
from aigov_graph.web.telling import told

_CHOICES: Final = ("types", "relations", "sources", "holders")
"""What a form offers: the classes, relations, sources and holders there are."""


def add(room: Blueprint, site: Site) -> None:
    """Add these pages to the room."""
    listed = Listed()

    @room.get("/<any(entities,claims,edges):kind>")
    @described(media=("text/html",), parameters=list_parameters(*KINDS), problems=(400, 404, 406))
    def listing(kind: Kind) -> Response:
        """A list, a page at a time."""
        try:
            filters, wrong = Filters.read(kind, _given()), None
        except RequestError as error:
            filters, wrong = Filters(kind), error
        total = listed.count(site.snapshot, filters)
        rows = listed.rows(site.snapshot, filters) if wrong is None else []
        given = filters.given()
        page = render_template(
            "list.html",
            kind=kind,
            heading=_heading(kind),
            filters=filters,
            wrong=wrong and (told(wrong.what), told(wrong.remedy)),
            rows=rows,
            total=total,
            pages=-(-total // filters.size),
            link_to=lambda number: _url("pages.listing", {"kind": kind, **filters.at(number).given(paged=True)}),
            file=lambda suffix: _url("pages.file", {"kind": kind, "suffix": suffix, **given}),
            interface=f"/api/{kind}?{urlencode(given, doseq=True)}",
            query=list_queries.select(filters),
            offered={name: site.once(f"offered {name}", _offers(name)) for name in _CHOICES},
            certainties=CERTAINTIES,
            modes=MODES,
            statuses=STATUSES,
            sorts=SORTS[kind],
            sort_words=_sort_words(),
            concept=lambda name: CONCEPT[name],
            types=lambda iri: types_of(site, iri),
        )
        return Response(page, 400 if wrong else 200, content_type="text/html; charset=utf-8")

    @room.get("/<any(entities,claims,edges):kind>.<any(csv,jsonld,rq):suffix>")
    @described(
        media=("text/csv", "application/ld+json", "application/sparql-query"),
        parameters=list_parameters(*KINDS),
        problems=(400, 404, 413),
    )
    def file(kind: Kind, suffix: str) -> BaseResponse:
        """A whole list as CSV or JSON-LD, which the endpoint answers, or the query itself."""
        filters = Filters.read(kind, _given())
        if suffix == "rq":
            text = list_queries.select(filters)
            return Response(text, content_type="application/sparql-query; charset=utf-8")
        write = list_queries.select if suffix == "csv" else list_queries.construct
        asked = {"query": write(filters), "format": suffix}
        return redirect("/sparql?" + urlencode(asked), 303)


def _url(endpoint: str, values: dict[str, Any]) -> str:
    return url_for(endpoint, **values)


def _given() -> dict[str, list[str]]:
    return {name: request.args.getlist(name) for name in request.args if name != "lang"}


def _heading(kind: Kind) -> str:
    return {"entities": gettext("Things"), "claims": gettext("Claims"), "edges": gettext("Edges")}[kind]


def _sort_words() -> dict[str, str]:
    return {
        "claims": gettext("most claims first"),
        "name": gettext("by name"),
        "source": gettext("by source"),
        "date": gettext("newest first"),
        "sources": gettext("most sources first"),
    }


def types_of(site: Site, iri: str) -> list[str]:
    """The classes of a thing that the files themselves name."""
    store, entities = site.snapshot.store, (ox.NamedNode(GRAPH.entities), ox.NamedNode(GRAPH.reference))
    node, kind = ox.NamedNode(iri), ox.NamedNode(RDF.type)
    found = [quad.object for graph in entities for quad in store.quads_for_pattern(node, kind, None, graph)]
    return sorted({term.value for term in found if isinstance(term, ox.NamedNode) and term.value.startswith(AIGOV)})


def _offers(name: str) -> Any:
    def offered(snapshot: Snapshot) -> list[tuple[str, int]]:
        rows = snapshot.rows(f"offered-{name}")
        return [(row["term"].value, int(row["number"].value)) for row in rows]

    return offered
