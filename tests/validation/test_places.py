"""Where a problem is to be mended."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from aigov_graph.dataset import Dataset
from aigov_graph.validation import validate
from aigov_graph.vocabulary.namespaces import ID, SHAPE
from tests.validation.support import C1, HARBOUR, changed, written

CLAIMS = "graphs/sources/port-council-2024/claims.ttl"
ENTITIES = "graphs/entities/harbour.ttl"


def line_of(name: str, block: str) -> int:
    """The line of a block in a file of the harbour."""
    return (HARBOUR / name).read_text().splitlines().index(block) + 1


def places(dataset: Dataset, check: str) -> set[tuple[str | None, int | None]]:
    """File and line of each problem that a check found."""
    return {(p.file, p.line) for p in validate(dataset).problems if p.check == SHAPE[check]}


def test_a_problem_is_placed_at_the_block_of_its_subject() -> None:
    """File and the line at which the block starts, counted from 1."""
    found = places(changed(f"{C1} change:without aigov:mode ."), "Claim-mode")
    assert found == {(CLAIMS, line_of(CLAIMS, C1))}


def test_a_thing_described_nowhere_is_placed_where_it_is_named_first() -> None:
    """A misspelt name is mended at the claim that misspells it."""
    dataset = changed(f"{C1} rdf:object id:permit-portel .")
    assert places(dataset, "Described-type") == {(CLAIMS, line_of(CLAIMS, C1))}


def test_a_class_that_does_not_exist_is_placed_at_the_thing_typed_so() -> None:
    """The misspelt type has no block of its own."""
    dataset = changed("id:port-council a aigov:Agancy .")
    assert places(dataset, "Class-known") == {(ENTITIES, line_of(ENTITIES, "id:port-council"))}


def test_of_several_blocks_the_one_that_says_what_is_wrong_is_named(tmp_path: Path) -> None:
    """A place of entities/ gets its codes from reference/: a wrong code is mended there, a missing label here."""
    codes = written(tmp_path, "reference", 'id:north-coast aigov:isoAlpha2 "qn" .')
    found = places(Dataset((codes, *changed("").files)), "isoAlpha2")
    assert found == {("graphs/reference/more.ttl", codes.lines[ID["north-coast"]])}
    found = places(Dataset((codes, *changed("id:north-coast change:without rdfs:label .").files)), "label-english")
    assert found == {(ENTITIES, line_of(ENTITIES, "id:north-coast"))}


def test_what_no_file_names_has_no_place() -> None:
    """A problem keeps its words where there is no line to point to."""
    files = tuple(replace(loaded, lines={}) for loaded in changed('id:quay rdfs:label "quay"@en .').files)
    assert places(Dataset(files), "kind") == {(None, None)}
