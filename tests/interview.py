"""The interview alone as a data folder: the ontology, the rules, the entities and one source."""

from __future__ import annotations

import shutil
from pathlib import Path

from aigov_graph.dataset import DataFolder, find_data


def interview_folder(root: Path) -> DataFolder:
    """Copy what the interview needs below an empty folder; the ontology and the questions stay the package's own."""
    data = find_data()
    for part in ("entities", "sources/zeng-2021", "rules"):
        shutil.copytree(data.graphs / part, root / "graphs" / part)
    return DataFolder(data.ontology, root / "graphs")
