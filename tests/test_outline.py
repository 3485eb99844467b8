"""The lines of a Turtle text's subjects, remarks and blank nodes."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigov_graph.outline import Outline, outline


def test_subjects_stand_where_their_block_starts() -> None:
    """Strings, lists, full stops inside names and numbers, and all four ways to declare a prefix are told apart."""
    text = '''@prefix ex: <http://example.org/> .
PREFIX : <http://example.org/#>
@base <http://example.org/> .
BASE <http://example.org/>

ex:a ex:p """
ex:not-a-subject
. ex:nor-this ex:p 1 . \\""" # not a remark
""", 1.5, .5, -1. ex:b.c ex:p ex:d.e .
ex:f\\,g
    ex:p 'it\\'s', "x"@en, ex:h .
:i ex:p "2"^^ex:j.<http://example.org/\\u00e9>
    a ex:k ; # a remark
.
'''
    assert list(ox.parse(text, format=ox.RdfFormat.TURTLE))
    assert outline(text) == Outline(
        subjects=(
            ("http://example.org/a", 6),
            ("http://example.org/b.c", 9),
            ("http://example.org/f,g", 10),
            ("http://example.org/#i", 12),
            ("http://example.org/é", 12),
        ),
        remarks=(13,),
        blank=None,
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("ex:a ex:p () .", None),
        ("ex:a ex:p '[' .", None),
        ("ex:a ex:p\n [] .", 2),
        ("ex:a ex:p\n\n ( 1 ) .", 3),
        ("_:a ex:p 1 .", 1),
    ],
)
def test_the_first_blank_node_is_found(text: str, line: int | None) -> None:
    """In brackets, as a list, or by a label; the empty list is an IRI."""
    assert outline(text).blank == line


def test_a_block_of_a_blank_node_has_no_subject() -> None:
    """Nothing inside its brackets is taken for one."""
    assert outline("@prefix ex: <http://e/> . [ ex:p ex:a ] ex:p 1 . ex:b ex:p 1 .").subjects == (("http://e/b", 1),)


@given(st.text(alphabet="ab:.<>\"'#\\\n[](){}@^ ;,_", max_size=60))
def test_what_is_no_turtle_gets_an_outline_too(text: str) -> None:
    """The parser complains, not this."""
    assert all(1 <= line <= text.count("\n") + 1 for line in outline(text).remarks)
