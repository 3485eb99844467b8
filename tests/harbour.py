"""A small world of ports to derive from: an ontology of a screen, claims made in one line, results in short names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from aigov_graph.dataset import DataFile, Dataset, Kind, LoadedFile, find_data, shorten
from aigov_graph.derivation import derive
from aigov_graph.vocabulary.namespaces import GRAPH, PREFIXES

Triple = tuple[str, str, str]

PREFIX_LINES = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
SMALL_ONTOLOGY = Path(__file__).parent / "derivation" / "ontology.ttl"

ENTITIES = """\
id:port-council a aigov:Agency ; rdfs:label "Port Council"@en .
id:harbour-ministry a aigov:Agency ; rdfs:label "Harbour Ministry"@en .
id:pilots-office a aigov:Agency ; rdfs:label "Pilots Office"@en .
id:permit-portal a aigov:System ; rdfs:label "permit portal"@en .
id:berth-rule a aigov:Policy ; rdfs:label "Berth Rule"@en .
"""


@dataclass(frozen=True)
class Said:
    """A claim, plain in all respects unless told otherwise. Things and concepts by their local names."""

    name: str = "001"
    subject: str = "harbour-ministry"
    relation: str = "interestedIn"
    object: str = "permit-portal"
    certainty: str = "certain"
    mode: str = "actual"
    negated: bool = False
    status: str = "accepted"
    when: str | None = None
    holder: str = "port-council"
    relayed_by: str | None = None
    opinion: bool = False
    revises: str | None = None
    source: str = "port-council-2024"
    qualifiers: Mapping[str, str] = field(default_factory=dict)

    @property
    def triple(self) -> Triple:
        """What it says, or denies."""
        return self.subject, self.relation, self.object

    def turtle(self) -> str:
        """The claim as a file has it, on one line."""
        thing = {name: name if ":" in name else f"id:{name}" for name in (self.subject, self.object)}
        lines = [
            f"claim:{self.name} a aigov:Claim",
            f'rdfs:label "Claim {self.name}."@en',
            f"rdf:subject {thing[self.subject]}",
            f"rdf:predicate aigov:{self.relation}",
            f"rdf:object {thing[self.object]}",
            f"aigov:certainty concept:{self.certainty}",
            f"aigov:mode concept:{self.mode}",
            f"aigov:negated {str(self.negated).lower()}",
            f"aigov:reviewStatus concept:{self.status}",
            f"prov:wasAttributedTo id:{self.holder}",
            f"prov:hadPrimarySource id:{self.source}",
            f"aigov:evidence passage:{self.name}",
            *([f'aigov:when "{self.when}"^^edtf:edtf'] if self.when else []),
            *([f"aigov:relayedBy id:{self.relayed_by}"] if self.relayed_by else []),
            *(["aigov:stance concept:opinion"] if self.opinion else []),
            *([f"prov:wasRevisionOf claim:{self.revises}"] if self.revises else []),
            *(f"aigov:{qualifier} id:{value}" for qualifier, value in self.qualifiers.items()),
        ]
        return " ; ".join(lines) + " .\n"


@dataclass(frozen=True)
class Derived:
    """What was derived, graph by graph, in short names: things by local name, relations without their prefix."""

    quads: list[ox.Quad]

    def triples(self, graph: str) -> set[Triple]:
        """The statements of a graph between things, types left out."""
        return {
            (_local(q.subject), _local(q.predicate), _local(q.object))
            for q in self.quads
            if _local(q.graph_name) == graph and _local(q.predicate) != "type"
        }

    @property
    def facts(self) -> set[Triple]:
        """Statements of graph:facts."""
        return self.triples("facts")

    @property
    def inferred(self) -> set[Triple]:
        """Statements of graph:inferred but types."""
        return self.triples("inferred")

    @property
    def disputed(self) -> set[Triple]:
        """Statements of graph:disputed."""
        return self.triples("disputed")

    def types(self) -> set[tuple[str, str]]:
        """Inferred types: thing and class."""
        return {
            (_local(q.subject), _local(q.object))
            for q in self.quads
            if _local(q.graph_name) == "inferred" and _local(q.predicate) == "type"
        }

    def of_claim(self, name: str) -> dict[str, set[str]]:
        """What graph:edges says of a claim, its edge left out."""
        found = _described(self.quads, f"claim:{name}")
        return {key: found[key] for key in found if key not in ("onEdge", "decides")}

    def edge_iri(self, triple: Triple) -> str:
        """The IRI of the one edge with this subject, relation and object."""
        found = [iri for iri, about in self.edges_by_iri().items() if _ends(about) == triple]
        assert len(found) == 1, found
        return found[0]

    def edge(self, triple: Triple) -> dict[str, set[str]]:
        """What graph:edges says of an edge but its type and ends."""
        about = self.edges_by_iri()[self.edge_iri(triple)]
        return {key: about[key] for key in about if key not in ("type", "subject", "predicate", "object")}

    def status(self, triple: Triple) -> str:
        """The status of an edge."""
        (status,) = self.edge(triple)["status"]
        return status

    def edges(self) -> set[Triple]:
        """All edges, by their ends."""
        return {_ends(about) for about in self.edges_by_iri().values()}

    def edges_by_iri(self) -> dict[str, dict[str, set[str]]]:
        """What graph:edges says of each edge."""
        edges = {q.subject for q in self.quads if _local(q.predicate) == "type" and _local(q.object) == "Edge"}
        about: dict[str, dict[str, set[str]]] = {}
        for q in self.quads:
            if q.subject in edges and isinstance(q.subject, ox.NamedNode):
                about.setdefault(q.subject.value, {}).setdefault(_local(q.predicate), set()).add(_local(q.object))
        return about


def derived(*claims: Said, more: str = "") -> Derived:
    """What follows from claims, and from more Turtle beside them."""
    return Derived(derive(dataset(*claims, more=more)))


def dataset(*claims: Said, more: str = "") -> Dataset:
    """The small world with these claims in it."""
    return Dataset(
        (
            *_ontology(),
            loaded("entities", GRAPH.entities, ENTITIES),
            loaded("source", GRAPH["port-council-2024"], "".join(claim.turtle() for claim in claims) + more),
        )
    )


def loaded(kind: Kind, graph: str, turtle: str) -> LoadedFile:
    """Turtle as if it had been read from a file."""
    text = (turtle if "@prefix" in turtle else PREFIX_LINES + turtle).encode()
    name = ox.NamedNode(graph)
    quads = (ox.Quad(t.subject, t.predicate, t.object, name) for t in ox.parse(text, format=ox.RdfFormat.TURTLE))
    return LoadedFile(DataFile(Path(kind), f"graphs/{kind}.ttl", kind, graph), tuple(quads), {})


@cache
def _ontology() -> tuple[LoadedFile, ...]:
    badges = find_data().ontology / "schemes" / "modality.ttl"
    return tuple(loaded("ontology", GRAPH.ontology, file.read_text()) for file in (SMALL_ONTOLOGY, badges))


def _local(term: object) -> str:
    if isinstance(term, ox.Literal):
        return term.value
    assert isinstance(term, ox.NamedNode)
    return shorten(term.value).partition(":")[2]


def _ends(about: Mapping[str, set[str]]) -> Triple:
    (subject,), (predicate,), (object_,) = about["subject"], about["predicate"], about["object"]
    return subject, predicate, object_


def _described(quads: Iterable[ox.Quad], short: str) -> dict[str, set[str]]:
    about: dict[str, set[str]] = {}
    for q in quads:
        if isinstance(q.subject, ox.NamedNode) and shorten(q.subject.value) == short:
            about.setdefault(_local(q.predicate), set()).add(_local(q.object))
    return about
