"""The README: its commands exist, its links lead somewhere, and its answers are what the graph answers."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from aigov_graph.build import assemble
from aigov_graph.dataset import find_data
from aigov_graph.vocabulary.namespaces import GRAPH

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.splitlines()]


@cache
def graph() -> ox.Store:
    """The project's own graph, its default graph the union of all but the shapes."""
    store = ox.Store()
    for quad in assemble(find_data()):
        if quad.graph_name != ox.NamedNode(GRAPH.shapes):
            store.add(ox.Quad(quad.subject, quad.predicate, quad.object))
        store.add(quad)
    return store


def answer(name: str) -> list[list[str]]:
    """The rows of an example question, as text."""
    solutions = graph().query((ROOT / "graphs" / "queries" / name).read_text("utf-8"))
    assert isinstance(solutions, ox.QuerySolutions)
    return [[getattr(term, "value", "") for term in solution] for solution in solutions]


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\bmake ([a-z]+)", README))))
def test_each_make_target_named_exists(target: str) -> None:
    """A target that the README names is one that `make` lists."""
    assert re.search(rf"^{target}:.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\((?!https?:)([^)#]+)\)", README))))
def test_each_link_leads_to_a_file(link: str) -> None:
    """What the README links to in the repository is there."""
    assert (ROOT / link).exists()


@pytest.mark.parametrize("path", sorted({p for line in COMMANDS for p in re.findall(r"graphs/\S+\.rq", line)}))
def test_each_query_named_exists(path: str) -> None:
    """A query file that a command names is there."""
    assert (ROOT / path).is_file()


@pytest.mark.parametrize(
    "command", sorted({w for line in COMMANDS for w in re.findall(r"aigov-graph ([a-z-]+)", line)})
)
def test_each_subcommand_named_exists(command: str) -> None:
    """A subcommand that the README names is one of the command line's."""
    from aigov_graph.cli import main

    assert command in main.commands


def test_the_first_answer_is_the_graphs() -> None:
    """The hedged example: one claim, possible, by Zeng, at the passage the README names, and no fact."""
    rows = answer("06-does-competition-drive-chinas-approach.rq")
    assert len(rows) == 1
    for word in ("possible", "hedged", "Jinghan Zeng", "question 1, paragraph 3"):
        assert word in rows[0]


def test_the_second_answer_is_the_graphs() -> None:
    """Alibaba and Baidu cooperate with the Chinese government, at the passage the README names."""
    rows = answer("01-who-cooperates-with-the-chinese-government.rq")
    for firm in ("Alibaba", "Baidu"):
        assert any({firm, "fact", "Jinghan Zeng", "question 3, paragraph 2"} <= set(row) for row in rows)


def test_the_third_answer_depends_on_who_is_asked() -> None:
    """The interview speaks of no export to Russia; the index of 2019 does, and its maker is the holder."""
    assert answer("02-what-was-exported-to-russia.rq") == []
    rows = answer("47-who-exported-what-to-russia.rq")
    assert rows
    assert all("Steven Feldstein" in row for row in rows)
