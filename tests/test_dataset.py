"""Data folders: which files they hold, and what is refused on reading them. `folder` makes one from names and texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from aigov_graph.dataset import DataFolder, find_data, shorten
from aigov_graph.errors import BlankNodeFound, DataError, DataSyntaxError, DuplicateSubject, FolderUnreadable
from aigov_graph.vocabulary.namespaces import AIGOV, CLAIM, GRAPH, ID, PREFIXES

Make = Callable[..., DataFolder]

HEADER = "@prefix id: <https://w3id.org/aigov-graph/id/> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\n"
PORT = HEADER + 'id:port\n    rdfs:label "Port"@en ;\n.\n'
QUAY = HEADER + 'id:quay\n    rdfs:label "Quay"@en ;\n.\n'


@pytest.fixture
def folder(tmp_path: Path) -> Make:
    """Writes files under a data folder whose ontology is one empty file."""

    def make(**texts: str | bytes) -> DataFolder:
        for name, text in {"ontology/aigov.ttl": "", **texts}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
        return find_data(tmp_path)

    return make


def test_files_stand_in_a_fixed_order_with_their_kind_and_graph(folder: Make) -> None:
    """By path; what begins with a dot or is no Turtle is not the data's."""
    data = folder(
        **{
            "graphs/sources/minutes/source.ttl": "",
            "graphs/sources/minutes/claims.ttl": "",
            "graphs/reference/codes.ttl": "",
            "graphs/entities/ports.ttl": "",
            "graphs/entities/.ports.ttl": "",
            "graphs/.hidden/entities/ports.ttl": "",
            "graphs/entities/notes.txt": "",
            "graphs/queries/one.rq": "",
            "ontology/shapes.ttl": "",
            "ontology/schemes/certainty.ttl": "",
        }
    )
    assert [(file.name, file.kind, file.graph) for file in data.files()] == [
        ("ontology/aigov.ttl", "ontology", GRAPH.ontology),
        ("ontology/schemes/certainty.ttl", "ontology", GRAPH.ontology),
        ("ontology/shapes.ttl", "shapes", GRAPH.shapes),
        ("graphs/entities/ports.ttl", "entities", GRAPH.entities),
        ("graphs/reference/codes.ttl", "reference", GRAPH.reference),
        ("graphs/sources/minutes/claims.ttl", "source", GRAPH.minutes),
        ("graphs/sources/minutes/source.ttl", "source", GRAPH.minutes),
    ]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("graphs/ports.ttl", "no graph is made from it"),
        ("graphs/links/wikidata.ttl", "no graph is made from it"),
        ("graphs/sources/minutes.ttl", "no graph is made from it"),
        ("graphs/sources/facts/claims.ttl", "'facts' cannot name a source"),
        ("graphs/sources/port council/claims.ttl", "'port council' cannot name a source"),
    ],
)
def test_a_file_that_fills_no_graph_of_its_own_is_refused(folder: Make, name: str, what: str) -> None:
    """It would be left out unseen, or mixed with what is derived."""
    with pytest.raises(FolderUnreadable, match=what) as caught:
        folder(**{name: ""}).files()
    assert caught.value.where == name


@pytest.mark.parametrize("name", ["graphs/sources/minutes/claims.ttl", "graphs/ports.ttl", "ontology/schemes.ttl"])
def test_a_folder_with_the_name_of_a_turtle_file_is_refused(folder: Make, tmp_path: Path, name: str) -> None:
    """Whoever made it meant a file, whose statements would be missed; a hidden one is nobody's."""
    data = folder(**{"graphs/.old.ttl/ports.ttl": PORT})
    assert [file.name for file in data.files()] == ["ontology/aigov.ttl"]
    (tmp_path / name).mkdir(parents=True)
    with pytest.raises(FolderUnreadable, match="a folder has the name of a Turtle file") as caught:
        data.files()
    assert caught.value.where == str(tmp_path / name)
    assert caught.value.remedy


def test_the_package_s_own_data_is_found() -> None:
    """Without a folder; the same ontology serves a folder that has none."""
    own = find_data()
    assert (own.ontology / "aigov.ttl").is_file()
    assert own.graphs.parent == own.ontology.parent


def test_a_folder_without_an_ontology_uses_the_package_s(tmp_path: Path) -> None:
    """So does an empty folder, which has no data."""
    assert find_data(tmp_path) == DataFolder(find_data().ontology, tmp_path / "graphs")
    assert {file.kind for file in find_data(tmp_path).files()} <= {"ontology", "shapes"}
    (tmp_path / "graphs").mkdir()
    assert find_data(tmp_path) == DataFolder(find_data().ontology, tmp_path / "graphs")


def test_a_folder_that_is_absent_or_something_else_is_refused(tmp_path: Path) -> None:
    """It is not the folder that was meant."""
    (tmp_path / "notes").mkdir()
    with pytest.raises(FolderUnreadable, match="neither ontology/ nor graphs/"):
        find_data(tmp_path)
    with pytest.raises(FolderUnreadable, match="no such folder"):
        find_data(tmp_path / "absent")
    with pytest.raises(FolderUnreadable, match="no such folder"):
        DataFolder(tmp_path / "absent", tmp_path / "graphs").files()
    (tmp_path / "graphs").write_text("")
    with pytest.raises(FolderUnreadable, match="cannot be listed: Not a directory"):
        find_data(tmp_path).files()


def test_rules_and_queries_are_the_folder_s_own_or_the_package_s(folder: Make) -> None:
    """By name; what is no .rq is none."""
    data = folder(**{"graphs/rules/20-b.rq": "", "graphs/rules/10-a.rq": "", "graphs/rules/notes.md": ""})
    assert [path.name for path in data.query_files("rules")] == ["10-a.rq", "20-b.rq"]
    assert data.query_files("queries") == find_data().query_files("queries")


def test_statements_lie_in_their_file_s_graph_and_subjects_at_their_line(folder: Make) -> None:
    """Statements are told by kind; a subject's place is that of curated data before the ontology."""
    data = folder(**{"graphs/entities/ports.ttl": PORT, "graphs/sources/minutes/situations.ttl": QUAY}).load()
    label = ox.NamedNode(PREFIXES["rdfs"] + "label")
    quay = ox.Quad(ox.NamedNode(ID.quay), label, ox.Literal("Quay", language="en"), ox.NamedNode(GRAPH.minutes))
    port = ox.Quad(ox.NamedNode(ID.port), label, ox.Literal("Port", language="en"), ox.NamedNode(GRAPH.entities))
    assert list(data.quads()) == [port, quay]
    assert list(data.quads("source")) == [quay]
    assert [(found[0].name, found[1]) for iri in (ID.port, ID.quay) if (found := data.locate(iri))] == [
        ("graphs/entities/ports.ttl", 4),
        ("graphs/sources/minutes/situations.ttl", 4),
    ]
    assert data.locate(ID.absent) is None


def test_the_vocabulary_is_that_of_the_ontology_alone(folder: Make) -> None:
    """What a source says of a class makes no class."""
    owl = "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix aigov: <https://w3id.org/aigov-graph/ontology#> .\n"
    data = folder(
        **{
            "ontology/aigov.ttl": owl + "aigov:Port a owl:Class .",
            "graphs/entities/x.ttl": owl + "aigov:Quay a owl:Class .",
        }
    )
    assert data.load().vocabulary().classes == {AIGOV.Port}


@pytest.mark.parametrize(
    ("text", "error", "what", "where"),
    [
        (HEADER + "id:port\n    rdfs:label Port .", DataSyntaxError, "Port is not a valid RDF object", "5:16"),
        ("id:port id:p 1 .", DataSyntaxError, "The prefix id: has not been declared", "1:1"),
        (HEADER + "id:port rdfs:label\n 'Port .", DataSyntaxError, "", "5:2"),
        (b"<http://e/a> <http://e/b> '\xff' .", DataSyntaxError, "Invalid UTF-8", "1:28"),
        (HEADER + "id:port\n rdfs:seeAlso id:q,\n [] .", BlankNodeFound, "rdfs:seeAlso", "6"),
        (HEADER + "id:port rdfs:seeAlso ( 1 ) .", BlankNodeFound, "rdf:", "4"),
        (HEADER + "id:q rdfs:label '' .\n_:port rdfs:label '' .", BlankNodeFound, "rdfs:label", "5"),
        (
            PORT + "\n" + 'id:port rdfs:label "港"@zh-Hans .',
            DuplicateSubject,
            "id:port has a block here and at line 4",
            "8",
        ),
    ],
)
def test_what_no_shape_can_see_is_refused_with_its_place(
    folder: Make, text: str | bytes, error: type[DataError], what: str, where: str
) -> None:
    """Syntax, an undeclared prefix, a blank node, a subject with two blocks."""
    with pytest.raises(error) as caught:
        folder(**{"graphs/entities/ports.ttl": text}).load()
    assert what in caught.value.what
    assert caught.value.where == f"graphs/entities/ports.ttl:{where}"
    assert caught.value.remedy


def test_shapes_may_hold_blank_nodes(folder: Make) -> None:
    """They are no data."""
    text = HEADER + "id:shape rdfs:seeAlso [ rdfs:label 'x' ] ."
    assert len(list(folder(**{"ontology/shapes.ttl": text}).load().quads("shapes"))) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("graphs/entities/ports.ttl", "graphs/sources/minutes/situations.ttl"),
        ("graphs/sources/minutes/claims.ttl", "graphs/sources/minutes/situations.ttl"),
        ("graphs/sources/minutes/claims.ttl", "graphs/sources/report/claims.ttl"),
    ],
)
def test_a_source_describes_nothing_that_is_described_already(folder: Make, first: str, second: str) -> None:
    """One IRI, one block: a number used twice would make one claim of two."""
    with pytest.raises(DuplicateSubject) as caught:
        folder(**{first: PORT, second: "\n" + PORT}).load()
    assert caught.value.what == f"id:port is described here and in {first}"
    assert caught.value.where == f"{second}:5"


def test_reference_adds_to_what_entities_describe(folder: Make) -> None:
    """Codes and names of a state or place are kept apart from its identity."""
    data = folder(**{"graphs/entities/ports.ttl": PORT, "graphs/reference/codes.ttl": PORT}).load()
    assert len(list(data.quads())) == 2


@pytest.mark.parametrize(
    ("iri", "short"),
    [
        (CLAIM["minutes-007"], "claim:minutes-007"),
        (f"{AIGOV}when", "aigov:when"),
        (ID, f"<{ID}>"),
        (f"{ID}a/b", f"<{ID}a/b>"),
        ("http://example.org/x", "<http://example.org/x>"),
    ],
)
def test_iris_are_shortened_by_our_prefixes(iri: str, short: str) -> None:
    """Or stand in brackets."""
    assert shorten(iri) == short
