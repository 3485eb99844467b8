"""Every error a user can meet says what, where and what to do."""

from __future__ import annotations

import inspect

import pytest

from aigov_graph import errors
from aigov_graph.errors import AigovError, DataSyntaxError

ALL = [member for _, member in inspect.getmembers(errors, inspect.isclass) if issubclass(member, AigovError)]


@pytest.mark.parametrize("kind", ALL)
def test_an_error_is_told_in_three_parts(kind: type[AigovError]) -> None:
    """Each stands on a line of its own; one that is empty leaves no gap."""
    error = kind("it broke", "here.ttl:3", "mend it")
    assert (error.what, error.where, error.remedy) == ("it broke", "here.ttl:3", "mend it")
    assert str(error) == "it broke\n  at here.ttl:3\nmend it"
    assert str(kind("it broke", remedy="mend it")) == "it broke\nmend it"
    assert str(kind("it broke")) == "it broke"


@pytest.mark.parametrize("kind", ALL)
def test_every_error_stands_in_the_tree_at_the_top(kind: type[AigovError]) -> None:
    """A reader finds it, and finds what it means."""
    assert kind.__name__ in (errors.__doc__ or "")
    assert kind.__doc__


def test_a_syntax_error_knows_its_line_and_column() -> None:
    """For those who point at the place."""
    error = DataSyntaxError("no object", "x.ttl:2:7", "write one", line=2, column=7)
    assert (error.line, error.column) == (2, 7)
