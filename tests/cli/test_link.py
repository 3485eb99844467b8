"""aigov-graph link: a table in, candidates out, and nothing linked."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from sssom.parsers import parse_sssom_table
from sssom.validators import validate

from aigov_graph.cli.main import main
from aigov_graph.links import read_sssom
from aigov_graph.vocabulary.namespaces import GRAPH, ID, SKOS
from tests.links.ports import ROWS, table, with_links
from tests.port_folder import port_folder

TABLE = "ror_id,name,other\nhttps://ror.org/012345678,Harbour Ministry,港口部|Ministry\nhttps://ror.org/087654321,Fishery,\n"


WIKIDATA = "id,name\nQ101,Harbour Ministry\nQ9,Pilots Office\nQ102,Ministry of Harbours\nQ55,Port Council\n"
"""Of the things in `tests.links.ports.ROWS`: linked, found wrong, another row of one that is linked, and a new one."""


def run(tmp_path: Path, *arguments: str) -> tuple[int, str]:
    """Run the command on the small world of ports; its exit code and all it printed."""
    if not (tmp_path / "data").exists():
        port_folder(tmp_path / "data")
    (tmp_path / "table.csv").write_text(TABLE, encoding="utf-8")
    result = CliRunner().invoke(
        main, ["link", str(tmp_path / "table.csv"), "--data", str(tmp_path / "data"), *arguments]
    )
    return result.exit_code, result.output


def test_candidates_are_written_for_review(tmp_path: Path) -> None:
    """A valid link file with the reason; graphs/links is not touched."""
    out = tmp_path / "found.sssom.tsv"
    options = ("--target", "ror", "--id", "ror_id", "--name", "name", "--name", "other", "-o", str(out))
    code, said = run(tmp_path, "--type", "Agency", *options)
    assert (code, said) == (0, "2 rows of Research Organization Registry: 1 likely, 0 worth a look\n")
    (mapping,) = read_sssom(out.read_text(encoding="utf-8"), "ror", "found").mappings
    assert (mapping.subject, mapping.predicate) == (f"{ID}harbour-ministry", SKOS.exactMatch)
    assert mapping.object == "https://ror.org/012345678"
    assert "spelt the same" in mapping.comment
    assert "type agrees: Agency" in mapping.comment
    assert "country not known" in mapping.comment
    document = parse_sssom_table(out)
    reports = validate(document, fail_on_error=False)
    assert [result for report in reports.values() for result in report.results] == []
    assert document.metadata["mapping_set_id"] == f"{GRAPH.links}#candidates-ror"
    assert not (tmp_path / "data" / "graphs" / "links").exists()


@pytest.mark.parametrize(
    ("options", "code", "complaint"),
    [
        (("--target", "ror"), 1, "there is no column 'id'"),
        (("--target", "ror"), 1, "name another by --id, one of: ror_id, name, other"),
        (("--target", "ror", "--id", "ror_id", "--type", "Ship"), 2, "no class Ship"),
        (("--target", "moon"), 2, "--target"),
        (("--id", "name"), 2, "name it, or the column of identifiers by --id"),
        (("--target", "wikidata", "--id", "ror_id"), 1, "is no identifier of Wikidata"),
    ],
)
def test_what_cannot_be_is_said(tmp_path: Path, options: tuple[str, ...], code: int, complaint: str) -> None:
    """A column, class or registry that is not there."""
    found, said = run(tmp_path, *options)
    assert found == code
    assert complaint in said


def of_wikidata(tmp_path: Path, *arguments: str) -> tuple[str, str]:
    """What is written, and what is said, for a table of Wikidata beside links to it that are there already."""
    if not (tmp_path / "data").exists():
        with_links(tmp_path / "data", table(*ROWS))
    (tmp_path / "wikidata-ports.csv").write_text(WIKIDATA, encoding="utf-8")
    arguments = (str(tmp_path / "wikidata-ports.csv"), "--data", str(tmp_path / "data"), *arguments)
    result = CliRunner().invoke(main, ["link", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout, result.stderr


def test_what_is_linked_already_is_left_out_and_counted(tmp_path: Path) -> None:
    """A link that stands, a link that was found wrong, and another identifier for what is linked exactly."""
    written, said = of_wikidata(tmp_path)
    found = {one.object.rpartition("/")[2] for one in read_sssom(written, "wikidata", "found").mappings}
    assert found == {"Q55"}
    assert "; 1 linked already; 2 candidates left out" in said


def test_all_of_it_is_proposed_again_when_asked_for(tmp_path: Path) -> None:
    """To look at old links with new eyes."""
    written, said = of_wikidata(tmp_path, "--again")
    found = {one.object.rpartition("/")[2] for one in read_sssom(written, "wikidata", "found").mappings}
    assert found >= {"Q101", "Q9", "Q55"}
    assert "linked already" not in said


@pytest.mark.parametrize("key", ["id", "ror_id", "ror"])
def test_the_registry_need_not_be_named_where_the_table_tells(tmp_path: Path, key: str) -> None:
    """By its identifiers, whatever their column is called."""
    (tmp_path / "ports.csv").write_text(TABLE.replace("ror_id", key), encoding="utf-8")
    port_folder(tmp_path / "data")
    arguments = ["link", str(tmp_path / "ports.csv"), "--data", str(tmp_path / "data"), "--id", key]
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, result.stderr) == (
        0,
        "2 rows of Research Organization Registry: 1 likely, 0 worth a look\n",
    )
