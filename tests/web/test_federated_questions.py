"""The questions that join the graph with another endpoint, run unchanged against one that stands in for it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from aigov_graph.dataset import find_data
from aigov_graph.links import read_links
from aigov_graph.questions import read_question
from aigov_graph.vocabulary.namespaces import AIGOV, PREFIXES, RDF, SKOS
from tests.asking import things
from tests.harbour import PREFIX_LINES
from tests.live import Service, publish

WIKIDATA = "https://query.wikidata.org/sparql"
FOLDER = find_data()
FILES = tuple(sorted((FOLDER.graphs / "queries" / "federated").glob("*.rq")))
HERE = """
GRAPH graph:facts {
    id:brazil aigov:endorsed id:bletchley-declaration . id:kenya aigov:endorsed id:bletchley-declaration .
    id:joe-biden aigov:designated id:huawei , id:hikvision , id:port-council .
}
GRAPH graph:entities {
    id:brazil rdfs:label "Brazil"@en , "巴西"@zh-Hans . id:kenya rdfs:label "Kenya"@en .
    id:huawei rdfs:label "Huawei"@en . id:hikvision rdfs:label "Hikvision"@en .
    id:port-council rdfs:label "Port Council"@en .
}
GRAPH graph:links {
    id:brazil skos:exactMatch wd:Q155 . id:kenya skos:exactMatch wd:Q114 .
    id:huawei skos:exactMatch wd:Q160120 . id:hikvision skos:exactMatch wd:Q5760704 .
}
"""
THERE = """
GRAPH graph:facts {
    wd:Q155 wdt:P297 "BR" ; wdt:P1082 7 . wd:Q114 wdt:P297 "KE" ; wdt:P1082 9 .
    wd:Q160120 wdt:P856 <https://one.example/> ; wdt:P571 "2001-02-03T00:00:00Z"^^xsd:dateTime .
    wd:Q9 wdt:P1082 1 .
}
"""
EXPECTED = {
    "how-many-people-live-in-states-that-endorsed-it": [
        ["https://w3id.org/aigov-graph/id/kenya", "Kenya", "9"],
        ["https://w3id.org/aigov-graph/id/brazil", "Brazil", "7"],
    ],
    "where-listed-firms-are-found-on-the-web": [
        ["https://w3id.org/aigov-graph/id/hikvision", "Hikvision", "", ""],
        ["https://w3id.org/aigov-graph/id/huawei", "Huawei", "https://one.example/", "2001-02-03T00:00:00Z"],
    ],
}
OTHERS = "@prefix wd: <http://www.wikidata.org/entity/> .\n@prefix wdt: <http://www.wikidata.org/prop/direct/> .\n"


def quads(text: str) -> list[ox.Quad]:
    """Statements of TriG with our prefixes and Wikidata's."""
    return list(ox.parse((PREFIX_LINES + OTHERS + text).encode(), format=ox.RdfFormat.TRIG))


@pytest.fixture(scope="module")
def federated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service whose operator allows Wikidata's endpoint, for which a local one answers."""
    here, there = tmp_path_factory.mktemp("here"), tmp_path_factory.mktemp("there")
    publish(here, quads(HERE))
    publish(there, quads(THERE))
    with (
        Service.start(there) as other,
        Service.start(here, service_endpoints=f"{WIKIDATA}={other.base}/sparql") as ours,
    ):
        if any("SERVICE is refused" in line for line in ours.lines):
            pytest.skip("the kernel gives no process a network of its own")
        yield ours


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_federated_question_is_answered(federated: Service, path: Path) -> None:
    """As the file stands: what is known here beside what is known there."""
    reply = federated.query(read_question(path).text, accept="text/csv")
    assert reply.status == 200, reply.body
    assert list(csv.reader(io.StringIO(reply.body.decode())))[1:] == EXPECTED[path.stem]


def test_the_items_named_in_a_question_are_all_that_it_asks_about() -> None:
    """Those of the firms that a claim designates and a link leads to, none less: the list goes with the graph."""
    designated = {
        claim[RDF.object][0]
        for claim in things(FOLDER.load(), AIGOV.Claim).values()
        if claim[RDF.predicate] == [AIGOV.designated]
    }
    linked = {
        link.object
        for links in read_links(FOLDER)
        if links.name == "wikidata"
        for link in links.links
        if link.predicate == SKOS.exactMatch and link.subject in designated
    }
    (path,) = [path for path in FILES if path.stem == "where-listed-firms-are-found-on-the-web"]
    assert {f"http://www.wikidata.org/entity/{item}" for item in re.findall(r"\bwd:(Q\d+)", path.read_text())} == linked


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_federated_question_names_whom_it_asks(path: Path) -> None:
    """And declares the prefixes that are not ours."""
    assert WIKIDATA in path.read_text()
    assert "wdt" not in PREFIXES
