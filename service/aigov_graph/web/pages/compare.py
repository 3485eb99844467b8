"""Two things side by side: what is said of both, of each alone, and between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from flask import Blueprint, render_template, request

from aigov_graph.errors import RequestError
from aigov_graph.vocabulary.namespaces import AIGOV, ID
from aigov_graph.web.described import asked, described
from aigov_graph.web.filters import iri_of
from aigov_graph.web.pages.dereference import known
from aigov_graph.web.pages.site import Site
from aigov_graph.web.pages.statements import AT_ENDS, Statement, by_relation, by_standing, statements
from aigov_graph.web.reader import Snapshot


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its claims that the other has no like of, by how firmly they stand and by relation."""

    iri: str
    total: int
    sections: list[tuple[str, int, list[tuple[str, bool, list[Statement]]]]]


def add(room: Blueprint, site: Site) -> None:
    """Add this page to the room."""

    @room.get("/compare")
    @described(
        parameters=(asked("a", "The one: an identifier, or a name."), asked("b", "The other.")), problems=(400, 404)
    )
    def compare() -> tuple[str, int]:
        """Two things side by side, and the form to choose them by."""
        given = [request.args.get(name, "").strip() for name in ("a", "b")]
        iris = [_chosen(site, text) if text else "" for text in given]
        unknown = [bool(text) and not iri for text, iri in zip(given, iris, strict=True)]
        shared: list[tuple[str, str, bool, list[Statement], list[Statement]]] = []
        between: list[Statement] = []
        sides: list[Side] = []
        if all(iris):
            said = [statements(site, iri, AT_ENDS) for iri in iris]
            between = [s for s in said[0] if {s.subject, s.object} == set(iris)]
            met = [_by_end(found, iris) for found in said]
            common = [key for key in met[0] if key in met[1]]
            shared = [(*key, met[0][key], met[1][key]) for key in common]
            for found, iri, groups in zip(said, iris, met, strict=True):
                own = [s for key, group in groups.items() if key not in common for s in group]
                ordered = [(standing, len(group), by_relation(group)) for standing, group in by_standing(own)]
                sides.append(Side(iri, len(found), ordered))
        page = render_template(
            "compare.html",
            given=[_shown(site, text, iri) for text, iri in zip(given, iris, strict=True)],
            iris=iris,
            unknown=unknown,
            between=between,
            shared=shared,
            sides=sides,
            actors=site.once("actors", _actors),
        )
        return page, 404 if any(unknown) else 200


def _chosen(site: Site, text: str) -> str:
    """The thing that a text names: by its name in the address, its IRI, or what it is called; "" if there is none."""
    try:
        iri = iri_of(text, ID, "a")
        if known(site, iri):
            return iri
    except RequestError:
        pass
    label = ox.Literal(text, language="en")
    found = site.snapshot.store.quads_for_pattern(None, None, label, ox.DefaultGraph())
    named = sorted(str(quad.subject.value) for quad in found if isinstance(quad.subject, ox.NamedNode))
    ours = [iri for iri in named if iri.startswith(ID)]
    return ours[0] if ours else ""


def _shown(site: Site, text: str, iri: str) -> str:
    """What the form shows of a choice: the thing's name, if that chooses the same thing again."""
    name = site.name(iri).text if iri else text
    return name if len(name) <= 160 and _chosen(site, name) == iri else text


def _by_end(said: Sequence[Statement], iris: Sequence[str]) -> dict[tuple[str, str, bool], list[Statement]]:
    """Claims by relation, the thing at the other end, and direction; those between the two themselves left out."""
    groups: dict[tuple[str, str, bool], list[Statement]] = {}
    for statement in said:
        if {statement.subject, statement.object} != set(iris):
            other = statement.subject if statement.incoming else statement.object
            groups.setdefault((statement.relation, other, statement.incoming), []).append(statement)
    return groups


def _actors(snapshot: Snapshot) -> list[str]:
    return [row["thing"].value for row in snapshot.rows("most-spoken-of", type=AIGOV.Actor)]
