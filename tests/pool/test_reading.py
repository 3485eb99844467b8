"""Tokens as the engine reads them, prologues, and FROM clauses."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigov_graph.pool.reading import from_clauses, resolved, tokens

BASE = "http://own.example/sparql"


def iris(text: str) -> list[str]:
    """The IRIs that a text is read to have."""
    return [token.text for token in tokens(text) if token.kind == "iri"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SELECT * {?s<p>?o}", ["<p>"]),
        ("SELECT * {?s <p> (?a <x>) FILTER(?a<?b&&?c>?d)}", ["<p>", "<x>"]),
        ("SELECT * {?s ?p 1FILTER(?a<'x>'&&?b='<y>')}", []),
        ("SELECT * {?s ?p trueFILTER(?a<'x>'&&?b='<y>')}", []),
        ("SELECT (?a<5 AS ?c)(?b>3 AS ?d) FROM <g> {?a (<p>|^<q>)+ ?b}", ["<g>", "<p>", "<q>"]),
        ("SELECT * {FILTER EXISTS{?s<p>?o FILTER(?o<?x||?o>?y)} ?s<q>?o}", ["<p>", "<q>"]),
        ("SELECT * {FILTER(?a<<g>)}", ["<g>"]),
        ("SELECT * {<<?s <p> ?o>> <q> ?r}", ["<p>", "<q>"]),
        ("SELECT * {FILTER(?x IN(<a>,<b>)||<f>(?a)<?b&&<c>=?d)}", ["<a>", "<b>", "<f>", "<c>"]),
        ("SELECT ?x {} GROUP BY(?a<?b AS ?x) HAVING(?a<?b&&?b>1) ORDER BY ?x DESC(?a<?b&&?b>1) <f>(?x)", ["<f>"]),
        ("CONSTRUCT {?s <p> (?a <x>)} FROM <g> WHERE {BIND(1.5e3<?b&&?c>?d AS ?e)}", ["<p>", "<x>", "<g>"]),
        ("SELECT * {?s ?p \"<a>\" , '''<b>''' , <c\\u0041> # <d>\n}", ["<c\\u0041>"]),
        ("SELECT * { } ) ] } >> <a>", ["<a>"]),
    ],
)
def test_iris_are_told_from_comparisons(text: str, found: list[str]) -> None:
    """After a value `<` compares, elsewhere it opens an IRI; strings and comments have none."""
    assert iris(text) == found


@pytest.mark.parametrize("text", ["?a<?b&&?c>?d", "?a<'b>c'", "?a<#x>\n'c'", "?a<<http://x.example/>", "?a<-1||?a>5"])
def test_the_engine_reads_it_so_too(text: str) -> None:
    """What looks like an IRI after a value is a comparison to the engine: it takes these expressions."""
    assert list(ox.Store().query(f"SELECT (({text}) AS ?x) {{}}"))  # type: ignore[arg-type]


@given(st.text(alphabet="<>?a\"'#\\ \n(){}:.5&|e@", max_size=60))
def test_no_character_is_lost(text: str) -> None:
    """The tokens of any text are its pieces in order, and nothing but space lies between them."""
    at = 0
    for token in tokens(text):
        assert text[at : token.start].strip() == ""
        assert text[token.start : token.end] == token.text
        at = token.end
    assert text[at:].strip() == ""


@pytest.mark.parametrize(
    ("reference", "iri"),
    [
        ("", "http://own.example/sparql"),
        ("graph/x", "http://own.example/graph/x"),
        ("./graph/../id/x", "http://own.example/id/x"),
        ("/id/x", "http://own.example/id/x"),
        ("//other.example/x", "http://other.example/x"),
        ("?a", "http://own.example/sparql?a"),
        ("#a", "http://own.example/sparql#a"),
        ("id/\\u0041", "http://own.example/id/A"),
        ("urn:x", "urn:x"),
        ("x> <y> <z> . <w", None),
        (":s:p", None),
    ],
)
def test_references_are_resolved(reference: str, iri: str | None) -> None:
    """RFC 3986, 5.2; what cannot be an IRI is none."""
    assert resolved(reference, BASE) == iri


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("SELECT * { ?s ?p ?o }", ([], [])),
        ("SELECT * FROM <urn:a> FROM NAMED <urn:b> FROM <urn:c> {}", (["urn:a", "urn:c"], ["urn:b"])),
        ("PREFIX g: <urn:g:> SELECT * from g:a FROM named g:b {}", (["urn:g:a"], ["urn:g:b"])),
        (
            "PREFIX g: <graph/> SELECT * FROM g:a FROM g:b\\/c {}",
            ([f"{BASE[:-6]}graph/a", f"{BASE[:-6]}graph/b/c"], []),
        ),
        ("SELECT * FROM <a> {}", (["http://own.example/a"], [])),
        ("BASE <http://x.example/y/> BASE <z/> SELECT * FROM <a> {}", (["http://x.example/y/z/a"], [])),
        ("SELECT (?a<'x>y' AS ?z) FROM <urn:a> FROM <urn:b> {}", (["urn:a", "urn:b"], [])),
        ("SELECT * FROM unknown:a {}", None),
        ("SELECT * FROM", None),
        ("SELECT * { ?s ?p 'FROM <urn:a>' } # FROM <urn:b>", ([], [])),
        ("SELECT * FROM # FROM <urn:b>\n<urn:a> {}", (["urn:a"], [])),
    ],
)
def test_from_clauses(text: str, clauses: tuple[list[str], list[str]] | None) -> None:
    """FROM names graphs by full IRIs, by relative ones under the query's base or the request's, and by prefixes."""
    assert from_clauses(text, BASE) == clauses
