"""The page at /sparql for people: a form that works by itself, and the questions and terms that help to fill it."""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

import pyoxigraph as ox
from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from aigov_graph.dataset import find_data, shorten
from aigov_graph.errors import AigovError
from aigov_graph.pool.engine import Engine
from aigov_graph.pool.formats import FORMATS
from aigov_graph.questions import Question, read_question
from aigov_graph.settings import Settings
from aigov_graph.stores import VersionedStore
from aigov_graph.vocabulary.namespaces import AIGOV, OWL, PREFIXES, SKOS
from aigov_graph.web.described import asked as parameter
from aigov_graph.web.described import described
from aigov_graph.web.languages import LANGUAGES, VARY
from aigov_graph.web.policy import content_policy
from aigov_graph.web.reader import PageReader, query_text

_log = logging.getLogger(__name__)

_NAMED_IN: Final = parameter("lang", "The language of the terms' names.", choices=tuple(LANGUAGES))

OWN_PREFIXES: Final = ("aigov", "concept", "graph", "id", "prov", "rdf", "rdfs")
"""Those that stand above a new query."""

START: Final = """\
# Who cooperates with whom, as a source states it plainly?
SELECT ?subject ?object
WHERE {
  GRAPH graph:facts { ?subject aigov:cooperatesWith ?object }
}
ORDER BY ?subject ?object
LIMIT 200"""

_KINDS: Final = {
    AIGOV.Relation: "relation",
    AIGOV.Qualifier: "qualifier",
    OWL.Class: "class",
    OWL.ObjectProperty: "property",
    OWL.DatatypeProperty: "property",
    SKOS.Concept: "concept",
}
"""What a term is called beside its name, the most telling first."""


def query_page(settings: Settings, engine: Engine) -> Blueprint:
    """The room at /sparql.

    Args:
        settings: names the store and the data folder.
        engine: says which version is current.
    """
    room = Blueprint("query_page", __name__)
    examples = tuple(_examples(settings))
    by_name = {example.name: example for example in examples}
    reader = PageReader(VersionedStore(settings.store))
    new_query = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in OWN_PREFIXES) + f"\n{START}"

    @lru_cache(maxsize=2 * len(LANGUAGES))
    def terms(version: int, language: str) -> str:
        return json.dumps({"prefixes": dict(PREFIXES), "terms": list(_terms(reader, language))}, ensure_ascii=False)

    @room.get("/sparql")
    def page() -> ResponseReturnValue:
        """The form, with one of the questions in it if the address names one."""
        chosen = by_name.get(request.args.get("example", ""))
        nonce = secrets.token_urlsafe(18)
        response = make_response(
            render_template(
                "query.html",
                examples=examples,
                formats=FORMATS,
                version=engine.version,
                query=chosen.text if chosen else new_query,
                chosen=chosen,
                nonce=nonce,
            )
        )
        response.headers["Vary"] = VARY
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Content-Security-Policy"] = content_policy(style_nonce=nonce)
        return response

    @room.get("/sparql/questions")
    @described(media=("application/json",))
    def questions() -> Response:
        """The texts of the example questions by name, for the page's script."""
        return _json(json.dumps({example.name: example.text for example in examples}, ensure_ascii=False))

    @room.get("/sparql/terms")
    @described(media=("application/json",), parameters=(_NAMED_IN,))
    def completion() -> Response:
        """Prefixes, and the terms of the ontology with what they mean, for the page's script."""
        asked = request.args.get("lang", "")
        return _json(terms(reader.version.number, asked if asked in LANGUAGES else "en"))

    return room


def _json(text: str) -> Response:
    response = Response(text, content_type="application/json", headers={"Cache-Control": "no-cache"})
    response.add_etag(weak=True)
    response.make_conditional(request)
    return response


def _terms(reader: PageReader, language: str) -> Iterator[dict[str, Any]]:
    """Each term once, under the most telling of its kinds, named in a language or in English."""
    order = list(_KINDS)
    found: dict[str, tuple[int, str, str]] = {}
    # The store keeps the tags of languages in lower case.
    for row in reader.select(query_text("completion"), language=ox.Literal(language.lower()))[1]:
        rank = order.index(row["kind"].value)
        english, called, meaning = (row[key].value if key in row else "" for key in ("name", "called", "meaning"))
        name = called or english
        found[row["term"].value] = min((rank, name, meaning), found.get(row["term"].value, (len(order), "", "")))
    for iri, (rank, name, meaning) in found.items():
        if not (short := shorten(iri)).startswith("<"):
            yield {"name": short, "kind": _KINDS[order[rank]], "label": name, "help": meaning}


def _examples(settings: Settings) -> Iterator[Question]:
    for path in find_data(settings.data).query_files("queries"):
        try:
            yield read_question(path)
        except AigovError as error:
            _log.warning("a question is left out: %s", error.what, extra={"where": error.where})
