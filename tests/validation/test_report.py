"""Problems in order, and when data may be published."""

from __future__ import annotations

from dataclasses import replace

from aigov_graph.validation import Path, Problem, Report, validate
from aigov_graph.vocabulary.namespaces import AIGOV, CLAIM, SH, SHAPE
from tests.validation.support import C1, changed

PROBLEM = Problem(
    severity="Violation",
    subject=CLAIM["port-council-2024-001"],
    path=Path.of(AIGOV.mode),
    value=None,
    check=SHAPE["Claim-mode"],
    component=SH.MinCountConstraintComponent,
    message="No mode.",
    remedy="Write one.",
    file="graphs/b.ttl",
    line=9,
)


def test_the_worst_come_first_then_by_file_and_line() -> None:
    """The order depends on nothing but the problems, and each is told once."""
    warning = replace(PROBLEM, severity="Warning", file="graphs/a.ttl")
    info = replace(PROBLEM, severity="Info", file="graphs/a.ttl")
    later, other = replace(PROBLEM, line=10), replace(PROBLEM, file="graphs/a.ttl", line=70)
    nowhere = replace(PROBLEM, file=None, line=None)
    report = Report.of([info, later, warning, PROBLEM, PROBLEM, other, nowhere])
    assert report.problems == (nowhere, other, PROBLEM, later, warning, info)


def test_only_a_violation_keeps_data_from_being_published() -> None:
    """Warnings are shown and do no harm."""
    assert Report.of([]).conforms
    assert Report.of([replace(PROBLEM, severity="Warning"), replace(PROBLEM, severity="Info")]).conforms
    assert not Report.of([PROBLEM]).conforms
    assert validate(changed("id:port-council-2024 change:without dcterms:publisher .")).conforms
    assert not validate(changed(f"{C1} change:without aigov:mode .")).conforms
