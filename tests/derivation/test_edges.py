"""One edge for all that claims say of the same two things, and its status."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigov_graph.vocabulary.namespaces import AIGOV, EDGE, ID
from tests.harbour import Said, derived

PLAIN = Said()
EDGE_OF_PLAIN = PLAIN.triple


def test_an_edge_is_named_by_the_hash_of_what_it_joins() -> None:
    """SHA-256 of subject, relation and object, joined by spaces."""
    key = f"{ID['harbour-ministry']} {AIGOV.interestedIn} {ID['permit-portal']}"
    assert derived(PLAIN).edge_iri(PLAIN.triple) == EDGE + sha256(key.encode()).hexdigest()


@given(st.permutations(["harbour-ministry", "pilots-office", "port-council"]))
def test_symmetric_twins_share_one_edge(ends: list[str]) -> None:
    """Whichever way round a claim puts them, the ends are sorted; a one-way relation keeps two edges."""
    one, other, _ = ends
    low, high = sorted((one, other))
    result = derived(Said("001", one, "cooperatesWith", other), Said("002", other, "cooperatesWith", one))
    assert result.edges() == {(low, "cooperatesWith", high)}
    key = f"{ID[low]} {AIGOV.cooperatesWith} {ID[high]}"
    assert result.edge_iri((low, "cooperatesWith", high)) == EDGE + sha256(key.encode()).hexdigest()
    assert result.edge((low, "cooperatesWith", high))["supportedBy"] == {"001", "002"}
    one_way = derived(Said("001", one, "suppliedTo", other), Said("002", other, "suppliedTo", one))
    assert one_way.edges() == {(one, "suppliedTo", other), (other, "suppliedTo", one)}


def test_an_edge_lists_all_that_was_said_and_counts_what_decides() -> None:
    """A hedged claim stands under supportedBy; holders and sources are those of the plain ones."""
    result = derived(
        PLAIN,
        Said("002", holder="pilots-office", source="pilots-2025"),
        Said("003", holder="pilots-office", source="pilots-2025"),
        Said("004", certainty="possible", holder="harbour-ministry", source="harbour-2026"),
    )
    assert result.edge(EDGE_OF_PLAIN) == {
        "status": {"fact"},
        "supportedBy": {"001", "002", "003", "004"},
        "heldBy": {"port-council", "pilots-office"},
        "sourceCount": {"2"},
    }


def test_a_claim_points_to_its_edge_and_says_whether_it_decides() -> None:
    """Every counted claim is on the edge; those that give the status decide it."""
    result = derived(PLAIN, Said("002", certainty="possible"))
    edge = result.edge_iri(EDGE_OF_PLAIN)
    links = {
        (str(quad.subject), str(quad.predicate))
        for quad in result.quads
        if quad.object.value == edge  # type: ignore[union-attr]
    }
    claim = "<https://w3id.org/aigov-graph/claim/{}>"
    assert links == {
        (claim.format("001"), f"<{AIGOV.onEdge}>"),
        (claim.format("002"), f"<{AIGOV.onEdge}>"),
        (claim.format("001"), f"<{AIGOV.decides}>"),
    }


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_drafts_and_withdrawn_claims_count_nowhere(status: str) -> None:
    """No edge of their own, and nothing added to another's; accepted, it would have made one."""
    assert derived(Said(status=status)).edges() == set()
    assert derived(PLAIN, Said("002", negated=True, status=status)).edge(EDGE_OF_PLAIN) == derived(PLAIN).edge(
        EDGE_OF_PLAIN
    )
    assert derived(PLAIN).edges() == {EDGE_OF_PLAIN}


POSSIBLE = Said("010", certainty="possible")
RARE = Said("020", qualifiers={"degree": "rare"})
DENIED = Said("030", negated=True)
STATED = Said("040")


@pytest.mark.parametrize(
    ("claims", "status", "deciding"),
    [
        ([POSSIBLE], "hedged", "010"),
        ([POSSIBLE, RARE], "qualified", "020"),
        ([POSSIBLE, RARE, DENIED], "denied", "030"),
        ([POSSIBLE, RARE, STATED], "fact", "040"),
        ([POSSIBLE, RARE, DENIED, STATED], "disputed", "040"),
        ([Said("050", relayed_by="pilots-office", qualifiers={"degree": "rare"})], "hedged", "050"),
        ([Said("050", opinion=True, qualifiers={"degree": "rare"})], "hedged", "050"),
        ([Said("050", certainty="possible", negated=True)], "hedged", "050"),
        ([Said("050", negated=True, qualifiers={"degree": "rare"})], "qualified", "050"),
    ],
)
def test_the_strongest_claims_give_the_status(claims: list[Said], status: str, deciding: str) -> None:
    """Disputed before fact, denied, qualified and hedged; one status an edge, and the claims that decide it."""
    result = derived(*claims)
    assert result.edge(EDGE_OF_PLAIN)["status"] == {status}
    decide = {quad.subject.value for quad in result.quads if quad.predicate.value == AIGOV.decides}  # type: ignore[union-attr]
    assert decide == {f"https://w3id.org/aigov-graph/claim/{deciding}"}


def test_a_denial_from_above_also_outweighs_a_hedge() -> None:
    """What may have been exported was not, if nothing was supplied."""
    hedge = Said("001", "harbour-ministry", "exportedTo", "pilots-office", certainty="possible")
    result = derived(hedge, Said("002", "harbour-ministry", "suppliedTo", "pilots-office", negated=True))
    assert result.edge(hedge.triple) == {
        "status": {"denied"},
        "supportedBy": {"001"},
        "deniedBy": {"002"},
        "heldBy": {"port-council"},
        "sourceCount": {"1"},
    }


def test_a_denial_makes_an_edge_only_where_a_claim_lies() -> None:
    """It reaches edges that are there; it does not fill the graph with relations nobody spoke of."""
    claim = Said("001", "harbour-ministry", "dealsWith", "pilots-office", negated=True)
    assert derived(claim).edges() == {("harbour-ministry", "dealsWith", "pilots-office")}
