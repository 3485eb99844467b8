"""The catalog of a release: VoID and DCAT as the store has them, and what DCAT-AP asks for beyond them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import pyoxigraph as ox

from aigov_graph.catalog import DATASET
from aigov_graph.exports import Reader
from aigov_graph.exports.rdf import serialized
from aigov_graph.release.packages import About, File
from aigov_graph.vocabulary.namespaces import BASE, DCAT, DCTERMS, GRAPH, RDF, VOID, XSD

_CATALOG: Final = ox.NamedNode(GRAPH.catalog)
_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"


def title_and_description(reader: Reader) -> tuple[str, str]:
    """What the catalog calls the data set, and what it says of it."""
    whole = ox.NamedNode(DATASET)
    said = {
        quad.predicate.value: quad.object.value
        for quad in reader.store.quads_for_pattern(whole, None, None, _CATALOG)
        if isinstance(quad.object, ox.Literal)
    }
    return said.get(DCTERMS["title"], ""), said.get(DCTERMS.description, "")


def described(reader: Reader, dumps: Iterable[File], more: Iterable[File], about: About) -> bytes:
    """The catalog's graph with the day, the dumps and the other files that hold the data, as Turtle."""
    whole = ox.NamedNode(DATASET)
    found: set[tuple[Any, str, Any]] = {
        (q.subject, q.predicate.value, q.object) for q in reader.store.quads_for_pattern(None, None, None, _CATALOG)
    }
    found.add((whole, DCTERMS.issued, ox.Literal(about.issued.isoformat(), datatype=ox.NamedNode(XSD.date))))
    for file in (taken := [*dumps]):
        found.add((whole, VOID.dataDump, _address(file, about)))
    for file in (*taken, *more):
        found.update(_distribution(whole, file, about))
    quads = (ox.Quad(subject, ox.NamedNode(predicate), value) for subject, predicate, value in found)
    return serialized(sorted(quads, key=str), ox.RdfFormat.TURTLE)


def _distribution(whole: ox.NamedNode, file: File, about: About) -> Iterator[tuple[Any, str, Any]]:
    address = _address(file, about)
    yield whole, DCAT.distribution, address
    yield address, RDF.type, ox.NamedNode(DCAT.Distribution)
    yield address, DCTERMS["title"], ox.Literal(file.path, language="en")
    yield address, DCAT.accessURL, address
    yield address, DCAT.byteSize, ox.Literal(str(file.size), datatype=ox.NamedNode(XSD.nonNegativeInteger))
    kinds = {DCAT.mediaType: file.unpacked_media_type}
    if file.path.endswith(".gz"):
        kinds[DCAT.compressFormat] = file.media_type
    for predicate, kind in kinds.items():
        media_type = ox.NamedNode(_MEDIA_TYPES + kind)
        yield address, predicate, media_type
        yield media_type, RDF.type, ox.NamedNode(DCTERMS.MediaType)
    if about.license:
        terms = ox.NamedNode(about.license)
        yield address, DCTERMS.license, terms
        yield terms, RDF.type, ox.NamedNode(DCTERMS.LicenseDocument)


def _address(file: File, about: About) -> ox.NamedNode:
    return ox.NamedNode(f"{BASE}release/{about.version}/{file.path}")
