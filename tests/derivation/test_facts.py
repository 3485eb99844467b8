"""Which claims become facts, and which never do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.harbour import Derived, Said, derived

PLAIN = Said()
FACT = PLAIN.triple

HEDGES = {
    "certainty probable": {"certainty": "probable"},
    "certainty possible": {"certainty": "possible"},
    "mode intended": {"mode": "intended"},
    "mode predicted": {"mode": "predicted"},
    "mode required": {"mode": "required"},
    "mode permitted": {"mode": "permitted"},
    "mode evaluative": {"mode": "evaluative"},
    "negated": {"negated": True},
    "relayed": {"relayed_by": "pilots-office"},
    "opinion": {"opinion": True},
    "draft": {"status": "draft"},
    "withdrawn": {"status": "withdrawn"},
    "restricted by condition": {"qualifiers": {"condition": "berth-rule"}},
    "restricted by degree": {"qualifiers": {"degree": "rare"}},
}


@pytest.mark.parametrize("hedge", HEDGES)
def test_only_what_is_plainly_stated_becomes_a_fact(hedge: str) -> None:
    """A hedge, a plan, a denial or a view yields no fact; without it this very claim is one."""
    assert derived(replace(PLAIN, **HEDGES[hedge])).facts == set()  # type: ignore[arg-type]
    assert derived(PLAIN).facts == {FACT}


def test_an_additive_qualifier_leaves_a_fact_a_fact() -> None:
    """The relation holds without it."""
    assert derived(replace(PLAIN, qualifiers={"matter": "berth-rule"})).facts == {FACT}


def test_a_claim_replaced_by_an_accepted_one_yields_nothing() -> None:
    """The later reading counts alone: the first has neither fact nor edge."""
    later = Said("002", "pilots-office", revises="001")
    result = derived(PLAIN, later)
    assert result.facts == {later.triple}
    assert result.edges() == {later.triple}
    assert result.of_claim("001")["eligible"] == {"false"}


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_a_revision_that_is_not_accepted_replaces_nothing(status: str) -> None:
    """Until it is accepted the earlier claim stands."""
    assert derived(PLAIN, Said("002", "pilots-office", revises="001", status=status)).facts == {FACT}


def test_a_revision_reaches_back_through_a_draft_between() -> None:
    """The third reading replaces the first, though the second was never accepted."""
    second = Said("002", "pilots-office", revises="001", status="draft")
    third = Said("003", "port-council", revises="002")
    assert derived(PLAIN, second, third).facts == {third.triple}
    assert derived(PLAIN, second).facts == {FACT}


def test_a_claim_about_a_claim_asserts_nothing_about_its_content() -> None:
    """That the Council doubts a claim makes its doubt a fact; the doubted content stays as its own claim has it."""
    doubted = replace(PLAIN, certainty="possible")
    doubt = Said("002", "port-council", "doubts", "claim:001")
    assert derived(doubted, doubt).facts == {("port-council", "doubts", "001")}
    assert derived(PLAIN, doubt).facts == {("port-council", "doubts", "001"), FACT}
    assert derived(doubted, replace(doubt, negated=True)).facts == set()


def test_each_claim_says_whether_it_may_yield_a_fact() -> None:
    """Both answers are written, for drafts too."""
    result = derived(PLAIN, replace(PLAIN, name="002", negated=True), replace(PLAIN, name="003", status="draft"))
    assert [result.of_claim(name)["eligible"] for name in ("001", "002", "003")] == [{"true"}, {"true"}, {"false"}]


hedges = st.lists(st.sampled_from(sorted(HEDGES)), min_size=1, max_size=4)
relations = st.sampled_from(["interestedIn", "cooperatesWith", "suppliedTo", "exportedTo", "dealsWith"])
dates = st.sampled_from([None, "2019", "2015/2019", "2019/..", "../2019", "2019/"])


def hedged(claim: Said, chosen: list[str]) -> Said:
    """The claim with these hedges; one that restricts or changes the same axis twice takes the last."""
    for hedge in chosen:
        claim = replace(claim, **HEDGES[hedge])  # type: ignore[arg-type]
    return claim


@given(hedges, relations, dates)
def test_no_hedge_and_no_mixture_of_them_yields_a_fact(chosen: list[str], relation: str, when: str | None) -> None:
    """Nothing is stated, disputed or inferred from a hedged claim; without its hedges it would have been a fact."""
    claim = Said(relation=relation, object="pilots-office", when=when)
    result = derived(hedged(claim, chosen))
    assert (result.facts, result.disputed, result.inferred) == (set(), set(), set())
    assert derived(claim).facts == {claim.triple}


@given(hedges, dates)
def test_a_hedged_claim_never_changes_a_fact_beside_it(chosen: list[str], when: str | None) -> None:
    """Only a plain denial disputes: a hedged one, or a hedged support, leaves facts and status as they were."""
    axes = [hedge for hedge in chosen if hedge != "negated"]
    other = hedged(Said("002", when=when, negated="negated" in chosen), axes)
    if other == Said("002", when=when, negated=True):
        other = replace(other, certainty="possible")
    result = derived(PLAIN, other)
    assert result.facts == {FACT}
    assert result.status(FACT) == "fact"
    assert derived(PLAIN, Said("002", when=when, negated=True)).facts == set()


@given(st.permutations([PLAIN, Said("002", negated=True, when="2019"), Said("003", "pilots-office")]))
def test_the_order_of_claims_does_not_matter(claims: list[Said]) -> None:
    """The same claims in another order give the same statements, in the same order."""
    assert derived(*claims) == derived(*sorted(claims, key=lambda claim: claim.name))


def test_deriving_twice_gives_the_same() -> None:
    """Two runs over one dataset agree statement by statement."""
    claims = [PLAIN, Said("002", "pilots-office", "cooperatesWith", "port-council", when="2019/..")]
    first, second = derived(*claims), derived(*claims)
    assert first.quads == second.quads
    assert isinstance(first, Derived)
    assert len(first.quads) == len(set(first.quads))
