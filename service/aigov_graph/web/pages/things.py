"""The page of a thing: what it is, what is stated about it, by whom and how firmly, and what refers to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from flask import Blueprint, abort, render_template
from werkzeug.wrappers import Response as BaseResponse

from aigov_graph.vocabulary.namespaces import (
    AIGOV,
    BASE,
    CONCEPT,
    GRAPH,
    RDF,
    SKOS,
)
from aigov_graph.web.described import described
from aigov_graph.web.pages import claims, sources
from aigov_graph.web.pages.about import Thing, thing_of
from aigov_graph.web.pages.dereference import gone, iri_of, known
from aigov_graph.web.pages.pictures import Bars, Star, bars, star
from aigov_graph.web.pages.site import Site
from aigov_graph.web.pages.statements import AT_ENDS, Statement, by_relation, by_standing, statements
from aigov_graph.web.pages.structured import structured
from aigov_graph.web.pages.wording import STATUSES, local
from aigov_graph.web.reader import Row

_MOST_LISTED: Final = 25
"""How many of the things that refer to one in the same way are named."""

MOST_STATEMENTS: Final = 400
"""How many claims one page lists; the list of all is a page away."""


def add(room: Blueprint, site: Site) -> None:
    """Add these pages to the room."""

    @room.get("/page/<any(id,claim,edge,passage,concept,graph):kind>/<name>")
    @described(
        summary="A page about one thing, claim, edge, passage, concept or graph",
        status=(200, 303),
        problems=(400, 404, 410),
    )
    def thing(kind: str, name: str) -> BaseResponse | str:
        """The page of anything of ours that has an IRI."""
        iri = iri_of(kind, name)
        if not known(site, iri):
            abort(404)
        if (retired := gone(site, iri)) is not None:
            return retired
        match kind:
            case "claim":
                return claims.page(site, iri)
            case "graph":
                return _graph(site, iri)
            case "concept" | "edge" | "passage":
                return _minor(site, kind, iri)
        if any(value.value == AIGOV.Source for value in site.snapshot.values(iri, RDF.type)):
            return sources.page(site, iri)
        return _entity(site, iri)


def _entity(site: Site, iri: str) -> str:
    found = thing_of(site, iri)
    said = statements(site, iri, AT_ENDS)
    held = int(site.snapshot.rows("held", this=iri)[0]["claims"].value)
    return render_template(
        "thing.html",
        thing=found,
        **_said(said),
        held=held,
        here_list=_grouped(site.snapshot.rows("links-here", this=iri)),
        network=_network(site, found, said),
        structured=structured(found),
    )


def _said(said: Sequence[Statement]) -> dict[str, Any]:
    shown = said[:MOST_STATEMENTS]
    return {
        "total": len(said),
        "left": len(said) - len(shown),
        "sources": len({statement.source for statement in said}),
        "sections": [
            (standing, len(group), by_relation([s for s in group if s in shown] if len(shown) < len(said) else group))
            for standing, group in by_standing(said)
        ],
        "bars": _bars(said),
    }


def _network(site: Site, found: Thing, said: Sequence[Statement]) -> Star | None:
    ties: dict[str, list[str]] = {}
    for statement in said:
        other = statement.subject if statement.incoming else statement.object
        if other.startswith(BASE) and other != found.iri:
            ties.setdefault(other, []).append(statement.standing)
    return star(found.title, ties, STATUSES, lambda iri: site.name(iri).text) if ties else None


def _bars(said: Sequence[Statement]) -> Bars | None:
    counted: dict[int, tuple[int, int]] = {}
    for statement in said:
        if (year := statement.year) is not None:
            plain, other = counted.get(year, (0, 0))
            fact = statement.standing == "fact"
            counted[year] = (plain + fact, other + (not fact))
    return bars(counted)


def _grouped(rows: Sequence[Row]) -> list[tuple[str, list[str], int]]:
    """Property, the first things that have it, and how many there are."""
    groups: dict[str, list[str]] = {}
    for row in rows:
        groups.setdefault(row["property"].value, []).append(row["thing"].value)
    ordered = sorted(groups.items(), key=lambda item: (len(item[1]), item[0]))
    return [(prop, sorted(set(things))[:_MOST_LISTED], len(set(things))) for prop, things in ordered]


_PLACE: Final = {"edge": AIGOV.onEdge, "passage": AIGOV.evidence}
"""Where a claim has what these pages are of."""

_OF_CONCEPT: Final = {
    CONCEPT["scheme-certainty"]: "certainty",
    CONCEPT["scheme-mode"]: "mode",
    CONCEPT["scheme-edge-status"]: "status",
}
"""The filter of lists that a concept of a scheme is a value of."""


def _minor(site: Site, kind: str, iri: str) -> str:
    found = thing_of(site, iri)
    said = statements(site, iri, (_PLACE[kind],)) if kind in _PLACE else statements(site, iri, AT_ENDS)
    schemes = [value.value for value in site.snapshot.values(iri, SKOS.inScheme)]
    filters = [_OF_CONCEPT[scheme] for scheme in schemes if scheme in _OF_CONCEPT]
    here = site.snapshot.rows("links-here", this=iri) if kind == "concept" else []
    return render_template(
        "minor.html",
        kind=kind,
        thing=found,
        **_said(said),
        here_list=_grouped(here),
        uses={filters[0]: local(iri)} if filters else {},
        structured=structured(found),
    )


def _graph(site: Site, iri: str) -> str:
    size = int(site.snapshot.rows("graph-size", this=iri)[0]["statements"].value)
    name = iri.removeprefix(GRAPH)
    source = iri.replace("/graph/", "/id/", 1)
    of_source = any(value.value == AIGOV.Source for value in site.snapshot.values(source, RDF.type))
    found = thing_of(site, iri)
    return render_template("graph.html", thing=found, name=name, size=size, source=source if of_source else "")
