"""aigov-graph link: a table in, candidates out, and nothing linked."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from aigov_graph.cli.main import main
from aigov_graph.links import read_sssom
from aigov_graph.vocabulary.namespaces import ID, SKOS
from tests.port_folder import port_folder

TABLE = "ror_id,name,other\nhttps://ror.org/012345678,Harbour Ministry,港口部|Ministry\nhttps://ror.org/087654321,Fishery,\n"


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
    assert (code, said) == (0, "2 rows: 1 likely, 0 worth a look\n")
    (mapping,) = read_sssom(out.read_text(encoding="utf-8"), "ror", "found").mappings
    assert (mapping.subject, mapping.predicate) == (f"{ID}harbour-ministry", SKOS.exactMatch)
    assert mapping.object == "https://ror.org/012345678"
    assert "spelt the same" in mapping.comment
    assert not (tmp_path / "data" / "graphs" / "links").exists()


@pytest.mark.parametrize(
    ("options", "code", "complaint"),
    [
        (("--target", "ror"), 1, "there is no column 'id'"),
        (("--target", "ror", "--id", "ror_id", "--type", "Ship"), 2, "no class Ship"),
        (("--target", "moon"), 2, "--target"),
    ],
)
def test_what_cannot_be_is_said(tmp_path: Path, options: tuple[str, ...], code: int, complaint: str) -> None:
    """A column, class or registry that is not there."""
    found, said = run(tmp_path, *options)
    assert found == code
    assert complaint in said
