"""The forms a report is shown in, each compared whole."""

from __future__ import annotations

import json
from pathlib import Path as PathOnDisk

import pytest
from rdflib import RDF, SH, Graph, Literal, URIRef

from aigov_graph.turtle import canonical
from aigov_graph.validation import RENDERERS, Path, Problem, Report
from aigov_graph.vocabulary.namespaces import AIGOV, CLAIM, ID, OA, PASSAGE, SHAPE
from aigov_graph.vocabulary.namespaces import SH as SHACL

EXPECTED = PathOnDisk(__file__).parent / "expected"

REPORT = Report.of(
    [
        Problem(
            severity="Violation",
            subject=CLAIM["port-council-2024-001"],
            path=Path.of(AIGOV.when),
            value='"2019/2018"^^<http://id.loc.gov/datatypes/edtf>',
            check=SHAPE.edtf,
            component=SHAPE.edtf,
            message="The date cannot be read.",
            remedy="Write EDTF of level 1.",
            file="graphs/sources/port-council-2024/claims.ttl",
            line=12,
        ),
        Problem(
            severity="Violation",
            subject=CLAIM["port-council-2024-002"],
            path=Path("/", (Path.of(AIGOV.evidence), Path.of(OA.hasSource))),
            value=ID["port-council-2024"],
            check=SHAPE["Claim-evidence-of-source"],
            component=SHACL.EqualsConstraintComponent,
            message="The evidence lies in another source than the claim.",
            remedy="Name one source.",
            file="graphs/sources/port-council-2024/claims.ttl",
            line=31,
        ),
        Problem(
            severity="Warning",
            subject=PASSAGE["port-council-2024-009"],
            path=None,
            value=PASSAGE["port-council-2024-009"],
            check=SHAPE["Passage-iri"],
            component=SHACL.PatternConstraintComponent,
            message="Nobody describes this.",
            remedy="",
        ),
    ]
)


@pytest.mark.parametrize("name", RENDERERS)
def test_a_report_in_every_form(name: str) -> None:
    """Each form says all that is in the report, in one fixed layout."""
    assert RENDERERS[name].render(REPORT) == (EXPECTED / f"report.{name}").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", RENDERERS)
def test_a_report_without_problems(name: str) -> None:
    """That nothing is wrong is said, not left to silence."""
    assert RENDERERS[name].render(Report(())) == (EXPECTED / f"nothing.{name}").read_text(encoding="utf-8")


def test_the_json_is_json() -> None:
    """A program gets the problems back field by field."""
    content = json.loads(RENDERERS["json"].render(REPORT))
    assert content["conforms"] is False
    assert content["problems"][0]["path"] == AIGOV.when
    assert content["problems"][1]["path"] == "aigov:evidence/oa:hasSource"
    assert content["problems"][2]["file"] is None


def test_the_turtle_is_a_shacl_report() -> None:
    """One sh:ValidationReport, with a result for each problem that names what SHACL asks for."""
    text = RENDERERS["turtle"].render(REPORT)
    graph = Graph().parse(data=text, format="turtle")
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    results = set(graph.objects(report, SH.result))
    assert graph.value(report, SH.conforms) == Literal(False)
    assert len(results) == 3
    for result in results:
        for predicate in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent):
            assert len(list(graph.objects(result, predicate))) == 1
    (second,) = graph.subjects(SH.focusNode, URIRef(CLAIM["port-council-2024-002"]))
    path = graph.value(second, SH.resultPath)
    assert path is not None
    assert Path.read(graph, path) == REPORT.problems[1].path
    assert canonical(text.encode(), "report") == text.encode()


def test_a_warning_spoils_conformance_only_as_shacl_understands_it() -> None:
    """SHACL's sh:conforms allows no result of any severity; ours, in the other forms, lets warnings pass."""
    report = Report(REPORT.problems[2:])
    assert report.conforms
    assert json.loads(RENDERERS["json"].render(report))["conforms"] is True
    assert "sh:conforms false" in RENDERERS["turtle"].render(report)
    assert RENDERERS["text"].render(report).endswith("The data conforms to the shapes: 1 warning.\n")
