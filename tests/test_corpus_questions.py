"""The questions over all sources, from number 47 on, answered exactly.

Short answers in `data/answers-corpus/` were written down from the sources' texts and tables. Long ones are computed a
second time from the claims (`tests/counting.py`, a function a question), so that they hold whatever sources there are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from aigov_graph.build import assemble
from aigov_graph.dataset import DataFolder, find_data
from aigov_graph.questions import Question
from aigov_graph.stores import VersionedStore
from aigov_graph.vocabulary.namespaces import AIGOV, PROV
from tests.asking import asked, backwards, check_house_style, shown, table, written
from tests.corpus import Corpus
from tests.counting import COUNTED, QUESTIONS, accepted, text
from tests.harbour import PREFIX_LINES, Said
from tests.port_folder import SOURCE, port_folder

ANSWERS = Path(__file__).parent / "data" / "answers-corpus"
LINKS = {"claim", "other", "edge", "thing"}


@pytest.fixture(scope="module")
def quads() -> list[ox.Quad]:
    """All named graphs of all sources."""
    return assemble(find_data())


@pytest.fixture(scope="module")
def store(quads: list[ox.Quad], tmp_path_factory: pytest.TempPathFactory) -> Iterator[ox.Store]:
    """A published version, as users query it."""
    versions = VersionedStore(tmp_path_factory.mktemp("versions"))
    versions.publish(quads)
    with versions.lease() as lease:
        yield lease.store


@pytest.fixture(scope="module")
def upside_down(quads: list[ox.Quad]) -> ox.Store:
    """The same graphs in memory, read from the end."""
    return backwards(quads)


@pytest.fixture(scope="module")
def corpus(quads: list[ox.Quad]) -> Corpus:
    """What the files say."""
    return Corpus(find_data(), quads)


def test_how_plain_each_source_is_counted_again(store: ox.Store, corpus: Corpus) -> None:
    """Question 80: the badges of a source add up to its claims, and the plain ones among them."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in asked(store, QUESTIONS["80-how-plain-each-source-is"]):
        found[shown(row["thing"])].update(claims=int(shown(row["claims"])), eligible=int(shown(row["eligible"])))
    assert {source: (sums["claims"], sums["eligible"]) for source, sums in found.items()} == {
        source: (
            sum(told.source == source for told in accepted(corpus)),
            sum(told.source == source and told.plain for told in corpus.told),
        )
        for source in {told.source for told in corpus.told}
    }


@pytest.mark.parametrize("name", sorted(path.stem for path in ANSWERS.glob("*.csv")))
def test_the_answer_is_what_the_sources_say(store: ox.Store, name: str) -> None:
    """No row less, no row more."""
    assert table(store, QUESTIONS[name], LINKS) == written(ANSWERS / f"{name}.csv")


@pytest.mark.parametrize("name", COUNTED)
def test_the_answer_is_what_the_claims_say(store: ox.Store, corpus: Corpus, name: str) -> None:
    """Computed a second time."""
    columns, count = COUNTED[name]
    found = [tuple(shown(row[column]) for column in columns.split()) for row in asked(store, QUESTIONS[name])]
    assert sorted(found) == sorted(tuple(map(text, row)) for row in count(corpus))


def test_every_question_has_an_answer() -> None:
    """In a file, by a second computation, or both counts added up."""
    files = {path.stem for path in ANSWERS.glob("*.csv")}
    assert files | set(COUNTED) | {"80-how-plain-each-source-is"} == set(QUESTIONS)
    assert not files & set(COUNTED)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_is_written_as_the_house_writes(question: Question) -> None:
    """The rules are in tests/asking.py."""
    check_house_style(question)


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_order_of_rows_is_that_of_the_query(upside_down: ox.Store, store: ox.Store, name: str) -> None:
    """Not that in which statements came into the store."""
    assert asked(upside_down, QUESTIONS[name]) == asked(store, QUESTIONS[name])


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_row_leads_to_a_claim_an_edge_or_a_thing(store: ox.Store, corpus: Corpus, name: str) -> None:
    """A row names at least one IRI, and a claim so named has a holder, a certainty and evidence."""
    told = {claim.iri: claim for claim in corpus.told}
    for row in asked(store, QUESTIONS[name]):
        links = {column: row[column] for column in LINKS & set(row)}
        iris = {column: link.value for column, link in links.items() if isinstance(link, ox.NamedNode)}
        assert iris
        for column in {"claim", "other"} & set(iris):
            assert {PROV.wasAttributedTo, AIGOV.certainty, AIGOV.evidence} <= set(told[iris[column]].said)


def ask_ports(root: Path, name: str, *claims: Said) -> list[tuple[str, ...]]:
    """What a question finds in invented claims of two sources, by the ontology as it is."""
    made = port_folder(root, claims)
    (made.graphs / "sources" / "pilots-report").mkdir()
    other = SOURCE.replace("port-council-2024", "pilots-report").replace("Port Council, annual", "Pilots Office")
    (made.graphs / "sources" / "pilots-report" / "source.ttl").write_text(PREFIX_LINES + other, encoding="utf-8")
    store = backwards(assemble(DataFolder(find_data().ontology, made.graphs)))
    return table(store, QUESTIONS[name], LINKS)[1:]


def test_a_contradiction_shows_as_disputed(tmp_path: Path) -> None:
    """No two sources of the corpus contradict each other plainly; two invented ones do, and the question names them."""
    states = Said("001", when="2020")
    denies = Said("002", negated=True, when="2020", holder="pilots-office", source="pilots-report")
    assert ask_ports(tmp_path / "one", "48-what-is-disputed", states) == []
    assert ask_ports(tmp_path / "two", "48-what-is-disputed", states, denies) == [
        (
            "Harbour Ministry",
            "is interested in",
            "permit portal",
            "Port Council",
            "Port Council, annual report 2024",
            "Pilots Office",
            "Pilots Office report 2024",
        )
    ]


def test_a_revocation_ends_what_was_directed(tmp_path: Path) -> None:
    """What an invented rule directs ends on the day of its revocation, and goes on without one."""
    directs = Said("001", "berth-rule", "directs", "pilots-office", when="2020-01-01/")
    revokes = Said("002", "harbour-ministry", "revokes", "berth-rule", when="2024-03-05")
    assert ask_ports(tmp_path / "one", "53-what-ended-with-a-revocation", directs) == []
    assert ask_ports(tmp_path / "two", "53-what-ended-with-a-revocation", directs, revokes) == [
        ("Berth Rule", "directs", "Pilots Office", "2020-01-01", "2024-03-05", "Harbour Ministry")
    ]
