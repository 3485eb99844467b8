"""A report for reading: each problem with its place, what is wrong and how to mend it; a summary at the end."""

from __future__ import annotations

import re
from typing import Final

from aigov_graph.dataset import shorten
from aigov_graph.validation.report import SEVERITIES, Problem, Report

_DATATYPE: Final = re.compile(r"\^\^<(?P<iri>[^<>]*)>$")
_WORDS: Final = {"Violation": "error", "Warning": "warning", "Info": "note"}
_PLURALS: Final = {"Violation": "errors", "Warning": "warnings", "Info": "notes"}


def render(report: Report) -> str:
    """The report as text, ending in a line break."""
    return "".join(f"{_problem(problem)}\n" for problem in report.problems) + f"{_summary(report)}\n"


def _problem(problem: Problem) -> str:
    place = "".join(f"{part}:" for part in (problem.file, problem.line) if part is not None)
    subject = " ".join(part for part in (_term(problem.subject), str(problem.path or "")) if part)
    lines = [" ".join(part for part in (place, f"{_WORDS[problem.severity]}:", subject) if part)]
    if problem.value is not None and problem.value != problem.subject:
        lines.append(f"  found: {_term(problem.value)}")
    lines.append(f"  {problem.message}")
    if problem.remedy:
        lines.append(f"  {problem.remedy}")
    lines.append(f"  [{shorten(problem.check)}]")
    return "\n".join(lines) + "\n"


def _term(text: str) -> str:
    if not text.startswith('"'):
        return shorten(text)
    return _DATATYPE.sub(lambda match: f"^^{shorten(match['iri'])}", text)


def _summary(report: Report) -> str:
    counts = {severity: report.count(severity) for severity in SEVERITIES}
    found = [f"{n} {_WORDS[s] if n == 1 else _PLURALS[s]}" for s, n in counts.items() if n]
    verdict = "The data conforms to the shapes" if report.conforms else "The data does not conform to the shapes"
    return f"{verdict}: {', '.join(found)}." if found else f"{verdict}."
