"""The corpus held against the texts and tables it was made from, where they are at hand."""

from __future__ import annotations

import csv
import shutil
from functools import cache
from pathlib import Path

import pytest

from aigov_graph.dataset import DataFolder, Dataset, find_data
from aigov_graph.passages import verify_source
from aigov_graph.sources.coverage import cover
from aigov_graph.sources.mapping import MAPPING_FILE, read_mapping, table_names
from aigov_graph.sources.tables import TableFile
from aigov_graph.sources.verifying import verify_rows

FOLDER = find_data()
SHARED = FOLDER.graphs.parent.parent / "shared"
TEXTS = {"zeng-2021": "zeng-interview-2021"}
"""Where a text's file is not called as its source."""

SOURCES = sorted(path.parent for path in (FOLDER.graphs / "sources").glob("*/source.ttl"))
TABLES = [path for path in SOURCES if (path / MAPPING_FILE).exists()]
DOCUMENTS = [path for path in SOURCES if path not in TABLES]


@cache
def dataset() -> Dataset:
    """The data, read once."""
    return FOLDER.load()


@pytest.mark.parametrize("source", DOCUMENTS, ids=lambda path: path.name)
def test_passages_verify_against_their_text(source: Path) -> None:
    """Every passage of a document has the digests of the words it points to."""
    text = SHARED / "source" / f"{TEXTS.get(source.name, source.name)}.txt"
    if not text.exists():
        pytest.skip(f"unverified: the text of {source.name} is not at hand")
    report = verify_source(dataset(), text.read_bytes().decode())
    assert report.source.endswith(f"/{source.name}")
    assert report.mismatches == ()


@pytest.mark.parametrize("source", TABLES, ids=lambda path: path.name)
def test_rows_verify_against_their_tables(source: Path) -> None:
    """Every claim of a table rests on a row that the table holds as it was read."""
    folder = SHARED / "data" / source.name
    if not folder.is_dir():
        pytest.skip(f"unverified: the tables of {source.name} are not at hand")
    names = table_names(read_mapping(source / MAPPING_FILE))
    tables = [TableFile.read(name, (folder / name).read_bytes().decode()) for name in names]
    report = verify_rows(FOLDER, source.name, tables)
    assert report.mismatches == ()
    assert report.verified > 0
    assert report.whole


@pytest.mark.parametrize("source", DOCUMENTS, ids=lambda path: path.name)
def test_every_paragraph_has_a_claim_or_a_reason(source: Path, tmp_path: Path) -> None:
    """What no claim rests on is listed with a reason; where the text is at hand, the list is counted anew."""
    coverage = (source / "coverage.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(coverage.splitlines()))
    assert [row["paragraph"] for row in rows if not row["reason"].strip()] == []
    text = SHARED / "source" / f"{TEXTS.get(source.name, source.name)}.txt"
    if not text.exists():
        pytest.skip(f"not counted anew: the text of {source.name} is not at hand")
    shutil.copytree(source, tmp_path / "sources" / source.name)
    found = cover(DataFolder(FOLDER.ontology, tmp_path), source.name, text.read_bytes().decode())
    assert found.unexplained == 0
    assert (tmp_path / "sources" / source.name / "coverage.csv").read_text(encoding="utf-8") == coverage
    unexplained = f"id:{source.name}-quality-unexplained"
    said = (source / "quality.ttl").read_text(encoding="utf-8").partition(unexplained)[2].partition("\n.\n")[0]
    assert "dqv:value 0.0 ;" in said
