"""What one plain claim states and another denies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigov_graph.dates import parse
from tests.harbour import Said, derived

EXPORT = Said("001", "harbour-ministry", "exportedTo", "pilots-office")
SUPPLY = Said("001", "harbour-ministry", "suppliedTo", "pilots-office")


def denial(relation: str, subject: str = "harbour-ministry", object_: str = "pilots-office", **more: str) -> Said:
    """A plain denial, in a source of its own."""
    return Said("002", subject, relation, object_, negated=True, holder="pilots-office", source="pilots-2025", **more)  # type: ignore[arg-type]


def test_stated_and_denied_is_disputed_and_no_fact() -> None:
    """The statement moves from facts to disputed, and the edge names both sides."""
    result = derived(SUPPLY, denial("suppliedTo"))
    assert result.facts == set()
    assert result.disputed == {SUPPLY.triple}
    assert result.edge(SUPPLY.triple) == {
        "status": {"disputed"},
        "supportedBy": {"001"},
        "deniedBy": {"002"},
        "heldBy": {"port-council"},
        "sourceCount": {"1"},
    }
    assert derived(SUPPLY).facts == {SUPPLY.triple}


def test_denying_a_relation_disputes_those_below_it() -> None:
    """Who supplied nothing exported nothing: the denial is listed on the edge below too."""
    for above in ("suppliedTo", "dealsWith"):
        result = derived(EXPORT, denial(above))
        assert result.disputed == {EXPORT.triple}
        assert (result.facts, result.inferred) == (set(), set())
        assert result.edge(EXPORT.triple)["deniedBy"] == {"002"}
        assert result.status(denial(above).triple) == "denied"


def test_denying_a_relation_leaves_those_above_it() -> None:
    """Who exported nothing may have supplied something."""
    result = derived(SUPPLY, denial("exportedTo"))
    assert result.facts == {SUPPLY.triple}
    assert result.disputed == set()
    assert result.status(EXPORT.triple) == "denied"


def test_a_denial_of_a_symmetric_relation_denies_both_directions() -> None:
    """Of the relation itself and of those below it, symmetric or not."""
    swapped = denial("dealsWith", "pilots-office", "harbour-ministry")
    for relation in ("dealsWith", "cooperatesWith", "suppliedTo", "exportedTo"):
        claim = Said("001", "harbour-ministry", relation, "pilots-office")
        assert derived(claim, swapped).disputed == {claim.triple}, relation
        assert derived(claim).facts == {claim.triple}, relation


def test_a_denial_of_a_one_way_relation_leaves_the_other_direction() -> None:
    """That the Office supplied nothing to the Ministry says nothing of what it received."""
    back = denial("suppliedTo", "pilots-office", "harbour-ministry")
    assert derived(SUPPLY, back).facts == {SUPPLY.triple}
    assert derived(EXPORT, back).facts == {EXPORT.triple}


def test_a_denial_between_other_ends_disputes_nothing() -> None:
    """Both ends must be the same."""
    assert derived(EXPORT, denial("suppliedTo", object_="port-council")).facts == {EXPORT.triple}


@pytest.mark.parametrize(
    ("supported", "denied", "disputed"),
    [
        ("2019", "2019", True),
        ("2019", "2020", False),
        ("2019", "2019-12-31", True),
        ("2019", "2020-01-01", False),
        ("2015/2019", "2018", True),
        ("2019/..", "2030", True),
        ("2019/..", "2018", False),
        ("2019/", "2030", True),
        ("../2019", "1950", True),
        ("../2019", "2020", False),
        ("../2019", "2019/..", True),
        ("2020/..", "../2019", False),
        (None, "1950", True),
        ("1950", None, True),
        (None, None, True),
    ],
)
def test_only_an_overlap_in_time_disputes(supported: str | None, denied: str | None, disputed: bool) -> None:
    """By days, ends included; an absent date or end is open."""
    for relation in ("exportedTo", "suppliedTo"):
        claim = Said("001", "harbour-ministry", relation, "pilots-office", when=supported)
        result = derived(
            claim, Said("002", "harbour-ministry", "suppliedTo", "pilots-office", negated=True, when=denied)
        )
        assert result.disputed == ({claim.triple} if disputed else set())
        assert result.facts == (set() if disputed else {claim.triple})


def test_one_overlap_disputes_the_whole_edge() -> None:
    """An earlier undisputed claim does not save the edge: it has one status."""
    early, late = Said("001", when="2010"), Said("002", when="2020")
    result = derived(early, late, Said("003", negated=True, when="2020"))
    assert result.disputed == {early.triple}
    assert result.facts == set()
    assert derived(early, Said("003", negated=True, when="2020")).facts == {early.triple}


years = st.integers(1990, 1994).map(str)
spans = st.one_of(
    st.none(),
    years,
    years.map(lambda year: f"{year}/.."),
    years.map(lambda year: f"{year}/"),
    years.map(lambda year: f"../{year}"),
    st.tuples(years, years).map(lambda ends: "/".join(sorted(ends))),
)


@given(spans, spans)
def test_overlap_is_that_of_the_days(supported: str | None, denied: str | None) -> None:
    """Counted year by year in a window wider than all dates, the two meet or do not."""

    def holds(when: str | None) -> set[int]:
        if when is None:
            return set(range(1980, 2010))
        span = parse(when)
        first = span.earliest.year if span.earliest else 1980
        return set(range(first, (span.latest.year if span.latest else 2009) + 1))

    claim = Said(when=supported)
    result = derived(claim, Said("002", negated=True, when=denied))
    assert bool(result.disputed) == bool(holds(supported) & holds(denied))
    assert bool(result.facts) != bool(result.disputed)
    assert derived(claim).facts == {claim.triple}


above = {"exportedTo": {"suppliedTo", "dealsWith"}, "suppliedTo": {"dealsWith"}, "cooperatesWith": {"dealsWith"}}


@given(st.sampled_from(sorted(above)), st.sampled_from(["exportedTo", "suppliedTo", "cooperatesWith", "dealsWith"]))
def test_denials_reach_down_and_never_up(stated: str, denied: str) -> None:
    """A denial of the relation or of one above it disputes; of one below or beside it, never."""
    claim = Said("001", "harbour-ministry", stated, "pilots-office")
    result = derived(claim, denial(denied))
    assert bool(result.disputed) == (denied == stated or denied in above[stated])
    assert bool(result.facts) != bool(result.disputed)
    assert derived(claim).facts == {claim.triple}
