"""Filters of lists: what is read, what is refused, and which rows the queries they make find."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from aigov_graph.build import assemble
from aigov_graph.errors import RequestError
from aigov_graph.stores import VersionedStore
from aigov_graph.vocabulary.namespaces import AIGOV, CLAIM, ID
from aigov_graph.web import list_queries
from aigov_graph.web.filters import Filters, Kind
from aigov_graph.web.listed import Listed
from aigov_graph.web.reader import PageReader
from tests.harbour import Said
from tests.port_folder import port_folder

SAID = (
    Said("001", when="2019/.."),
    Said("002", "harbour-ministry", "cooperatesWith", "pilots-office", when="2020"),
    Said("003", "harbour-ministry", "exportedTo", "pilots-office", when="2020", certainty="possible"),
    Said("004", "pilots-office", "interestedIn", "permit-portal", negated=True, holder="harbour-ministry"),
    Said("005", "pilots-office", "interestedIn", "berth-rule", qualifiers={"condition": "permit-portal"}),
    Said("006", "port-council", "interestedIn", "berth-rule"),
    Said("007", "port-council", "interestedIn", "berth-rule", negated=True, holder="harbour-ministry"),
    Said("008", "port-council", "interestedIn", "permit-portal", status="withdrawn"),
    Said("009", "port-council", "interestedIn", "permit-portal", mode="intended"),
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> PageReader:
    """A published small world in which claims stand in every way they can."""
    root = tmp_path_factory.mktemp("said")
    store = VersionedStore(root / "store")
    store.publish(assemble(port_folder(root / "data", SAID)))
    return PageReader(store)


def found(reader: PageReader, kind: Kind, given: Mapping[str, Sequence[str]]) -> list[str]:
    """The rows of a list by local names; what pages read bit by bit must be the same."""
    filters = Filters.read(kind, given)
    rows = reader.select(list_queries.select(filters))[1]
    first = list_queries.COLUMNS[kind][0]
    listed, snapshot = Listed(), reader.snapshot()
    assert listed.rows(snapshot, filters) == rows
    assert listed.keys(snapshot, filters) == [row[first].value for row in rows]
    assert listed.count(snapshot, filters) == len(rows)
    return [row[first].value.rpartition("/")[2] for row in rows]


@pytest.mark.parametrize(
    ("given", "claims"),
    [
        ({}, "001 002 003 004 005 006 007 008 009"),
        ({"status": ["fact"]}, "001 002"),
        ({"status": ["hedged"]}, "003 009"),
        ({"status": ["denied"]}, "004"),
        ({"status": ["qualified"]}, "005"),
        ({"status": ["disputed"]}, "006 007"),
        ({"status": ["denied", "qualified"]}, "004 005"),
        ({"certainty": ["possible"]}, "003"),
        ({"mode": ["intended", "required"]}, "009"),
        ({"holder": ["harbour-ministry"]}, "004 007"),
        ({"source": ["port-council-2024"], "relation": ["exportedTo"]}, "003"),
        ({"relation": ["aigov:dealsWith"]}, "002 003"),
        ({"relation": ["suppliedTo", "dealsWith"]}, "002 003"),
        ({"about": ["berth-rule"]}, "005 006 007"),
        ({"type": ["Policy"]}, "005 006 007"),
        ({"type": ["Policy", "System"]}, "001 004 005 006 007 008 009"),
        ({"from": ["2020"]}, "001 002 003"),
        ({"to": ["2019"]}, "001"),
        ({"to": ["2019"], "undated": ["true"]}, "001 004 005 006 007 008 009"),
        ({"q": ["CLAIM 00"], "from": ["2020-06"], "to": ["2020-07"]}, "001 002 003"),
        ({"q": ['"} # \\']}, ""),
        ({"holder": [""], "status": [" ", "hedged"]}, "003 009"),
    ],
)
def test_a_claim_is_listed_as_it_stands(reader: PageReader, given: dict[str, list[str]], claims: str) -> None:
    """Each filter finds its claims and no other, and the count of them is theirs."""
    assert found(reader, "claims", given) == claims.split()


@pytest.mark.parametrize(
    ("given", "things"),
    [
        ({}, "port-council pilots-office permit-portal harbour-ministry berth-rule"),
        ({"sort": ["name"]}, "berth-rule harbour-ministry permit-portal pilots-office port-council"),
        ({"type": ["Agency"], "status": ["hedged"]}, "harbour-ministry pilots-office port-council"),
        ({"type": ["System", "Policy"]}, "permit-portal berth-rule"),
        ({"relation": ["exportedTo"]}, "harbour-ministry pilots-office"),
        ({"q": ["portal"]}, "permit-portal"),
    ],
)
def test_things_come_by_how_often_they_are_spoken_of(
    reader: PageReader, given: dict[str, list[str]], things: str
) -> None:
    """Of their class and in the claims asked for; by name where that is asked."""
    rows = found(reader, "entities", given)
    if "sort" in given or len(rows) < 3:
        assert rows == things.split()
    else:
        assert sorted(rows) == sorted(things.split())


@pytest.mark.parametrize(
    ("given", "edges"),
    [
        ({}, 7),
        ({"status": ["fact"]}, 2),
        ({"status": ["hedged", "qualified"]}, 3),
        ({"about": ["permit-portal"], "holder": ["harbour-ministry"]}, 1),
        ({"type": ["Policy"]}, 2),
        ({"q": ["berth"]}, 2),
        ({"relation": ["dealsWith"], "certainty": ["certain"]}, 1),
        ({"from": ["2020"], "to": ["2020"]}, 3),
    ],
)
def test_edges_are_listed_by_what_bears_on_them(reader: PageReader, given: dict[str, list[str]], edges: int) -> None:
    """An edge is in the list if a claim on it is as asked."""
    assert len(found(reader, "edges", given)) == edges


def test_a_page_follows_the_page_before(reader: PageReader) -> None:
    """Pages of two hold what one long page holds, in its order."""
    pages = [Filters.read("claims", {"size": ["2"]}).at(page) for page in range(1, 6)]
    listed, snapshot = Listed(), reader.snapshot()
    rows = [row["claim"].value for page in pages for row in listed.rows(snapshot, page)]
    assert rows == [CLAIM[said.name] for said in SAID]


def test_all_that_is_said_of_the_rows_is_one_query(reader: PageReader) -> None:
    """The statements of a list are those about its claims."""
    filters = Filters.read("claims", {"status": ["denied"]})
    said = {str(triple.subject) for triple in reader.construct(list_queries.construct(filters))}
    assert said == {f"<{CLAIM['004']}>"}


def test_what_was_asked_can_be_written_into_an_address() -> None:
    """Short names and defaults left out; read again, it is the same."""
    given = {"relation": [AIGOV.exportedTo], "about": [ID["permit-portal"]], "page": ["3"], "size": ["50"]}
    filters = Filters.read("claims", given)
    assert filters.given() == {"relation": ["exportedTo"], "about": ["permit-portal"]}
    assert Filters.read("claims", filters.given(paged=True)) == filters


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"statsu": ["fact"]}, "statsu"),
        ({"status": ["true"]}, "status"),
        ({"page": ["0"]}, "page"),
        ({"size": ["501"]}, "size"),
        ({"from": ["yesterday"]}, "from"),
        ({"from": ["2020"], "to": ["2019"]}, "to"),
        ({"to": ["2019/.."]}, "to"),
        ({"undated": ["perhaps"]}, "undated"),
        ({"sort": ["colour"]}, "sort"),
        ({"holder": ["a> . ?s ?p ?o . <b"]}, "holder"),
        ({"q": ["a"], "holder": ["x" * 600]}, "holder"),
        ({"page": ["1", "2"]}, "page"),
        ({"q": ["x" * 201]}, "q"),
    ],
)
def test_what_cannot_be_asked_is_refused(given: dict[str, list[str]], where: str) -> None:
    """With the parameter's name."""
    with pytest.raises(RequestError) as caught:
        Filters.read("claims", given)
    assert caught.value.where == where
