"""The SPARQL 1.1 Protocol's query operation, rule by rule."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from aigov_graph.vocabulary.namespaces import GRAPH, ID
from tests.live import PORTS, Service, publish, query_path, small_dataset

ALL = "SELECT ?o WHERE { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o } ORDER BY ?o"
DIRECT = {"Content-Type": "application/sparql-query"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
LABELS = ["Harbour Ministry", "permit portal", 'says "maybe", ü 港']


def labels(rows: list[dict[str, str]]) -> list[str]:
    return [row["o"] for row in rows]


def test_query_by_get(service: Service) -> None:
    """A query in the query string is answered, in JSON if nothing else is asked for."""
    reply = service.query(ALL)
    assert (reply.status, reply.headers["content-type"]) == (200, "application/sparql-results+json")
    assert labels(reply.rows) == LABELS


def test_query_by_form(service: Service) -> None:
    """A query in a form is answered, whatever charset parameter says UTF-8."""
    reply = service.ask(
        "POST",
        "/sparql",
        urlencode({"query": ALL}).encode(),
        {"Content-Type": f"{FORM['Content-Type']}; charset=UTF-8"},
    )
    assert labels(reply.rows) == LABELS


def test_query_by_direct_post(service: Service) -> None:
    """A query as the body is answered; dataset parameters stand in the address."""
    path = f"/sparql?{urlencode({'default-graph-uri': PORTS})}"
    assert labels(service.ask("POST", path, ALL.encode(), DIRECT).rows) == LABELS[2:]


def test_head_has_the_headers_of_get(service: Service) -> None:
    """HEAD answers like GET, without the body."""
    got, head = service.query(ALL), service.ask("HEAD", query_path(ALL))
    assert (head.status, head.body) == (200, b"")
    for name in ("content-type", "content-length", "etag", "vary", "cache-control"):
        assert head.headers[name] == got.headers[name]


def test_options_tells_the_methods(service: Service) -> None:
    """OPTIONS names the methods and lets any page ask."""
    reply = service.ask("OPTIONS", "/sparql")
    assert (reply.status, reply.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")
    assert reply.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "BREW"])
def test_other_methods_are_refused(service: Service, method: str) -> None:
    """405 with the methods there are, also for a method nobody knows."""
    reply = service.ask(method, "/sparql", b"x")
    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD, POST, OPTIONS")


@pytest.mark.parametrize(
    ("path", "body", "headers", "status"),
    [
        (f"{query_path(ALL)}&{urlencode({'query': ALL})}", None, {}, 400),
        ("/sparql", b"", FORM, 400),
        ("/sparql", urlencode([("query", ALL), ("query", ALL)]).encode(), FORM, 400),
        (query_path(ALL), ALL.encode(), DIRECT, 400),
        ("/sparql", b"update=" + quote("CLEAR ALL").encode(), FORM, 400),
        ("/sparql?update=CLEAR%20ALL", None, {}, 400),
        ("/sparql", ALL.encode(), {"Content-Type": "text/plain"}, 415),
        ("/sparql", ALL.encode(), {}, 415),
        ("/sparql", b"CLEAR ALL", {"Content-Type": "application/sparql-update"}, 415),
        ("/sparql", ALL.encode("utf-16"), {"Content-Type": "application/sparql-query; charset=UTF-16"}, 415),
        ("/sparql", b"\x1f\x8b", {**DIRECT, "Content-Encoding": "gzip"}, 415),
        ("/sparql", b"ASK { ?s ?p '\xff' }", DIRECT, 400),
        ("/sparql?query=ASK%20%7B%7D%20%23%ff", None, {}, 400),
        ("/sparql", b"query=%ff", FORM, 400),
        ("/sparql?query=", None, {}, 400),
        (query_path("SELECT * WHERE {"), None, {}, 400),
        (query_path("DELETE WHERE { ?s ?p ?o }"), None, {}, 400),
        (query_path(ALL, ("default-graph-uri", "no iri")), None, {}, 400),
        (query_path(ALL, ("timeout", "soon")), None, {}, 400),
        (query_path(ALL, ("timeout", "0")), None, {}, 400),
        (query_path(ALL, ("format", "papyrus")), None, {}, 400),
        (query_path(ALL, ("format", "turtle")), None, {}, 406),
        (query_path(ALL), None, {"Accept": "image/png"}, 406),
        (query_path(ALL), None, {"Accept": "text/turtle"}, 406),
        (query_path("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"), None, {}, 403),
        ("/sparql", b"ASK {} #" + b"x" * 65536, DIRECT, 413),
        ("/sparql", b"query=" + b"x" * 300_000, FORM, 413),
    ],
)
def test_bad_requests(service: Service, path: str, body: bytes | None, headers: dict[str, str], status: int) -> None:
    """What is wrong with a request has its status, and a problem that says what to do."""
    reply = service.ask("GET" if body is None else "POST", path, body, headers)
    assert (reply.status, reply.headers["content-type"]) == (status, "application/problem+json")
    assert reply.json["status"] == status
    assert reply.json["remedy"]
    assert reply.json["request"] == reply.headers["x-request-id"]


def test_a_syntax_error_has_line_and_column(service: Service) -> None:
    """The engine's message, and where in the query it stumbled."""
    found = service.query("SELECT *\nWHERE { ?s ?p }").json
    assert (found["line"], found["column"]) == (2, 16)
    assert str(found["detail"]).startswith("error at 2:16: expected")


@pytest.mark.parametrize(
    ("more", "count"),
    [
        ([], 4),
        ([("default-graph-uri", PORTS)], 1),
        ([("default-graph-uri", PORTS), ("default-graph-uri", GRAPH["facts"])], 2),
        ([("named-graph-uri", PORTS)], 0),
        ([("default-graph-uri", GRAPH["shapes"])], 1),
    ],
)
def test_the_default_graph_is_what_the_request_says(service: Service, more: list[tuple[str, str]], count: int) -> None:
    """The union of all graphs but shapes; else the named ones merged, or nothing if only named graphs are given."""
    reply = service.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", *more)
    assert reply.rows == [{"n": str(count)}]


@pytest.mark.parametrize(
    ("more", "graphs"),
    [
        ([], ["entities", "facts", "port-council-2024", "shapes"]),
        ([("named-graph-uri", PORTS), ("named-graph-uri", GRAPH["facts"])], ["facts", "port-council-2024"]),
        ([("default-graph-uri", PORTS)], []),
    ],
)
def test_the_named_graphs_are_what_the_request_says(
    service: Service, more: list[tuple[str, str]], graphs: list[str]
) -> None:
    """Without a dataset all named graphs; else those named and no others."""
    reply = service.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g", *more)
    assert [row["g"].removeprefix(GRAPH) for row in reply.rows] == graphs


def test_the_request_goes_before_the_query(service: Service) -> None:
    """A dataset in the request replaces the query's FROM."""
    text = f"SELECT (COUNT(*) AS ?n) FROM <{GRAPH['entities']}> WHERE {{ ?s ?p ?o }}"
    assert service.query(text).rows == [{"n": "2"}]
    assert service.query(text, ("default-graph-uri", PORTS)).rows == [{"n": "1"}]


def test_graphs_are_merged_and_not_added_up(tmp_path: Path) -> None:
    """A statement that two graphs make is found once in their merge, by parameters and by FROM; named graphs stay."""
    quads = small_dataset()
    again = GRAPH["inferred"]
    publish(tmp_path, [*quads, *(ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(again)) for q in quads[:3])])
    count = "SELECT (COUNT(*) AS ?n) {} WHERE {{ ?s ?p ?o }}"
    both = [("default-graph-uri", GRAPH["entities"]), ("default-graph-uri", again)]
    clauses = f"FROM <{GRAPH['entities']}> FROM graph:inferred"
    prefix = f"PREFIX graph: <{GRAPH}> "
    with Service.start(tmp_path) as running:
        assert running.query(count.format(""), *both).rows == [{"n": "3"}]
        assert running.query(prefix + count.format(clauses)).rows == [{"n": "3"}]
        inside = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
        assert running.query(inside, *both, ("named-graph-uri", PORTS)).rows == [{"n": "1"}]
        assert running.query(inside, *both).rows == [{"n": "0"}]


def test_a_graph_named_twice_is_one(service: Service) -> None:
    """Twice in the request, twice in FROM, by both its names, or relative to a base: it is counted once."""
    count = "SELECT (COUNT(*) AS ?n) {} WHERE {{ ?s ?p ?o }}"
    own, first = f"{service.base}/graph/entities", GRAPH["entities"]
    for pair in ((first, first), (own, own), (own, first), (f"{service.base}/graphs/entities", first)):
        assert service.query(count.format(""), *(("default-graph-uri", iri) for iri in pair)).rows == [{"n": "2"}]
        assert service.query(count.format(" ".join(f"FROM <{iri}>" for iri in pair))).rows == [{"n": "2"}]
    based = f"BASE <{GRAPH}> {count.format('FROM <entities> FROM <../graph/entities>')}"
    assert service.query(based).rows == [{"n": "2"}]
    assert service.query(count.format(f"FROM <graph/entities> FROM <{first}>")).rows == [{"n": "2"}]
    named = "SELECT (COUNT(*) AS ?n) FROM NAMED <{}> FROM NAMED <{}> WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    assert service.query(named.format(own, first)).rows == [{"n": "2"}]


def test_relative_graphs_are_merged(tmp_path: Path) -> None:
    """FROM relative to the query's BASE, or to the endpoint, is merged as a full IRI is."""
    again = [
        ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode("http://example.org/again")) for q in small_dataset()[:1]
    ]
    quads = [*small_dataset(), *again]
    publish(tmp_path, quads)
    count = "SELECT (COUNT(*) AS ?n) FROM {} FROM {} WHERE {{ ?s ?p ?o }}"
    entities = f"<{GRAPH['entities']}>"
    with Service.start(tmp_path) as running:
        for base, other in (("BASE <http://example.org/>", "<again>"), ("PREFIX : <http://example.org/>", ":again")):
            assert running.query(f"{base} {count.format(entities, other)}").rows == [{"n": "2"}]
        every = " ".join(sorted({f"FROM {quad.graph_name}" for quad in quads}))
        assert running.query(f"SELECT (COUNT(*) AS ?n) {every} WHERE {{ ?s ?p ?o }}").rows == [{"n": "5"}]


@pytest.mark.parametrize(
    ("declared", "ministry", "interested"),
    [
        ("", "<{own}/id/harbour-ministry>", "<{own}/ontology#interestedIn>"),
        ("", "<id/harbour-ministry>", "</ontology#interestedIn>"),
        ("BASE <{own}/graph/>", "<../id/harbour-ministry>", "<../ontology#interestedIn>"),
        ("PREFIX i: <{own}/id/> PREFIX o: <ontology#>", "i:harbour-ministry", "o:interestedIn"),
        ("PREFIX own: <{own}/>", "own:id\\/harbour-ministry", "own:ontology\\#interestedIn"),
    ],
)
def test_things_under_the_services_own_address(service: Service, declared: str, ministry: str, interested: str) -> None:
    """A query that names things under the service's address is answered, and the answer has their first names."""
    pattern = f"{declared} SELECT ?s ?o WHERE {{ ?s {interested} ?o . FILTER(?s = {ministry}) }}"
    assert service.query(pattern.replace("{own}", service.base)).rows == [
        {"s": ID["harbour-ministry"], "o": ID["permit-portal"]}
    ]
    about = f"{declared} DESCRIBE {ministry}".replace("{own}", service.base)
    assert f"<{ID['harbour-ministry']}>".encode() in service.query(about, ("format", "nt")).body


def test_iri_calls_under_the_services_own_address(service: Service) -> None:
    """IRI("...") of one string names what the string names; strings that are only strings stay as they are."""
    text = f"""SELECT ?s ("{service.base}/id/x" AS ?text) WHERE {{
        ?s ?p ?o FILTER(?s = IRI("{service.base}/id/permit-portal") || ?s = URI('id/permit-portal')) }}"""
    assert service.query(text).rows == [{"s": ID["permit-portal"], "text": f"{service.base}/id/x"}]


def test_a_syntax_error_stands_where_the_client_wrote_it(service: Service) -> None:
    """Names put in place of others on the same line do not move the column."""
    text = "SELECT * { <id/a> <id/b> <id/c> ; <id/d> }"
    with pytest.raises(SyntaxError, match="error at 1:43: "):
        ox.Store().query(text, base_iri=f"{service.base}/sparql")
    found = service.query(text).json
    assert (found["line"], found["column"]) == (1, 43)


def test_relative_iris_are_resolved_against_the_endpoint(service: Service) -> None:
    """A relative IRI in a query stands under the address asked."""
    reply = service.query("SELECT (<thing> AS ?iri) WHERE {}")
    assert reply.rows == [{"iri": f"{service.base}/thing"}]


def test_a_shorter_deadline_can_be_asked_for(service: Service) -> None:
    """timeout= shortens the deadline: the answer is 503 with the reason."""
    reply = service.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {_product(14)} }}", ("timeout", "300"))
    assert (reply.status, reply.json["title"]) == (503, "The query's deadline passed")
    assert "0.3 s" in str(reply.json["detail"])


def test_browsers_get_a_form_and_programs_the_description(service: Service) -> None:
    """GET without a query: a page for people, the service description for RDF clients."""
    page = service.get("/sparql", accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b'<form class="ask" action="/sparql" method="get">' in page.body
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert service.get("/sparql", accept="text/turtle").headers["content-type"] == "text/turtle; charset=utf-8"


def _product(size: int) -> str:
    return " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(size))
