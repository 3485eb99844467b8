"""Every IRI of ours leads somewhere: people to a page, programs to RDF, by what they accept or by a suffix."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox
from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from aigov_graph.pool.formats import BY_NAME
from aigov_graph.vocabulary.namespaces import AIGOV, DCTERMS, GRAPH, ONTOLOGY, OWL, PREFIXES
from aigov_graph.web.described import described
from aigov_graph.web.negotiation import best_format, prefers_html
from aigov_graph.web.pages.site import Site
from aigov_graph.web.pages.wording import KINDS
from aigov_graph.web.reader import query_text

SUFFIXES: Final = {"ttl": "turtle", "jsonld": "jsonld", "nt": "ntriples", "rdf": "rdfxml"}
"""How the formats of a description are written at the end of an address."""

_OF_FORMAT: Final = {name: suffix for suffix, name in SUFFIXES.items()}
_SUFFIX: Final = re.compile(rf"(.+)\.({'|'.join((*SUFFIXES, 'html'))})", re.DOTALL)


def iri_of(kind: str, name: str) -> str:
    """The IRI of a thing of ours; a 404 if it can be none."""
    iri = KINDS[kind] + name
    try:
        return ox.NamedNode(iri).value
    except ValueError:
        raise NotFound from None


def known(site: Site, iri: str) -> bool:
    """Whether anything is said of a thing, or whether it is one of our graphs and holds anything."""
    store, node = site.snapshot.store, ox.NamedNode(iri)
    if iri.startswith(GRAPH) and next(store.quads_for_pattern(None, None, None, node), None) is not None:
        return True
    return next(store.quads_for_pattern(node, None, None, ox.DefaultGraph()), None) is not None


def gone(site: Site, iri: str) -> Response | None:
    """The answer for a thing that was retired, naming what replaced it; None if it was not."""
    replaced = [value.value for value in site.snapshot.values(iri, DCTERMS.isReplacedBy)]
    deprecated = any(value.value in ("true", "1") for value in site.snapshot.values(iri, OWL.deprecated))
    if not (replaced or deprecated) or iri.startswith(AIGOV):
        return None
    return make_response(render_template("gone.html", iri=iri, title=site.name(iri).text, replaced=replaced), 410)


def add(room: Blueprint, site: Site) -> None:
    """Add these addresses to the room."""

    def document_about(iri: str, form: str, status: int = 200) -> Response:
        name = "graph-statements" if iri.startswith(GRAPH) else "describe"
        triples = site.snapshot.construct(query_text(name), this=iri)
        body = ox.serialize(triples, format=getattr(ox.RdfFormat, BY_NAME[form].engine), prefixes=dict(PREFIXES))
        response = make_response(body or b"", status)
        response.content_type = BY_NAME[form].content_type
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def answer(iri: str, suffix: str, page: str, document: str) -> BaseResponse:
        """The page for people, a description for programs, each at an address of its own."""
        if suffix in SUFFIXES:
            retired = gone(site, iri)
            return document_about(iri, SUFFIXES[suffix], 410 if retired else 200)
        accept = request.headers.get("Accept", "")
        if suffix == "html" or prefers_html(accept):
            retired = gone(site, iri)
            return retired or redirect(page, 303)
        form = best_format(accept, "graph")
        if form not in _OF_FORMAT:
            form = "turtle" if form else ""
        if not form:
            abort(406, f"accept text/html, {', '.join(BY_NAME[name].media_type for name in _OF_FORMAT)} or */*")
        response = redirect(f"{document}.{_OF_FORMAT[form]}", 303)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    @room.get("/<any(id,claim,edge,passage,concept,graph):kind>/<name>")
    @described(
        summary="A name of ours: leads to a page or to data",
        media=("text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"),
        status=(200, 303),
        problems=(400, 404, 406, 410),
    )
    def dereference(kind: str, name: str) -> BaseResponse:
        """A thing of ours: 303 to its page or to RDF, as the request accepts; RDF itself with a suffix."""
        cut = _SUFFIX.fullmatch(name)
        bare, suffix = (cut[1], cut[2]) if cut else (name, "")
        iri = iri_of(kind, bare)
        if not known(site, iri):
            abort(404)
        document = url_for("pages.dereference", kind=kind, name=bare).partition("?")[0]
        return answer(iri, suffix, url_for("pages.thing", kind=kind, name=bare), document)

    def term(name: str, suffix: str) -> BaseResponse:
        try:
            iri = ox.NamedNode(AIGOV + name).value
        except ValueError:
            raise NotFound from None
        if not known(site, iri):
            abort(404)
        return answer(iri, suffix, url_for("pages.term", name=name), f"/ontology/{quote(name)}")

    @room.get("/<any(ontology,shapes):what>")
    @room.get("/<any(ontology,shapes):what>.<suffix>")
    @room.get("/ontology/<version>")
    @described(
        summary="The ontology and the shapes, as documents or pages",
        media=("text/html", "text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"),
        status=(200, 303),
        problems=(400, 404, 406),
    )
    def vocabulary(what: str = "ontology", suffix: str = "", version: str = "") -> BaseResponse:
        """The ontology or the shapes: 303 to the page or to RDF, as the request accepts; RDF itself with a suffix."""
        if suffix and suffix not in (*SUFFIXES, "html"):
            abort(404)
        if version:
            cut = _SUFFIX.fullmatch(version)
            bare, suffix = (cut[1], cut[2]) if cut else (version, "")
            if not any(value.value == bare for value in site.snapshot.values(ONTOLOGY, OWL.versionInfo)):
                return term(bare, suffix)
            return answer(GRAPH.ontology, suffix, url_for("pages.terms"), f"/ontology/{bare}")
        page = url_for("pages.terms" if what == "ontology" else "pages.shapes")
        return answer(GRAPH[what], suffix, page, f"/{what}")

    @room.get("/ontology/<version>/annotation")
    def annotation(version: str) -> Response:
        """The guide by which sources are read."""
        path = site.folder.ontology / "ANNOTATION.md"
        if not path.is_file() or not any(v.value == version for v in site.snapshot.values(ONTOLOGY, OWL.versionInfo)):
            abort(404)
        return Response(path.read_text("utf-8"), content_type="text/plain; charset=utf-8")
