"""Asking the built graph from the command line."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from aigov_graph.pool.formats import FORMATS, Format, of_family
from aigov_graph.vocabulary.namespaces import AIGOV, ID
from tests.cli.conftest import Run

LABELS = (
    'SELECT ?agency ?label { ?agency a aigov:Agency ; rdfs:label ?label FILTER(LANG(?label) = "en") } ORDER BY ?agency'
)
GRAPH = "CONSTRUCT { ?s aigov:interestedIn ?o } { GRAPH graph:facts { ?s aigov:interestedIn ?o } }"
FACT = ox.Triple(
    ox.NamedNode(ID["harbour-ministry"]), ox.NamedNode(AIGOV.interestedIn), ox.NamedNode(ID["permit-portal"])
)
TSV = f'?agency\t?label\n<{ID}harbour-ministry>\t"Harbour Ministry"@en\n<{ID}port-council>\t"Port Council"@en\n'


def test_a_query_is_taken_from_an_option_a_file_or_stdin(run: Run, store: Path, tmp_path: Path) -> None:
    """Off a terminal the answer is tab-separated: a row a line, every term whole."""
    (tmp_path / "labels.rq").write_text(LABELS)
    for words, stdin in ((("-q", LABELS), ""), (("labels.rq",), ""), (("-",), LABELS)):
        done = run("query", *words, "--store", store, stdin=stdin)
        assert (done.returncode, done.stdout, done.stderr) == (0, TSV, "")


@pytest.mark.parametrize("words", [(), ("-q", "ASK {}", "labels.rq")])
def test_a_query_is_given_once(run: Run, store: Path, words: tuple[str, ...]) -> None:
    """Neither none nor two."""
    done = run("query", *words, "--store", store)
    assert (done.returncode, done.stdout) == (2, "")
    assert "give either a FILE (- for standard input) or -q TEXT" in done.stderr


@pytest.mark.parametrize("form", of_family("results"), ids=lambda form: form.name)
def test_tables_come_in_every_format(run: Run, store: Path, form: Format) -> None:
    """Each is read back by another reader than its writer where there is one."""
    name = form.name
    text = run("query", "-q", LABELS, "--format", name, "--store", store).stdout
    expected = [(f"{ID}harbour-ministry", "Harbour Ministry"), (f"{ID}port-council", "Port Council")]
    if name == "json":
        rows = [(row["agency"]["value"], row["label"]["value"]) for row in json.loads(text)["results"]["bindings"]]
    elif name == "csv":
        rows = [(row["agency"], row["label"]) for row in csv.DictReader(io.StringIO(text))]
    else:
        solutions = ox.parse_query_results(text, getattr(ox.QueryResultsFormat, name.upper()))
        rows = [(row[0].value, row[1].value) for row in solutions]  # type: ignore[union-attr]
    assert rows == expected


@pytest.mark.parametrize("form", of_family("graph"), ids=lambda form: form.name)
def test_graphs_come_in_every_format(run: Run, store: Path, form: Format) -> None:
    """The same statement in each."""
    done = run("query", "-q", GRAPH, "--format", form.name, "--store", store)
    engine = getattr(ox.RdfFormat, form.engine)
    assert [quad.triple for quad in ox.parse(done.stdout, format=engine)] == [FACT]


def test_a_graph_is_turtle_with_our_prefixes_by_default(run: Run, store: Path) -> None:
    """Readable as it stands."""
    assert (
        "id:harbour-ministry aigov:interestedIn id:permit-portal ."
        in run("query", "-q", GRAPH, "--store", store).stdout
    )


@pytest.mark.parametrize(
    ("query", "form"), [(GRAPH, "csv"), (GRAPH, "table"), ("ASK {}", "turtle"), (LABELS, "nquads"), (LABELS, "html")]
)
def test_a_format_that_cannot_hold_the_answer_is_wrong_usage(run: Run, store: Path, query: str, form: str) -> None:
    """Nothing is printed as data."""
    done = run("query", "-q", query, "--format", form, "--store", store)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr


def test_every_name_of_a_format_is_understood(run: Run, store: Path) -> None:
    """Those that people type too."""
    for form in FORMATS:
        for name in form.other_names:
            query = GRAPH if form.family == "graph" else "ASK {}"
            assert run("query", "-q", query, "--format", name, "--store", store).returncode == 0


def test_a_terminal_gets_a_table(store: Path) -> None:
    """IRIs are shortened, what would steer the terminal is spelled out, the rows are counted."""
    query = r'SELECT ?a ?b { VALUES (?a ?b) { (id:port "A\u001B[1m") (<http://example.org/> "[bold]B") (UNDEF 3) } }'
    command = [str(Path(sys.executable).with_name("aigov-graph")), "query", "-q", query, "--store", str(store)]
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, stdout=theirs, stderr=subprocess.PIPE, env={**os.environ, "TERM": "dumb"})
    os.close(theirs)
    shown = bytearray()
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        try:
            while piece := terminal.read(4096):
                shown += piece
        except OSError:
            pass  # how Linux says that the other end is closed
    assert process.communicate()[1] == b""
    assert [re.split(" {2,}", line.strip()) for line in shown.decode().splitlines() if line.strip(" ─")] == [
        ["a", "b"],
        ["id:port", r"A\x1b[1m"],
        ["<http://example.org/>", "[bold]B"],
        ["3"],
        ["3 rows"],
    ]


def test_a_yes_is_a_yes(run: Run, store: Path) -> None:
    """In a table as elsewhere."""
    assert run("query", "-q", "ASK { ?s a aigov:Nothing }", "--format", "table", "--store", store).stdout == "false\n"
    assert run("query", "-q", "SELECT * {}", "--format", "table", "--store", store).stdout == "1 row\n"


def test_a_query_that_does_not_parse_is_told_with_line_and_column(run: Run, store: Path, tmp_path: Path) -> None:
    """What the engine expected, where, and what to do."""
    (tmp_path / "broken.rq").write_text("SELECT * {\n ?a ?b }}")
    done = run("query", "broken.rq", "--store", store)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "error: expected OPTIONAL\n  at broken.rq:2:10\nmend the query there\n"


def test_a_query_without_a_store_is_an_error(run: Run) -> None:
    """It says how to make one."""
    done = run("query", "-q", "ASK {}")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "error: nothing was published yet\n  at store\nrun: aigov-graph build\n"
