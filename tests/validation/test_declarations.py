"""How checks and keys are declared beside the shapes."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from aigov_graph.errors import DataError
from aigov_graph.validation.declarations import Check, Key, read_checks
from aigov_graph.vocabulary.namespaces import AIGOV, SHAPE
from tests.validation.support import HEADER


def read(turtle: str) -> tuple[Check, ...]:
    """The checks that some statements declare."""
    return read_checks(
        ox.Quad(t.subject, t.predicate, t.object) for t in ox.parse(HEADER + turtle, format=ox.RdfFormat.TURTLE)
    )


def test_checks_and_keys_are_read_with_their_severity_and_message() -> None:
    """A key lists its class and, sorted, the properties that together make it."""
    assert read(
        """shape:key a aigov:Key ; aigov:onClass aigov:Row ; aigov:keyProperty aigov:table , aigov:key ;
        sh:severity sh:Warning ; sh:message "Twice. Keep one."@en .
        shape:date a aigov:Check ; sh:severity sh:Violation ; sh:message "No date. Write one."@en ."""
    ) == (
        Check(SHAPE.date, "Violation", "No date.", "Write one."),
        Key(SHAPE.key, "Warning", "Twice.", "Keep one.", AIGOV.Row, (AIGOV.key, AIGOV.table)),
    )


@pytest.mark.parametrize(
    "turtle",
    [
        'shape:date a aigov:Check ; sh:message "No date. Write one."@en .',
        "shape:date a aigov:Check ; sh:severity sh:Violation .",
        'shape:key a aigov:Key ; aigov:keyProperty rdfs:label ; sh:severity sh:Info ; sh:message "Two. Keep one."@en .',
        'shape:key a aigov:Key ; aigov:onClass aigov:Row ; sh:severity sh:Info ; sh:message "Twice. Keep one."@en .',
    ],
    ids=["no severity", "no message", "no class", "no property"],
)
def test_an_incomplete_check_is_an_error(turtle: str) -> None:
    """A check that lacks what a report needs is not passed over."""
    with pytest.raises(DataError, match="a check lacks"):
        read(turtle)
