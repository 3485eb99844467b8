"""One validation of a whole data folder."""

from __future__ import annotations

from aigov_graph.dataset import Dataset
from aigov_graph.errors import DataError
from aigov_graph.validation.checks import JUDGED, run_checks
from aigov_graph.validation.graph import graph_of
from aigov_graph.validation.places import with_places
from aigov_graph.validation.preparation import hoist, narrow
from aigov_graph.validation.report import Report
from aigov_graph.validation.shacl import judge


def validate(dataset: Dataset) -> Report:
    """Judge the statements of all files, the ontology's too, by the dataset's own shapes and checks.

    Raises:
        DataError: the dataset has no shapes, so that nothing could be wrong; or the shapes name an unknown check.
    """
    shapes = graph_of(dataset.quads("shapes"))
    if not shapes:
        raise DataError("there are no shapes to judge the data by", "ontology/shapes.ttl", "restore the file")
    hoist(shapes)
    narrow(shapes, dataset.quads(*JUDGED))
    data = graph_of(dataset.quads(*JUDGED))
    return Report.of(with_places([*judge(data, shapes), *run_checks(dataset)], dataset))
