"""The catalog of a release: VoID and DCAT as the store has them, and what DCAT-AP asks for beyond them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from aigov_graph.catalog import DATASET
from aigov_graph.exports import Reader
from aigov_graph.exports.rdf import serialized
from aigov_graph.release.packages import About
from aigov_graph.vocabulary.namespaces import BASE, DCAT, DCTERMS, GRAPH, RDF, VOID, XSD

_CATALOG: Final = ox.NamedNode(GRAPH.catalog)


def title_and_description(reader: Reader) -> tuple[str, str]:
    """What the catalog calls the data set, and what it says of it."""
    whole = ox.NamedNode(DATASET)
    said = {
        quad.predicate.value: quad.object.value
        for quad in reader.store.quads_for_pattern(whole, None, None, _CATALOG)
        if isinstance(quad.object, ox.Literal)
    }
    return said.get(DCTERMS["title"], ""), said.get(DCTERMS.description, "")


def described(reader: Reader, dumps: Iterable[Path], about: About) -> bytes:
    """The catalog's graph with the day and the dumps, as Turtle."""
    graph = _CATALOG
    statements = {
        (q.subject, q.predicate.value, q.object) for q in reader.store.quads_for_pattern(None, None, None, graph)
    }
    whole = ox.NamedNode(DATASET)
    found: set[tuple[Any, str, Any]] = {*statements}
    found.add((whole, DCTERMS.issued, ox.Literal(about.issued.isoformat(), datatype=ox.NamedNode(XSD.date))))
    for path in dumps:
        dump = ox.NamedNode(f"{BASE}release/{about.version}/{path.name}")
        size = ox.Literal(str(path.stat().st_size), datatype=ox.NamedNode(XSD.nonNegativeInteger))
        found |= {
            (whole, DCAT.distribution, dump),
            (whole, VOID.dataDump, dump),
            (dump, RDF.type, ox.NamedNode(DCAT.Distribution)),
            (dump, DCTERMS["title"], ox.Literal(path.name, language="en")),
            (dump, DCAT.accessURL, dump),
            (dump, DCAT.byteSize, size),
        }
    quads = (ox.Quad(subject, ox.NamedNode(predicate), value) for subject, predicate, value in found)
    return serialized(sorted(quads, key=str), ox.RdfFormat.TURTLE)
