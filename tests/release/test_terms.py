"""What a release changes of the ontology."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from aigov_graph.dataset import parse_turtle
from aigov_graph.errors import DataSyntaxError, FolderUnreadable
from aigov_graph.release.terms import Terms, changes
from aigov_graph.vocabulary.namespaces import AIGOV
from tests.harbour import PREFIX_LINES

BEFORE = """\
<https://w3id.org/aigov-graph/ontology> a owl:Ontology ; owl:versionInfo "1.0.0" .
aigov:Quay a owl:Class ; rdfs:label "quay"@en ; skos:definition "A place where ships lie."@en .
aigov:mooredAt a owl:ObjectProperty ; rdfs:label "moored at"@en ; rdfs:range aigov:Quay .
aigov:tows a owl:ObjectProperty ; rdfs:label "tows"@en .
aigov:ferries a owl:ObjectProperty ; rdfs:label "ferries"@en .
concept:calm a skos:Concept ; skos:prefLabel "calm"@en .
"""
AFTER = """\
<https://w3id.org/aigov-graph/ontology> a owl:Ontology ; owl:versionInfo "1.1.0" .
aigov:Quay a owl:Class ; rdfs:label "quay"@en ; skos:definition "A built shore where ships lie."@en .
aigov:mooredAt a owl:ObjectProperty ; rdfs:label "moored at"@en ; rdfs:range aigov:Quay .
aigov:tows a owl:ObjectProperty ; rdfs:label "tows"@en ; owl:deprecated true ; dcterms:isReplacedBy aigov:moves .
aigov:moves a owl:ObjectProperty ; rdfs:label "moves"@en .
concept:calm a skos:Concept ; skos:prefLabel "calm"@en .
"""


def terms(text: str) -> Terms:
    """The terms of a small ontology."""
    return Terms.from_quads(parse_turtle((PREFIX_LINES + text).encode(), "ontology.ttl")[0])


def test_added_removed_deprecated_changed() -> None:
    """Each term once, under what became of it; what stayed is not named."""
    assert (
        changes(terms(AFTER), terms(BEFORE))
        == """\
# Terms of version 1.1.0

Compared with version 1.0.0: 1 added, 1 removed, 1 deprecated, 1 changed.

## Added

- `aigov:moves` (moves)

## Removed

- `aigov:ferries` (ferries)

## Deprecated

- `aigov:tows` (tows); use aigov:moves

## Changed

- `aigov:Quay` (quay)
  - skos:definition, no longer: A place where ships lie. (en)
  - skos:definition, now: A built shore where ships lie. (en)
"""
    )


def test_a_change_of_what_is_no_text() -> None:
    """A range is shown as a term."""
    wider = BEFORE.replace("rdfs:range aigov:Quay", "rdfs:range aigov:Place")
    text = changes(terms(wider), terms(BEFORE))
    assert "  - rdfs:range, no longer: `aigov:Quay`\n  - rdfs:range, now: `aigov:Place`\n" in text


def test_a_change_at_the_end_of_a_long_definition_is_a_change() -> None:
    """Values are compared whole."""
    long = BEFORE.replace("ships lie", "ships lie" + ", and lie" * 200)
    assert "1 changed" in changes(terms(long.replace("and lie.", "and sail.")), terms(long))


def test_the_first_version_lists_its_terms() -> None:
    """None before to compare them with."""
    text = changes(terms(BEFORE), None)
    assert "The first version: 5 terms, and none before to compare them with." in text
    assert "- `concept:calm` (calm)" in text


@pytest.mark.parametrize("shape", ["file", "folder", "data", "dump", "packed", "release"])
def test_an_earlier_version_in_any_shape(tmp_path: Path, shape: str) -> None:
    """A Turtle file, a folder of them, a data folder, a dump, a release."""
    turtle = PREFIX_LINES + BEFORE
    graph = "<https://w3id.org/aigov-graph/graph/ontology>"
    lines = f'<{AIGOV.Quay}> <http://www.w3.org/2000/01/rdf-schema#label> "quay"@en {graph} .\n'
    lines += lines.replace(AIGOV.Quay, AIGOV.Other).replace("graph/ontology", "graph/facts")
    path = tmp_path / {"file": "a.ttl", "dump": "d.nq", "packed": "d.nq.gz"}.get(shape, "")
    match shape:
        case "file":
            path.write_text(turtle)
        case "folder" | "data":
            folder = tmp_path / "ontology" if shape == "data" else tmp_path
            folder.mkdir(exist_ok=True)
            (folder / "aigov.ttl").write_text(turtle)
            (folder / "shapes.ttl").write_text(PREFIX_LINES + "shape:Quay a sh:NodeShape .")
        case "dump":
            path.write_text(lines)
        case _:
            (path if shape == "packed" else path / "aigov-graph.nq.gz").write_bytes(gzip.compress(lines.encode()))
    found = Terms.read(path)
    assert AIGOV.Quay in found.said
    assert AIGOV.Other not in found.said
    assert not [term for term in found.said if "shapes" in term]


def test_what_is_no_ontology_is_refused(tmp_path: Path) -> None:
    """An empty folder, a broken dump."""
    with pytest.raises(FolderUnreadable, match="no term"):
        Terms.read(tmp_path)
    (tmp_path / "d.nq.gz").write_bytes(b"no archive")
    with pytest.raises(DataSyntaxError, match="no dump"):
        Terms.read(tmp_path / "d.nq.gz")
