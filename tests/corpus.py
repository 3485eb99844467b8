"""All sources, read a second time: statuses and dates from the claims, by lines that share nothing with the rules."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pyoxigraph as ox

from aigov_graph.dataset import DataFolder
from aigov_graph.dates import Span, parse
from aigov_graph.vocabulary.namespaces import AIGOV, CONCEPT, OWL, PREFIXES, PROV, RDF, RDFS
from tests.asking import Claim, Row, instances, things

Edge = tuple[str, str, str]

DCTERMS = PREFIXES["dcterms"]


@dataclass(frozen=True, eq=False)
class Told:
    """A claim that counts: accepted, and replaced by no other."""

    iri: str
    said: Claim
    edge: Edge
    plain: bool
    """It may yield a fact."""
    restricted_only: bool
    """It may not, for a restrictive qualifier and nothing else."""

    def one(self, property_: str) -> str:
        """The only value of a property."""
        (value,) = self.said[property_]
        return value

    def all(self, property_: str) -> list[str]:
        """The values of a property, or none."""
        return self.said.get(property_, [])

    @property
    def negated(self) -> bool:
        """It denies."""
        return self.said[AIGOV.negated] == ["true"]

    @property
    def mode(self) -> str:
        """The mode's short name, which is its label too."""
        return self.one(AIGOV.mode).removeprefix(CONCEPT[""])

    @property
    def subject(self) -> str:
        """As the claim has it."""
        return self.one(RDF.subject)

    @property
    def relation(self) -> str:
        """As the claim has it."""
        return self.one(RDF.predicate)

    @property
    def object(self) -> str:
        """As the claim has it."""
        return self.one(RDF.object)

    @property
    def source(self) -> str:
        """Where it stands."""
        return self.one(PROV.hadPrimarySource)


class Corpus:
    """What a data folder's files say.

    Args:
        folder: the files.
        quads: the graphs made of them, of which only what somebody wrote is looked at.
    """

    def __init__(self, folder: DataFolder, quads: list[ox.Quad]) -> None:
        dataset = folder.load()
        self.sources = things(dataset, AIGOV.Source)
        self.assessments = things(dataset, AIGOV.Assessment)
        self.passages = things(dataset, AIGOV.Passage) | things(dataset, AIGOV.Row)
        self._claims = things(dataset, AIGOV.Claim)
        self._quads = [quad for quad in quads if not isinstance(quad.subject, ox.Triple)]
        self.labels: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.values: dict[tuple[str, str], list[str]] = defaultdict(list)
        for quad in dataset.quads():
            assert isinstance(quad.subject, ox.NamedNode | ox.BlankNode)
            if quad.predicate.value == RDFS.label and isinstance(quad.object, ox.Literal):
                self.labels[quad.subject.value, quad.object.language or ""].append(quad.object.value)
            elif not isinstance(quad.object, ox.Triple):
                self.values[quad.subject.value, quad.predicate.value].append(quad.object.value)

    def name(self, iri: str) -> str:
        """The English label."""
        (label,) = self.labels[iri, "en"]
        return label

    def names(self, *iris: str) -> Row:
        """The English labels."""
        return tuple(map(self.name, iris))

    def places(self, told: Told) -> list[str]:
        """The locators of a claim's evidence, each once."""
        return sorted({self.passages[evidence][AIGOV.locator][0] for evidence in told.said[AIGOV.evidence]})

    def kinds(self, iri: str) -> set[str]:
        """The classes of a thing, with those above."""
        found, classes = set[str](), set(self.values[iri, RDF.type])
        while classes:
            found |= classes
            classes = {upper for lower in classes for upper in self.values[lower, RDFS.subClassOf]} - found
        return found

    @cached_property
    def told(self) -> list[Told]:
        """The claims that count."""
        restrictive = instances(self._quads, AIGOV.RestrictiveQualifier)
        symmetric = instances(self._quads, OWL.SymmetricProperty)
        accepted = {
            iri: claim for iri, claim in self._claims.items() if claim[AIGOV.reviewStatus] == [CONCEPT.accepted]
        }
        replaced, newer = set[str](), list(accepted.values())
        while newer:
            older = {iri for claim in newer for iri in claim.get(PROV.wasRevisionOf, [])} - replaced
            replaced |= older
            newer = [self._claims[iri] for iri in older]
        found = []
        for iri, claim in accepted.items():
            if iri in replaced:
                continue
            subject, object_ = claim[RDF.subject][0], claim[RDF.object][0]
            if claim[RDF.predicate][0] in symmetric:
                subject, object_ = sorted((subject, object_))
            voiced = (
                claim[AIGOV.certainty] == [CONCEPT.certain]
                and claim[AIGOV.mode] == [CONCEPT.actual]
                and AIGOV.relayedBy not in claim
                and AIGOV.stance not in claim
            )
            restricted = bool(restrictive & set(claim))
            edge = (subject, claim[RDF.predicate][0], object_)
            found.append(Told(iri, claim, edge, voiced and not restricted, voiced and restricted))
        return found

    @cached_property
    def edges(self) -> dict[Edge, list[Told]]:
        """The claims on each edge."""
        found: dict[Edge, list[Told]] = defaultdict(list)
        for told in self.told:
            found[told.edge].append(told)
        return dict(found)

    @cached_property
    def status(self) -> dict[Edge, str]:
        """The status of each edge, by its own claims: no source plainly denies a relation above one that is stated."""
        found = {}
        for edge, together in self.edges.items():
            signs = {told.negated for told in together if told.plain}
            if signs:
                found[edge] = "disputed" if len(signs) == 2 else "denied" if signs.pop() else "fact"
            else:
                found[edge] = "qualified" if any(told.restricted_only for told in together) else "hedged"
        return found

    def facts(self) -> dict[Edge, list[Told]]:
        """The edges that are facts, with the claims that make them so."""
        return {
            edge: [told for told in together if told.plain]
            for edge, together in self.edges.items()
            if self.status[edge] == "fact"
        }

    def decisive(self, edge: Edge) -> list[Told]:
        """The claims that decide an edge's status."""
        together = self.edges[edge]
        if self.status[edge] == "qualified":
            return [told for told in together if told.restricted_only]
        if self.status[edge] == "hedged":
            return together
        return [told for told in together if told.plain and told.negated == (self.status[edge] == "denied")]

    def dates(self, edge: Edge) -> tuple[date | None, date | None]:
        """The first and last day of an edge, before any revocation."""
        spans = [span(when) for told in self.decisive(edge) for when in told.all(AIGOV.when)]
        starts, ends = [one.earliest for one in spans], [one.latest for one in spans]
        return least(starts), most(ends)

    @cached_property
    def revocations(self) -> dict[str, list[tuple[str, date]]]:
        """By policy: who or what revoked it, and the day, where the claim has one."""
        found: dict[str, list[tuple[str, date]]] = defaultdict(list)
        for edge in self.facts():
            day = self.dates(edge)[1] or self.dates(edge)[0]
            if edge[1] == AIGOV.revokes and day is not None:
                found[edge[2]].append((edge[0], day))
        return found

    def life(self, edge: Edge) -> tuple[date | None, date | None]:
        """The first and last day of an edge; what a revoked policy directs or prohibits ends with it."""
        first, last = self.dates(edge)
        if edge[1] in (AIGOV.directs, AIGOV.prohibits) and self.status[edge] != "denied":
            for _, day in self.revocations.get(edge[0], []):
                if (first is None or first <= day) and (last is None or day < last):
                    last = day
        return first, last


def span(when: str) -> Span:
    """The days that a date can mean."""
    return parse(when)


def least(days: list[date | None]) -> date | None:
    """The first day, or none where one is open."""
    known = [day for day in days if day is not None]
    return min(known) if known and len(known) == len(days) else None


def most(days: list[date | None]) -> date | None:
    """The last day, or none where one is open."""
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None
