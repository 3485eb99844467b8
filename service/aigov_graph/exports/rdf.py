"""RDF: what the graph says of a network, and the same with RDF 1.2 reifiers in place of statements about statements."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final

import pyoxigraph as ox

from aigov_graph.exports.model import Network
from aigov_graph.exports.reader import Reader
from aigov_graph.exports.registry import Export
from aigov_graph.vocabulary.namespaces import AIGOV, DCTERMS, GRAPH, OA, PREFIXES, RDF

_DERIVED: Final = frozenset({GRAPH.facts, GRAPH.inferred, GRAPH.disputed})
_NOT_IDENTITY: Final = frozenset(
    {GRAPH.inferred, GRAPH.facts, GRAPH.disputed, GRAPH.catalog, GRAPH.shapes, GRAPH.ontology}
)
_REIFIES: Final = ox.NamedNode(RDF.reifies)
_ENDS: Final = frozenset({RDF.subject, RDF.predicate, RDF.object})
_STATEMENT: Final = frozenset({RDF.Statement, AIGOV.Claim})


def turtle(export: Export, out: BinaryIO) -> None:
    """Write the statements without their graphs."""
    _write(_triples(statements(export.reader, export.network)), out, ox.RdfFormat.TURTLE)


def trig(export: Export, out: BinaryIO) -> None:
    """Write the statements in their graphs."""
    _write(statements(export.reader, export.network), out, ox.RdfFormat.TRIG)


def jsonld(export: Export, out: BinaryIO) -> None:
    """Write the statements in their graphs, as JSON-LD."""
    buffer = io.BytesIO()
    ox.serialize(statements(export.reader, export.network), buffer, ox.RdfFormat.JSON_LD, prefixes=dict(PREFIXES))
    data = json.loads(buffer.getvalue())
    if isinstance(data, dict) and isinstance(data.get("@context"), dict):
        # The engine lists the prefixes in another order each time.
        data["@context"] = dict(sorted(data["@context"].items()))
    for piece in json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(data):
        out.write(piece.encode())
    out.write(b"\n")


def rdf12(export: Export, out: BinaryIO) -> None:
    """Write RDF 1.2 Turtle: a claim reifies the triple it is about, which is stated only where it is a fact."""
    _write(_reified(export.reader, export.network), out, ox.RdfFormat.TURTLE)


def statements(reader: Reader, network: Network) -> list[ox.Quad]:
    """What the graph says of a network: its things, edges, claims, evidence, sources and holders, and its facts.

    In the order of N-Quads.
    """
    store = reader.store
    found: set[ox.Quad] = set()
    things = {*network.nodes}
    claims = {claim for edge in network.edges for claim in edge.claims}
    for edge in network.edges:
        for iri in edge.iris:
            found |= _edge_statements(reader, iri, edge.source, edge.relations, edge.target)
    for claim in claims:
        about = _about(store, claim)
        found |= about
        # Whoever holds or relays it, what qualifies it, where it stands.
        for quad in about:
            if isinstance(quad.object, ox.NamedNode) and quad.predicate.value not in (RDF.type, RDF.predicate):
                things.add(quad.object.value)
    beyond: set[str] = set()
    for thing in things:
        about = _about(store, thing)
        found |= about
        beyond |= {quad.object.value for quad in about if isinstance(quad.object, ox.NamedNode) and _leads_on(quad)}
    for thing in beyond - things:
        found |= _about(store, thing)
    return sorted(found, key=str)


def _leads_on(quad: ox.Quad) -> bool:
    """Whether a statement about a thing names what the thing cannot be cited without."""
    return quad.predicate.value in (OA.hasSource, DCTERMS.creator)


def _about(store: ox.Store, iri: str) -> set[ox.Quad]:
    return {
        quad
        for quad in store.quads_for_pattern(ox.NamedNode(iri), None, None, None)
        if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value not in _NOT_IDENTITY
    }


def _edge_statements(reader: Reader, iri: str, source: str, relations: Iterable[str], target: str) -> set[ox.Quad]:
    """What lies in graph:edges of an edge, and the statement itself where it is a fact or disputed, both ways."""
    found = _about(reader.store, iri)
    for relation in relations:
        for start, end in ((source, target), (target, source)):
            pattern = (ox.NamedNode(start), ox.NamedNode(relation), ox.NamedNode(end), None)
            found |= {
                quad
                for quad in reader.store.quads_for_pattern(*pattern)
                if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value in _DERIVED
            }
    return found


def _triples(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    return sorted({ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads}, key=str)


def _reified(reader: Reader, network: Network) -> list[ox.Quad]:
    found: set[ox.Quad] = set()
    ends: dict[Any, dict[str, Any]] = {}
    quads = statements(reader, network)
    claims = {quad.subject for quad in quads if quad.predicate.value == RDF.type and _is_claim(quad.object)}
    for quad in quads:
        graph = quad.graph_name
        if isinstance(graph, ox.NamedNode) and graph.value == GRAPH.disputed:
            continue  # a triple in Turtle is stated, and what is disputed is not
        if quad.subject in claims and quad.predicate.value in _ENDS:
            ends.setdefault(quad.subject, {})[quad.predicate.value] = quad.object
        elif not (quad.predicate.value == RDF.type and str(quad.object) == f"<{RDF.Statement}>"):
            found.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    for claim, of in ends.items():
        triple = ox.Triple(of[RDF.subject], of[RDF.predicate], of[RDF.object])
        found.add(ox.Quad(claim, _REIFIES, triple))
    return sorted(found, key=str)


def _is_claim(term: Any) -> bool:
    return isinstance(term, ox.NamedNode) and term.value in _STATEMENT


def serialized(quads: Iterable[ox.Quad], form: ox.RdfFormat, more: dict[str, str] | None = None) -> bytes:
    """RDF text with the project's prefixes, those used, in the order of their names: the same quads, the same bytes."""
    prefixes = {**PREFIXES, **(more or {})}
    body = ox.serialize(quads, format=form, prefixes=prefixes) or b""
    lines = body.splitlines(keepends=True)
    count = next((i for i, line in enumerate(lines) if not line.startswith(b"@prefix")), len(lines))
    rest = b"".join(lines[count:])
    # The engine lists the prefixes in another order each time, used or not.
    used = [line for line in sorted(lines[:count]) if line.split()[1] in rest]
    return b"".join(used) + b"\n" + rest


def _write(quads: Iterable[ox.Quad], out: BinaryIO, form: ox.RdfFormat) -> None:
    out.write(serialized(quads, form))


def claim_iris(network: Network) -> Iterator[str]:
    """The claims that bear on a network's edges, in the order of their IRIs."""
    yield from sorted({claim for edge in network.edges for claim in edge.claims})
