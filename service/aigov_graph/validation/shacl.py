"""The shapes judged by pyshacl.

Never its `focus_nodes` or `use_shapes`: the first also filters the values inside sh:node, sh:or and the like, the
second passes whatever it leaves out, and both so report false conformance. Not its `validate` function either: that
switches rdflib back to normalising literals for the whole process.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Final, cast

from pyshacl import Validator
from pyshacl.graph_abstraction import DataGraph
from rdflib import SH, Graph
from rdflib.term import Literal, Node

from aigov_graph.validation.messages import split_message, with_short_names
from aigov_graph.validation.paths import Path
from aigov_graph.validation.report import Problem, Severity
from aigov_graph.validation.terms import text_of

_LOG: Final = logging.getLogger(__name__)


def judge(data: Graph, shapes: Graph) -> Iterator[Problem]:
    """The problems that the shapes find in the data, without their places in files."""
    options = {"inference": "none", "advanced": False, "inplace": True, "logger": _LOG}
    validator = Validator(DataGraph.from_rdflib_graph(data), shacl_graph=shapes, options=options)
    _, results, _ = validator.run()  # type: ignore[no-untyped-call]
    for result in results.objects(None, SH.result):
        yield _problem(results, result)


def _problem(results: Graph, result: Node) -> Problem:
    def value(predicate: Node) -> Node | None:
        return results.value(result, predicate)

    source, path, found = value(SH.sourceShape), value(SH.resultPath), value(SH.value)
    focus, component, severity = value(SH.focusNode), value(SH.sourceConstraintComponent), value(SH.resultSeverity)
    if source is None or focus is None or component is None or severity is None:
        raise ValueError(f"pyshacl gave a result without focus node, shape, component or severity: {result}")
    message, remedy = split_message(_message(results, result))
    return Problem(
        severity=cast(Severity, str(severity).removeprefix(str(SH))),
        subject=text_of(focus),
        path=None if path is None else Path.read(results, path),
        value=None if found is None else text_of(found),
        check=str(source),
        component=str(component),
        message=message,
        remedy=remedy,
    )


def _message(results: Graph, result: Node) -> str:
    """The English message. pyshacl fills in IRIs whole and loses the language of a message it filled in."""
    texts = [text for text in results.objects(result, SH.resultMessage) if isinstance(text, Literal)]
    chosen = min(texts, key=lambda text: (text.language not in ("en", None), str(text)), default=Literal(""))
    return with_short_names(str(chosen))
