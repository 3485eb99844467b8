"""Likely links: what a row's names, script and country say for a thing, and what makes it doubtful."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from aigov_graph.links.finding import LinkFinder, Row
from aigov_graph.search import things_of
from aigov_graph.vocabulary.namespaces import AIGOV, ID
from tests.search.town import quads


@pytest.fixture(scope="module")
def finder() -> Iterator[LinkFinder]:
    """Finds links to the town's things."""
    made = LinkFinder(things_of(quads()))
    yield made
    made.close()


@pytest.mark.parametrize(
    ("names", "country", "thing", "likely"),
    [
        (("Norland",), "", "norland", True),
        (("Republic of Norland",), "", "norland", True),
        (("Kingdom of Noralnd",), "", "norland", True),
        (("Kaibo Group",), "", "kaibo", True),
        (("凯博股份有限公司",), "", "kaibo", True),
        (("Kaiba Shpping",), "", "kaiba", True),
        (("Quay District (Norland)",), "", "quay-district", True),
        (("Quay District",), "XS", "quay-district", False),
        (("Mercury",), "", "mercury-firm", False),
        (("the Norlandic Republic",), "", "norland", True),
        (("Norland (the northern one)",), "", "norland", True),
        (("Norlnd",), "", "norland", True),
    ],
)
def test_a_row_is_proposed_for_what_it_names(
    finder: LinkFinder, names: tuple[str, ...], country: str, thing: str, likely: bool
) -> None:
    """Legal form, form of state and one slip do no harm; another country or a namesake make it doubtful."""
    found = finder.of(Row("1", names, country))[0]
    assert (found.thing.iri, found.likely) == (f"{ID}{thing}", likely)


@pytest.mark.parametrize(
    "name", ["Kaiba (Old)", "Kaibu", "Sandland", "Norlandia", "Bureau of Fisheries", "珠江", "Eastern Portal Works"]
)
def test_what_only_resembles_a_name_is_not_proposed(finder: LinkFinder, name: str) -> None:
    """A decoy may be worth a look, never more."""
    assert not any(one.likely for one in finder.of(Row("1", (name,))))


def test_two_scripts_and_a_country_add_up_and_are_explained(finder: LinkFinder) -> None:
    """The reasons name the names, the way and the country."""
    found, *_ = finder.of(Row("Q900001", ("Norland, Republic", "诺兰"), "XN"))
    assert found.confidence > 0.99
    assert found.reasons[1].endswith("too, in another script")
    assert found.reasons[2] == "both in XN"


def test_a_name_read_otherwise_says_how(finder: LinkFinder) -> None:
    """It is no name spelt alike, and the person who decides sees why it was proposed."""
    found, *_ = finder.of(Row("1", ("the Norlandic Republic",)))
    assert (found.confidence, found.spelt_alike) == (0.88, False)
    assert found.reasons[1] == "read as 'norland', by its adjective"


def test_the_form_of_state_tells_two_of_one_name_apart() -> None:
    """The whole name is nearer to the one that bears it than to the one that is called so for short."""
    twins = LinkFinder(
        things_of(
            quads(
                'id:quay a aigov:State ; rdfs:label "Quay"@en .\n'
                'id:other-quay a aigov:State ; rdfs:label "Democratic Republic of Quay"@en .'
            )
        )
    )
    found, *_ = twins.of(Row("1", ("the Democratic Republic of the Quay",)))
    assert (found.thing.iri, found.likely) == (f"{ID}other-quay", True)
    twins.close()


def test_two_rows_for_one_thing_lessen_each_other(finder: LinkFinder) -> None:
    """The nearer one stays; of two that are as near neither does."""
    rows = finder.find([Row("1", ("Norland",)), Row("2", ("Noralnd",))])
    norland = [one for one in rows if one.thing.iri == f"{ID}norland"]
    assert [(one.row.identifier, one.likely) for one in norland] == [("1", True), ("2", False)]
    assert not any(one.likely for one in finder.find([Row("1", ("Norland",)), Row("2", ("Norland",))]))


def test_only_things_of_the_classes_are_proposed() -> None:
    """Those under them too."""
    places = LinkFinder(things_of(quads()), (AIGOV.Place,))
    assert [one.thing.iri for one in places.of(Row("1", ("Quay District",)))] == [f"{ID}quay-district"]
    assert places.of(Row("1", ("Kaibo",))) == []
    places.close()
