"""The index beside a version: written when it is published, made when it is missing, gone when the version goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from aigov_graph.build import build
from aigov_graph.errors import StoreError
from aigov_graph.search import BESIDE, Finder, Index, Wanted, write_beside
from aigov_graph.stores import VersionedStore
from aigov_graph.vocabulary.namespaces import ID
from tests.port_folder import port_folder
from tests.search.town import quads

SMALL = 'id:buoy a aigov:System ; rdfs:label "buoy"@en .'


def found(store: VersionedStore, name: str) -> list[str]:
    """What the current version's index finds."""
    with store.lease() as lease:
        index = Index.of(lease)
        things = [one.thing.iri.removeprefix(ID) for one in Finder(index).find(Wanted(name))]
        index.close()
    return things


def test_a_build_lays_the_index_beside_the_version(tmp_path: Path) -> None:
    """It finds what the data folder holds."""
    store = VersionedStore(tmp_path / "store")
    version = build(port_folder(tmp_path / "data"), store)
    assert version.beside(BESIDE).is_dir()
    assert found(store, "Harbor Ministry") == ["harbour-ministry"]


def test_a_version_published_without_one_is_searched_all_the_same(tmp_path: Path) -> None:
    """An index is made for now; nothing is written beside the version."""
    store = VersionedStore(tmp_path)
    version = store.publish(quads())
    assert found(store, "凯博") == ["kaibo"]
    assert not version.beside(BESIDE).exists()


def test_the_index_goes_when_its_version_goes(tmp_path: Path) -> None:
    """And stays while somebody reads it."""
    store = VersionedStore(tmp_path, keep=1)
    store.publish(quads(SMALL), {BESIDE: write_beside})
    with store.lease() as lease:
        index = Index.of(lease)
        store.publish(quads(), {BESIDE: write_beside})
        store.publish(quads(), {BESIDE: write_beside})
        assert [one.thing.label for one in Finder(index).find(Wanted("buoy"))] == ["buoy"]
    store.publish(quads(), {BESIDE: write_beside})
    assert {path.name for path in (tmp_path / "versions").iterdir()} == {"4", "4.json", "4.names"}


def test_an_index_that_is_none_is_refused_by_name(tmp_path: Path) -> None:
    """With the folder, and what to do."""
    (tmp_path / "meta.json").write_text("{")
    with pytest.raises(StoreError, match="index of names cannot be opened") as caught:
        Index.open(tmp_path)
    assert caught.value.where == str(tmp_path)


def test_a_thing_is_found_by_its_iri(tmp_path: Path) -> None:
    """Or is not there."""
    write_beside(quads(SMALL), tmp_path)
    index = Index.open(tmp_path)
    thing = index.thing(f"{ID}buoy")
    assert thing is not None
    assert thing.label == "buoy"
    assert index.thing(f"{ID}anchor") is None
