"""Names made comparable: what is aside, what is kept, and what a stranger's text may hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigov_graph.search.forms import LONGEST, Form, clean, fold, form


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("F.B.I.", "fbi"),
        ("F. B. I.", "fbi"),
        ("the F.B.I. office", "the fbi office"),
        ("Ｋａｉｂｏ　ＡＧ", "kaibo ag"),
        ("Kaibo Co.,Ltd", "kaibo co ltd"),
        ("People's", "peoples"),
        ("Côte d'Or", "cote dor"),
        ("S&P", "s and p"),
        ("凯博Kaibo集团", "凯博 kaibo 集团"),
        ("  a\tb\u202e\u200fc\x00d ", "a bc d"),
        ("정부", "정부"),
        ("...", ""),
    ],
)
def test_a_name_is_folded(text: str, folded: str) -> None:
    """Width, case, dots, accents and marks of direction are aside; letters of every script stay."""
    assert fold(text) == folded


def test_short_forms_are_written_out() -> None:
    """A table of common words, not of names."""
    assert form("Min. of Tech., Norland gov't").words == ("ministry", "of", "technology", "norland", "government")


def test_legal_forms_tell_nothing() -> None:
    """In Latin letters and in Chinese; a name that is nothing else stays."""
    assert form("Kaibo Group Holding Co., Ltd.").joined == "kaibo"
    assert form("凯博集团有限公司").core == "凯博"
    assert form("Holding Group").joined == "holdinggroup"
    assert form("有限公司").core == "有限公司"


@pytest.mark.parametrize(
    ("text", "initials"),
    [("Northern Bureau of Harbour Inspection", "nbhi"), ("Harbour Ministry", ""), ("凯博 big old firm", "")],
)
def test_initials_are_those_of_three_words_or_more(text: str, initials: str) -> None:
    """Two letters would stand for too much."""
    assert form(text).initials == initials


@given(st.text(alphabet=st.characters(), max_size=LONGEST * 3))
def test_any_text_becomes_one_that_can_be_kept(text: str) -> None:
    """It encodes, is short, has no control character, and folding what is folded changes nothing."""
    cleaned = clean(text)
    cleaned.encode()
    assert len(cleaned) <= LONGEST
    assert not any(ord(letter) < 32 or letter in "\u202a\u202b\u202d\u202e\u200e\u200f" for letter in cleaned)
    assert fold(fold(text)) == fold(text)


def test_a_lone_surrogate_does_no_harm() -> None:
    """JSON can hold one; UTF-8 cannot."""
    assert clean("a\ud800b") == "a?b"


@given(st.text(alphabet=st.characters(), max_size=60))
def test_a_form_is_written_and_read_again(text: str) -> None:
    """The index keeps forms as texts; no part may run into the next."""
    assert Form.read(form(text).written) == form(text)
    assert "\n" not in form(text).written
