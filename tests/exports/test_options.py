"""The options of a view: how words become one, and which words are refused."""

from __future__ import annotations

from datetime import date

import pytest

from aigov_graph.errors import RequestError
from aigov_graph.exports.options import OPTIONS, View


def test_words_become_a_view() -> None:
    """Every kind of option is read: lists, dates by their first and last day, numbers, switches and choices."""
    view = View.read(
        {
            "relation": ["signed", "owns", "signed"],
            "status": ["fact", "hedged"],
            "from": ["2019"],
            "to": ["2020-02"],
            "around": ["china"],
            "depth": ["2"],
            "direction": ["out"],
            "merge": [""],
            "largest": ["false"],
        }
    )
    assert view == View(
        relations=("signed", "owns"),
        statuses=("fact", "hedged"),
        start=date(2019, 1, 1),
        end=date(2020, 2, 29),
        around="china",
        depth=2,
        direction="out",
        merge=True,
    )


def test_a_view_says_its_own_words() -> None:
    """What a view says of itself reads back as the same view, and only what differs from the default is said."""
    view = View.read({"type": ["Actor"], "from": ["2019"], "undated": ["yes"], "lang": ["zh"]})
    assert view.words() == {"type": ["Actor"], "from": ["2019-01-01"], "undated": ["true"], "lang": ["zh"]}
    assert View.read(view.words()) == view
    assert View().words() == {}


@pytest.mark.parametrize(
    ("given", "what", "remedy"),
    [
        ({"relatoin": ["owns"]}, "there is no option 'relatoin'", "did you mean relation?"),
        ({"status": ["true"]}, "'true' is no status", "choose from: fact, disputed, denied, qualified, hedged"),
        ({"depth": ["0"]}, "'0' is no whole number from 1 to 999999", "write it in digits"),
        ({"depth": ["1", "2"]}, "depth is given 2 times", "give it once"),
        ({"merge": ["maybe"]}, "'maybe' is neither true nor false", "say true or false"),
        ({"around": [" "]}, "around is empty", "say what, or leave the option out"),
        ({"from": ["2019/.."], "to": ["2018"]}, "the time ends before it begins", "swap from and to"),
        ({"to": ["2019/.."]}, "'2019/..' is open at that end", "write a day, month or year: 2019-06-30"),
    ],
)
def test_wrong_words_are_refused(given: dict[str, list[str]], what: str, remedy: str) -> None:
    """The error says what is wrong with which option and what to write instead."""
    with pytest.raises(RequestError) as found:
        View.read(given)
    assert (found.value.what, found.value.remedy) == (what, remedy)


def test_a_word_that_is_no_date_is_refused() -> None:
    """What cannot be read as a date names the option."""
    with pytest.raises(RequestError) as found:
        View.read({"from": ["last year"]})
    assert found.value.where == "from"


def test_every_option_explains_itself() -> None:
    """Each has a name without spaces and a sentence of help."""
    assert [option.name for option in OPTIONS if not option.name.isalpha() or not option.help.endswith(".")] == []
