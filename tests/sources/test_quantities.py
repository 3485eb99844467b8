"""Amounts in plain words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigov_graph.sources.problems import CellError
from aigov_graph.sources.quantities import Amount, decimal_form, read_amount

CASES = {
    "at least 150000000000 CNY": Amount("CNY", (("minimum", Decimal(150000000000)),)),
    "at least 3 d": Amount("d", (("minimum", Decimal(3)),)),
    "more than 20 cities": Amount("cities", (("above", Decimal(20)),)),
    "almost 50 countries": Amount("countries", (("below", Decimal(50)),), approximate=True),
    "400,000,000 to 800,000,000 people": Amount(
        "people", (("minimum", Decimal(400000000)), ("maximum", Decimal(800000000)))
    ),
    "10 min": Amount("min", (("exactly", Decimal(10)),)),
    "2.5%": Amount("%", (("exactly", Decimal("2.5")),)),
    "about 7 firms": Amount("firms", (("exactly", Decimal(7)),), approximate=True),
    "more than 5 and less than 9 ports": Amount("ports", (("above", Decimal(5)), ("below", Decimal(9)))),
    "up to 4 members": Amount("members", (("maximum", Decimal(4)),)),
}


@pytest.mark.parametrize(("words", "amount"), CASES.items())
def test_words_are_read(words: str, amount: Amount) -> None:
    """Each phrase gives its bounds and unit, and never an exact value for a bound."""
    assert read_amount(words) == amount


@pytest.mark.parametrize("words", ["many ports", "3", "at least 3 million people", "9 to 5 ports", "", "at most x d"])
def test_words_without_an_amount_are_refused(words: str) -> None:
    """A number without unit, a unit with part of the number, and bounds that run backwards are errors."""
    with pytest.raises(CellError):
        read_amount(words)


numbers = st.decimals(min_value=0, max_value=10**13, places=2, allow_nan=False)
units = st.sampled_from(["CNY", "d", "%", "cities", "kilograms of paper"])


@st.composite
def amounts(draw: st.DrawFn) -> Amount:
    """Any amount that the shapes allow."""
    low, high = sorted(draw(st.lists(numbers, min_size=2, max_size=2, unique=True)))
    bounds = draw(
        st.sampled_from(
            [
                (("exactly", low),),
                (("minimum", low),),
                (("maximum", low),),
                (("above", low),),
                (("below", low),),
                (("minimum", low), ("maximum", high)),
                (("above", low), ("below", high)),
                (("above", low), ("maximum", high)),
                (("minimum", low), ("below", high)),
            ]
        )
    )
    return Amount(draw(units), bounds, draw(st.booleans()))


@given(amounts())
def test_any_amount_survives_its_words(amount: Amount) -> None:
    """An amount put into words reads back as itself."""
    assert read_amount(amount.words()) == amount


def test_numbers_are_written_out() -> None:
    """Decimals in the files have a point and no exponent."""
    assert [decimal_form(Decimal(n)) for n in ("150000000000", "2.50", "1E+3")] == ["150000000000.0", "2.5", "1000.0"]
