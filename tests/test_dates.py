"""Dates of EDTF level 1 as first and last day."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigov_graph.dates import DateError, Span, _by_library, parse


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "ongoing"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31), False),
        ("2019-07", date(2019, 7, 1), date(2019, 7, 31), False),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), False),
        ("2019-07-20", date(2019, 7, 20), date(2019, 7, 20), False),
        ("2019?", date(2019, 1, 1), date(2019, 12, 31), False),
        ("2019-07~", date(2019, 7, 1), date(2019, 7, 31), False),
        ("2019%", date(2019, 1, 1), date(2019, 12, 31), False),
        ("199X", date(1990, 1, 1), date(1999, 12, 31), False),
        ("19XX", date(1900, 1, 1), date(1999, 12, 31), False),
        ("2019-XX", date(2019, 1, 1), date(2019, 12, 31), False),
        ("2019-05-XX", date(2019, 5, 1), date(2019, 5, 31), False),
        ("2019-XX-XX", date(2019, 1, 1), date(2019, 12, 31), False),
        ("2019-21", date(2019, 3, 1), date(2019, 5, 31), False),
        ("2018-24", date(2018, 12, 1), date(2019, 2, 28), False),
        ("2019-24", date(2019, 12, 1), date(2020, 2, 29), False),
        ("2019-24/2020-01", date(2019, 12, 1), date(2020, 1, 31), False),
        ("2019/2019-24", date(2019, 1, 1), date(2020, 2, 29), False),
        ("2020-02/2019-24", date(2020, 2, 1), date(2020, 2, 29), False),
        ("2019-24/..", date(2019, 12, 1), None, True),
        ("2015/2019", date(2015, 1, 1), date(2019, 12, 31), False),
        ("2019-05/2019", date(2019, 5, 1), date(2019, 12, 31), False),
        ("2019/2019-05", date(2019, 1, 1), date(2019, 5, 31), False),
        ("2015~/2019-07-20?", date(2015, 1, 1), date(2019, 7, 20), False),
        ("2019-21/2019-23", date(2019, 3, 1), date(2019, 11, 30), False),
        ("2019/..", date(2019, 1, 1), None, True),
        ("1980~/..", date(1980, 1, 1), None, True),
        ("2019/", date(2019, 1, 1), None, False),
        ("../2019", None, date(2019, 12, 31), False),
        ("/2019", None, date(2019, 12, 31), False),
    ],
)
def test_a_date_means_its_first_and_last_day(
    text: str, earliest: date | None, latest: date | None, ongoing: bool
) -> None:
    """Years, months, days, seasons, unspecified digits and intervals give exact days; open ends give none."""
    assert parse(text) == Span(earliest, latest, ongoing)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("2019/2018", "the interval ends before it starts"),
        ("2019-06/2019-05", "the interval ends before it starts"),
        ("2019-12/2019-21", "the interval ends before it starts"),
        ("../..", "the interval has no date at either end"),
        ("/..", "the interval has no date at either end"),
        ("../", "the interval has no date at either end"),
        ("/", "the interval has no date at either end"),
        ("20X0", "the date is of EDTF level 2; level 1 is used here"),
        ("1XXX", "the date is of EDTF level 2; level 1 is used here"),
        ("XXXX", "the date is of EDTF level 2; level 1 is used here"),
        ("[2019..2021]", "the date is of EDTF level 2; level 1 is used here"),
        ("{2019,2021}", "the date is of EDTF level 2; level 1 is used here"),
        ("~2019", "the date is of EDTF level 2; level 1 is used here"),
        ("1984?-06", "the date is of EDTF level 2; level 1 is used here"),
        ("2010S2", "the date is of EDTF level 2; level 1 is used here"),
        ("2019-25", "the date is of EDTF level 2; level 1 is used here"),
        ("2019/20XX", "the date is of EDTF level 2; level 1 is used here"),
        ("2004-06-~01/2004-06-~20", "the date is of EDTF level 2; level 1 is used here"),
        ("2019-01-01T10:00:00", "the date has a time of day"),
        ("Y17000", "the year lies outside 1 to 9999"),
        ("Y-17E7", "the year lies outside 1 to 9999"),
        ("-0500", "the year lies outside 1 to 9999"),
        ("0000", "the year lies outside 1 to 9999"),
        ("9999-24", "the year lies outside 1 to 9999"),
        ("2019-02-29", "the calendar has no such day"),
        ("2019-02-30", "this is no date in the Extended Date/Time Format (EDTF)"),
        ("2019-13", "this is no date in the Extended Date/Time Format (EDTF)"),
        ("20 July 2019", "this is no date in the Extended Date/Time Format (EDTF)"),
        ("2019-7", "this is no date in the Extended Date/Time Format (EDTF)"),
        ("open", "this is no date in the Extended Date/Time Format (EDTF)"),
        ("..", "this is no date in the Extended Date/Time Format (EDTF)"),
        ("", "this is no date in the Extended Date/Time Format (EDTF)"),
        (" 2019", "this is no date in the Extended Date/Time Format (EDTF)"),
        ("2019 / 2020", "this is no date in the Extended Date/Time Format (EDTF)"),
        ("../20", "this is no date in the Extended Date/Time Format (EDTF)"),
        ("2019/2020/2021", "this is no date in the Extended Date/Time Format (EDTF)"),
    ],
)
def test_what_is_no_date_of_level_1_is_refused(text: str, what: str) -> None:
    """The error says what is wrong, repeats the text and says what to write."""
    with pytest.raises(DateError) as caught:
        parse(text)
    assert caught.value.what == what
    assert caught.value.where == text
    assert caught.value.remedy


def test_refusing_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """The library prints on malformed intervals; standard output belongs to data."""
    for text in ("/..", "../", "../..", "../20", "2019/2018"):
        with pytest.raises(DateError):
            parse(text)
    assert capsys.readouterr() == ("", "")


days = st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31))


def _spell(day: date, precision: int) -> str:
    return "-".join(day.isoformat().split("-")[:precision])


def _first(day: date, precision: int) -> date:
    return date(day.year, day.month if precision > 1 else 1, day.day if precision > 2 else 1)


def _last(day: date, precision: int) -> date:
    month = day.month if precision > 1 else 12
    return date(day.year, month, day.day if precision > 2 else calendar.monthrange(day.year, month)[1])


precisions = st.integers(1, 3)
marks = st.sampled_from(["", "?", "~", "%"])


@given(days, precisions, marks)
def test_a_date_spans_its_own_precision(day: date, precision: int, mark: str) -> None:
    """Year, month or day, certain or not, from its first to its last day."""
    assert parse(_spell(day, precision) + mark) == Span(_first(day, precision), _last(day, precision), False)


@given(days, precisions, marks, days, precisions, marks)
def test_an_interval_spans_its_ends_or_runs_backwards(
    start: date, start_precision: int, start_mark: str, end: date, end_precision: int, end_mark: str
) -> None:
    """From the first day of its start to the last of its end, refused where the one lies after the other."""
    text = f"{_spell(start, start_precision)}{start_mark}/{_spell(end, end_precision)}{end_mark}"
    earliest, latest = _first(start, start_precision), _last(end, end_precision)
    if earliest <= latest:
        assert parse(text) == Span(earliest, latest, False)
    else:
        with pytest.raises(DateError):
            parse(text)


@given(days, precisions, st.sampled_from(["..", ""]))
def test_an_open_or_unknown_end_has_no_day(day: date, precision: int, end: str) -> None:
    """Only an open end says that it goes on."""
    text = _spell(day, precision)
    assert parse(f"{text}/{end}") == Span(_first(day, precision), None, ongoing=end == "..")
    assert parse(f"{end}/{text}") == Span(None, _last(day, precision), ongoing=False)


numbers = st.sampled_from(["0000", "0001", "1900", "2000", "2023", "2024", "9999"])
parts = st.sampled_from(
    ["", "-00", "-01", "-02", "-12", "-13", "-21", "-02-00", "-02-28", "-02-29", "-02-30", "-12-31"]
)
ends = st.one_of(st.builds(str.__add__, numbers, parts), st.sampled_from(["", "..", "20", "٢٠١٩"]))


@given(ends, st.one_of(st.none(), ends))
def test_what_is_written_plainly_means_what_the_library_says(start: str, end: str | None) -> None:
    """Years, months and days are read without the library, and to the same days, or refused alike."""
    text = start if end is None else f"{start}/{end}"

    def outcome(read: Callable[[str], Span]) -> Span | str:
        try:
            span = read(text)
        except DateError as error:
            return error.what
        backwards = span.earliest and span.latest and span.earliest > span.latest
        return "the interval ends before it starts" if backwards else span

    if end is None or {start, end} - {"", ".."}:
        assert outcome(parse) == outcome(_by_library)


@given(st.text(alphabet="0123456789-/.?~%X[]{}, YTSE:", max_size=24))
def test_any_text_is_a_span_or_a_date_error(text: str) -> None:
    """No other error escapes, and a span never runs backwards."""
    try:
        span = parse(text)
    except DateError:
        return
    assert span.earliest or span.latest
    assert not (span.earliest and span.latest) or span.earliest <= span.latest
    assert not (span.ongoing and span.latest)
