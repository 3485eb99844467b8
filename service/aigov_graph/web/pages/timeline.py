"""What began when: every dated claim by year, month and day."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox
from flask import Blueprint, abort, render_template, url_for

from aigov_graph.vocabulary.namespaces import CONCEPT, XSD
from aigov_graph.web.pages.pictures import bars
from aigov_graph.web.pages.site import Site
from aigov_graph.web.pages.statements import Statement
from aigov_graph.web.reader import Row, Snapshot

_PLAIN: Final = (CONCEPT["badge-asserted"], CONCEPT["badge-denied"])
_TEXTS: Final = ("sentence", "certainty", "mode", "badge", "when", "holder", "source")
MOST: Final = 600
"""How many claims of a year are listed, as its query limits them."""


def add(room: Blueprint, site: Site) -> None:
    """Add these pages to the room."""

    @room.get("/timeline")
    @room.get("/timeline/<int:year>")
    def timeline(year: int | None = None) -> str:
        """What the claims say began in a year: the one that most speak of, unless another is named."""
        counted = site.once("years", _years)
        if year is not None and year not in counted:
            abort(404)
        chosen = year if year is not None else max(counted, key=lambda one: (sum(counted[one]), one), default=0)
        began = _began(site.snapshot, chosen) if counted else []
        months: dict[str, list[Statement]] = {}
        for day, statement in began:
            # "2023" begins on its first of January, but nobody says that it was in January.
            months.setdefault(day[:7] if statement.when.startswith(day[:7]) else day[:4], []).append(statement)
        ordered = sorted(counted)
        place = ordered.index(chosen) if counted else 0
        return render_template(
            "timeline.html",
            year=chosen,
            years=[(one, sum(counted[one])) for one in ordered],
            before=ordered[place - 1] if place > 0 else None,
            after=ordered[place + 1] if place + 1 < len(ordered) else None,
            months=dict(sorted(months.items())),
            total=sum(counted.get(chosen, (0, 0))),
            shown=len(began),
            bars=bars(counted),
            link=lambda one: url_for("pages.timeline", year=one),
        )


def _years(snapshot: Snapshot) -> dict[int, tuple[int, int]]:
    counted: dict[int, tuple[int, int]] = {}
    for row in snapshot.rows("timeline-years"):
        year, plain = int(row["year"].value), row["eligible"].value == "true"
        before, number = counted.get(year, (0, 0)), int(row["claims"].value)
        counted[year] = (before[0] + number * plain, before[1] + number * (not plain))
    return counted


def _began(snapshot: Snapshot, year: int) -> list[tuple[str, Statement]]:
    first, last = (ox.Literal(f"{year:04}-{day}", datatype=ox.NamedNode(XSD.date)) for day in ("01-01", "12-31"))
    found: dict[str, tuple[str, Statement]] = {}
    for row in snapshot.rows("timeline", first=first, last=last):
        claim = row["claim"].value
        if claim not in found:
            statement = Statement(claim, standing=_standing(row))
            for name in _TEXTS:
                setattr(statement, name, row[name].value)
            found[claim] = (row["day"].value, statement)
        statement = found[claim][1]
        for name, told in (("evidence", statement.evidence), ("relayer", statement.relayers)):
            if name in row and row[name].value not in told:
                told.append(row[name].value)
    return list(found.values())


def _standing(row: Row) -> str:
    if row["eligible"].value == "true":
        if row["status"].value == CONCEPT.disputed:
            return "disputed"
        return "denied" if row["negated"].value == "true" else "fact"
    return "qualified" if row["badge"].value in _PLAIN else "hedged"
