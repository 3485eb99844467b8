"""The graph from Python, as a notebook uses it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import aigov_graph
from aigov_graph.build import assemble
from aigov_graph.errors import ExtraMissing, FolderUnreadable, RequestError
from aigov_graph.exports.registry import EXTRAS
from aigov_graph.stores import VersionedStore
from aigov_graph.vocabulary.namespaces import CLAIM, ID
from tests.port_folder import port_folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder: two facts and a hedge."""
    root = tmp_path_factory.mktemp("ports")
    port_folder(root)
    return root


def test_a_network_for_networkx(folder: Path) -> None:
    """Options as keyword arguments; lists, days and switches as Python has them."""
    with aigov_graph.open(folder) as graph:
        facts = graph.network()
        assert facts.number_of_edges() == 2
        found = graph.network(status=["fact", "hedged"], from_=date(2020, 1, 1), to=2020, merge=True)
    between = found.get_edge_data(ID["harbour-ministry"], ID["pilots-office"]).values()
    assert [(data["status"], data["claims"], data["weight"]) for data in between] == [
        ("fact", (CLAIM["002"],), 1),
        ("hedged", (CLAIM["003"],), 1),
    ]


def test_a_table_for_pandas(folder: Path) -> None:
    """A row a claim, a column an axis."""
    frame = aigov_graph.open(folder).claims(status="hedged")
    assert frame[["claim", "relation", "certainty", "status"]].to_numpy().tolist() == [
        [CLAIM["003"], "exportedTo", "possible", "hedged"]
    ]
    assert {"condition", "matter"} <= set(frame.columns)


def test_a_file_and_a_measure(folder: Path, tmp_path: Path) -> None:
    """Exports are whole files; measures are answers."""
    graph = aigov_graph.open(folder)
    path = graph.export("mermaid", tmp_path / "net.mmd", relation="cooperatesWith")
    assert "flowchart LR" in path.read_text()
    assert graph.analyse("components").rows[0][1] == 3
    assert graph.analyse("path", "permit-portal", "pilots-office").facts["hops"] == 2


def test_a_published_store_is_the_same_graph(folder: Path, tmp_path: Path) -> None:
    """The version that is current when it is opened, with its number and digest."""
    from aigov_graph.dataset import find_data

    VersionedStore(tmp_path).publish(assemble(find_data(folder)))
    with aigov_graph.open(tmp_path) as published, aigov_graph.open(folder) as assembled:
        assert published.view().edges == assembled.view().edges
        assert (published.reader.version, published.reader.digest) == (1, assembled.reader.digest)


def test_the_packages_own_data_is_the_default() -> None:
    """Without a name there is something to look at."""
    graph = aigov_graph.open().network(relation="cooperatesWith")
    assert graph.has_edge(ID["alibaba"], ID["chinese-government"])


def test_what_is_not_there_is_refused(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Options, formats, folders, and parts of the package."""
    graph = aigov_graph.open(folder)
    with pytest.raises(RequestError, match="there is no option 'relations'") as found:
        graph.network(relations="cooperatesWith")
    assert found.value.remedy == "did you mean relation?"
    with pytest.raises(RequestError, match="there is no format 'gex'"):
        graph.export("gex", tmp_path / "net")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(FolderUnreadable):
        aigov_graph.open(tmp_path / "nowhere")
    monkeypatch.setitem(EXTRAS, "frames", ("no_such_module",))
    with pytest.raises(ExtraMissing, match="no_such_module"):
        graph.claims()


def test_the_public_names() -> None:
    """What the package promises, and no more."""
    assert aigov_graph.__all__ == ["Graph", "__version__", "open"]
    assert all(hasattr(aigov_graph, name) for name in aigov_graph.__all__)
    with pytest.raises(AttributeError):
        aigov_graph.nothing  # noqa: B018


def test_how_a_format_is_written_is_said_as_everywhere(folder: Path, tmp_path: Path) -> None:
    """The options of the command line, under the same rules."""
    with aigov_graph.open(folder) as graph:
        svg = graph.export("svg", tmp_path / "net.svg", title="Who works with whom", seed=2)
        assert "Who works with whom" in svg.read_text()
        assert graph.export("csv", tmp_path / "net.zip", spreadsheet=True).stat().st_size
        with pytest.raises(RequestError, match="'-5' is no whole number from 0 to 999999999"):
            graph.export("svg", tmp_path / "none.svg", seed=-5)
    assert not (tmp_path / "none.svg").exists()
