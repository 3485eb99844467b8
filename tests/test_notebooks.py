"""The notebooks of docs/notebooks run from top to bottom, on a small copy of the data: one source and the entities."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import aigov_graph
from aigov_graph import opening
from aigov_graph.dataset import find_data

NOTEBOOKS = sorted((Path(__file__).parent.parent / "docs" / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> opening.Graph:
    """The interview alone: what the notebooks show, in a fraction of the time."""
    folder = tmp_path_factory.mktemp("data")
    own = find_data().graphs
    shutil.copytree(own / "entities", folder / "graphs" / "entities")
    shutil.copytree(own / "sources" / "zeng-2021", folder / "graphs" / "sources" / "zeng-2021")
    return opening.open_graph(folder)


def test_there_are_notebooks() -> None:
    """For tables, for networks and for pictures."""
    assert [path.stem for path in NOTEBOOKS] == ["claims-with-pandas", "network-with-networkx", "pictures"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path, graph: opening.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each code cell in turn, in one namespace; nothing that a run leaves is kept in the file."""
    monkeypatch.setattr(aigov_graph, "open", lambda: graph, raising=False)
    notebook = json.loads(path.read_text())
    namespace: dict[str, Any] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            assert (cell["outputs"], cell["execution_count"]) == ([], None)
            exec(compile("".join(cell["source"]), path.name, "exec"), namespace)
