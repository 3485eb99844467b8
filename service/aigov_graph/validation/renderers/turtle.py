"""A report as SHACL defines it (sh:ValidationReport), for tools that read those."""

from __future__ import annotations

from rdflib import RDF, SH, BNode, Graph, Literal, URIRef

from aigov_graph.turtle import canonical
from aigov_graph.validation.report import Problem, Report
from aigov_graph.validation.terms import term_of


def render(report: Report) -> str:
    """The report in canonical Turtle. Its sh:conforms is SHACL's, stricter than ours: no result of any severity."""
    graph = Graph(bind_namespaces="none")
    node = BNode()
    graph.add((node, RDF.type, SH.ValidationReport))
    graph.add((node, SH.conforms, Literal(not report.problems)))
    for number, problem in enumerate(report.problems):
        result = BNode(f"result{number}")
        graph.add((node, SH.result, result))
        _add(graph, result, problem)
    return canonical(graph.serialize(format="nt", encoding="utf-8"), "report").decode()


def _add(graph: Graph, result: BNode, problem: Problem) -> None:
    graph.add((result, RDF.type, SH.ValidationResult))
    graph.add((result, SH.focusNode, term_of(problem.subject)))
    graph.add((result, SH.resultSeverity, SH[problem.severity]))
    graph.add((result, SH.sourceShape, URIRef(problem.check)))
    graph.add((result, SH.sourceConstraintComponent, URIRef(problem.component)))
    graph.add((result, SH.resultMessage, Literal(f"{problem.message} {problem.remedy}".strip(), lang="en")))
    if problem.path is not None:
        graph.add((result, SH.resultPath, problem.path.write(graph)))
    if problem.value is not None:
        graph.add((result, SH.value, term_of(problem.value)))
