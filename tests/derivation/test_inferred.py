"""What follows from facts: twins, relations above, wider classes."""

from __future__ import annotations

import pytest

from tests.harbour import Said, derived

ENDS = ("harbour-ministry", "pilots-office")


def test_a_symmetric_fact_has_its_twin() -> None:
    """Stated one way, inferred the other, with the relation above in both."""
    result = derived(Said("001", "harbour-ministry", "cooperatesWith", "pilots-office"))
    assert result.facts == {("harbour-ministry", "cooperatesWith", "pilots-office")}
    assert result.inferred == {
        ("pilots-office", "cooperatesWith", "harbour-ministry"),
        ("harbour-ministry", "dealsWith", "pilots-office"),
        ("pilots-office", "dealsWith", "harbour-ministry"),
    }


def test_a_twin_that_is_stated_is_a_fact_and_not_inferred() -> None:
    """Two claims, one each way."""
    result = derived(
        Said("001", "harbour-ministry", "dealsWith", "pilots-office"),
        Said("002", "pilots-office", "dealsWith", "harbour-ministry"),
    )
    assert result.facts == {
        ("harbour-ministry", "dealsWith", "pilots-office"),
        ("pilots-office", "dealsWith", "harbour-ministry"),
    }
    assert result.inferred == set()


def test_relations_above_are_inferred_all_the_way_up() -> None:
    """The swapped ends only from the symmetric one on; relations of other vocabularies are left to alignments."""
    result = derived(Said("001", "harbour-ministry", "exportedTo", "pilots-office"))
    assert result.inferred == {
        ("harbour-ministry", "suppliedTo", "pilots-office"),
        ("harbour-ministry", "dealsWith", "pilots-office"),
        ("pilots-office", "dealsWith", "harbour-ministry"),
    }


def test_an_inferred_relation_has_no_edge() -> None:
    """Its evidence is that of the stated edge under it."""
    result = derived(Said("001", "harbour-ministry", "exportedTo", "pilots-office"))
    assert result.edges() == {("harbour-ministry", "exportedTo", "pilots-office")}


def test_what_is_stated_is_not_inferred_as_well() -> None:
    """A statement lies in one of the two graphs."""
    result = derived(
        Said("001", "harbour-ministry", "exportedTo", "pilots-office"),
        Said("002", "harbour-ministry", "suppliedTo", "pilots-office"),
    )
    assert result.facts & result.inferred == set()
    assert ("harbour-ministry", "suppliedTo", "pilots-office") in result.facts


@pytest.mark.parametrize(
    "change",
    [
        {"certainty": "possible"},
        {"mode": "intended"},
        {"negated": True},
        {"qualifiers": {"degree": "rare"}},
        {"status": "draft"},
    ],
)
def test_nothing_follows_from_what_is_no_fact(change: dict[str, object]) -> None:
    """Neither a twin nor a relation above; plainly stated, it has both."""
    assert derived(Said("001", ENDS[0], "cooperatesWith", ENDS[1], **change)).inferred == set()  # type: ignore[arg-type]
    assert derived(Said("001", ENDS[0], "cooperatesWith", ENDS[1])).inferred != set()


def test_nothing_follows_from_what_is_disputed() -> None:
    """The relation above is neither stated nor denied, and is not inferred."""
    result = derived(
        Said("001", "harbour-ministry", "cooperatesWith", "pilots-office"),
        Said("002", "harbour-ministry", "cooperatesWith", "pilots-office", negated=True),
    )
    assert result.disputed == {("harbour-ministry", "cooperatesWith", "pilots-office")}
    assert result.inferred == set()


def test_what_is_disputed_is_not_inferred_either() -> None:
    """The dealing is disputed in 2020, the supply of 2010 is not: the dealing stays disputed, both ways."""
    result = derived(
        Said("001", "harbour-ministry", "dealsWith", "pilots-office", when="2020"),
        Said("002", "harbour-ministry", "dealsWith", "pilots-office", when="2020", negated=True),
        Said("003", "harbour-ministry", "suppliedTo", "pilots-office", when="2010"),
    )
    assert result.facts == {("harbour-ministry", "suppliedTo", "pilots-office")}
    assert result.disputed == {("harbour-ministry", "dealsWith", "pilots-office")}
    assert result.inferred == set()


def test_entities_and_situations_have_all_their_wider_classes() -> None:
    """Within the ontology: not prov:Agent; a claim is no entity, and what is stated is not repeated."""
    trend = 'id:traffic-falls a aigov:Trend ; rdfs:label "traffic falls"@en .'
    assert derived(Said(), more=trend).types() == {
        ("port-council", "Actor"),
        ("port-council", "Entity"),
        ("port-council", "Relatum"),
        ("harbour-ministry", "Actor"),
        ("harbour-ministry", "Entity"),
        ("harbour-ministry", "Relatum"),
        ("pilots-office", "Actor"),
        ("pilots-office", "Entity"),
        ("pilots-office", "Relatum"),
        ("permit-portal", "Entity"),
        ("permit-portal", "Relatum"),
        ("berth-rule", "Entity"),
        ("berth-rule", "Relatum"),
        ("traffic-falls", "Situation"),
        ("traffic-falls", "Relatum"),
    }


def test_a_wider_class_that_is_stated_is_not_inferred_as_well() -> None:
    """A type lies in one of the two graphs."""
    office = 'id:tide-office a aigov:Agency , aigov:Actor ; rdfs:label "Tide Office"@en .'
    types = {kind for thing, kind in derived(more=office).types() if thing == "tide-office"}
    assert types == {"Entity", "Relatum"}
