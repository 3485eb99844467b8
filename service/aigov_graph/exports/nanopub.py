"""Nanopublications: each claim with what it says, whence it has it, and who published it under which licence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import pyoxigraph as ox

from aigov_graph.exports.rdf import claim_iris, serialized
from aigov_graph.exports.reader import Reader
from aigov_graph.exports.registry import Export
from aigov_graph.vocabulary.namespaces import AIGOV, BASE, CLAIM, DCTERMS, GRAPH, ONTOLOGY, PROV, RDF, RDFS, Namespace

NP: Final = Namespace("http://www.nanopub.org/nschema#")
_NANOPUB: Final = f"{BASE}nanopub/"
_PROVENANCE: Final = frozenset({PROV.wasAttributedTo, PROV.hadPrimarySource, AIGOV.evidence, AIGOV.relayedBy})
_PUBLICATION: Final = frozenset({AIGOV.reviewStatus, PROV.wasRevisionOf})
_DERIVED: Final = (GRAPH.edges, GRAPH.inferred)


def write(export: Export, out: BinaryIO) -> None:
    """Write one nanopublication a claim, in TriG.

    The assertion is the claim, with its hedge, and never the bare triple: what a nanopublication asserts is that
    somebody says so.
    """
    quads: list[ox.Quad] = []
    for claim in claim_iris(export.network):
        quads.extend(nanopublication(export.reader, claim))
    out.write(serialized(quads, ox.RdfFormat.TRIG, {"np": NP}))


def nanopublication(reader: Reader, claim: str) -> Iterator[ox.Quad]:
    """The four graphs of one claim, the head first."""
    iri = _NANOPUB + claim.removeprefix(CLAIM)
    head, assertion, provenance, publication = (
        ox.NamedNode(f"{iri}#{name}") for name in ("Head", "assertion", "provenance", "pubinfo")
    )
    this = ox.NamedNode(iri)
    for predicate, value in (
        (RDF.type, ox.NamedNode(NP.Nanopublication)),
        (NP.hasAssertion, assertion),
        (NP.hasProvenance, provenance),
        (NP.hasPublicationInfo, publication),
    ):
        yield ox.Quad(this, ox.NamedNode(predicate), value, head)
    later: list[ox.Quad] = []
    for quad in _said(reader, claim):
        predicate = quad.predicate.value
        if predicate in _PROVENANCE:
            name = PROV.wasDerivedFrom if predicate == AIGOV.evidence else predicate
            later.append(ox.Quad(assertion, ox.NamedNode(name), quad.object, provenance))
        elif predicate in _PUBLICATION:
            later.append(ox.Quad(this, quad.predicate, quad.object, publication))
        else:
            yield ox.Quad(quad.subject, quad.predicate, quad.object, assertion)
    yield from (quad for quad in later if quad.graph_name == provenance)
    yield ox.Quad(this, ox.NamedNode(RDFS.seeAlso), ox.NamedNode(claim), publication)
    yield ox.Quad(this, ox.NamedNode(DCTERMS.isPartOf), ox.NamedNode(ONTOLOGY.removesuffix("ontology")), publication)
    if reader.dataset_license:
        yield ox.Quad(this, ox.NamedNode(DCTERMS.license), ox.NamedNode(reader.dataset_license), publication)
    yield from (quad for quad in later if quad.graph_name == publication)


def _said(reader: Reader, claim: str) -> list[Any]:
    """What people wrote of a claim, without what was derived."""
    quads = reader.store.quads_for_pattern(ox.NamedNode(claim), None, None, None)
    written = {q for q in quads if isinstance(q.graph_name, ox.NamedNode) and q.graph_name.value not in _DERIVED}
    return sorted(written, key=str)
