"""What is called what, read from statements."""

from __future__ import annotations

import pyoxigraph as ox

from aigov_graph.search.things import ALIAS, CODE, LABEL, MADE, SHORT, Name, Thing, read, things_of
from aigov_graph.vocabulary.namespaces import AIGOV, ID
from tests.search.town import quads

THINGS = {thing.iri.removeprefix(ID): thing for thing in things_of(quads())}


def texts(name: str, kind: str) -> set[str]:
    """The names of a thing that are of a kind."""
    return {one.text for one in THINGS[name].names if one.kind == kind}


def test_only_what_has_a_label_and_is_not_retired_can_be_found() -> None:
    """No claims, no tombstones, nothing without a label."""
    assert "permit-portal" in THINGS
    assert not {"old-portal", "nameless"} & set(THINGS)
    assert all(thing.iri.startswith(ID) for thing in THINGS.values())


def test_labels_aliases_and_codes_are_told_apart() -> None:
    """A code is what a registry calls it, the end of a link too."""
    assert Name("诺兰", "zh-hans", LABEL) in THINGS["norland"].names
    assert texts("norland", ALIAS) == {"People's Republic of Norland", "Norland, Republic of"}
    assert texts("norland", CODE) == {"XN", "XNO", "Q900001", "00norland"}
    assert THINGS["norland"].label == "Norland"


def test_names_that_follow_are_marked_as_made() -> None:
    """Initials, and the government of what it governs by each of its names."""
    assert texts("norland", SHORT) == {"PRN"}
    assert {"Norland government", "PRN government", "XN government"} <= texts("norland-government", MADE)
    assert texts("permit-portal", MADE) == set()


def test_classes_are_the_most_special_and_those_above() -> None:
    """A subdivision is a place and an actor."""
    district = THINGS["quay-district"]
    assert district.classes == (AIGOV.Subdivision,)
    assert {AIGOV.Subdivision, AIGOV.Place, AIGOV.Actor, AIGOV.Entity} <= set(district.above)


def test_a_country_is_that_of_the_state_around_or_governed() -> None:
    """A firm of which nobody says where it is has none."""
    assert THINGS["quay-district"].country == "XN"
    assert THINGS["norland-government"].country == "XN"
    assert THINGS["kaibo"].country == ""


def test_a_store_says_the_same_as_its_statements() -> None:
    """What `read` leaves out is not needed."""
    store = ox.Store()
    store.extend(quads())
    assert things_of(read(store)) == list(THINGS.values())


def test_a_thing_without_a_class_is_found_too() -> None:
    """Nothing above it, no description."""
    (thing,) = things_of(quads('id:buoy rdfs:label "buoy"@en .'))
    assert thing == Thing(f"{ID}buoy", "buoy", (Name("buoy", "en", LABEL),), (), ())
