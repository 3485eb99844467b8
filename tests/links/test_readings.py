"""Other readings of a state's name: what may be left out of it, what it may be made of, and what must stay."""

from __future__ import annotations

import pytest

from aigov_graph.links.readings import Readings

READINGS = Readings(
    ["Norland", "Sudland", "Tidalia", "Portugo", "Wharf and Quay", "诺兰"],
    ["XN", "XS"],
    lambda word: {"repblic": "republic"}.get(word, word),
)


def texts(name: str) -> list[str]:
    """How a name may be read besides as it stands."""
    return [reading.text for reading in READINGS.of(name)]


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("Quay [Old Harbour]", ["Quay"]),
        ("Quay (Old) Islands", ["Quay Islands", "Quay (Old)"]),
        ("码头（旧）", ["码头"]),
        ("Norland, Quay Special Administrative Region", ["Quay"]),
        ("Anyland, Quay Special Administrative Region", ["Quay"]),
        ("Norland, Quay", ["Quay"]),
        ("Wharf and Quay Islands", ["Wharf and Quay"]),
        ("the Tidalese Republic", ["tidalia"]),
        ("Portuguese Republic", ["portugo"]),
        ("the Tidalese Repblic", ["tidalia"]),
        ("Nroland", ["norland"]),
        ("the Kingdom of Norlnd", ["norland"]),
    ],
)
def test_a_name_is_read_in_another_way(name: str, read: list[str]) -> None:
    """Brackets, the state around, islands, an adjective, a slip."""
    assert texts(name) == read


@pytest.mark.parametrize(
    "name",
    [
        "Norland",
        "Quay (Democratic Republic of the)",
        "Quay (Norland)",
        "Quay (X.N. state)",
        "Quay, Norland",
        "Quay Islands",
        "the Republic of Tidal",
        "Tidalese",
        "Tidalese Shipping",
        "the Republic of Norlund",
        "诺兰共和国",
        "",
    ],
)
def test_what_tells_two_states_apart_is_kept(name: str) -> None:
    """A form of state or another state in brackets, another letter, an adjective without a form of state."""
    assert texts(name) == []
