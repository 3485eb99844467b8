"""Taking the network out from the command line: formats, options, files, measures."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest

from aigov_graph.exports import FORMATS, HOW_OPTIONS, OPTIONS
from tests.cli.conftest import Run

EDGE = "https://w3id.org/aigov-graph/id/harbour-ministry"


def test_a_file_is_written_and_counted(run: Run, store: Path, tmp_path: Path) -> None:
    """The file holds the network; what it holds is said on stderr."""
    done = run("export", "graphml", "-o", "net.graphml", "--store", store)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "GraphML: 2 nodes, 1 edges\n")
    graph = nx.read_graphml(tmp_path / "net.graphml")
    assert list(graph.nodes) == [EDGE, "https://w3id.org/aigov-graph/id/permit-portal"]


def test_standard_output_is_the_default(run: Run, store: Path) -> None:
    """Data on stdout alone, so that it can be piped on."""
    done = run("export", "node-link", "--store", store)
    assert len(json.loads(done.stdout)["links"]) == 1


def test_options_reach_the_view(run: Run, store: Path) -> None:
    """Switches, choices and names that may be given again."""
    done = run(
        *("export", "node-link", "--relation", "interestedIn", "--status", "hedged", "--status", "denied", "--merge"),
        *("--store", store),
    )
    found = json.loads(done.stdout)
    assert found["graph"]["view"] == {
        "relation": ["interestedIn"],
        "status": ["hedged", "denied"],
        "merge": ["true"],
    }
    assert found["links"] == []


def test_every_option_of_a_view_is_an_option_of_the_command(run: Run) -> None:
    """They are declared once; the help names each."""
    text = run("export", "--help").stdout
    assert [option.name for option in (*OPTIONS, *HOW_OPTIONS) if f"--{option.name}" not in text] == []


def test_the_help_names_every_format(run: Run) -> None:
    """None is forgotten."""
    words = run("export", "--help").stdout.replace(".", " ").split()
    assert [name for name in FORMATS if name not in words] == []


def test_every_format_at_once(run: Run, store: Path, tmp_path: Path) -> None:
    """Into a folder, each under its suffix."""
    done = run("export", "all", "-o", "out", "--store", store)
    assert done.returncode == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        f"network{form.suffix}" for form in FORMATS.values()
    }
    assert done.stdout.split() == [f"network{form.suffix}" for form in FORMATS.values()]


@pytest.mark.parametrize(
    ("words", "code", "complaint"),
    [
        (("export", "gex"), 2, "'gex' is no format; did you mean gexf?"),
        (("export", "dot", "--status", "true"), 2, "'true' is not one of"),
        (("export", "all"), 2, "name a folder with -o"),
        (("export", "dot", "-o", "nowhere/net.gv"), 2, "there is no folder nowhere"),
        (("export", "dot", "--around", "harbour-minister"), 1, "did you mean harbour-ministry?"),
        (("export", "dot", "--from", "someday"), 1, "write a day, month or year"),
        (("export", "dot", "--seed", "-5"), 1, "'-5' is no whole number from 0 to 999999999"),
        (("export", "dot", "--around", ""), 1, "around is empty"),
        (("analyse", "broker"), 1, "did you mean brokers?"),
    ],
)
def test_what_cannot_be_is_refused(
    run: Run, store: Path, words: tuple[str, ...], code: int, complaint: str, tmp_path: Path
) -> None:
    """On stderr, with what to write instead; no file is left behind."""
    done = run(*words, "--store", store)
    assert (done.returncode, done.stdout) == (code, "")
    assert complaint in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_failed_export_leaves_the_file_before(run: Run, store: Path, tmp_path: Path) -> None:
    """Whole or not at all."""
    (tmp_path / "net.gv").write_text("before")
    done = run("export", "dot", "-o", "net.gv", "--around", "nowhere", "--store", store)
    assert done.returncode == 1
    assert [path.name for path in tmp_path.iterdir()] == ["net.gv"]
    assert (tmp_path / "net.gv").read_text() == "before"


def test_a_measure_for_people_and_for_programs(run: Run, store: Path) -> None:
    """As text with short names, as JSON with the edges it stands on, as CSV."""
    words = ("analyse", "path", "harbour-ministry", "permit-portal", "--store", store)
    text = run(*words).stdout
    assert text.startswith("How Harbour Ministry and permit portal are linked\n")
    assert "claim:minutes-001" in text
    assert text.endswith("Stands on 1 edges (facts between entities).\n")
    found = json.loads(run(*words, "--format", "json").stdout)
    assert found["results"][0]["claims"] == ["https://w3id.org/aigov-graph/claim/minutes-001"]
    assert run(*words, "--format", "csv").stdout.startswith("hop,from,relation,to,")
