"""The ontology's statements as tests ask for them: by file, by term, as an rdflib graph."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox
import rdflib

from aigov_graph.dataset import Dataset, find_data
from aigov_graph.vocabulary import Vocabulary
from aigov_graph.vocabulary.namespaces import AIGOV, OWL, RDF

rdflib.NORMALIZE_LITERALS = False

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

FOLDER = find_data()


@cache
def dataset() -> Dataset:
    """All of the package's data."""
    return FOLDER.load()


@cache
def vocabulary() -> Vocabulary:
    """What its ontology says of its terms."""
    return dataset().vocabulary()


@cache
def triples(name: str) -> tuple[ox.Triple, ...]:
    """The statements of one file, named as in `ontology/aigov.ttl`."""
    [file] = [loaded for loaded in dataset().files if loaded.file.name == name]
    return tuple(quad.triple for quad in file.quads)


@cache
def about(term: str) -> tuple[tuple[str, Term], ...]:
    """What `ontology/aigov.ttl` says of a term: predicates and values."""
    subject = ox.NamedNode(term)
    return tuple((t.predicate.value, t.object) for t in triples("ontology/aigov.ttl") if t.subject == subject)


def values(term: str, predicate: str) -> list[str]:
    """The values of one property of a term: IRIs, or the texts of literals."""
    return [value.value for key, value in about(term) if key == predicate and not isinstance(value, ox.Triple)]


def texts(term: str, predicate: str) -> dict[str, list[str]]:
    """The texts of one property of a term, by language."""
    found: dict[str, list[str]] = {}
    for key, value in about(term):
        if key == predicate:
            assert isinstance(value, ox.Literal)
            found.setdefault(value.language or "", []).append(value.value)
    return found


@cache
def terms() -> tuple[str, ...]:
    """Every term that the ontology declares in its own namespace."""
    return tuple(
        sorted(
            {
                t.subject.value
                for t in triples("ontology/aigov.ttl")
                if isinstance(t.subject, ox.NamedNode) and t.subject.value.startswith(AIGOV)
            }
        )
    )


@cache
def properties() -> tuple[str, ...]:
    """Those of them that are properties."""
    kinds = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
    return tuple(term for term in terms() if kinds & set(values(term, RDF.type)))


def local(terms: set[str] | frozenset[str]) -> set[str]:
    """Terms of ours without their namespace."""
    return {term.removeprefix(AIGOV) for term in terms}


def as_rdflib(statements: set[ox.Triple]) -> rdflib.Graph:
    """The same statements for libraries that read rdflib graphs."""
    text = ox.serialize(statements, format=ox.RdfFormat.N_TRIPLES)
    assert text is not None
    return rdflib.Graph().parse(data=text, format="nt")
