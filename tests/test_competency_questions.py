"""What the interview says, asked in the words of `graphs/queries` and answered exactly.

The answers in `data/answers/` were written down from reading the interview before the queries were run, one file a
question; where the two differed, the text decided which of them to mend. IRIs and descriptions are left out: a claim's
number says nothing. Where a question counts what all claims say, the answer is computed a second time from the claims,
by a few lines that share nothing with the rules.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from aigov_graph.build import assemble
from aigov_graph.dataset import DataFolder, find_data
from aigov_graph.questions import Question, questions
from aigov_graph.stores import VersionedStore
from aigov_graph.vocabulary.namespaces import AIGOV, CONCEPT, ID, OWL, PREFIXES, PROV, RDF, RDFS
from tests.asking import Claim, Row, asked, backwards, check_house_style, instances, shown, table, things, written
from tests.interview import interview_folder

ANSWERS = Path(__file__).parent / "data" / "answers"
LINKS = {"claim", "about", "edge", "thing"}
PROSE = {"description"}
COUNTED = {
    "32-how-firm-the-graph-is",
    "39-how-many-claims-per-paragraph",
    "40-who-has-most-facts",
    "45-who-is-speaking",
}
RECORD = "46-the-whole-record-of-a-claim"
"""The last of them: the questions after it are for all sources: tests/test_corpus_questions.py."""
QUESTIONS = {question.name: question for question in questions(find_data()) if question.name <= RECORD}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """The ontology, the entities and the interview, without whatever other sources there are."""
    return interview_folder(tmp_path_factory.mktemp("interview"))


@pytest.fixture(scope="module")
def quads(folder: DataFolder) -> list[ox.Quad]:
    """All named graphs."""
    return assemble(folder)


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
def claims(folder: DataFolder) -> dict[str, Claim]:
    """The interview's claims by IRI: their values by property."""
    return things(folder.load(), AIGOV.Claim)


@pytest.mark.parametrize("name", sorted(path.stem for path in ANSWERS.glob("*.csv")))
def test_the_answer_is_what_the_interview_says(store: ox.Store, name: str) -> None:
    """No row less, no row more."""
    assert table(store, QUESTIONS[name], LINKS | PROSE) == written(ANSWERS / f"{name}.csv")


def test_every_question_has_an_answer() -> None:
    """In a file, by a second computation, or, for the one record, below."""
    assert {path.stem for path in ANSWERS.glob("*.csv")} | COUNTED | {RECORD} == set(QUESTIONS)
    assert len(QUESTIONS) == 46


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_is_written_as_the_house_writes(question: Question) -> None:
    """The rules are in tests/asking.py."""
    check_house_style(question)


@pytest.mark.parametrize("name", [name for name, question in QUESTIONS.items() if question.form == "SELECT"])
def test_the_order_of_rows_is_that_of_the_query(upside_down: ox.Store, store: ox.Store, name: str) -> None:
    """Not that in which statements came into the store."""
    assert asked(upside_down, QUESTIONS[name]) == asked(store, QUESTIONS[name])


@pytest.mark.parametrize("name", [name for name, question in QUESTIONS.items() if "?claim\n" in question.text])
def test_each_answer_leads_to_its_evidence(store: ox.Store, claims: dict[str, Claim], name: str) -> None:
    """A row that rests on a claim names it; the claim has a holder, a certainty and a passage."""
    for row in asked(store, QUESTIONS[name]):
        claim = row["claim"]
        assert isinstance(claim, ox.NamedNode)
        record = claims[claim.value]
        assert record[PROV.wasAttributedTo]
        assert record[AIGOV.certainty]
        assert record[AIGOV.evidence]


def test_the_status_of_every_edge_counted_again(
    store: ox.Store, quads: list[ox.Quad], claims: dict[str, Claim]
) -> None:
    """Question 32, from the claims alone."""
    counted = Counter(statuses(quads, claims).values())
    assert {row[0]: int(row[1]) for row in table(store, QUESTIONS["32-how-firm-the-graph-is"], LINKS)[1:]} == counted


def test_the_claims_of_every_paragraph_counted_again(
    folder: DataFolder, store: ox.Store, quads: list[ox.Quad], claims: dict[str, Claim]
) -> None:
    """Question 39, from the claims and the passages."""
    locators = {iri: values[AIGOV.locator][0] for iri, values in things(folder.load(), AIGOV.Passage).items()}
    restrictive = qualifiers(quads)
    places = [
        (locator, is_plain(claim, restrictive))
        for claim in claims.values()
        for locator in {locators[passage] for passage in claim[AIGOV.evidence]}
    ]
    counted = {
        (place, str(sum(place == other for other, _ in places)), str(sum(place == o and plain for o, plain in places)))
        for place, _ in places
    }
    assert {row[1:] for row in table(store, QUESTIONS["39-how-many-claims-per-paragraph"], LINKS)[1:]} == counted


def test_the_facts_of_every_actor_counted_again(
    store: ox.Store, quads: list[ox.Quad], claims: dict[str, Claim]
) -> None:
    """Question 40: an edge counts for both its ends, once."""
    counted: Counter[str] = Counter()
    known = actors(quads)
    for (subject, _, value), status in statuses(quads, claims).items():
        if status == "fact":
            counted.update({subject, value})
    rows = asked(store, QUESTIONS["40-who-has-most-facts"])
    assert {row["thing"].value: int(row["facts"].value) for row in rows if row["thing"] and row["facts"]} == {
        iri: count for iri, count in counted.items() if iri in known
    }


def test_the_claims_of_every_holder_counted_again(store: ox.Store, claims: dict[str, Claim]) -> None:
    """Question 45, from the claims alone."""
    held = Counter(claim[PROV.wasAttributedTo][0] for claim in claims.values())
    relayed = Counter(claim[PROV.wasAttributedTo][0] for claim in claims.values() if AIGOV.relayedBy in claim)
    rows = asked(store, QUESTIONS["45-who-is-speaking"])
    assert {tuple(shown(row[column]) for column in ("thing", "claims", "relayed")) for row in rows} == {
        (holder, str(count), str(relayed[holder])) for holder, count in held.items()
    }


def test_the_record_of_a_claim_is_whole(store: ox.Store) -> None:
    """Question 46: all that is written and derived of Apple's refusal, its passage and its edge."""
    result = store.query(QUESTIONS[RECORD].text)
    assert isinstance(result, ox.QueryTriples)
    record: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for triple in result:
        assert isinstance(triple.subject, ox.NamedNode)
        assert isinstance(triple.object, ox.NamedNode | ox.Literal)
        record[triple.subject.value][triple.predicate.value].append(triple.object.value)
    (claim,) = [values for values in record.values() if AIGOV.Claim in values[RDF.type]]
    (passage,) = [values for values in record.values() if AIGOV.Passage in values[RDF.type]]
    (edge,) = [values for values in record.values() if AIGOV.Edge in values[RDF.type]]
    assert len(record) == 3
    for property_, value in {
        RDF.subject: ID.apple,
        RDF.predicate: AIGOV.refusedCooperationWith,
        RDF.object: ID.fbi,
        AIGOV.certainty: CONCEPT.certain,
        AIGOV.mode: CONCEPT.actual,
        AIGOV.negated: "false",
        AIGOV.matter: ID["unlocking-phones"],
        AIGOV.reviewStatus: CONCEPT.accepted,
        AIGOV.modality: CONCEPT["badge-asserted"],
        AIGOV.eligible: "true",
        PROV.wasAttributedTo: ID["jinghan-zeng"],
        PROV.hadPrimarySource: ID["zeng-2021"],
    }.items():
        assert claim[property_] == [value]
    assert set(passage) == {
        RDF.type,
        PREFIXES["oa"] + "hasSource",
        PREFIXES["oa"] + "start",
        PREFIXES["oa"] + "end",
        AIGOV.locator,
        AIGOV.firstWords,
        AIGOV.lastWords,
        AIGOV.textDigest,
        AIGOV.wordsDigest,
    }
    assert passage[AIGOV.locator] == ["question 3, paragraph 2"]
    assert edge[AIGOV.status] == [CONCEPT.fact]
    assert edge[AIGOV.heldBy] == [ID["jinghan-zeng"]]
    assert edge[AIGOV.sourceCount] == ["1"]


def statuses(quads: list[ox.Quad], claims: dict[str, Claim]) -> dict[Row, str]:
    """The status of each edge, as the design defines it for one source without revisions or dated denials."""
    restrictive, symmetric = qualifiers(quads), instances(quads, OWL.SymmetricProperty)
    on_edge: dict[Row, list[Claim]] = defaultdict(list)
    for claim in claims.values():
        ends = claim[RDF.subject] + claim[RDF.object]
        subject, value = sorted(ends) if claim[RDF.predicate][0] in symmetric else ends
        on_edge[subject, claim[RDF.predicate][0], value].append(claim)
    return {edge: status(together, restrictive) for edge, together in on_edge.items()}


def status(together: list[Claim], restrictive: set[str]) -> str:
    """The status of an edge by the claims on it."""
    signs = {claim[AIGOV.negated][0] for claim in together if is_plain(claim, restrictive)}
    if signs:
        return {("false",): "fact", ("true",): "denied", ("false", "true"): "disputed"}[tuple(sorted(signs))]
    return "qualified" if any(is_plain(claim, set()) for claim in together) else "hedged"


def is_plain(claim: Claim, restrictive: set[str]) -> bool:
    """Certain, actual, in the holder's own voice, no opinion, and without a restriction."""
    return (
        claim[AIGOV.certainty] == [CONCEPT.certain]
        and claim[AIGOV.mode] == [CONCEPT.actual]
        and claim[AIGOV.reviewStatus] == [CONCEPT.accepted]
        and AIGOV.relayedBy not in claim
        and AIGOV.stance not in claim
        and not restrictive & set(claim)
    )


def qualifiers(quads: list[ox.Quad]) -> set[str]:
    """The restrictive qualifiers of the ontology."""
    return instances(quads, AIGOV.RestrictiveQualifier)


def actors(quads: list[ox.Quad]) -> set[str]:
    """The things of a class at or below Actor."""
    below: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        if quad.predicate.value == RDFS.subClassOf and isinstance(quad.object, ox.NamedNode):
            below[quad.object.value].add(quad.subject.value)  # type: ignore[union-attr]
    classes, found = {AIGOV.Actor}, set[str]()
    while classes:
        found |= classes
        classes = {lower for upper in classes for lower in below[upper]} - found
    return {iri for kind in found for iri in instances(quads, kind)}
