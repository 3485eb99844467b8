"""The index of edges beside a version: written when it is published, made when it is missing or damaged."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from aigov_graph import edge_index
from aigov_graph.build import build
from aigov_graph.derivation import derive
from aigov_graph.edge_index import BESIDE, write_beside
from aigov_graph.exports import Network, Reader, network
from aigov_graph.stores import VersionedStore
from aigov_graph.vocabulary.namespaces import GRAPH, ID, RDFS
from tests.exports.world import CLAIMS, MORE, reader_of, triples, whole_view
from tests.harbour import Said, dataset
from tests.port_folder import port_folder


def quads(*claims: Said, more: str = MORE) -> list[ox.Quad]:
    """What a version of these claims holds."""
    data = dataset(*(claims or CLAIMS), more=more)
    return [*data.quads(), *derive(data)]


def shown(store: VersionedStore) -> Network:
    """All that the current version says of entities."""
    with store.lease() as lease:
        return network(Reader.of(lease), whole_view())


def test_a_build_lays_the_index_beside_the_version(tmp_path: Path) -> None:
    """It has an edge for each of the graph, and the claims on them."""
    store = VersionedStore(tmp_path / "store")
    index = edge_index.opened(build(port_folder(tmp_path / "data"), store).beside(BESIDE))
    assert index is not None
    with store.lease() as lease:
        edges = {
            quad.subject.value
            for quad in lease.store.quads_for_pattern(None, None, None, ox.NamedNode(GRAPH.edges))
            if isinstance(quad.subject, ox.NamedNode)
            and quad.subject.value.startswith("https://w3id.org/aigov-graph/edge/")
        }
    assert {iri for (iri,) in index.execute("SELECT iri FROM edge")} == edges
    assert index.execute("SELECT count(*) FROM claim WHERE edge IS NULL").fetchone() == (0,)


def test_the_index_written_is_the_one_that_is_made(tmp_path: Path) -> None:
    """From a version's statements as from an open store: the same tables, row for row."""
    write_beside(reversed(quads()), tmp_path)
    written = edge_index.opened(tmp_path)
    assert written is not None
    assert list(written.iterdump()) == list(edge_index.made(reader_of().store).iterdump())


def test_a_version_published_without_one_is_read_all_the_same(tmp_path: Path) -> None:
    """An index is made for now; nothing is written beside the version."""
    with_index, without = VersionedStore(tmp_path / "with"), VersionedStore(tmp_path / "without")
    with_index.publish(quads(), {BESIDE: write_beside})
    version = without.publish(quads())
    assert shown(without) == shown(with_index)
    assert not version.beside(BESIDE).exists()


def _one_bit(file: Path) -> None:
    found = bytearray(file.read_bytes())
    found[len(found) // 2] ^= 1
    file.write_bytes(found)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-4096])


def _another_layout(file: Path) -> None:
    found = sqlite3.connect(file)
    found.execute("PRAGMA user_version=999")
    found.close()
    (file.parent / "sha256").write_text(hashlib.sha256(file.read_bytes()).hexdigest())


@pytest.mark.parametrize("damage", [_one_bit, _cut, Path.unlink, _another_layout])
def test_a_damaged_index_is_not_trusted(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    """Nor is one of another release: the network is what the statements say."""
    store = VersionedStore(tmp_path)
    version = store.publish(quads(), {BESIDE: write_beside})
    whole = shown(store)
    damage(version.beside(BESIDE) / "edges.sqlite")
    assert edge_index.opened(version.beside(BESIDE)) is None
    assert shown(store) == whole


def test_each_version_has_its_own(tmp_path: Path) -> None:
    """A reader of the version before goes on reading that; the next reads what is current."""
    store = VersionedStore(tmp_path, keep=1)
    store.publish(quads(Said("001")), {BESIDE: write_beside})
    with store.lease() as lease:
        before = Reader.of(lease)
        store.publish(quads(Said("002", "pilots-office", "doubts", "berth-rule")), {BESIDE: write_beside})
        assert triples(network(before)) == {("harbour-ministry", "interestedIn", "permit-portal")}
        assert triples(shown(store)) == {("pilots-office", "doubts", "berth-rule")}
    store.publish(quads(), {BESIDE: write_beside})
    assert {path.name for path in (tmp_path / "versions").iterdir()} == {"3", "3.json", "3.edges"}


def test_what_shapes_say_is_no_part_of_it(tmp_path: Path) -> None:
    """A label in the graph of shapes names nothing."""
    stray = ox.Quad(
        ox.NamedNode(ID["harbour-ministry"]),
        ox.NamedNode(RDFS.label),
        ox.Literal("shape", language="de"),
        ox.NamedNode(GRAPH.shapes),
    )
    store = VersionedStore(tmp_path)
    store.publish([*quads(), stray], {BESIDE: write_beside})
    with store.lease() as lease:
        assert set(Reader.of(lease).thing(ID["harbour-ministry"]).labels) == {"en", "zh-hans"}
