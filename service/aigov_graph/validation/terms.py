"""Statements handed from the parser to rdflib, literals untouched, in a graph that prepares each query once."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import BNode, Literal, Node, URIRef

# rdflib would read "yes"^^xsd:boolean as false and "03" as 3, and so hide what is wrong.
rdflib.NORMALIZE_LITERALS = False

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
"""What pyoxigraph's parser may give as a subject or object."""

_XSD_STRING = ox.NamedNode("http://www.w3.org/2001/XMLSchema#string")


class PreparedGraph(rdflib.Graph):
    """A graph whose queries are parsed once a text: pyshacl asks the same one again for every focus node."""

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:
        """As rdflib's; texts must spell out their prefixes."""
        prepared = _prepare(query_object) if isinstance(query_object, str) else query_object
        return super().query(prepared, *args, **kwargs)


@lru_cache(maxsize=256)
def _prepare(text: str) -> Query:
    return prepareQuery(text)


def graph_of(quads: Iterable[ox.Quad]) -> PreparedGraph:
    """The statements as one rdflib graph, whatever graph they stand in."""
    graph = PreparedGraph(bind_namespaces="none")
    with _rdflib_silent():
        for quad in quads:
            graph.add((to_rdflib(quad.subject), URIRef(quad.predicate.value), to_rdflib(quad.object)))
    return graph


@contextmanager
def _rdflib_silent() -> Iterator[None]:
    """rdflib complains of every ill-typed literal on its own; the report says it better."""
    logger = logging.getLogger("rdflib.term")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            yield
    finally:
        logger.setLevel(level)


def to_rdflib(term: Term) -> Node:
    """A term as rdflib's, a literal with the spelling it was read with.

    Raises:
        TypeError: the term is a statement, which RDF 1.1 does not have.
    """
    match term:
        case ox.NamedNode():
            return URIRef(term.value)
        case ox.BlankNode():
            return BNode(term.value)
        case ox.Literal():
            # A plain literal and one of xsd:string are the same to RDF 1.1, but not to rdflib.
            datatype = None if term.language or term.datatype == _XSD_STRING else URIRef(term.datatype.value)
            return Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
    raise TypeError(f"no term of RDF 1.1: {term}")


def text_of(term: Node | Term) -> str:
    """A term as a report holds it: an IRI as it is, a literal in N-Triples."""
    if isinstance(term, Literal):
        datatype = ox.NamedNode(str(term.datatype)) if term.datatype else None
        term = ox.Literal(str(term), language=term.language, datatype=datatype)
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def term_of(text: str) -> URIRef | Literal:
    """A term of a report, back as rdflib's."""
    if not text.startswith('"'):
        return URIRef(text)
    (quad,) = ox.parse(f"<urn:s> <urn:p> {text} .", format=ox.RdfFormat.N_TRIPLES)
    literal = to_rdflib(quad.object)
    assert isinstance(literal, Literal)  # noqa: S101  # for the type checker: what starts with a quote is a literal
    return literal
