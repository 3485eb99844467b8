"""Datasets of requests: the default graph is a merge, whatever way leads to it."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigov_graph.errors import QueryOutOfMemory
from aigov_graph.pool.merging import BYTES_A_STATEMENT, Datasets
from aigov_graph.vocabulary.namespaces import GRAPH

NAMES = ("entities", "facts", "inferred", "shapes")
ALL = "SELECT ?s WHERE { ?s ?p ?o }"
INSIDE = "SELECT ?s ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
Content = dict[str, set[int]]


def version(content: Content) -> ox.Store:
    """A store of numbered statements in graphs, its default graph the union of all but the shapes."""
    store = ox.Store()
    for name, numbers in content.items():
        graph = ox.NamedNode(GRAPH[name])
        store.add_graph(graph)
        for number in numbers:
            triple = ox.NamedNode(f"urn:{number}"), ox.NamedNode("urn:p"), ox.Literal(str(number))
            store.add(ox.Quad(*triple, graph))
            if name != "shapes":
                store.add(ox.Quad(*triple))
    return store


def found(datasets: Datasets, default: list[str], named: list[str], text: str = ALL) -> Counter[str]:
    """How often each subject is found."""
    store, options = datasets.of([GRAPH[name] for name in default], [GRAPH[name] for name in named])
    solutions = store.query(text, **options)
    assert isinstance(solutions, ox.QuerySolutions)
    return Counter(" ".join(getattr(term, "value", "") for term in row).replace(GRAPH, "") for row in solutions)


CONTENTS = st.fixed_dictionaries({name: st.sets(st.integers(0, 9), max_size=6) for name in NAMES})
GRAPHS = st.lists(st.sampled_from([*NAMES, "absent"]), max_size=6)


@given(CONTENTS, GRAPHS, GRAPHS)
def test_the_default_graph_is_a_set(content: Content, default: list[str], named: list[str]) -> None:
    """Each statement of the graphs is found once, however the graphs overlap and however often one is named."""
    datasets = Datasets(version(content))
    numbers = set().union(*(content.get(name, set()) for name in default))
    assert found(datasets, default, named) == Counter(f"urn:{number}" for number in numbers)
    inside = {(number, name) for name in named for number in content.get(name, set())}
    assert found(datasets, default, named, INSIDE) == Counter(f"urn:{number} {name}" for number, name in inside)


def test_what_needs_no_merge_is_answered_at_any_size() -> None:
    """One graph, graphs without a common statement, and all graphs together are asked where they are."""
    small = Datasets(version({"entities": {1, 2}, "facts": {3}, "inferred": {3}, "shapes": {9}}), BYTES_A_STATEMENT)
    assert small.largest == 1
    assert sum(found(small, ["entities", "entities"], []).values()) == 2
    assert sum(found(small, ["entities", "facts"], []).values()) == 3
    assert sum(found(small, ["entities", "facts", "inferred"], []).values()) == 3
    assert sum(found(small, [*NAMES, "absent"], []).values()) == 4


def test_what_is_too_large_to_merge_is_refused() -> None:
    """Never a wrong count: the error names both sizes and says what else to ask."""
    datasets = Datasets(version({"entities": {1}, "facts": {1, 2, 3}, "inferred": {7}}), 3 * BYTES_A_STATEMENT)
    with pytest.raises(QueryOutOfMemory, match="4 statements, 3 is the most") as raised:
        datasets.of([GRAPH.entities, GRAPH.facts], [])
    assert "GRAPH" in raised.value.remedy


def test_blank_nodes_stay_what_they_are() -> None:
    """A blank node in two graphs is one in their merge and in the named graphs."""
    store = ox.Store()
    node, knows = ox.BlankNode("n"), ox.NamedNode("urn:knows")
    for graph, value in (("entities", "1"), ("facts", "1"), ("facts", "2"), ("inferred", "3")):
        store.add(ox.Quad(node, knows, ox.Literal(value), ox.NamedNode(GRAPH[graph])))
    datasets = Datasets(store)
    assert sum(found(datasets, ["entities", "facts"], ["inferred"]).values()) == 2
    both = "SELECT ?s WHERE { ?s ?p '1' , '2' . GRAPH ?g { ?s ?p '3' } }"
    assert sum(found(datasets, ["entities", "facts"], ["inferred"], both).values()) == 1
