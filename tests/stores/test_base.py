"""The order and the digest of statements: the same in, the same out."""

from __future__ import annotations

import hashlib
from random import Random
from typing import Any

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from aigov_graph.stores.base import canonical_quads, digest_of, named_quads, nquads

GRAPHS = [ox.NamedNode(f"http://example.org/graph/{name}") for name in "ab"]
THINGS = [ox.NamedNode(f"http://example.org/{name}") for name in ("a", "é", "a/b")]
BLANKS = [ox.BlankNode("x"), ox.BlankNode("y")]
VALUES = [ox.Literal("a\nb"), ox.Literal("03", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer"))]
QUADS = st.builds(
    ox.Quad,
    st.sampled_from([*THINGS, *BLANKS]),
    st.sampled_from(THINGS),
    st.sampled_from([*THINGS, *BLANKS, *VALUES]),
    st.sampled_from(GRAPHS),
)


def test_statements_are_sorted_lines_and_their_digest_is_that_of_the_lines() -> None:
    """A statement told twice counts once; a line break in a value stays on its line."""
    quads = [ox.Quad(THINGS[0], THINGS[1], value, graph) for value in VALUES for graph in GRAPHS]
    lines = list(nquads(canonical_quads([*quads, *reversed(quads)])))
    start = b"<http://example.org/a> <http://example.org/\xc3\xa9> "
    assert lines == [
        start + b'"03"^^<http://www.w3.org/2001/XMLSchema#integer> <http://example.org/graph/a> .\n',
        start + b'"03"^^<http://www.w3.org/2001/XMLSchema#integer> <http://example.org/graph/b> .\n',
        start + b'"a\\nb" <http://example.org/graph/a> .\n',
        start + b'"a\\nb" <http://example.org/graph/b> .\n',
    ]
    assert digest_of(canonical_quads(quads)) == f"sha256:{hashlib.sha256(b''.join(lines)).hexdigest()}"
    assert lines == sorted(lines)


@given(st.lists(QUADS, max_size=10), st.randoms(use_true_random=False))
def test_neither_order_nor_labels_of_blank_nodes_change_the_digest(quads: list[ox.Quad], random: Random) -> None:
    """Blank nodes are told apart by what is said of them."""
    others = {"x": ox.BlankNode("z9"), "y": ox.BlankNode("a1")}

    def other(term: Any) -> Any:
        return others[term.value] if isinstance(term, ox.BlankNode) else term

    relabelled = [ox.Quad(other(q.subject), q.predicate, other(q.object), q.graph_name) for q in quads]
    random.shuffle(relabelled)
    assert canonical_quads(relabelled) == canonical_quads(quads)


@given(st.lists(QUADS, max_size=12))
def test_blank_nodes_are_labelled_as_in_the_whole(quads: list[ox.Quad]) -> None:
    """The statements without blank nodes have no part in the labels of RDFC-1.0."""
    whole = ox.Dataset(quads)
    whole.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert canonical_quads(quads) == sorted(whole, key=str)


def test_a_dump_leaves_the_default_graph_out() -> None:
    """It repeats what the named graphs say."""
    store = ox.Store()
    named = ox.Quad(THINGS[0], THINGS[1], THINGS[2], GRAPHS[0])
    store.extend([named, ox.Quad(THINGS[0], THINGS[1], THINGS[2])])
    assert list(named_quads(store)) == [named]
