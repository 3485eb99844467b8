"""The comparison of a store's derived statements with a fresh derivation."""

from __future__ import annotations

import pyoxigraph as ox

from aigov_graph.validation import FactsReport, validate_facts
from aigov_graph.vocabulary.namespaces import AIGOV, GRAPH, ID


def edge(subject: str, graph: str) -> ox.Quad:
    """An edge from a thing to the permit portal, in a graph."""
    thing, relation, portal = ID[subject], AIGOV.interestedIn, ID["permit-portal"]
    return ox.Quad(ox.NamedNode(thing), ox.NamedNode(relation), ox.NamedNode(portal), ox.NamedNode(graph))


def line(subject: str, graph: str) -> str:
    """That edge as a report tells it."""
    return f"<{ID[subject]}> <{AIGOV.interestedIn}> <{ID['permit-portal']}> <{graph}> ."


def test_equal_sets_conform_in_whatever_order() -> None:
    """Statements of other graphs are none of its business."""
    stored = [edge("a", GRAPH.facts), edge("b", GRAPH.edges), edge("c", GRAPH.entities)]
    report = validate_facts(stored, [edge("b", GRAPH.edges), edge("a", GRAPH.facts)])
    assert report == FactsReport((), ())
    assert report.conforms


def test_what_is_missing_and_what_is_extra_is_told() -> None:
    """The same statement in another derived graph is both."""
    report = validate_facts(
        [edge("a", GRAPH.facts), edge("c", GRAPH.inferred)],
        [edge("a", GRAPH.disputed), edge("c", GRAPH.inferred), edge("b", GRAPH.facts)],
    )
    assert report.missing == (line("a", GRAPH.disputed), line("b", GRAPH.facts))
    assert report.extra == (line("a", GRAPH.facts),)
    assert not report.conforms
