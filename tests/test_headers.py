"""Headers of query files."""

from __future__ import annotations

from aigov_graph.headers import header_length, read_header


def test_a_header_is_its_keys_and_values() -> None:
    """A value may hold colons and go on over indented lines."""
    text = "# title: Who ferries: a question\n# example: The Port Council,\n#   says the Harbour Ministry.\n\nASK {}\n"
    assert read_header(text) == {
        "title": "Who ferries: a question",
        "example": "The Port Council, says the Harbour Ministry.",
    }


def test_a_header_ends_where_the_remarks_begin() -> None:
    """A bare comment sign ends it, so a remark may look like a field."""
    text = "# title: Edges\n#\n# into: nothing, this is a remark\nCONSTRUCT {} WHERE {}"
    assert read_header(text) == {"title": "Edges"}
    assert header_length(text) == 1


def test_a_comment_between_fields_belongs_to_none_of_them() -> None:
    """Nor does what is indented below it."""
    assert read_header("# title: Edges\n# Drawn by hand\n#   with care\n# into: graph:edges") == {
        "title": "Edges",
        "into": "graph:edges",
    }


def test_the_first_of_two_equal_keys_counts() -> None:
    """What continues the second is dropped with it."""
    assert read_header("# title: Ports\n# title: Harbours\n#   and quays") == {"title": "Ports"}


def test_a_key_without_a_value_is_absent() -> None:
    """Spaces are no value."""
    assert read_header("# title:   \n# example: None") == {"example": "None"}


def test_a_text_without_comments_has_no_header() -> None:
    """An empty text neither."""
    assert read_header("ASK {} # title: no") == {}
    assert header_length("") == 0
