"""What the words of a query betray, however they are written."""

from __future__ import annotations

import pytest

from aigov_graph.pool.lexing import asks_elsewhere, is_volatile, unescape


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
        "select * { service silent ?where { ?s ?p ?o } }",
        "SELECT * {?s ?p ?o}SERVICE<http://x/>{}",
        "SELECT * { ?s ?p 1SERVICE<http://x/>{} }",
        "SELECT * { ?s ?p trueSERVICE<http://x/>{} }",
        "SELECT * { SERVICE:x{} }",
        "PREFIX : <http://x/> PREFIX service: <http://y/> SELECT * { SERVICE:x{} }",
        "SELECT * { ?s ?p ex:.SERVICE <http://x/> {} }",
        "SELECT * { ?s ?p 'it''s' SERVICE <http://x/> {} }",
        "SELECT * { FILTER(?a<?b)#>\nSERVICE <http://x/> {} }",
        'SELECT * { FILTER(?a<a:b#>"""\n)SERVICE <http://x/> {} #""" }',
        'SELECT * { <<?s ?p ?o#>"""\n>> ?q ?r SERVICE <http://x/> {} #""" }',
        "# a comment \r SELECT * { SERVICE <http://x/> {} }",
        "SELECT * { \\u0053ERVICE <http://x/> {} }",
        "SELECT * { 'never closed SERVICE <http://x/> {} }",
        "LOAD <http://x/>",
    ],
)
def test_asks_elsewhere(text: str) -> None:
    """Every way to write SERVICE or LOAD that the engine's grammar might read as such."""
    assert asks_elsewhere(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?o } # SERVICE <http://x/> {}",
        "SELECT ?service { ?service ?p $load }",
        'SELECT * { ?s ?p "SERVICE", \'load\', """a " SERVICE""" }',
        "SELECT * { <http://example.org/service> ?p <http://example.org/load#service> }",
        "PREFIX service: <http://example.org/> SELECT * { ?s service:load ex:service }",
        "SELECT * { ?s ?p _:service }",
        'SELECT * { ?s ?p "x"@service }',
        "SELECT * { FILTER(?a < ?b && ?c > 1) }",
        "SELECT * { <urn:x#y> ?p ?o }",
    ],
)
def test_asks_nobody_else(text: str) -> None:
    """The word in a string, a comment, an IRI, a variable, a name or a language tag is no clause."""
    assert not asks_elsewhere(text)


@pytest.mark.parametrize(
    ("text", "volatile"),
    [
        ("SELECT (NOW() AS ?x) {}", True),
        ("SELECT (rand() AS ?x) {}", True),
        ("SELECT (StrUUID() AS ?x) {}", True),
        ("SELECT ?now { ?now ex:rand 'UUID()' }", False),
        ("SELECT * { ?s ?p ?o } # NOW()", False),
    ],
)
def test_volatile(text: str, volatile: bool) -> None:
    """Functions that answer differently each time are seen in any case, names and strings are not taken for them."""
    assert is_volatile(text) is volatile


def test_unescape_leaves_what_is_no_character() -> None:
    """Escapes become characters; surrogates and numbers beyond Unicode stay as they stand."""
    assert unescape("\\u0041 \\U0001F600 \\uD800 \\UFFFFFFFF") == "A 😀 \\uD800 \\UFFFFFFFF"
