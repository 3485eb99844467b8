"""Property paths between shapes, text and reports."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from rdflib import SH, Graph

from aigov_graph.validation.graph import graph_of
from aigov_graph.validation.paths import Path
from aigov_graph.vocabulary.namespaces import AIGOV, OA
from tests.validation.support import HEADER

EVIDENCE, SOURCE = Path.of(AIGOV.evidence), Path.of(OA.hasSource)


def path_in(turtle: str) -> Path:
    """The path of the one shape in some Turtle."""
    graph = graph_of(ox.parse(HEADER + turtle, format=ox.RdfFormat.TURTLE))
    (node,) = graph.objects(None, SH.path)
    return Path.read(graph, node)


@pytest.mark.parametrize(
    ("turtle", "path", "text"),
    [
        ("aigov:evidence", EVIDENCE, "aigov:evidence"),
        ("( aigov:evidence oa:hasSource )", Path("/", (EVIDENCE, SOURCE)), "aigov:evidence/oa:hasSource"),
        (
            "[ sh:alternativePath ( aigov:evidence oa:hasSource ) ]",
            Path("|", (EVIDENCE, SOURCE)),
            "aigov:evidence|oa:hasSource",
        ),
        ("[ sh:inversePath oa:hasSource ]", Path("^", (SOURCE,)), "^oa:hasSource"),
        ("[ sh:zeroOrOnePath oa:hasSource ]", Path("?", (SOURCE,)), "oa:hasSource?"),
        ("[ sh:oneOrMorePath oa:hasSource ]", Path("+", (SOURCE,)), "oa:hasSource+"),
        (
            "[ sh:zeroOrMorePath [ sh:inversePath oa:hasSource ] ]",
            Path("*", (Path("^", (SOURCE,)),)),
            "(^oa:hasSource)*",
        ),
        (
            "( [ sh:alternativePath ( aigov:evidence oa:hasSource ) ] oa:hasSource )",
            Path("/", (Path("|", (EVIDENCE, SOURCE)), SOURCE)),
            "(aigov:evidence|oa:hasSource)/oa:hasSource",
        ),
    ],
)
def test_a_path_is_read_told_and_written_back(turtle: str, path: Path, text: str) -> None:
    """Each form of path reads as SPARQL has it, and comes back the same from a report."""
    assert path_in(f"[] sh:path {turtle} .") == path
    assert str(path) == text
    graph = Graph()
    assert Path.read(graph, path.write(graph)) == path


def test_a_node_that_is_no_path_is_refused() -> None:
    """A shape whose path is a node without meaning is not told as an empty path."""
    with pytest.raises(ValueError, match="is no property path"):
        path_in('[] sh:path [ rdfs:label "path" ] .')
