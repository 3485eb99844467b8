"""The rules as files, and how they are run."""

from __future__ import annotations

from pathlib import Path

import pytest

from aigov_graph.dataset import find_data
from aigov_graph.derivation import Rule, derive, read_rules
from aigov_graph.errors import DataSyntaxError, FolderUnreadable
from aigov_graph.vocabulary.namespaces import AIGOV, GRAPH, ID
from tests.harbour import Derived, Said, dataset

HEADER = "# title: Who is interested\n# into: graph:facts\n#\n# To show how a rule is read.\n\n"
SHIPPED = read_rules(find_data().query_files("rules"))


@pytest.mark.parametrize("rule", SHIPPED, ids=lambda rule: rule.name)
def test_each_shipped_rule_says_what_it_makes_and_why(rule: Rule) -> None:
    """A title, the graph it fills and a reason stand above the query."""
    assert rule.title
    assert rule.graph in {GRAPH.facts, GRAPH.inferred, GRAPH.disputed, GRAPH.edges}
    header = rule.query.partition("\n\n")[0].splitlines()
    assert all(line.startswith("#") for line in header)
    assert len([line for line in header if len(line) > 1]) > 2


def test_rules_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    """Whatever order the folder gives them in."""
    for name in ("20-b.rq", "10-c.rq", "30-a.rq"):
        (tmp_path / name).write_text(HEADER)
    rules = read_rules([tmp_path / name for name in ("30-a.rq", "20-b.rq", "10-c.rq")])
    assert [rule.name for rule in rules] == ["10-c.rq", "20-b.rq", "30-a.rq"]
    assert rules[0] == Rule("10-c.rq", "Who is interested", GRAPH.facts, HEADER)


def test_later_rules_read_what_earlier_ones_made() -> None:
    """And each result lies in the graph its rule names."""
    first = Rule("1.rq", "one", GRAPH.facts, f"CONSTRUCT {{ ?s <{AIGOV.a}> ?s }} WHERE {{ ?s a <{AIGOV.Policy}> }}")
    second = Rule("2.rq", "two", GRAPH.inferred, f"CONSTRUCT {{ ?s <{AIGOV.b}> ?s }} WHERE {{ ?s <{AIGOV.a}> ?s }}")
    rule = f"<{ID['berth-rule']}>"
    assert [str(quad) for quad in derive(dataset(), [first, second])] == [
        f"{rule} <{AIGOV.a}> {rule} <{GRAPH.facts}>",
        f"{rule} <{AIGOV.b}> {rule} <{GRAPH.inferred}>",
    ]
    assert [quad.predicate.value for quad in derive(dataset(), [second, first])] == [AIGOV.a]


def test_progress_is_told_rule_by_rule() -> None:
    """From none to all."""
    told: list[tuple[str, int, int]] = []
    derive(dataset(Said()), SHIPPED[:2], lambda step, done, total: told.append((step, done, total)))
    assert told == [("derive", 0, 2), ("derive", 1, 2), ("derive", 2, 2)]


@pytest.mark.parametrize("missing", ["# title: Who is interested\n", "# into: graph:facts\n"])
def test_a_rule_without_its_header_is_refused(tmp_path: Path, missing: str) -> None:
    """The error names the file and what to write."""
    file = tmp_path / "10-rule.rq"
    file.write_text(HEADER.replace(missing, ""))
    with pytest.raises(DataSyntaxError) as caught:
        read_rules([file])
    assert caught.value.where == "graphs/rules/10-rule.rq"


@pytest.mark.parametrize(
    ("query", "what"),
    [("CONSTRUCT { ?s ?p", "the rule is no SPARQL"), ("ASK {}", "the rule makes no statements")],
)
def test_a_rule_that_makes_no_statements_is_refused(query: str, what: str) -> None:
    """Whether it is no SPARQL or another kind of query."""
    with pytest.raises(DataSyntaxError) as caught:
        derive(dataset(), [Rule("10-rule.rq", "one", GRAPH.facts, query)])
    assert caught.value.what.startswith(what)
    assert caught.value.where == "graphs/rules/10-rule.rq"


def test_a_folder_without_rules_is_an_error() -> None:
    """Else a graph without facts would pass for one in which nothing is plainly stated."""
    with pytest.raises(FolderUnreadable):
        read_rules([])


def test_a_rule_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    """It is not passed over."""
    with pytest.raises(FolderUnreadable):
        read_rules([tmp_path / "absent.rq"])


def test_a_dataset_without_claims_yields_types_alone() -> None:
    """Nothing is stated, so nothing follows but wider classes."""
    result = Derived(derive(dataset()))
    assert (result.facts, result.disputed, result.inferred, result.edges()) == (set(), set(), set(), set())
    assert ("berth-rule", "Entity") in result.types()
