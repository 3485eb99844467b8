"""What a query names under the service's own address is asked by the name that the data has."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigov_graph.pool.aliases import ROOMS, first_name, with_first_names
from aigov_graph.vocabulary.namespaces import AIGOV, BASE, GRAPH, ID

OWN = "http://own.example:8000/"
SPARQL = f"{OWN}sparql"


def renamed(text: str) -> str:
    """A query with first names, ours shortened to `~`."""
    return with_first_names(text, OWN, SPARQL).replace(BASE, "~")


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_has_a_first_name(room: str) -> None:
    """Whatever stands under the service's address in one of our rooms has its first name under the project's."""
    assert first_name(f"{OWN}{room}x/y", OWN) == f"{ROOMS[room]}x/y"
    assert renamed(f"ASK {{ <{OWN}{room}x> ?p ?o }}") == f"ASK {{ <{ROOMS[room]}x> ?p ?o }}".replace(BASE, "~")


@pytest.mark.parametrize("iri", [f"{OWN}sparql", f"{OWN}thing", OWN, "http://other.example/id/x", f"{ID}x", "id/x"])
def test_nothing_else_has(iri: str) -> None:
    """What is not ours, or has its first name already, keeps its name."""
    assert first_name(iri, OWN) == iri


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ASK { <id/x> <ontology#p> <thing> }", "ASK { <~id/x> <~ontology#p> <thing> }"),
        ("ASK FROM <graph/a> FROM NAMED <graphs/b> {}", "ASK FROM <~graph/a> FROM NAMED <~graph/b> {}"),
        ("ASK { </id/x> <./../claim/c> <//own.example:8000/edge/e> }", "ASK { <~id/x> <~claim/c> <~edge/e> }"),
        (
            "BASE <graph/> ASK FROM <a> { <../id/x> ?p </thing> }",
            "BASE <graph/> ASK FROM <~graph/a> { <~id/x> ?p </thing> }",
        ),
        ("BASE <http://x.example/> ASK { <id/x> ?p ?o }", "BASE <http://x.example/> ASK { <id/x> ?p ?o }"),
        ("BASE <ontology> ASK { ?s a <#Claim> }", "BASE <ontology> ASK { ?s a <~ontology#Claim> }"),
        ("PREFIX i: <id/> ASK { ?s ?p i:x. }", "PREFIX i: <~id/> ASK { ?s ?p  <~id/x>. }"),
        ("PREFIX o: <> ASK { ?s o:x o:id\\/x }", "PREFIX o: <> ASK { ?s o:x o:id\\/x }"),
        (f"PREFIX o: <{OWN}> ASK {{ ?s o:x o:id\\/x }}", f"PREFIX o: <{OWN}> ASK {{ ?s o:x  <~id/x> }}"),
        (f"PREFIX o: <{OWN}ontology> ASK {{ o: a o:x }}", f"PREFIX o: <{OWN}ontology> ASK {{  <~ontology> a o:x }}"),
        ("SELECT (IRI('id/x') AS ?i) {}", "SELECT (IRI('~id/x') AS ?i) {}"),
        (f'SELECT (uri( """{OWN}id/x""" ) AS ?i) {{}}', 'SELECT (uri( """~id/x""" ) AS ?i) {}'),
        ("SELECT (IRI(CONCAT('id/','x')) AS ?i) {}", "SELECT (IRI(CONCAT('id/','x')) AS ?i) {}"),
        (
            "SELECT (IRI('id/x'@en) AS ?i) (STR('id/x') AS ?s) {}",
            "SELECT (IRI('id/x'@en) AS ?i) (STR('id/x') AS ?s) {}",
        ),
        ("SELECT (IRI('id/x> ?p <y') AS ?i) {}", "SELECT (IRI('id/x> ?p <y') AS ?i) {}"),
        ("BASE <id/> ASK { FILTER(?a<?b&&?c>?d) }", "BASE <id/> ASK { FILTER(?a<?b&&?c>?d) }"),
        ("BASE <id/> ASK { FILTER(?a<5&&?b>3) ?a<5>?b }", "BASE <id/> ASK { FILTER(?a<5&&?b>3) ?a<~id/5>?b }"),
        (
            "PREFIX o: <> PREFIX o: <id/> ASK { FILTER(?a<o:x) }",
            "PREFIX o: <> PREFIX o: <~id/> ASK { FILTER(?a< <~id/x>) }",
        ),
        ("ASK { <id/\\u0041> ?p ?o }", "ASK { <~id/A> ?p ?o }"),
    ],
)
def test_names_are_put_in_place(text: str, found: str) -> None:
    """Every way to name something of ours, and what is none; the engine takes the query before and after."""
    assert renamed(text) == found
    for query in (text, with_first_names(text, OWN, SPARQL)):
        ox.Store().query(query, base_iri=SPARQL)


def test_without_an_address_nothing_is_renamed() -> None:
    """The service's own queries come without one."""
    assert with_first_names("ASK { <id/x> ?p ?o }", "", "") == "ASK { <id/x> ?p ?o }"


NAMES = [f"{OWN}id/x", "id/x", "/graph/y", f"{OWN}ontology#z"]
FIRST = {f"{OWN}id/x": f"{ID}x", "id/x": f"{ID}x", "/graph/y": f"{GRAPH}y", f"{OWN}ontology#z": f"{AIGOV}z"}
QUOTES = st.sampled_from(['"', "'", '"""', "'''"])
WITHIN = st.lists(st.sampled_from([f"<{name}>" for name in NAMES] + ["#", "a", ">", " ", "own:id", "\\t", "{", ")"]))
STRINGS = st.builds(lambda quote, parts: f"{quote}{''.join(parts)}{quote}", QUOTES, WITHIN)
VALUES = st.one_of(STRINGS, st.sampled_from(["?a", "5", "1.5e3", "true", "own:x", f"<{OWN}thing>", "<thing>"]))
OPERATORS = st.sampled_from(["<", ">", "<=", ">=", "=", "+", "&&", "||"])
COMPARED = st.builds(
    lambda parts: "".join(v + o for v, o in parts) + "7", st.lists(st.tuples(VALUES, OPERATORS), max_size=3)
)
COMMENTS = st.builds(lambda parts: f"#{''.join(parts)}\n", WITHIN)
KEPT = st.one_of(
    st.builds("FILTER(({}))".format, COMPARED),
    st.builds("BIND(({}) AS ?v{{}})".format, COMPARED),
    st.builds("?s ?p {}.".format, STRINGS),
    COMMENTS,
)
PIECES = st.one_of(
    KEPT.map(lambda piece: (piece, piece)),
    st.sampled_from(NAMES).map(lambda name: (f"?s<{name}>?o.", f"?s<{FIRST[name]}>?o.")),
    st.sampled_from(NAMES).map(lambda name: (f"FILTER(?a<<{name}>)", f"FILTER(?a<<{FIRST[name]}>)")),
    st.sampled_from(NAMES).map(lambda name: (f"?s(<{name}>|!<{name}>)?o.", f"?s(<{FIRST[name]}>|!<{FIRST[name]}>)?o.")),
)


@given(st.lists(PIECES, max_size=8))
def test_strings_and_comments_are_never_touched(pieces: list[tuple[str, str]]) -> None:
    """Names are renamed where they are IRIs, whatever strings, comments and comparisons stand beside them."""
    text, found = ("".join(piece[which].replace("{}", str(n)) for n, piece in enumerate(pieces)) for which in (0, 1))
    head = f"PREFIX own: <{OWN}> SELECT * {{"
    assert with_first_names(f"{head}{text}}}", OWN, SPARQL) == f"{head}{found}}}"
