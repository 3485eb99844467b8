"""From a data folder to a published version: the same bytes in, the same graph out; whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from aigov_graph.build import assemble, build
from aigov_graph.dataset import DataFolder, find_data
from aigov_graph.errors import AigovError, BuildFailed, DataSyntaxError, FolderUnreadable, StoreError
from aigov_graph.stores import VersionedStore, named_quads
from aigov_graph.vocabulary.namespaces import GRAPH, ONTOLOGY, OWL
from tests.harbour import PREFIX_LINES, Said
from tests.port_folder import CLAIMS, ONTOLOGY_HEADER, port_folder

INVALID = replace(CLAIMS[0], certainty="certain , concept:possible")

PRINT_ASSEMBLED = """
import sys
from pathlib import Path
from aigov_graph.build import assemble
from aigov_graph.dataset import DataFolder
root = Path(sys.argv[1])
for quad in assemble(DataFolder(root / "ontology", root / "graphs")):
    print(f"{quad} .")
"""


def lines(quads: Iterable[ox.Quad]) -> list[str]:
    """Statements as N-Quads."""
    return [f"{quad} ." for quad in quads]


def printed(root: Path, seed: str) -> str:
    """What another process makes of a folder, under another hash seed."""
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    return subprocess.run(
        [sys.executable, "-c", PRINT_ASSEMBLED, str(root)], env=environment, capture_output=True, text=True, check=True
    ).stdout


def test_all_graphs_are_assembled(tmp_path: Path) -> None:
    """Those of the files, those derived and the catalog; each statement once, sorted."""
    quads = assemble(port_folder(tmp_path))
    names = ("ontology", "shapes", "entities", "port-council-2024", "facts", "inferred", "edges", "catalog")
    assert {str(quad.graph_name) for quad in quads} == {f"<{GRAPH[name]}>" for name in names}
    assert lines(quads) == sorted(set(lines(quads)))
    facts = [quad for quad in quads if quad.graph_name == ox.NamedNode(GRAPH.facts)]
    assert [str(quad.predicate).rpartition("#")[2] for quad in facts] == ["cooperatesWith>", "interestedIn>"]


def test_the_version_becomes_an_iri_unless_the_ontology_has_one(tmp_path: Path) -> None:
    """Its number stands in one place."""
    folder = port_folder(tmp_path)

    def version_iris() -> list[str]:
        return [str(quad.object) for quad in assemble(folder) if quad.predicate.value == OWL.versionIRI]

    assert version_iris() == [f"<{ONTOLOGY}/1.2.3>"]
    header = ONTOLOGY_HEADER.replace("owl:versionInfo", "owl:versionIRI <https://ports.example/1> ; owl:versionInfo")
    (tmp_path / "ontology" / "schemes" / "header.ttl").write_text(PREFIX_LINES + header)
    assert version_iris() == ["<https://ports.example/1>"]


def test_the_same_files_give_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    """Blank nodes of the shapes too, whatever the hash seed."""
    folder = port_folder(tmp_path)
    here = "".join(f"{line}\n" for line in lines(assemble(folder)))
    assert "_:" in here
    assert printed(tmp_path, "1") == here
    assert printed(tmp_path, "4242") == here


def test_neither_the_order_of_files_nor_their_cut_matters(tmp_path: Path) -> None:
    """Files made in another order, or a claim a file, say the same."""
    plain = lines(assemble(port_folder(tmp_path / "plain")))
    assert lines(assemble(port_folder(tmp_path / "backwards", backwards=True))) == plain
    assert lines(assemble(port_folder(tmp_path / "apart", apart=True, backwards=True))) == plain
    assert lines(assemble(port_folder(tmp_path / "reversed", reversed(CLAIMS)))) == plain


@pytest.mark.parametrize("seed", ["1", "4242"])
def test_the_real_data_gives_the_same_bytes_in_any_process(seed: str) -> None:
    """The package's own folder, whatever the hash seed."""
    data = find_data()
    assert printed(data.graphs.parent, seed) == "".join(f"{line}\n" for line in lines(assemble(data)))


def test_a_build_publishes_what_was_assembled(tmp_path: Path) -> None:
    """The version holds every statement and knows how many there are; a warning stops nothing."""
    folder = port_folder(tmp_path / "data", [*CLAIMS, Said("004", "port-council", "doubts", "claim:001")])
    store = VersionedStore(tmp_path / "store")
    version = build(folder, store)
    assembled = lines(assemble(folder))
    with store.lease() as lease:
        assert lines(named_quads(lease.store)) == assembled
        assert lease.version == version
    assert (version.number, version.quads) == (1, len(assembled))


def test_building_twice_gives_the_same_digest(tmp_path: Path) -> None:
    """A second build of the same files is another version with the same content; other files, other content."""
    folder = port_folder(tmp_path / "data")
    store = VersionedStore(tmp_path / "store")
    first, second = build(folder, store), build(folder, store)
    assert (first.digest, first.number, second.number) == (second.digest, 1, 2)
    assert build(port_folder(tmp_path / "less", CLAIMS[1:]), store).digest != first.digest


def test_progress_is_told_step_by_step(tmp_path: Path) -> None:
    """Every step starts at none and ends at all, in order."""
    told: list[tuple[str, int, int]] = []
    build(
        port_folder(tmp_path / "data"),
        VersionedStore(tmp_path / "store"),
        lambda step, done, total: told.append((step, done, total)),
    )
    rules = len(find_data().query_files("rules"))
    assert told == [
        ("read", 0, 1),
        ("read", 1, 1),
        ("validate", 0, 1),
        ("validate", 1, 1),
        *(("derive", done, rules) for done in range(rules + 1)),
        ("publish", 0, 1),
        ("publish", 1, 1),
    ]


def everything(root: Path) -> dict[str, bytes]:
    """All files under a folder."""
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def break_claim(folder: DataFolder) -> None:
    """Two certainties on one claim."""
    path = folder.graphs / "sources" / "port-council-2024" / "claims.ttl"
    path.write_text(PREFIX_LINES + "".join(claim.turtle() for claim in (INVALID, *CLAIMS[1:])))


def break_syntax(folder: DataFolder) -> None:
    """A file that is no Turtle."""
    (folder.graphs / "entities" / "things.ttl").write_text("id:port-council a aigov:Agency .")


def break_date(folder: DataFolder) -> None:
    """A date that the shapes here do not check and the derivation needs."""
    path = folder.graphs / "sources" / "port-council-2024" / "claims.ttl"
    path.write_text(PREFIX_LINES + replace(CLAIMS[0], when="2019/2018").turtle())


def break_rule(folder: DataFolder) -> None:
    """Rules of its own that are no SPARQL."""
    rules = folder.graphs / "rules"
    rules.mkdir()
    (rules / "10-rule.rq").write_text("# title: broken\n# into: graph:facts\nCONSTRUCT")


@pytest.mark.parametrize("break_it", [break_claim, break_syntax, break_date, break_rule])
def test_a_failed_build_leaves_the_version_before(tmp_path: Path, break_it: Callable[[DataFolder], None]) -> None:
    """Whatever fails, the store is byte for byte as it was and serves what it served."""
    folder = port_folder(tmp_path / "data")
    store = VersionedStore(tmp_path / "store")
    version = build(folder, store)
    before = everything(tmp_path / "store")
    break_it(folder)
    with pytest.raises(AigovError):
        build(folder, store)
    assert everything(tmp_path / "store") == before
    with store.lease() as lease:
        assert lease.version == version
        assert lease.store.query("ASK { ?claim <https://w3id.org/aigov-graph/ontology#eligible> true }")


def test_a_violation_fails_the_build_with_all_problems(tmp_path: Path) -> None:
    """The violation first, then the warning beside it; nothing is published."""
    store = VersionedStore(tmp_path / "store")
    folder = port_folder(tmp_path / "data", [INVALID, replace(CLAIMS[1], when=None)])
    with pytest.raises(BuildFailed) as caught:
        build(folder, store)
    assert caught.value.what == "1 thing in the data must be mended; nothing was published"
    assert caught.value.remedy == "run: aigov-graph validate"
    found = [(problem.severity, problem.subject.rpartition("/")[2]) for problem in caught.value.problems]
    assert found == [("Violation", "001"), ("Warning", "002")]
    assert store.current() is None
    assert not (tmp_path / "store").exists()


def test_bad_files_name_their_place(tmp_path: Path) -> None:
    """Syntax with file, line and column; a folder that is not there by its path."""
    folder = port_folder(tmp_path / "data")
    break_syntax(folder)
    with pytest.raises(DataSyntaxError) as caught:
        build(folder, VersionedStore(tmp_path / "store"))
    assert caught.value.where.startswith("graphs/entities/things.ttl:1:")
    with pytest.raises(FolderUnreadable):
        build(DataFolder(tmp_path / "absent", tmp_path / "absent"), VersionedStore(tmp_path / "store"))


def test_a_store_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    """A file stands where the store should be."""
    (tmp_path / "store").write_text("in the way")
    with pytest.raises(StoreError):
        build(port_folder(tmp_path / "data"), VersionedStore(tmp_path / "store"))
    assert (tmp_path / "store").read_text() == "in the way"
