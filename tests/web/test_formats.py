"""Every query form in every format, read back by a parser that is not the engine's own; and content negotiation."""

from __future__ import annotations

import csv
import gzip
import io
import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable

import brotli
import pytest
import rdflib
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aigov_graph.pool.formats import FORMATS, of_family
from aigov_graph.vocabulary.namespaces import ID, RDFS
from aigov_graph.web.negotiation import best_coding, best_format, prefers_html
from tests.live import PORTS, Service

RESULTS = "{http://www.w3.org/2005/sparql-results#}"
SELECT = f"SELECT ?s ?o ?none WHERE {{ ?s <{RDFS.label}> ?o }} ORDER BY ?o"
VALUES = ["Harbour Ministry", "permit portal", 'says "maybe", ü 港']
MINISTRY = rdflib.URIRef(ID["harbour-ministry"])


def by_json(body: bytes) -> list[str]:
    return [row["o"]["value"] for row in json.loads(body)["results"]["bindings"]]


def by_xml(body: bytes) -> list[str]:
    rows = ElementTree.fromstring(body).iter(f"{RESULTS}result")
    return [e.findtext(f"{RESULTS}literal") or "" for row in rows for e in row if e.get("name") == "o"]


def by_csv(body: bytes) -> list[str]:
    return [row["o"] for row in csv.DictReader(io.StringIO(body.decode()))]


def by_tsv(body: bytes) -> list[str]:
    return [
        str(row[rdflib.Variable("o")]) for row in rdflib.query.Result.parse(io.BytesIO(body), format="tsv").bindings
    ]


TABLE_READERS: dict[str, Callable[[bytes], list[str]]] = {"json": by_json, "xml": by_xml, "csv": by_csv, "tsv": by_tsv}
GRAPH_READERS = {
    "turtle": "turtle",
    "ntriples": "nt",
    "rdfxml": "xml",
    "jsonld": "json-ld",
    "trig": "trig",
    "nquads": "nquads",
}


@pytest.mark.parametrize("name", [form.name for form in of_family("results")])
def test_tables_read_back(service: Service, name: str) -> None:
    """A table has the same values in every format, by name and by media type."""
    form = next(form for form in FORMATS if form.name == name)
    for reply in (service.query(SELECT, ("format", name)), service.query(SELECT, accept=form.media_type)):
        assert (reply.status, reply.headers["content-type"]) == (200, form.content_type)
        assert TABLE_READERS[name](reply.body) == VALUES


@pytest.mark.parametrize(
    ("name", "said"),
    [("json", '{"head":{},"boolean":true}'), ("csv", "true"), ("tsv", "true")],
)
def test_yes_or_no(service: Service, name: str, said: str) -> None:
    """ASK has an answer in every format for tables."""
    assert service.query("ASK { ?s ?p ?o }", ("format", name)).body.decode() == said


def test_yes_or_no_in_xml(service: Service) -> None:
    """ASK in XML has its boolean element."""
    tree = ElementTree.fromstring(service.query("ASK { ?s ?p ?o }", ("format", "xml")).body)
    assert tree.findtext(f"{RESULTS}boolean") == "true"


@pytest.mark.parametrize("name", [form.name for form in of_family("graph")])
@pytest.mark.parametrize(
    "text",
    [f"CONSTRUCT WHERE {{ ?s <{RDFS.label}> ?o }}", f"DESCRIBE <{ID['harbour-ministry']}> <{ID['permit-portal']}>"],
)
def test_graphs_read_back(service: Service, name: str, text: str) -> None:
    """A graph has the ministry's label in every format, by name and by media type."""
    form = next(form for form in FORMATS if form.name == name)
    for reply in (service.query(text, ("format", name)), service.query(text, accept=form.media_type)):
        assert (reply.status, reply.headers["content-type"]) == (200, form.content_type)
        graph = rdflib.Dataset() if name in {"trig", "nquads"} else rdflib.Graph()
        graph.parse(data=reply.body, format=GRAPH_READERS[name])
        label = rdflib.Literal("Harbour Ministry", lang="en")
        assert (MINISTRY, rdflib.RDFS.label, label) in {quad[:3] for quad in graph}


@pytest.mark.parametrize(
    ("coding", "decode"),
    [
        ("gzip", gzip.decompress),
        ("br", brotli.decompress),
        ("zstd", zstandard.ZstdDecompressor().decompressobj().decompress),
    ],
)
def test_codings(service: Service, coding: str, decode: Callable[[bytes], bytes]) -> None:
    """A long answer is coded as asked, has another tag than the plain one, and is the same inside."""
    text = f"SELECT {' '.join(f'(?o AS ?o{i})' for i in range(40))} WHERE {{ ?s <{RDFS.label}> ?o }} ORDER BY ?o"
    plain, coded = service.query(text), service.query(text, accept_encoding=coding)
    assert coded.headers["content-encoding"] == coding
    assert decode(coded.body) == plain.body
    assert coded.headers["etag"] != plain.headers["etag"]
    assert "Accept-Encoding" in coded.headers["vary"]
    assert len(coded.body) < len(plain.body)


def test_small_answers_are_not_coded(service: Service) -> None:
    """A short answer goes as it is, whatever codings are welcome."""
    assert "content-encoding" not in service.query("ASK {}", accept_encoding="gzip, br, zstd").headers


def test_not_modified(service: Service) -> None:
    """The tag of an answer brings 304 without a body; another format has another tag."""
    first = service.query(SELECT)
    again = service.query(SELECT, if_none_match=first.headers["etag"])
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert service.query(SELECT, accept="text/csv", if_none_match=first.headers["etag"]).status == 200


@pytest.mark.parametrize("call", ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()"])
def test_what_changes_is_not_kept(service: Service, call: str) -> None:
    """A query whose answer differs each time has no tag and is never answered from the cache."""
    first, second = (service.query(f"SELECT ({call} AS ?x) WHERE {{}}") for _ in range(2))
    assert "etag" not in first.headers
    assert first.headers["cache-control"] == "no-store"
    assert first.body != second.body or call in {"NOW()", "BNODE()"}


@pytest.mark.parametrize(
    ("accept", "table", "graph"),
    [
        ("", "json", "turtle"),
        ("*/*", "json", "turtle"),
        ("text/*", "csv", "turtle"),
        ("application/json", "json", "jsonld"),
        ("application/xml", "xml", ""),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.3", "xml", ""),
        ("application/sparql-results+json;q=0, */*;q=0.1", "xml", "turtle"),
        ("application/n-triples;charset=utf-8", "", "ntriples"),
        ("text/turtle;q=0.9, application/trig", "", "trig"),
        ("image/png", "", ""),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "xml", "turtle"),
        ("application/sparql-results+json;q=0, application/*", "xml", "ntriples"),
    ],
)
def test_the_best_format(accept: str, table: str, graph: str) -> None:
    """The highest quality wins, the most specific range gives it, our own order breaks ties."""
    assert (best_format(accept, "results"), best_format(accept, "graph")) == (table, graph)


@pytest.mark.parametrize(
    ("accept_encoding", "coding"),
    [
        ("", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip;q=1, br;q=0.5", "gzip"),
        ("identity, gzip;q=0.5", ""),
        ("gzip;q=0", ""),
        ("deflate", ""),
        ("*", "zstd"),
    ],
)
def test_the_best_coding(accept_encoding: str, coding: str) -> None:
    """The coding with the highest quality, none where plain is liked better."""
    assert best_coding(accept_encoding) == coding


RANGES = st.sampled_from([form.media_type for form in FORMATS] + ["text/*", "application/*", "*/*", "text/html", "x/y"])
QUALITIES = st.integers(0, 1000).map(lambda n: n / 1000)


@given(st.lists(st.tuples(RANGES, QUALITIES), min_size=1, max_size=8, unique_by=lambda pair: pair[0]))
def test_no_offer_is_liked_better_than_the_chosen_one(ranges: list[tuple[str, float]]) -> None:
    """Against a plain reading of RFC 9110: the chosen format has the highest quality of all."""
    accept = ", ".join(f"{name};q={quality}" for name, quality in ranges)
    liked = dict(ranges)

    def quality(media_type: str) -> float:
        return liked.get(media_type, liked.get(f"{media_type.partition('/')[0]}/*", liked.get("*/*", 0.0)))

    offers = {form.name: quality(form.media_type) for form in of_family("results")}
    chosen = best_format(accept, "results")
    assert max(offers.values()) == 0 or offers[chosen] == max(offers.values())


@given(st.text(max_size=200))
def test_any_accept_header_has_an_answer(accept: str) -> None:
    """Whatever a client sends as Accept, a format or none is chosen; nothing is raised."""
    assert best_format(accept, "graph") in {"", *(form.name for form in of_family("graph"))}
    assert prefers_html(accept) in {True, False}
    assert best_coding(accept) in {"", "gzip", "br", "zstd"}


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(RANGES, QUALITIES), max_size=6))
def test_any_accept_header_is_answered_over_http(service: Service, ranges: list[tuple[str, float]]) -> None:
    """The type that comes back is acceptable, or the answer is 406."""
    accept = ", ".join(f"{name};q={quality}" for name, quality in ranges)
    reply = service.query("ASK {}", accept=accept)
    found = best_format(accept, "results")
    if found:
        assert reply.headers["content-type"].partition(";")[0] == next(f.media_type for f in FORMATS if f.name == found)
    else:
        assert reply.status == 406


def test_graphs_of_the_dataset_by_default_graph_uri(service: Service) -> None:
    """A CONSTRUCT over one graph has that graph's statements alone."""
    reply = service.query("CONSTRUCT WHERE { ?s ?p ?o }", ("default-graph-uri", PORTS))
    assert len(rdflib.Graph().parse(data=reply.body, format="turtle")) == 1
