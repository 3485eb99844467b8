"""A validation as a whole."""

from __future__ import annotations

import pytest

from aigov_graph.dataset import Dataset
from aigov_graph.errors import DataError
from aigov_graph.validation import validate
from tests.validation.support import C1, changed


def test_data_without_shapes_is_not_taken_for_valid() -> None:
    """Where nothing could be found wrong, nothing was judged."""
    files = tuple(loaded for loaded in changed("").files if loaded.file.kind != "shapes")
    with pytest.raises(DataError, match="there are no shapes"):
        validate(Dataset(files))


def test_the_order_of_the_files_does_not_matter() -> None:
    """The same data in any order gives the same report."""
    dataset = changed(f"{C1} aigov:certanty concept:possible ; change:without aigov:mode , aigov:evidence .")
    report = validate(dataset)
    assert len(report.problems) > 3
    assert validate(Dataset(tuple(reversed(dataset.files)))) == report
