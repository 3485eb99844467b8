"""No row of a question calls a claim a fact that is none, though a hedged one stands beside every plain one."""

from __future__ import annotations

import re
from typing import Final

import pyoxigraph as ox
import pytest

from aigov_graph.build import assemble
from aigov_graph.dataset import DataFolder, find_data
from aigov_graph.questions import Question, questions
from aigov_graph.vocabulary.namespaces import AIGOV, CLAIM, CONCEPT, ID, PROV, XSD
from tests.asking import asked, backwards
from tests.interview import interview_folder

QUESTIONS: Final = {question.name: question for question in questions(find_data()) if question.form == "SELECT"}
LINKS: Final = {"claim", "other", "about"}
OF_THE_RELATION: Final = {"relationStatus"}
"""Says what the relation is, beside columns that say what the claim is."""
HOLDERS: Final = (ID.mckinsey, ID.alibaba)
FACT: Final = ox.NamedNode(CONCEPT.fact)
REPLACED: Final = {AIGOV.certainty, PROV.wasAttributedTo}


def columns(question: Question) -> set[str]:
    """The names that a question selects."""
    selected = question.text.partition("\nSELECT")[2].partition("\nWHERE")[0]
    return set(re.findall(r"\?(\w+)", selected))


def plant_hedges(folder: DataFolder) -> int:
    """Give every fact a second claim, only possible and held by somebody else; tell how many facts there are."""
    quads = assemble(folder)
    facts = {quad.subject for quad in quads if quad.predicate.value == AIGOV.status and quad.object == FACT}
    deciding = {
        quad.object: quad.subject for quad in quads if quad.predicate.value == AIGOV.decides and quad.object in facts
    }
    said: dict[object, list[ox.Quad]] = {claim: [] for claim in deciding.values()}
    for quad in folder.load().quads("source"):
        if quad.subject in said:
            said[quad.subject].append(quad)
    lines = []
    for number, claim in enumerate(deciding.values()):
        hedge = ox.NamedNode(f"{CLAIM['']}zeng-2021-hedge-{number}")
        (holder,) = {quad.object for quad in said[claim] if quad.predicate.value == PROV.wasAttributedTo}
        other = next(one for one in HOLDERS if ox.NamedNode(one) != holder)
        kept = [f"{quad.predicate} {quad.object}" for quad in said[claim] if quad.predicate.value not in REPLACED]
        kept += [f"<{AIGOV.certainty}> <{CONCEPT.possible}>", f"<{PROV.wasAttributedTo}> <{other}>"]
        lines.append(f"{hedge} {' ; '.join(kept)} .")
    with (folder.graphs / "sources" / "zeng-2021" / "claims.ttl").open("a", encoding="utf-8") as file:
        file.write("\n" + "\n".join(lines) + "\n")
    return len(facts)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ox.Store:
    """The interview with a hedged claim beside every fact."""
    folder = interview_folder(tmp_path_factory.mktemp("hedged"))
    assert plant_hedges(folder) > 100
    return backwards(assemble(folder))


@pytest.mark.parametrize("name", [name for name in QUESTIONS if LINKS & columns(QUESTIONS[name])])
def test_a_row_that_says_fact_names_only_claims_that_may_yield_one(store: ox.Store, name: str) -> None:
    """The status in a row is that which its claim gives."""
    eligible = ox.Literal("true", datatype=ox.NamedNode(XSD.boolean))
    for row in asked(store, QUESTIONS[name]):
        if any(value == ox.Literal("fact", language="en") for key, value in row.items() if key not in OF_THE_RELATION):
            for claim in (row[column] for column in LINKS & set(row)):
                assert isinstance(claim, ox.NamedNode)
                assert list(store.quads_for_pattern(claim, ox.NamedNode(AIGOV.eligible), eligible, ox.DefaultGraph()))


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_status_is_joined_with_the_claims_that_give_it(name: str) -> None:
    """The same where the interview has no row: support alone is no ground; a relation's status has a badge by it."""
    body = QUESTIONS[name].text.partition("\nSELECT")[2]
    if "aigov:status" in body and re.search("aigov:(supportedBy|deniedBy)", body):
        assert "aigov:eligible true" in body or "?relationStatus" in body
    assert not re.search(r"aigov:onEdge/aigov:status\S* \?(?!relationStatus)", body)
    assert "?relationStatus" not in body or "?badge" in body
