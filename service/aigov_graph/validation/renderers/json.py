"""A report for programs."""

from __future__ import annotations

import json

from aigov_graph.validation.report import Problem, Report


def render(report: Report) -> str:
    """The report as one JSON object, ending in a line break."""
    content = {"conforms": report.conforms, "problems": [_problem(problem) for problem in report.problems]}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "severity": problem.severity,
        "file": problem.file,
        "line": problem.line,
        "subject": problem.subject,
        "path": None if problem.path is None else problem.path.iri or str(problem.path),
        "value": problem.value,
        "check": problem.check,
        "component": problem.component,
        "message": problem.message,
        "remedy": problem.remedy,
    }
