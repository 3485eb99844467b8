"""Looking names up: what is found first, what is sure, and what hostile text does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigov_graph.search import Finder, Found, Wanted
from aigov_graph.search.scoring import ALIKE, CODE_MATCH, EXACT, FORM, INITIALS, MADE_MATCH, STATE
from aigov_graph.vocabulary.namespaces import AIGOV, ID
from tests.search.town import finder

HOSTILE = [
    'label:"x" AND (', "*", "?", "~2", "^9", "[a TO z]", "{", "\\", "/.*/", "+-&&||!(){}[]^\"~*?:\\/", "a" * 10_000,
    "\x00\x01\x1b[31m", "\ud800", "\udfff kaibo", "\u202e\u2066obiak", "凯" * 5000, "🚢🚢", "%s%n${x}{{7*7}}",
    "' OR 1=1 --",
    "a " * 5000, "\u0301" * 300, "．．．", "=", "e\u0301" * 200, "ﷺ" * 200,
]  # fmt: skip


@pytest.fixture(scope="module")
def town() -> Finder:
    """Looks names up in the town."""
    return finder()


def first(town: Finder, name: str, *classes: str) -> Found:
    """The likest thing."""
    return town.find(Wanted(name, tuple(AIGOV[one] for one in classes)))[0]


@pytest.mark.parametrize(
    ("name", "thing", "way", "sure"),
    [
        ("Norland", "norland", EXACT, True),
        ("NORLAND", "norland", EXACT, True),
        ("Sudland", "sudland", EXACT, True),
        ("凯博", "kaibo", EXACT, True),
        ("诺兰", "norland", EXACT, True),
        ("苏德", "sudland", STATE, False),
        ("凯博有限公司", "kaibo", FORM, False),
        ("KAIBO", "kaibo", FORM, False),
        ("Kai Bo Ltd", "kaibo", FORM, False),
        ("Rep. of Norland", "norland", FORM, False),
        ("Peoples Rep. of Norland", "norland", FORM, False),
        ("XNO", "norland", CODE_MATCH, True),
        ("xno", "norland", CODE_MATCH, False),
        ("Q900001", "norland", CODE_MATCH, True),
        ("海关局", "customs", FORM, False),
        ("N.B.H.I.", "harbour-bureau", MADE_MATCH, False),
        ("NBH", "nbh", EXACT, True),
        ("PRN gov't", "norland-government", MADE_MATCH, False),
        ("Gov. of Norland", "norland-government", MADE_MATCH, False),
        ("Kaiba Shiping", "kaiba", ALIKE, False),
        ("prmit protal", "permit-portal", ALIKE, False),
        ("Kingdom of Sudland", "sudland", STATE, False),
        ("Noralnd", "norland", ALIKE, False),
        ("Harbour Inspection", "harbour-bureau", ALIKE, False),
    ],
)
def test_a_name_finds_what_it_means(town: Finder, name: str, thing: str, way: str, sure: bool) -> None:
    """Labels, aliases, codes, short forms, initials and slips; sure is only what is written the same."""
    found = first(town, name)
    assert (found.thing.iri, found.likeness.way, found.sure) == (f"{ID}{thing}", way, sure)


def test_a_long_name_finds_a_short_one_by_its_initials() -> None:
    """Nobody gave the long name: it is likely, never sure."""
    short = finder('id:nbhi a aigov:Agency ; rdfs:label "NBHI"@en .')
    (found,) = short.find(Wanted("Northern Bureau of Harbour Inspection"))
    assert (found.likeness.way, found.sure) == (INITIALS, False)


def test_what_two_things_are_called_is_sure_of_neither_unless_the_class_tells(town: Finder) -> None:
    """Of the firms only one is called Mercury."""
    both = town.find(Wanted("mercury"))
    assert {found.thing.iri for found in both} == {f"{ID}mercury-firm", f"{ID}mercury-ship"}
    assert [found.sure for found in both] == [False, False]
    assert [found.sure for found in town.find(Wanted("mercury", (AIGOV.Firm,)))] == [True]


def test_a_class_takes_in_those_under_it(town: Finder) -> None:
    """A place finds a subdivision and no firm; of several classes one is enough."""
    assert first(town, "Quay District", "Place").thing.iri == f"{ID}quay-district"
    assert town.find(Wanted("Quay District", (AIGOV.Firm,))) == []
    assert first(town, "Quay District", "Firm", "Place").sure


def test_names_are_found_while_they_are_typed(town: Finder) -> None:
    """From the first letters on, in Chinese too."""
    for begun, label in (
        ("kaib", "Kaiba Shipping"),
        ("nor", "Norland"),
        ("per", "permit portal"),
        ("码", "Quay District"),
    ):
        assert label in [found.thing.label for found in town.find(Wanted(begun, begins=True))], begun


def test_nothing_is_found_for_what_nobody_is_called(town: Finder) -> None:
    """Rather nothing than anything."""
    assert town.find(Wanted("Zyxwv Quorum")) == []
    assert town.find(Wanted("")) == []
    assert town.find(Wanted("蓝色")) == []


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_finds_little_and_breaks_nothing(town: Finder, text: str) -> None:
    """Signs of a query language are no query language here."""
    for begins in (False, True):
        assert len(town.find(Wanted(text, (AIGOV.Firm,), begins))) <= 3


@given(st.text(alphabet=st.characters(), max_size=60), st.booleans())
def test_any_text_can_be_looked_up(text: str, begins: bool) -> None:
    """Whatever it is, there is an answer."""
    for found in _SHARED.find(Wanted(text, begins=begins)):
        assert 0 < found.score <= 1


_SHARED = finder()


def test_at_most_so_many_are_given(town: Finder) -> None:
    """The limit is kept."""
    assert len(town.find(Wanted("kaib", begins=True), 1)) == 1


@pytest.fixture(scope="module")
def crowd() -> Finder:
    """Looks names up among so many bureaus that the word is a common one."""
    many = "".join(f'id:bureau-{number} a aigov:Agency ; rdfs:label "Bureau of Quay {number}"@en .\n'
                   for number in range(600))  # fmt: skip
    few = """\
id:tides a aigov:Agency ; rdfs:label "Bureau of Tides"@en .
id:lights a aigov:Agency ; rdfs:label "Bureau of Harbour Lights and Buoys"@en .
id:mines a aigov:Agency ; rdfs:label "Northern Office of Mines"@en .
id:tide-firm a aigov:Firm ; rdfs:label "Tidal Bureaucracy"@en .
id:quay-firm a aigov:Firm ; rdfs:label "Quay Burden Lifting Works"@en .
"""
    return finder(many + few)


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("Bureau of Tides", "tides"),
        ("Tides Bureau", "tides"),
        ("Bureau of Tidse", "tides"),
        ("Bueau of Tides", "tides"),
        ("Bureau 417 of Quay", "bureau-417"),
        ("Bureau of Harbor Lihgts and Buoys", "lights"),
    ],
)
def test_a_common_word_hides_no_rare_one(crowd: Finder, name: str, thing: str) -> None:
    """What hundreds are called tells little; the other word finds the thing, misspelt too."""
    assert first(crowd, name).thing.iri == f"{ID}{thing}"


def test_a_common_word_alone_finds_who_bears_it(crowd: Finder) -> None:
    """Some of the hundreds, and none that only looks like them."""
    found = crowd.find(Wanted("bureau"))
    assert len(found) == 10
    assert all("Bureau of" in one.thing.label for one in found)


@pytest.mark.parametrize(
    ("begun", "thing"),
    [
        ("Bureau of T", "tides"),
        ("bureau of ti", "tides"),
        ("Bureau of Harb", "lights"),
        ("Bureau of Harbour Lights an", "lights"),
        ("Bureau of Harbour Lights and B", "lights"),
        ("tidal bur", "tide-firm"),
        ("Bureau of Quay 599", "bureau-599"),
        ("Quay Bur", "quay-firm"),
        ("Northern Office of Min", "mines"),
    ],
)
def test_a_beginning_shared_by_hundreds_finds_how_it_goes_on(crowd: Finder, begun: str, thing: str) -> None:
    """However long or short it is."""
    assert first_begun(crowd, begun) == f"{ID}{thing}"


def first_begun(crowd: Finder, begun: str) -> str:
    """The likest thing for a name that is only begun."""
    return crowd.find(Wanted(begun, begins=True))[0].thing.iri


def test_a_short_name_is_not_lost_among_many_that_have_it_in_them() -> None:
    """An alias of two letters is found first, however many others begin with the same word."""
    many = "".join(
        f'id:office-{number} a aigov:Agency ; rdfs:label "NL Office {number}"@en .\n' for number in range(60)
    )
    short = finder(many + 'id:norland a aigov:State ; rdfs:label "Norland"@en ; skos:altLabel "NL"@en .')
    for name in ("NL", "N.L.", "nl"):
        found = first(short, name)
        assert (found.thing.iri, found.sure) == (f"{ID}norland", True)
    assert first_begun(short, "NL") == f"{ID}norland"
