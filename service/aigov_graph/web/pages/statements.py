"""Claims as pages list them: who holds what, how surely and when, and how firmly it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from aigov_graph.vocabulary.namespaces import AIGOV, CONCEPT, PROV, RDF
from aigov_graph.web.pages.site import Site
from aigov_graph.web.pages.wording import STATUSES
from aigov_graph.web.reader import Snapshot

AT_ENDS: Final = (RDF.subject, RDF.object)
"""Where a claim has what it is about."""

_PLAIN: Final = (CONCEPT["badge-asserted"], CONCEPT["badge-denied"])
_YEAR: Final = re.compile(r"-?(\d{4})")


@dataclass(slots=True)
class Statement:
    """One claim that counts: accepted, and replaced by no other.

    Attributes:
        standing: fact, disputed, denied, qualified or hedged. Its edge's status alone does not say it: what is a fact
            may be hedged elsewhere.
        incoming: whether the thing whose page this is stands as object.
    """

    claim: str
    subject: str = ""
    relation: str = ""
    object: str = ""
    sentence: str = ""
    certainty: str = ""
    mode: str = ""
    negated: bool = False
    eligible: bool = False
    badge: str = ""
    when: str = ""
    edge: str = ""
    holder: str = ""
    source: str = ""
    relayers: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    standing: str = ""
    incoming: bool = False

    @property
    def year(self) -> int | None:
        """The first year it speaks of."""
        found = _YEAR.match(self.when.removeprefix("../").removeprefix("/"))
        return int(found[1]) if found else None


_FIELDS: Final = (
    *("subject", "relation", "object", "sentence", "certainty", "mode", "negated", "eligible", "badge", "when", "edge"),
    *("holder", "source", "relayers", "evidence"),
)
"""The fields of a statement in the order in which the query numbers its properties."""

_NUMBERED: Final = {str(number): name for number, name in enumerate(_FIELDS)}
_KNOWN: Final = {
    RDF.subject: "subject",
    RDF.object: "object",
    AIGOV.onEdge: "edge",
    PROV.hadPrimarySource: "source",
    PROV.wasAttributedTo: "holder",
}
"""What a place says of a claim that has the thing there, which the query therefore does not tell."""


def statements(site: Site, iri: str, places: Iterable[str]) -> list[Statement]:
    """The claims that have a thing in one of these properties, in the order of their numbers."""
    found: dict[str, Statement] = {}
    snapshot = site.snapshot
    disputed = site.once("disputed", _disputed)
    for place in places:
        here: dict[str, Statement] = {}
        known = _KNOWN.get(place)
        for claim_term, code, value in snapshot.tuples("statements", this=iri, place=place):
            claim = claim_term.value
            statement = here.get(claim)
            if statement is None:
                if claim in found:
                    continue
                statement = here[claim] = Statement(claim, incoming=place == RDF.object)
                if known:
                    setattr(statement, known, iri)
            name = _NUMBERED[code.value]
            if name == "sentence":
                if not statement.sentence or (isinstance(value, ox.Literal) and value.language == "en"):
                    statement.sentence = value.value
            elif name in ("relayers", "evidence"):
                getattr(statement, name).append(value.value)
            elif name in ("negated", "eligible"):
                setattr(statement, name, value.value in ("true", "1"))
            else:
                setattr(statement, name, value.value)
        found.update(here)
    counted = [statement for statement in found.values() if statement.edge]
    for statement in counted:
        statement.standing = _standing(statement, disputed)
    return sorted(counted, key=lambda statement: statement.claim)


def by_standing(found: Sequence[Statement]) -> list[tuple[str, list[Statement]]]:
    """Statements apart by how firmly they stand, in the order of STATUSES; the empty ones left out."""
    groups = ((status, [statement for statement in found if statement.standing == status]) for status in STATUSES)
    return [(status, group) for status, group in groups if group]


def by_relation(found: Sequence[Statement]) -> list[tuple[str, bool, list[Statement]]]:
    """Statements of one relation and direction together, those the thing is subject of first, the most first."""
    groups: dict[tuple[str, bool], list[Statement]] = {}
    for statement in found:
        groups.setdefault((statement.relation, statement.incoming), []).append(statement)
    ordered = sorted(groups.items(), key=lambda item: (item[0][1], -len(item[1]), item[0][0]))
    return [(relation, incoming, group) for (relation, incoming), group in ordered]


def _standing(statement: Statement, disputed: frozenset[str]) -> str:
    if statement.eligible:
        if statement.edge in disputed:
            return "disputed"
        return "denied" if statement.negated else "fact"
    return "qualified" if statement.badge in _PLAIN else "hedged"


def _disputed(snapshot: Snapshot) -> frozenset[str]:
    return frozenset(row["edge"].value for row in snapshot.rows("disputed-edges"))
