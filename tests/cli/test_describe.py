"""What a thing is called elsewhere, told without asking anybody."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from aigov_graph.stores import VersionedStore
from aigov_graph.vocabulary.namespaces import ID
from tests.cli.conftest import Run
from tests.harbour import PREFIX_LINES

ELSEWHERE = f"""{PREFIX_LINES}
GRAPH graph:ontology {{ aigov:Agency rdfs:label "agency"@en , "机构"@zh-Hans . aigov:Actor rdfs:label "actor"@en . }}
GRAPH graph:entities {{
    id:port-council a aigov:Agency ; rdfs:label "港务委员会"@zh-Hans , "Port Council"@en ; skos:altLabel "PC" .
    id:harbour-ministry a aigov:Agency ; rdfs:label "Harbour Ministry"@en .
}}
GRAPH graph:inferred {{ id:port-council a aigov:Actor . }}
GRAPH graph:links {{
    id:port-council skos:exactMatch <https://registry.example/7> ; skos:closeMatch <https://names.example/port> .
}}
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two agencies, one of them linked."""
    folder = tmp_path_factory.mktemp("linked")
    VersionedStore(folder).publish(list(ox.parse(ELSEWHERE.encode(), format=ox.RdfFormat.TRIG)))
    return folder


@pytest.mark.parametrize("iri", [ID["port-council"], f"<{ID['port-council']}>", "id:port-council", "port-council"])
def test_a_thing_is_described_with_its_links(run: Run, store: Path, iri: str) -> None:
    """Its label, kind, other names and addresses elsewhere, however its IRI is written."""
    done = run("describe", iri, "--store", store)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"Port Council (en)  <{ID['port-council']}>",
        "  agency",
        "  also: PC, 港务委员会 (zh-hans)",
        "  skos:closeMatch  https://names.example/port",
        "  skos:exactMatch  https://registry.example/7",
    ]


def test_a_thing_without_links_says_so(run: Run, store: Path) -> None:
    """Rather than nothing."""
    assert run("describe", "harbour-ministry", "--store", store).stdout.splitlines() == [
        f"Harbour Ministry (en)  <{ID['harbour-ministry']}>",
        "  agency",
        "  no link to another data set",
    ]


def test_programs_read_json(run: Run, store: Path) -> None:
    """The same, in JSON."""
    assert json.loads(run("describe", "port-council", "--json", "--store", store).stdout) == {
        "iri": ID["port-council"],
        "types": ["agency"],
        "names": [
            {"text": "Port Council", "language": "en"},
            {"text": "PC", "language": None},
            {"text": "港务委员会", "language": "zh-hans"},
        ],
        "links": [
            {"relation": "skos:closeMatch", "address": "https://names.example/port"},
            {"relation": "skos:exactMatch", "address": "https://registry.example/7"},
        ],
    }


@pytest.mark.parametrize(
    ("iri", "complaint"),
    [
        ("port-counsel", "did you mean port-council?"),
        ("lighthouse", "look its name up at /search of the service"),
        ("no iri at all", "write an IRI, or a name such as id:alibaba"),
    ],
)
def test_what_is_not_there_is_said(run: Run, store: Path, iri: str, complaint: str) -> None:
    """With the nearest name."""
    done = run("describe", iri, "--store", store)
    assert (done.returncode, done.stdout) == (1, "")
    assert complaint in done.stderr
