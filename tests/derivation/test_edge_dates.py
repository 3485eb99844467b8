"""First and last day of claims and edges."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aigov_graph.derivation import derive
from aigov_graph.errors import DateError
from tests.harbour import Said, dataset, derived

PLAIN = Said()
Dates = tuple[str | None, str | None, str | None]


def dates(found: dict[str, set[str]]) -> Dates:
    """Earliest, latest, ongoing; None where absent. Each has one value at most."""
    values = [found.get(name, set()) for name in ("earliest", "latest", "ongoing")]
    assert all(len(value) < 2 for value in values)
    earliest, latest, ongoing = (next(iter(value), None) for value in values)
    return earliest, latest, ongoing


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2019", ("2019-01-01", "2019-12-31", "false")),
        ("1980~/..", ("1980-01-01", None, "true")),
        ("2019/", ("2019-01-01", None, "false")),
        ("../2019-07", (None, "2019-07-31", "false")),
        (None, (None, None, None)),
    ],
)
def test_a_claim_and_its_edge_have_the_days_of_its_date(when: str | None, expected: Dates) -> None:
    """An open or unknown end is left out; without a date nothing is said of time."""
    result = derived(replace(PLAIN, when=when))
    assert dates(result.of_claim("001")) == expected
    assert dates(result.edge(PLAIN.triple)) == expected


def test_dates_are_written_as_days() -> None:
    """As xsd:date and xsd:boolean, which SPARQL compares."""
    literals = {str(q.object) for q in derived(replace(PLAIN, when="2019")).quads if "-12-31" in str(q.object)}
    assert literals == {'"2019-12-31"^^<http://www.w3.org/2001/XMLSchema#date>'}


@pytest.mark.parametrize(
    ("whens", "expected"),
    [
        (["2015", "2019"], ("2015-01-01", "2019-12-31", "false")),
        (["2015", None], ("2015-01-01", "2015-12-31", "false")),
        (["2015", "2017/.."], ("2015-01-01", None, "true")),
        (["2015", "2017/"], ("2015-01-01", None, "false")),
        (["2015", "../2012"], (None, "2015-12-31", "false")),
        (["../2012", "2017/.."], (None, None, "true")),
        ([None, None], (None, None, None)),
    ],
)
def test_an_edge_reaches_from_the_first_to_the_last_of_its_claims(whens: list[str | None], expected: Dates) -> None:
    """One open start or end opens the edge; a claim without a date adds nothing."""
    claims = [replace(PLAIN, name=f"{number:03}", when=when) for number, when in enumerate(whens)]
    assert dates(derived(*claims).edge(PLAIN.triple)) == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"certainty": "possible"}, ("2019-01-01", "2019-12-31", "false")),
        ({"qualifiers": {"degree": "rare"}}, ("2019-01-01", "2019-12-31", "false")),
        ({"negated": True}, ("2019-01-01", "2019-12-31", "false")),
        ({}, ("2010-01-01", "2019-12-31", "false")),
    ],
)
def test_only_the_claims_that_decide_the_status_date_an_edge(other: dict[str, object], expected: Dates) -> None:
    """A guess about 2010 or a denial for it does not move the start of a fact of 2019; a plain claim does."""
    beside = Said("002", when="2010", **other)  # type: ignore[arg-type]
    assert dates(derived(replace(PLAIN, when="2019"), beside).edge(PLAIN.triple)) == expected


def test_a_denied_edge_has_the_dates_of_its_denials() -> None:
    """From when to when it was not so."""
    result = derived(Said(negated=True, when="2019"), Said("002", certainty="possible", when="2010"))
    assert dates(result.edge(PLAIN.triple)) == ("2019-01-01", "2019-12-31", "false")


DIRECTS = Said("001", "berth-rule", "directs", "pilots-office", when="2020/..")
REVOKED = Said("002", "harbour-ministry", "revokes", "berth-rule", when="2024-03-05")


@pytest.mark.parametrize("relation", ["directs", "prohibits"])
def test_what_a_revoked_policy_directs_or_prohibits_ends_that_day(relation: str) -> None:
    """Without the revocation it would go on."""
    claim = replace(DIRECTS, relation=relation)
    assert dates(derived(claim, REVOKED).edge(claim.triple)) == ("2020-01-01", "2024-03-05", "false")
    assert dates(derived(claim).edge(claim.triple)) == ("2020-01-01", None, "true")


@pytest.mark.parametrize(
    ("revocation", "latest"),
    [
        ({"relation": "annuls"}, "2024-03-05"),
        ({"when": "2024-03"}, "2024-03-31"),
        ({"when": "2024-03-05/.."}, "2024-03-05"),
        ({"when": None}, None),
        ({"object": "permit-portal"}, None),
        ({"relation": "doubts"}, None),
        ({"negated": True}, None),
        ({"certainty": "possible"}, None),
        ({"mode": "intended"}, None),
        ({"status": "draft"}, None),
        ({"relayed_by": "pilots-office"}, None),
    ],
)
def test_only_a_fact_of_revocation_ends_anything(revocation: dict[str, object], latest: str | None) -> None:
    """Of this policy, by a relation that revokes, with a day; a plan or rumour of it ends nothing."""
    result = derived(DIRECTS, replace(REVOKED, **revocation))  # type: ignore[arg-type]
    assert dates(result.edge(DIRECTS.triple))[1] == latest


def test_a_disputed_revocation_ends_nothing() -> None:
    """Whether the policy was revoked is then open itself."""
    result = derived(DIRECTS, REVOKED, replace(REVOKED, name="003", negated=True))
    assert dates(result.edge(DIRECTS.triple)) == ("2020-01-01", None, "true")


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2020/2022", ("2020-01-01", "2022-12-31", "false")),
        ("2020/2026", ("2020-01-01", "2024-03-05", "false")),
        ("2025/..", ("2025-01-01", None, "true")),
        (None, (None, "2024-03-05", "false")),
    ],
)
def test_the_earlier_end_counts(when: str | None, expected: Dates) -> None:
    """An edge that ended before keeps its end; one that starts after the revocation is left alone."""
    assert dates(derived(replace(DIRECTS, when=when), REVOKED).edge(DIRECTS.triple)) == expected


def test_the_first_of_several_revocations_counts_and_undated_ones_do_not() -> None:
    """Two sources give two days: it had ended by the first."""
    others = [replace(REVOKED, name="003", when="2023-01-01"), replace(REVOKED, name="004", when=None)]
    assert dates(derived(DIRECTS, REVOKED, *others).edge(DIRECTS.triple)) == ("2020-01-01", "2023-01-01", "false")


def test_what_a_revoked_policy_does_otherwise_and_what_it_did_not_do_stay() -> None:
    """Neither another relation of the policy nor a denial ends with it."""
    other = Said("001", "berth-rule", "interestedIn", "pilots-office", when="2020/..")
    assert dates(derived(other, REVOKED).edge(other.triple)) == ("2020-01-01", None, "true")
    denial = replace(DIRECTS, negated=True)
    assert dates(derived(denial, REVOKED).edge(denial.triple)) == ("2020-01-01", None, "true")


def test_a_date_that_cannot_be_read_is_reported_at_its_claim() -> None:
    """No fact without a date that the claim meant to have."""
    with pytest.raises(DateError) as caught:
        derive(dataset(replace(PLAIN, when="2019/2018")))
    assert caught.value.what == "claim:001 is dated '2019/2018': the interval ends before it starts"
    assert caught.value.where == "https://w3id.org/aigov-graph/claim/001"
    assert caught.value.remedy == "write the earlier date first"
