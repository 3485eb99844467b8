"""The badge of a claim, by the table in ontology/schemes/modality.ttl."""

from __future__ import annotations

from itertools import product

import pytest

from tests.harbour import Said, derived

CERTAINTIES = ("certain", "probable", "possible")
MODES = ("actual", "intended", "predicted", "required", "permitted", "evaluative")


@pytest.mark.parametrize(
    ("claim", "badge"),
    [
        (Said(), "asserted"),
        (Said(negated=True), "denied"),
        (Said(relayed_by="pilots-office"), "reported"),
        (Said(relayed_by="pilots-office", negated=True), "reported"),
        (Said(certainty="possible"), "possible"),
        (Said(certainty="probable"), "possible"),
        (Said(certainty="possible", mode="predicted", negated=True), "possible"),
        (Said(certainty="probable", mode="predicted"), "predicted"),
        (Said(mode="predicted", relayed_by="pilots-office"), "predicted"),
        (Said(mode="intended"), "intended"),
        (Said(mode="required"), "required"),
        (Said(mode="permitted"), "permitted"),
        (Said(mode="evaluative"), "opinion"),
        (Said(opinion=True), "opinion"),
        (Said(opinion=True, certainty="possible", mode="predicted", relayed_by="pilots-office"), "opinion"),
        (Said(status="draft"), "asserted"),
        (Said(qualifiers={"degree": "rare"}), "asserted"),
    ],
)
def test_the_first_fitting_row_gives_the_badge(claim: Said, badge: str) -> None:
    """What holds a claim back most is what people read first."""
    assert derived(claim).of_claim("001")["modality"] == {f"badge-{badge}"}


def test_every_claim_has_exactly_one_badge() -> None:
    """The table is total: each way to state a claim meets a row."""
    ways = list(product(CERTAINTIES, MODES, (False, True), (None, "pilots-office"), (False, True)))
    claims = [
        Said(f"{number:03}", certainty=certainty, mode=mode, negated=negated, relayed_by=relayer, opinion=opinion)
        for number, (certainty, mode, negated, relayer, opinion) in enumerate(ways)
    ]
    result = derived(*claims)
    badges = {claim.name: result.of_claim(claim.name)["modality"] for claim in claims}
    assert {name for name, found in badges.items() if len(found) != 1} == set()


def test_the_badge_says_asserted_only_of_what_is_plainly_so() -> None:
    """No hedge, mode, denial, relaying or opinion hides behind the plainest badge."""
    ways = list(product(CERTAINTIES, MODES, (False, True), (None, "pilots-office"), (False, True)))
    claims = [
        Said(f"{number:03}", "harbour-ministry", "interestedIn", "permit-portal", *way[:3])
        for number, way in enumerate(ways)
    ]
    result = derived(*claims)
    plain = {claim.name for claim in claims if result.of_claim(claim.name)["modality"] == {"badge-asserted"}}
    assert plain == {c.name for c in claims if (c.certainty, c.mode, c.negated) == ("certain", "actual", False)}
