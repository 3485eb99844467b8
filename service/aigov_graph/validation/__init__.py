"""Is the data right? Shapes judged by pyshacl, checks that no shape can make, and the equality of derived facts.

Public: `validate`, `validate_facts`, their reports, and `RENDERERS`, the forms a report is shown in.
"""

from aigov_graph.validation.facts import FactsReport, validate_facts
from aigov_graph.validation.paths import Path
from aigov_graph.validation.renderers import RENDERERS, Renderer
from aigov_graph.validation.report import Problem, Report, Severity
from aigov_graph.validation.run import validate

__all__ = [
    "RENDERERS",
    "FactsReport",
    "Path",
    "Problem",
    "Renderer",
    "Report",
    "Severity",
    "validate",
    "validate_facts",
]
