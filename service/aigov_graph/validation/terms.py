"""Terms on their way from the parser to rdflib and into a report, literals untouched."""

from __future__ import annotations

import pyoxigraph as ox
import rdflib
from rdflib.term import BNode, Literal, Node, URIRef

# rdflib would read "yes"^^xsd:boolean as false and "03" as 3, and so hide what is wrong.
rdflib.NORMALIZE_LITERALS = False

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
"""What pyoxigraph's parser may give as a subject or object."""

_XSD_STRING = ox.NamedNode("http://www.w3.org/2001/XMLSchema#string")


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
