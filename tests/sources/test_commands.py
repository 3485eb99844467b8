"""The commands for sources as a curator types them: from a text and a sheet to claims, and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from aigov_graph.cli import main
from aigov_graph.dataset import find_data
from aigov_graph.sources.rows import write_csv
from tests.sources.conftest import ENTITIES, HEADER, TEXT
from tests.sources.test_refreshing import MAPPING, TABLE

SOURCE = "port-council-2024"


def run(*arguments: object) -> Result:
    """Run a command; what it printed on either stream is in `output`."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with entities and nothing else."""
    root = tmp_path / "data"
    (root / "graphs" / "entities").mkdir(parents=True)
    (root / "graphs" / "entities" / "things.ttl").write_text(HEADER + ENTITIES, encoding="utf-8")
    return root


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """The text of the report."""
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def write_sheet(folder: Path, sheet: dict[str, str], **changes: str) -> Path:
    """A claims sheet called as its source, of two rows."""
    path = folder / f"{SOURCE}.csv"
    path.write_text(write_csv([*sheet, *(c for c in changes if c not in sheet)], [sheet, sheet | changes]))
    return path


def test_a_source_from_text_to_claims_and_back(data: Path, text: Path, tmp_path: Path, sheet: dict[str, str]) -> None:
    """New source, claims in, claims out in both forms, coverage: each command does its part and says so."""
    made = run(
        "source", "new", SOURCE, "--data", data, "--text", text, "--title", "Report", "--creator", "PC",
        "--publisher", "port-council", "--issued", "2024-05", "--url", "https://ports.example/report",
    )  # fmt: skip
    assert made.output == f"{data / 'graphs' / 'sources' / SOURCE}: 4 paragraphs\n"
    path = write_sheet(tmp_path, sheet, sentence="The ministry perhaps wants it.", certainty="possible")
    taken = run("claims", "import", path, "--data", data, "--text", text, "--status", "accepted")
    assert (taken.output, taken.exit_code) == ("2 claims, 1 new passages, 0 entities written\n", 0)
    for ending in ("csv", "xlsx"):
        out = tmp_path / ending / f"{SOURCE}.{ending}"
        out.parent.mkdir()
        assert "2 rows in" in run("claims", "export", SOURCE, "--data", data, "-o", out).output
        before = {p: p.read_bytes() for p in data.rglob("*.ttl")}
        assert run("claims", "import", out, "--data", data).exit_code == 0
        assert {p: p.read_bytes() for p in data.rglob("*.ttl")} == before
    assert run("claims", "export", SOURCE, "--data", data).output.startswith("claim,passage,locator,")
    assessed = run("source", "assess", SOURCE, "--data", data, "--text", text)
    assert "1 of 4 paragraphs carry a claim; 2 of the others" in assessed.output
    assert run("validate", "--data", data).exit_code == 0


def test_import_of_a_wrong_sheet_says_where(data: Path, text: Path, tmp_path: Path, sheet: dict[str, str]) -> None:
    """The exit code is 1, nothing is written, unknown names are proposed; --partial hands the wrong rows back."""
    run("source", "new", SOURCE, "--data", data, "--text", text, "--title", "Report", "--creator", "PC")
    path = write_sheet(tmp_path, sheet, object="permit portol")
    unknown = tmp_path / "unknown.csv"
    refused = run("claims", "import", path, "--data", data, "--text", text, "--propose", unknown)
    assert refused.exit_code == 1
    assert "row 3, column 'object': nothing is called 'permit portol'; nearest: permit portal" in refused.output
    assert "permit-portol,,permit portol," in unknown.read_text()
    assert not (data / "graphs" / "sources" / SOURCE / "claims.ttl").exists()
    partial = run("claims", "import", path, "--data", data, "--text", text, "--partial")
    assert partial.exit_code == 0
    assert "1 rows left out" in partial.output
    wrong = (tmp_path / f"{SOURCE}.wrong.csv").read_text()
    assert wrong.count("permit portol") == 2
    mended = tmp_path / "mended" / f"{SOURCE}.csv"
    mended.parent.mkdir()
    mended.write_text(wrong.replace("permit portol,", "permit portal,"))
    assert run("claims", "import", mended, "--data", data, "--text", text).output.startswith("1 claims, 0 new")


def test_template_is_a_workbook(data: Path, tmp_path: Path) -> None:
    """An empty sheet can be had; neither a source nor the template is a mistake of usage."""
    assert run("claims", "export", "--template", "--data", data, "-o", tmp_path / "t.xlsx").exit_code == 0
    assert (tmp_path / "t.xlsx").read_bytes().startswith(b"PK")
    assert run("claims", "export", "--data", data).exit_code == 2
    assert run("claims", "import", "--data", data).exit_code == 2


def test_a_table_from_mapping_to_verified_claims(data: Path, tmp_path: Path) -> None:
    """A table is mapped, verified, and found changed."""
    table = tmp_path / "ports.csv"
    table.write_text(TABLE)
    run("source", "new", "port-table", "--data", data, "--table", table, "--title", "Table", "--creator", "PC")
    folder = data / "graphs" / "sources" / "port-table"
    (folder / "mapping.json").write_text(json.dumps(MAPPING))
    (folder / "matches.csv").write_text("class,name,decision,nearest,note\nRelation,joined,adheresTo,,\n")
    first = run("source", "refresh", "port-table", "--table", table, "--data", data)
    assert first.output.startswith("2 claims added, 0 revised, 0 withdrawn, 0 kept; ")
    assert run("source", "verify", "port-table", "--table", table, "--data", data).output == (
        "port-table: 2 of 2 claims verified\n"
    )
    table.write_text(TABLE.replace("joined,2021-02-06", "signed,2021-02-06"))
    changed = run("source", "verify", "port-table", "--table", table, "--data", data)
    assert changed.exit_code == 1
    assert "claim:port-table-002: ports.csv, row with number 2 is not in the tables as it was read" in changed.output
    looked = run("source", "refresh", "port-table", "--table", table, "--check", "--data", data)
    assert looked.output.startswith("0 claims added, 1 revised, 0 withdrawn, 1 kept; ")
    assert "-003" not in (folder / "claims.ttl").read_text()
    assert run("source", "refresh", "port-table", "--table", table, "--data", data).exit_code == 0
    assert "wasRevisionOf claim:port-table-002" in (folder / "claims.ttl").read_text()


def test_review_lint_and_merge(data: Path, text: Path, tmp_path: Path, sheet: dict[str, str]) -> None:
    """Claims are printed beside their words, a reading is kept and compared; doubles are found and merged."""
    run("source", "new", SOURCE, "--data", data, "--text", text, "--title", "Report", "--creator", "PC")
    path = write_sheet(tmp_path, sheet, sentence="The ministry perhaps wants it.", certainty="possible")
    run("claims", "import", path, "--data", data, "--text", text)
    shown = run("review", SOURCE, "--text", text, "--data", data).output
    assert "claim:port-council-2024-001  [section 1, paragraph 1]\n  The Harbour Ministry wants the permit" in shown
    reading = tmp_path / "reading.csv"
    run("review", "--sample", 2, "--seed", 3, "--blind", "-o", reading, "--data", data)
    assert "interestedIn" not in reading.read_text()
    reading.write_text(f"claim,certainty\n{SOURCE}-001,certain\n{SOURCE}-002,certain\n")
    run("review", "--record", reading, "--reader", "second", "--data", data)
    compared = run("review", "--agreement", "--reader", "second", "--data", data).output
    assert compared == ("certainty: 1 of 2 the same, kappa 0.00\n  port-council-2024-002: possible / certain\n")
    assert run("lint-entities", "--data", data).exit_code == 0
    more = data / "graphs" / "entities" / "more.ttl"
    more.write_text(HEADER + 'id:tide a aigov:Firm ; rdfs:label "Tide-Works"@en .\n')
    found = run("lint-entities", "--data", data)
    assert (found.exit_code, "same name: id:tide, id:tide-works" in found.output) == (1, True)
    assert run("merge", "tide", "tide-works", "--data", data).exit_code == 0
    assert "dcterms:isReplacedBy id:tide-works" in more.read_text()
    assert run("lint-entities", "--data", data).exit_code == 0
    assert find_data(data).load().locate("https://w3id.org/aigov-graph/id/tide") is not None
