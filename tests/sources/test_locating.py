"""Paragraphs, locators, and clauses by their first and last words."""

from __future__ import annotations

import pytest

from aigov_graph.sources.locating import Span, end_words, find_span, paragraphs
from aigov_graph.sources.problems import CellError
from tests.sources.conftest import TEXT


def test_locators_count_within_sections() -> None:
    """Each paragraph has a locator of its own, counted within the section that the text numbers."""
    assert [p.locator for p in paragraphs(TEXT)] == [
        "paragraph 1",
        "section 1, paragraph 1",
        "section 1, paragraph 2",
        "section 2, paragraph 1",
    ]


def test_chinese_articles_are_counted() -> None:
    """Articles of a Chinese text give Arabic numbers."""
    text = "第一条 甲。\n第十二条 乙。\n(一)丙;\n第二十条 丁。\n"
    assert [p.locator for p in paragraphs(text)] == [
        "article 1, paragraph 1",
        "article 12, paragraph 1",
        "article 12, paragraph 2",
        "article 20, paragraph 1",
    ]


def test_numbers_that_start_again_keep_locators_apart() -> None:
    """A second Section 1, as in an annex, gets another locator."""
    assert len({p.locator for p in paragraphs("Section 1. A\nSection 1. B\n")}) == 2


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("The Tide Works", "Pilots Office", "The Tide Works supplied two cranes to the Pilots Office"),
        (
            "the  TIDE works",
            "the bay",
            "The Tide Works supplied two cranes to the Pilots Office before the storm came over the bay.",
        ),
        ("and it may", "soon", "and it may buy it soon."),
        ("No one in the", "", "No one in the"),
    ],
)
def test_clause_is_found(first: str, last: str, found: str) -> None:
    """Case and spacing do not count; the stop that ends the sentence belongs to it."""
    span = find_span(TEXT, Span(0, len(TEXT)), first, last)
    assert TEXT[span.start : span.end] == found


def test_quotes_and_width_do_not_count() -> None:
    """Curly quotes and full-width letters are found by plain ones."""
    text = "They call it “the bay’s ＡＩ plan” and like it."
    span = find_span(text, Span(0, len(text)), "\"the bay's ai", 'plan"')
    assert text[span.start : span.end] == "“the bay’s ＡＩ plan”"


@pytest.mark.parametrize(
    ("first", "last", "what"),
    [
        ("The Harbour Ministry wants", "cranes", "stand there 2 times"),
        ("The Lighthouse", "cranes", "does not have the words"),
        ("The Tide Works", "lighthouse", "does not have the words 'lighthouse' after"),
    ],
)
def test_clause_that_is_not_one_is_refused(first: str, last: str, what: str) -> None:
    """Words that are absent, or stand twice, are errors."""
    with pytest.raises(CellError, match=what):
        find_span(TEXT, Span(0, len(TEXT)), first, last)


def test_short_and_unspaced_passages_show_no_words() -> None:
    """Three words at each end are recorded only where they are a small part of the passage."""
    assert end_words("one two three four five six seven eight") == ("one two three", "six seven eight")
    assert end_words("one two three four") == ("", "")
    assert end_words("港务 委员会 一 二 三 四 五 六 七") == ("", "")
