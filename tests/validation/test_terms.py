"""Literals on their way from the parser to the judge and into a report."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import Literal, URIRef

from aigov_graph.validation.terms import term_of, text_of, to_rdflib
from aigov_graph.vocabulary.namespaces import XSD

LITERALS = [
    ox.Literal("plain"),
    ox.Literal('a "quote"\nand a line'),
    ox.Literal("港口部", language="zh-hans"),
    ox.Literal("03", datatype=ox.NamedNode(XSD.integer)),
    ox.Literal("PT72H", datatype=ox.NamedNode(XSD.duration)),
    ox.Literal("yes", datatype=ox.NamedNode(XSD.boolean)),
    ox.Literal("2019-02-30", datatype=ox.NamedNode(XSD.date)),
]


@pytest.mark.filterwarnings("ignore:Parsing weird boolean")
@pytest.mark.parametrize("literal", LITERALS, ids=str)
def test_a_literal_keeps_its_spelling(literal: ox.Literal) -> None:
    """What a file says reaches judge and report letter by letter, and comes back from the report as the same term."""
    node = to_rdflib(literal)
    assert isinstance(node, Literal)
    assert str(node) == literal.value
    assert text_of(node) == text_of(literal) == str(literal)
    assert term_of(str(literal)) == node


def test_an_iri_is_told_as_it_is() -> None:
    """No angle brackets around an IRI in a report."""
    assert text_of(ox.NamedNode("https://harbour.example/")) == "https://harbour.example/"
    assert term_of("https://harbour.example/") == URIRef("https://harbour.example/")


def test_a_plain_string_and_an_xsd_string_are_one() -> None:
    """RDF 1.1 makes no difference between them; a shape that compares terms must not either."""
    assert to_rdflib(ox.Literal("d", datatype=ox.NamedNode(XSD.string))) == Literal("d")


def test_rdflib_does_not_normalise() -> None:
    """The switch is off for the whole process once the package is loaded."""
    assert rdflib.NORMALIZE_LITERALS is False
