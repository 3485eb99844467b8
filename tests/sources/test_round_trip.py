"""Sheets out and in again: nothing is lost, in CSV and in XLSX."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from aigov_graph.dataset import DataFolder, find_data
from aigov_graph.errors import DataSyntaxError
from aigov_graph.sources.columns import all_columns, join, split
from aigov_graph.sources.exporting import export_claims, rows_of_source
from aigov_graph.sources.folder import SourceFolder
from aigov_graph.sources.importing import import_claims
from aigov_graph.sources.names import Names
from aigov_graph.sources.reading import read_claims
from aigov_graph.sources.rows import read_csv, read_sheets, rows_of, write_csv
from aigov_graph.sources.statements import Things
from aigov_graph.sources.workbook import GUIDE_SHEET, read_workbook, write_workbook
from tests.sources.conftest import TEXT, cells_of

SOURCE = "port-council-2024"

words = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8)
sentences = st.lists(words, min_size=1, max_size=4).map(" ".join)
actors = st.sampled_from(["port-council", "Harbour Ministry", "pilots-office", "id:tide-works", "PC"])
relata = st.sampled_from(["Berth Rule", "harbour-land", "crane-control", "situation:cranes", "permit portal"])
dates = st.sampled_from(["2019", "2019-07", "1980~/..", "2015/2019", "2019?", "../2020"])
amounts = st.sampled_from(["at least 150000000000 CNY", "almost 50 countries", "400 to 800 EUR", "20 cities", "2.5 %"])
several = st.lists(relata, min_size=1, max_size=3, unique=True).map(" | ".join)
notes = st.lists(sentences, min_size=1, max_size=2, unique=True).map(join)

rows = st.fixed_dictionaries(
    {
        "passage": st.sampled_from(
            ["section 1, paragraph 1", "port-council-2024-003", "paragraph 1 | section 2, paragraph 1"]
        ),
        "sentence": sentences,
        "subject": actors,
        "relation": st.sampled_from(["emphasises", "interestedIn", "concernedAbout", "is interested in", "values"]),
        "object": relata,
        "certainty": st.sampled_from(["certain", "probable", "possible"]),
        "mode": st.sampled_from(["actual", "intended", "predicted", "required", "permitted", "evaluative"]),
        "negated": st.sampled_from(["yes", "no", ""]),
    },
    optional={
        "holder": actors,
        "relayed by": st.just("berth-makers"),
        "stance": st.just("opinion"),
        "when": dates,
        "stated on": dates,
        "deadline": dates,
        "quantity": amounts,
        "degree": st.sampled_from(["rare", "little"]),
        "matter": several,
        "purpose": several,
        "compared with": relata,
        "condition": relata,
        "in place": st.just("harbour-land"),
        "involves technology": st.just("crane control"),
        "under policy": st.just("Berth Rule"),
        "dimension": st.just("throughput"),
        "note": notes,
        "status": st.sampled_from(["draft", "accepted", "withdrawn"]),
    },
)
situation = {
    "passage": "section 2, paragraph 1",
    "situation": "cranes",
    "situation type": "Trend",
    "situation label": "more cranes",
    "situation direction": "increase",
    "situation about": "crane-control | Berth Rule",
    "situation quantity": "almost 50 cranes",
    "situation when": "2019/..",
    "situation note": "seen twice",
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[DataFolder, Names]:
    """A harbour that many examples share; none of them writes to it."""
    from aigov_graph.sources.new import Description, new_source
    from tests.sources.conftest import ENTITIES, HEADER

    root = tmp_path_factory.mktemp("world")
    (root / "graphs" / "entities").mkdir(parents=True)
    more = 'id:berth-makers a aigov:ActorGroup ; rdfs:label "makers of berths"@en .\n'
    (root / "graphs" / "entities" / "things.ttl").write_text(HEADER + ENTITIES + more, encoding="utf-8")
    folder = find_data(root)
    known = Description("Report", creators=["port-council"], publishers=["port-council"], issued="2024")
    new_source(folder, SOURCE, TEXT, known)
    return folder, Names(folder.load())


def copy_of(folder: SourceFolder) -> SourceFolder:
    """The same statements, to be changed apart."""
    parts = (folder.source, folder.passages, folder.situations, folder.claims)
    return SourceFolder(folder.name, folder.path, *(Things(part.triples()) for part in parts))


def said(folder: SourceFolder) -> set[str]:
    """All that a source says."""
    parts = (folder.source, folder.passages, folder.situations, folder.claims)
    return {str(triple) for part in parts for triple in part.triples()}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(examples=st.lists(rows, min_size=1, max_size=4))
def test_any_claim_survives_the_sheet(world: tuple[DataFolder, Names], examples: list[dict[str, str]]) -> None:
    """What rows say is written out and read again as the very same statements, and the sheet as the same rows."""
    folder, names = world
    known = [column.name for column in all_columns(names)]
    sheet = rows_of(cells_of(situation, *examples), known, "sheet.csv")
    first = read_claims(sheet, SourceFolder.open(folder, SOURCE), names, TEXT)
    assert first.problems == ()
    out = list(rows_of_source(first.folder, names))
    again = rows_of(read_csv(write_csv(known, out).encode(), "out.csv"), known, "out.csv")
    second = read_claims(again, copy_of(first.folder), names)
    assert second.problems == ()
    assert said(second.folder) == said(first.folder)
    assert list(rows_of_source(second.folder, names)) == out


@given(st.lists(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1), max_size=4))
def test_any_values_share_a_cell(values: list[str]) -> None:
    """Values joined in one cell come apart as they were, whatever signs they hold."""
    assert split(join(values)) == values


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_interview_survives_export_and_import(tmp_path: Path, ending: str) -> None:
    """The whole interview goes out and comes in again without one changed byte."""
    own = find_data()
    root = tmp_path / "data"
    shutil.copytree(own.graphs / "entities", root / "graphs" / "entities")
    shutil.copytree(own.graphs / "sources" / "zeng-2021", root / "graphs" / "sources" / "zeng-2021")
    folder = find_data(root)
    before = {path: path.read_bytes() for path in root.rglob("*.ttl")}
    headings, lines, names = export_claims(folder, "zeng-2021")
    file = tmp_path / f"zeng-2021.{ending}"
    if ending == "csv":
        file.write_text(write_csv(headings, lines), encoding="utf-8")
    else:
        file.write_bytes(write_workbook(names, "", lines))
    done = import_claims(folder, "zeng-2021", read_sheets(file), str(file))
    assert done.claims == sum(bool(line.get("claim")) for line in lines)
    assert {path: path.read_bytes() for path in root.rglob("*.ttl")} == before


def test_template_has_lists_guide_and_entities(world: tuple[DataFolder, Names]) -> None:
    """The template offers relations, certainties and modes to choose from, and carries the guide."""
    _, names = world
    book = load_workbook(io.BytesIO(write_workbook(names, "# Guide\nOne claim a row.")))
    assert book.sheetnames == ["claims", GUIDE_SHEET, "entities", "lists"]
    assert book[GUIDE_SHEET]["A2"].value == "One claim a row."
    headings = [cell.value for cell in book["claims"][1]]
    lists = {
        cell.value: [c.value for c in column[1:] if c.value] for column in book["lists"].columns for cell in column[:1]
    }
    assert lists["certainty"] == ["certain", "possible", "probable"]
    assert "cooperatesWith" in lists["relation"]
    ranges = {str(rule.sqref) for rule in book["claims"].data_validations.dataValidation if rule.type == "list"}
    letter = get_column_letter(headings.index("relation") + 1)
    assert f"{letter}2:{letter}2000" in ranges


def test_workbook_has_the_same_bytes_twice(world: tuple[DataFolder, Names]) -> None:
    """Cells of the same rows are the same, whenever they are written."""
    _, names = world
    one, two = (read_workbook(write_workbook(names, "", [situation]), "x.xlsx") for _ in range(2))
    assert one == two


def test_formulas_and_other_files_are_refused(world: tuple[DataFolder, Names]) -> None:
    """A formula is no value; a text that begins as one is; and a broken file is no workbook."""
    from openpyxl import Workbook

    _, names = world
    book = Workbook()
    assert book.active is not None
    book.active["A1"] = "=1+1"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(DataSyntaxError, match="holds a formula"):
        read_workbook(out.getvalue(), "x.xlsx")
    with pytest.raises(DataSyntaxError, match="no XLSX file"):
        read_workbook(b"PK\x03\x04 and no more", "x.xlsx")
    cells = read_workbook(write_workbook(names, "", [situation | {"situation note": "=so it was"}]), "x.xlsx")["claims"]
    assert "=so it was" in cells[1]


def test_numbers_and_dates_of_a_spreadsheet_are_read_as_typed() -> None:
    """What a spreadsheet made of 2019, yes and a day is the text that a person sees."""
    from datetime import datetime

    from openpyxl import Workbook

    book = Workbook()
    assert book.active is not None
    book.active.append([2019, 2.5, True, datetime(2019, 2, 11), None])  # a cell has no time zone
    out = io.BytesIO()
    book.save(out)
    assert read_workbook(out.getvalue(), "x.xlsx")["claims"] == [["2019", "2.5", "yes", "2019-02-11"]]


@pytest.mark.office
def test_libreoffice_saves_a_csv_that_imports(tmp_path: Path) -> None:
    """LibreOffice opens the workbook and saves its first sheet as CSV, which imports as the same claims."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    own = find_data()
    root = tmp_path / "data"
    shutil.copytree(own.graphs / "entities", root / "graphs" / "entities")
    shutil.copytree(own.graphs / "sources" / "zeng-2021", root / "graphs" / "sources" / "zeng-2021")
    folder = find_data(root)
    before = {path: path.read_bytes() for path in root.rglob("*.ttl")}
    _, lines, names = export_claims(folder, "zeng-2021")
    (tmp_path / "zeng-2021.xlsx").write_bytes(write_workbook(names, "# Guide", lines))
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
    command = [office, home, "--headless", "--convert-to", form, "--outdir", str(tmp_path / "out"), "zeng-2021.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    file = tmp_path / "out" / "zeng-2021.csv"
    import_claims(folder, "zeng-2021", read_sheets(file), str(file))
    assert {path: path.read_bytes() for path in root.rglob("*.ttl")} == before
