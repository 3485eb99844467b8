"""The graph that pyshacl reads: it holds what rdflib's own would hold, and answers alike."""

from __future__ import annotations

import warnings
from itertools import product

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Literal, URIRef, Variable

from aigov_graph.validation.graph import JudgedGraph, graph_of
from tests.validation.test_terms import LITERALS

NODES = [URIRef(f"urn:{letter}") for letter in "abc"]
VALUES = [*NODES, Literal(""), Literal("03", datatype=rdflib.XSD.integer), Literal("3", datatype=rdflib.XSD.integer)]
TRIPLES = st.tuples(st.sampled_from(NODES), st.sampled_from(NODES), st.sampled_from(VALUES))
PLAIN = list(product([None, *NODES], [None, *NODES], [None, *VALUES]))
PATTERNS = [*PLAIN, *product([None, *NODES], [NODES[0] / NODES[1]], [None, *VALUES])]


@given(added=st.lists(TRIPLES), removed=st.lists(st.sampled_from(PLAIN), max_size=2))
def test_it_answers_as_rdflib_does(added: list[tuple[URIRef, URIRef, URIRef | Literal]], removed: list[object]) -> None:
    """Whatever is added and removed, every pattern finds the same statements, and every shortcut the same terms."""
    ours, theirs = JudgedGraph(), rdflib.Graph()
    for triple in added:
        ours.add(triple)
        theirs.add(triple)
    for pattern in removed:
        ours.remove(pattern)
        theirs.remove(pattern)  # type: ignore[arg-type]
    assert len(ours) == len(theirs)
    for subject, predicate, value in PATTERNS:
        pattern = (subject, predicate, value)
        assert sorted(ours.triples(pattern), key=repr) == sorted(theirs.triples(pattern), key=repr)
        assert (pattern in ours) == (pattern in theirs)
        assert sorted(map(repr, ours.objects(subject, predicate))) == sorted(
            map(repr, theirs.objects(subject, predicate))
        )
        assert sorted(map(repr, ours.subjects(predicate, value))) == sorted(
            map(repr, theirs.subjects(predicate, value))
        )


def test_reading_ill_typed_literals_is_silent(caplog: pytest.LogCaptureFixture) -> None:
    """What is wrong with a literal is for the report to say, not for a library's log."""
    quads = [ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), literal) for literal in LITERALS]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        graph = graph_of(quads)
    assert len(graph) == len(LITERALS)
    assert caplog.records == []


def test_a_query_is_parsed_once() -> None:
    """The same text is answered with different bindings, and from a changed graph."""
    graph = graph_of([])
    text = "SELECT ?o WHERE { ?s <urn:p> ?o }"
    assert list(graph.query(text)) == []
    graph.add((URIRef("urn:a"), URIRef("urn:p"), Literal("1")))
    graph.add((URIRef("urn:b"), URIRef("urn:p"), Literal("2")))
    assert graph.query(text, initBindings={"s": URIRef("urn:b")}).bindings == [{Variable("o"): Literal("2")}]
