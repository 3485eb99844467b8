"""The page of a source: what it is, how it was read, and what it says in reading order, with what carries no claim."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from flask import Blueprint, render_template, request

from aigov_graph.vocabulary.namespaces import DCTERMS, ID, PROV, SKOS
from aigov_graph.web.pages.about import thing_of
from aigov_graph.web.pages.citations import cited, of_source
from aigov_graph.web.pages.claims import address_of
from aigov_graph.web.pages.site import Site
from aigov_graph.web.pages.statements import Statement, by_standing, statements
from aigov_graph.web.pages.structured import structured

PLACES_A_PAGE: Final = 150

_RECORD: Final = tuple(
    DCTERMS[name]
    for name in ("title", "creator", "contributor", "publisher", "issued", "created", "modified", "language", "license",
                 "rights", "identifier")
)  # fmt: skip
"""What a source's record shows, in order."""


@dataclass(slots=True)
class Place:
    """A paragraph or row of a source: what is claimed on its ground, or why nothing is."""

    locator: str
    start: int
    passages: list[str] = field(default_factory=list)
    claims: list[Statement] = field(default_factory=list)
    reason: str | None = None


def page(site: Site, iri: str) -> str:
    """The page of a source."""
    found = thing_of(site, iri)
    said = statements(site, iri, (PROV.hadPrimarySource,))
    places = _places(site, iri, said)
    number = request.args.get("page", "1")
    at = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    pages = max(1, -(-len(places) // PLACES_A_PAGE))
    at = min(max(at, 1), pages)
    values = dict(found.details)
    return render_template(
        "source.html",
        thing=found,
        address=address_of(site, iri),
        record=[(prop, values[prop]) for prop in _RECORD if prop in values],
        notes=values.get(SKOS.editorialNote, []),
        others=[(prop, found) for prop, found in found.details if prop not in (*_RECORD, SKOS.editorialNote)],
        quality=site.snapshot.rows("source-quality", this=iri),
        total=len(said),
        standings=[(standing, len(group)) for standing, group in by_standing(said)],
        holders=len({statement.holder for statement in said}),
        places=places[(at - 1) * PLACES_A_PAGE : at * PLACES_A_PAGE],
        covered=sum(1 for place in places if place.passages),
        uncovered=sum(1 for place in places if place.reason is not None),
        strip=_strip(places),
        at=at,
        pages=pages,
        cite=cited(of_source(site, iri)),
        structured=structured(found),
    )


def add(room: Blueprint, site: Site) -> None:
    """Add the list of sources to the room."""

    @room.get("/sources")
    def all_sources() -> str:
        """Every source, with its date, publisher, and how much it says."""
        rows = site.once("sources", lambda snapshot: snapshot.rows("sources"))
        return render_template("sources.html", sources=rows)


def _places(site: Site, iri: str, said: list[Statement]) -> list[Place]:
    by_claim = {statement.claim: statement for statement in said}
    resting: dict[str, list[Statement]] = {}
    for row in site.snapshot.rows("source-evidence", this=iri):
        if (statement := by_claim.get(row["claim"].value)) is not None:
            resting.setdefault(row["passage"].value, []).append(statement)
    places: dict[str, Place] = {}
    for row in site.snapshot.rows("source-passages", this=iri):
        locator, start = row["locator"].value, int(row["start"].value) if "start" in row else -1
        place = places.setdefault(locator, Place(locator, start))
        place.passages.append(row["passage"].value)
        known = {statement.claim for statement in place.claims}
        place.claims += [s for s in resting.get(row["passage"].value, ()) if s.claim not in known]
    for locator, start, reason in _uncovered(site, iri):
        if locator not in places:
            places[locator] = Place(locator, start, reason=reason)
    return sorted(places.values(), key=lambda place: place.start)


def _uncovered(site: Site, iri: str) -> Iterator[tuple[str, int, str]]:
    """The paragraphs that carry no claim, each with the reason its reader gave."""
    name = iri.removeprefix(ID)
    path = site.folder.graphs / "sources" / name / "coverage.csv"
    if "/" in name or name.startswith(".") or not path.is_file():
        return
    for row in csv.DictReader(io.StringIO(path.read_text("utf-8"))):
        start = (row.get("characters") or "").partition("-")[0]
        if row.get("paragraph") and start.isdigit():
            yield str(row["paragraph"]), int(start), row.get("reason") or ""


def _strip(places: list[Place]) -> list[dict[str, Any]]:
    """A mark for each place in reading order; none for a table, which has no order to speak of."""
    if not places or places[0].start < 0 or len(places) > 1000:
        return []
    return [{"covered": bool(place.passages), "locator": place.locator} for place in places]
