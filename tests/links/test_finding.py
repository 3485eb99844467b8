"""Likely links: what a row's names, script and country say for a thing, and what makes it doubtful."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from aigov_graph.links.finding import LinkFinder, Row
from aigov_graph.search import things_of
from aigov_graph.vocabulary.namespaces import AIGOV, ID
from tests.search.town import TOWN, quads


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
    assert found.reasons[1].endswith("too, in another script: half as far from 1")
    assert found.reasons[2:] == (
        "type not known of the row, ours is State",
        "country agrees: both in XN: a quarter nearer to 1",
    )


def test_a_name_read_otherwise_says_how(finder: LinkFinder) -> None:
    """It is no name spelt alike, and the person who decides sees why it was proposed."""
    found, *_ = finder.of(Row("1", ("the Norlandic Republic",)))
    assert (found.confidence, found.spelt_alike) == (0.88, False)
    assert found.reasons[1] == "read as 'norland', by its adjective, times 0.88"


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


@pytest.mark.parametrize(
    ("name", "country", "confidence", "reason"),
    [
        ("Buoy Works", "XN", 1.0, "country agrees: both in XN, ours by its description: a quarter nearer to 1"),
        ("Buoy Works", "XS", 0.6, "country differs: row in XS, ours in XN by its description, times 0.6"),
        ("Buoy Works", "", 1.0, "country not known of the row, ours is in XN by its description"),
        ("Mercury", "XS", 1.0, "country not known here, the row says XS"),
        ("Mercury", "", 1.0, "country not known of either"),
    ],
)
def test_the_country_of_a_firm_counts_where_it_is_known(
    name: str, country: str, confidence: float, reason: str
) -> None:
    """Its description may give it; where nothing does the country speaks neither for nor against, and that is said."""
    firms = LinkFinder(
        things_of(
            quads(
                f'{TOWN}id:buoys a aigov:Firm ; rdfs:label "Buoy Works"@en ; '
                'schema:description "Firm of Norland, by the register of harbours."@en .'
            )
        ),
        (AIGOV.Firm,),
    )
    found, *_ = firms.of(Row("1", (name,), country))
    firms.close()
    assert (found.confidence, found.reasons[1:]) == (confidence, ("type agrees: Firm, asked for Firm", reason))


def test_one_identifier_is_not_two_things(finder: LinkFinder) -> None:
    """Two rows that give it to two things: neither is proposed as the same, and both say why."""
    found = finder.find([Row("7", ("Norland",)), Row("7", ("Kaibo Group",))])
    assert {one.thing.iri for one in found} >= {f"{ID}norland", f"{ID}kaibo"}
    assert not any(one.likely for one in found)
    assert all(
        "7 is likely another thing of ours too, times 0.8" in one.reasons
        for one in found
        if one.thing.iri in (f"{ID}norland", f"{ID}kaibo")
    )


def test_a_name_a_letter_from_another_state_is_no_sure_link() -> None:
    """ "Quaya Republic" may be Quaya, or the Quayan Republic with a slip."""
    near = LinkFinder(
        things_of(
            quads(
                'id:quaya a aigov:State ; rdfs:label "Quaya"@en .\n'
                'id:quayan-republic a aigov:State ; rdfs:label "Quayan Republic"@en .'
            )
        )
    )
    found = near.of(Row("1", ("Quaya Republic",)))
    near.close()
    assert not any(one.likely for one in found)
