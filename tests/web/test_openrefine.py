"""The real OpenRefine matches a messy column of names against the whole graph and extends it: make openrefine."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from aigov_graph.build import assemble
from aigov_graph.dataset import find_data
from aigov_graph.links import read_links
from aigov_graph.search import BESIDE, write_beside
from aigov_graph.stores import VersionedStore
from aigov_graph.vocabulary.namespaces import AIGOV, ID, SKOS
from tests.live import Service
from tests.openrefine import PROGRAM, OpenRefine
from tests.web.messy_names import MESSY

pytestmark = [
    pytest.mark.openrefine,
    pytest.mark.skipif(shutil.which(PROGRAM) is None, reason="OpenRefine is not installed (Debian: openrefine)"),
]

RIGHT_AT_LEAST = 38
MATCHED_AT_LEAST = 10
LINKED_AT_LEAST = 18
WIKIDATA = {
    link.subject.removeprefix(ID): link.object.rpartition("/")[2]
    for links in read_links(find_data())
    if links.name == "wikidata"
    for link in links.links
    if link.predicate == SKOS.exactMatch
}
"""The one item of each thing there, as the file of links has it."""

ADDED = ((AIGOV.isoAlpha2, "ISO code"), ("wikidata", "Wikidata"), ("label-zh", "Chinese"), ("country", "country"))


def test_a_messy_column_is_matched_and_extended(tmp_path: Path) -> None:
    """The likest candidate is right for nearly all, what is matched by itself is right for all, and columns come."""
    assert len(MESSY) == 40
    VersionedStore(tmp_path / "store").publish(assemble(find_data()), {BESIDE: write_beside})
    names = [name for name, _ in MESSY]
    with Service.start(tmp_path / "store") as service, OpenRefine.start(tmp_path / "openrefine") as refine:
        address = f"{service.base}/reconcile"
        project = refine.create("name", names)
        assert [row[0]["v"] for row in refine.rows(project)] == names
        guessed = {kind["id"] for kind in refine.guess_types(project, "name", address)}
        assert guessed & {AIGOV.State, AIGOV.Firm, AIGOV.Agency, AIGOV.Government}

        refine.reconcile(project, "name", address, {"id": AIGOV.Actor, "name": "actor"})
        judged = [row[0].get("r", {}) for row in refine.rows(project)]
        best = [_likest(recon) for recon in judged]
        wrong = [(name, slug, found) for (name, slug), found in zip(MESSY, best, strict=True) if found != slug]
        by_itself = [(recon["m"]["id"], slug) for recon, (_, slug) in zip(judged, MESSY, strict=True) if "m" in recon]
        print(f"\nright: {len(MESSY) - len(wrong)} of {len(MESSY)}; matched by themselves: {len(by_itself)}; {wrong}")
        assert len(MESSY) - len(wrong) >= RIGHT_AT_LEAST, wrong
        assert len(by_itself) >= MATCHED_AT_LEAST
        assert all(found == slug for found, slug in by_itself)

        refine.take_best(project, "name")
        refine.extend(project, "name", address, ADDED)
        columns = refine.columns(project)
        at = {name: columns.index(name) for name in columns if name}
        rows = {row[0]["v"]: row for row in refine.rows(project) if row[0].get("v")}
        korea, firm = rows["Rep. of Korea"], rows["百度"]
        assert korea[at["ISO 3166-1 alpha-2"]]["v"] == "KR"
        assert korea[at["Chinese label"]]["v"] in ("韩国", "大韩民国")
        assert korea[at["country"]]["r"]["m"]["id"] == "south-korea"
        assert firm[at["Chinese label"]]["v"] == "百度"
        assert rows["新加坡"][at["ISO 3166-1 alpha-2"]]["v"] == "SG"
        expected = {
            name: WIKIDATA[slug] for (name, slug), found in zip(MESSY, best, strict=True) if found == slug in WIKIDATA
        }
        assert len(expected) >= LINKED_AT_LEAST
        assert {name: rows[name][at["Wikidata"]]["v"] for name in expected} == expected


def _likest(recon: dict[str, Any]) -> str:
    """What a cell is matched to, else the first of its candidates."""
    candidates = [recon["m"]] if "m" in recon else recon.get("c", [])
    return str(candidates[0]["id"]) if candidates else ""
