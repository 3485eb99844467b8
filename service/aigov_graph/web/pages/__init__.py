"""The room of pages for people: what this is, and everything in the graph with who says it and how firmly."""

from __future__ import annotations

from urllib.parse import urlencode

import pyoxigraph as ox
from flask import Blueprint, Response, request, url_for
from flask.blueprints import BlueprintSetupState

from aigov_graph.errors import AigovError
from aigov_graph.pool.engine import Engine
from aigov_graph.settings import Settings
from aigov_graph.web import languages
from aigov_graph.web.languages import gettext
from aigov_graph.web.negotiation import prefers_html
from aigov_graph.web.pages import (
    citations,
    compare,
    dereference,
    disagreements,
    landing,
    lists,
    ontology,
    sources,
    things,
    timeline,
    wording,
)
from aigov_graph.web.pages.keeping import keep_by_version
from aigov_graph.web.pages.lines import Lines
from aigov_graph.web.pages.site import Site
from aigov_graph.web.problems import MEDIA_TYPE, body_of, headers_of, status_of
from aigov_graph.web.telling import error_page

PARTS = (landing, dereference, things, sources, lists, timeline, compare, disagreements, ontology, citations)
"""The modules that add pages, one concern each."""


def pages(settings: Settings, engine: Engine) -> Blueprint:
    """The room. It reads the published version itself, by our own queries: pages answer though every query process is
    busy.

    Args:
        settings: names the store and the data folder.
        engine: not asked here; every room is given it.
    """
    room, site = Blueprint("pages", __name__), Site(settings)
    for part in PARTS:
        part.add(room, site)
    _name_things(room, site)
    keep_by_version(room, site)

    @room.errorhandler(AigovError)
    def explain(error: AigovError) -> Response:
        if prefers_html(request.headers.get("Accept", "")):
            return error_page(error)
        return Response(body_of(error, ""), status_of(error), dict(headers_of(error)), content_type=MEDIA_TYPE)

    @room.record_once
    def speak(state: BlueprintSetupState) -> None:
        languages.install(state.app)
        words = {"statuses_in_words": wording.STATUSES, "main_links": _main_links, "tongue_query": _in_language}
        lines = Lines(site)
        state.app.jinja_env.globals.update(words, linked=site.link, line_of=lines.line, lines_of=lines.lines)

    return room


def _name_things(room: Blueprint, site: Site) -> None:
    """What templates of every room call things by."""

    @room.app_template_filter("name")
    def called(term: ox.NamedNode | ox.Literal | str) -> str:
        """What people call a thing; a literal is itself."""
        if isinstance(term, ox.Literal):
            return term.value
        return site.name(term if isinstance(term, str) else term.value).text

    @room.app_template_filter("naming")
    def naming(iri: str) -> wording.Name:
        """What people call a thing, with the language of the name."""
        return site.name(iri)

    room.add_app_template_filter(wording.path_of, "path")
    room.add_app_template_filter(wording.period, "period")
    room.add_app_template_filter(wording.words, "words")
    room.add_app_template_filter(wording.english, "english")
    room.add_app_template_filter(wording.local, "local")
    room.add_app_template_filter(wording.clip, "clip")
    room.add_app_template_filter(wording.register_of, "register")
    room.add_app_template_filter(wording.tag_of, "tag")

    @room.app_context_processor
    def about() -> dict[str, object]:
        return {"here": request.path}


def _main_links() -> list[tuple[str, str]]:
    return [
        ("/explore", gettext("Explore")),
        (url_for("pages.listing", kind="entities"), gettext("Things")),
        (url_for("pages.listing", kind="claims"), gettext("Claims")),
        (url_for("pages.all_sources"), gettext("Sources")),
        (url_for("pages.timeline"), gettext("Timeline")),
        (url_for("pages.compare"), gettext("Compare")),
        (url_for("pages.disagreements"), gettext("Disagreements")),
        ("/sparql", gettext("Query")),
        (url_for("pages.terms"), gettext("Ontology")),
    ]


def _in_language(tag: str) -> str:
    """The query of this page's address, in another language."""
    given = [(name, text) for name, text in request.args.items(multi=True) if name != "lang"]
    return urlencode([*given, ("lang", tag)])
