"""The rules against the same law written a second time, naively, in Python: any mixture of claims must agree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from aigov_graph.dates import parse
from tests.harbour import Said, Triple, derived

SYMMETRIC = {"cooperatesWith", "dealsWith"}
ABOVE = {
    "cooperatesWith": {"dealsWith"},
    "suppliedTo": {"dealsWith"},
    "exportedTo": {"suppliedTo", "dealsWith"},
}
RELATIONS = ("interestedIn", "cooperatesWith", "dealsWith", "suppliedTo", "exportedTo")
THINGS = ("harbour-ministry", "pilots-office", "port-council")


def canonical(triple: Triple) -> Triple:
    """Ends of a symmetric relation sorted."""
    subject, relation, object_ = triple
    return (min(subject, object_), relation, max(subject, object_)) if relation in SYMMETRIC else triple


def entailed(triple: Triple) -> set[Triple]:
    """What a statement says besides: its twin, and the same of all relations above."""
    found, waiting = {triple}, [triple]
    while waiting:
        subject, relation, object_ = waiting.pop()
        new = {(subject, above, object_) for above in ABOVE.get(relation, ())}
        if relation in SYMMETRIC:
            new.add((object_, relation, subject))
        waiting += new - found
        found |= new
    return found - {triple}


@dataclass
class Model:
    """The law over a handful of claims."""

    claims: list[Said]

    def replaced(self) -> set[str]:
        """Claims behind an accepted revision, however far back."""
        by_name = {claim.name: claim for claim in self.claims}
        names: set[str] = set()
        for claim in self.claims:
            behind = claim.revises if claim.status == "accepted" else None
            while behind and behind in by_name:
                names.add(behind)
                behind = by_name[behind].revises
        return names

    def counted(self) -> list[Said]:
        """Accepted and not replaced."""
        gone = self.replaced()
        return [claim for claim in self.claims if claim.status == "accepted" and claim.name not in gone]

    def edges(self) -> dict[Triple, tuple[str, list[Said]]]:
        """Status of every edge and the claims that decide it."""
        counted = self.counted()
        edges: dict[Triple, tuple[str, list[Said]]] = {}
        for edge in {canonical(claim.triple) for claim in counted}:
            on_edge = [claim for claim in counted if canonical(claim.triple) == edge]
            supports = [claim for claim in on_edge if eligible(claim) and not claim.negated]
            reach = {edge} | entailed(edge)
            denials = [claim for claim in counted if eligible(claim) and claim.negated and claim.triple in reach]
            restricted = [claim for claim in on_edge if eligible(replace(claim, qualifiers={}))]
            if any(overlap(support, denial) for support in supports for denial in denials):
                edges[edge] = "disputed", supports
            elif supports:
                edges[edge] = "fact", supports
            elif denials:
                edges[edge] = "denied", denials
            elif restricted:
                edges[edge] = "qualified", restricted
            else:
                edges[edge] = "hedged", on_edge
        return edges

    def stated(self, status: str) -> set[Triple]:
        """Statements of the supporting claims on edges of a status."""
        return {claim.triple for found, claims in self.edges().values() if found == status for claim in claims}


def eligible(claim: Said) -> bool:
    """Plain in all respects; counted or not is another question."""
    plain = claim.certainty == "certain" and claim.mode == "actual"
    return plain and not (claim.qualifiers or claim.relayed_by or claim.opinion)


def overlap(one: Said, other: Said) -> bool:
    """Whether two claims share a day."""
    (first, last), (other_first, other_last) = days(one), days(other)
    return first <= other_last and other_first <= last


def days(claim: Said) -> tuple[date, date]:
    """First and last day, open ones at the ends of the calendar."""
    if claim.when is None:
        return date.min, date.max
    span = parse(claim.when)
    return span.earliest or date.min, span.latest or date.max


def edge_dates(claims: list[Said]) -> tuple[set[str], set[str], set[str]]:
    """Earliest, latest and ongoing of an edge that these claims decide."""
    spans = [parse(claim.when) for claim in claims if claim.when]
    if not spans:
        return set(), set(), set()
    starts, ends = [span.earliest for span in spans], [span.latest for span in spans]
    return (
        set() if None in starts else {str(min(day for day in starts if day))},
        set() if None in ends else {str(max(day for day in ends if day))},
        {str(any(span.ongoing for span in spans)).lower()},
    )


mostly = st.integers(0, 4).map(bool)
said = st.builds(
    Said,
    subject=st.sampled_from(THINGS),
    relation=st.sampled_from(RELATIONS),
    object=st.sampled_from(THINGS),
    certainty=mostly.map(lambda plain: "certain" if plain else "probable"),
    mode=mostly.map(lambda plain: "actual" if plain else "predicted"),
    negated=st.booleans(),
    status=mostly.flatmap(lambda plain: st.just("accepted") if plain else st.sampled_from(["draft", "withdrawn"])),
    when=st.sampled_from([None, None, "2019", "2018/2020", "2020/..", "2021/", "../2018"]),
    relayed_by=mostly.map(lambda plain: None if plain else "port-council"),
    opinion=mostly.map(lambda plain: not plain),
    holder=st.sampled_from(THINGS),
    source=st.sampled_from(["port-council-2024", "pilots-2025"]),
    qualifiers=mostly.map(lambda plain: {} if plain else {"degree": "rare"}),
)


@st.composite
def corpora(draw: st.DrawFn) -> list[Said]:
    """Some claims of few things, now and then one that revises an earlier."""
    claims = draw(st.lists(said, min_size=1, max_size=8))
    named = [replace(claim, name=f"{number:03}") for number, claim in enumerate(claims)]
    return [
        replace(claim, revises=f"{draw(st.integers(0, number - 1)):03}")
        if number and draw(st.integers(0, 5)) == 0
        else claim
        for number, claim in enumerate(named)
    ]


@settings(max_examples=250)
@given(corpora())
def test_the_rules_are_the_law(claims: list[Said]) -> None:
    """Facts, disputed, inferred and every edge's status, holders, sources and dates."""
    model = Model(claims)
    result = derived(*claims)
    facts, disputed = model.stated("fact"), model.stated("disputed")
    assert result.facts == facts
    assert result.disputed == disputed
    settled = facts | {twin for triple in disputed for twin in (triple, canonical(triple), _turned(triple))}
    assert result.inferred == {new for fact in facts for new in entailed(fact)} - settled
    edges = model.edges()
    assert result.edges() == set(edges)
    for ends, (status, deciding) in edges.items():
        about = result.edge(ends)
        assert about["status"] == {status}
        assert about["heldBy"] == {claim.holder for claim in deciding}
        assert about["sourceCount"] == {str(len({claim.source for claim in deciding}))}
        dates = tuple(about.get(name, set()) for name in ("earliest", "latest", "ongoing"))
        assert dates == edge_dates(deciding)


def _turned(triple: Triple) -> Triple:
    """The twin of a symmetric relation; any other as it is."""
    subject, relation, object_ = triple
    return (object_, relation, subject) if relation in SYMMETRIC else triple
