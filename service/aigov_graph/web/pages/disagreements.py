"""Where sources do not agree: what one states and another denies or hedges, and what is only denied."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, render_template

from aigov_graph.vocabulary.namespaces import AIGOV
from aigov_graph.web.pages.site import Site
from aigov_graph.web.pages.statements import Statement, statements
from aigov_graph.web.reader import Snapshot

_KINDS: Final = ("disputed-edges", "disagreements", "denied-edges")


def add(room: Blueprint, site: Site) -> None:
    """Add this page to the room."""

    @room.get("/disagreements")
    def disagreements() -> str:
        """Every relation that sources see differently, with all that is claimed of it."""
        edges = site.once("disagreements", _edges)
        found: dict[str, list[tuple[str, list[Statement]]]] = {
            kind: [(edge, statements(site, edge, (AIGOV.onEdge,))) for edge in edges[kind]] for kind in _KINDS
        }
        return render_template(
            "disagreements.html",
            disputed=found["disputed-edges"],
            hedged=found["disagreements"],
            denied=found["denied-edges"],
        )


def _edges(snapshot: Snapshot) -> dict[str, list[str]]:
    return {kind: [row["edge"].value for row in snapshot.rows(kind)] for kind in _KINDS}
