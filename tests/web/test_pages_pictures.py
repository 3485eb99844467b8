"""Small pictures on pages: no name lies on another, hedged is not drawn like plain, and names are only text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib.resources import files
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask, render_template_string

from aigov_graph.exports.options import STATUSES
from aigov_graph.web.pages.pictures import Circle, Dot, Star, bars, circle, fitted, star
from tests.harbour import Said
from tests.port_folder import port_folder
from tests.web.test_pages import client_of

_COLUMN, _LETTER_HEIGHT = 7.0, 13.0
"""How wide a Latin letter of these pictures is taken to be, and how high a line: 12 pixels."""

Box = tuple[float, float, float, float]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The pages over a small folder."""
    root = tmp_path_factory.mktemp("pictures")
    return client_of(port_folder(root / "data"), root).application


def rendered(app: Flask, kind: str, picture: Star | Circle) -> ElementTree.Element:
    """A picture as a page holds it."""
    with app.test_request_context("/"):
        text = f'{{% from "macros.html" import {kind} %}}{{{{ {kind}(picture, "A label") }}}}'
        return ElementTree.fromstring(render_template_string(text, picture=picture))


def name_of(iri: str) -> str:
    """Names of various lengths, some Chinese, some longer than there is room for."""
    number = int(iri.rpartition("-")[2])
    return ("Harbour", "港务部与港口理事会联合会", "Ministry of harbours and waterways", "Pilots")[
        number % 4
    ] + f" {number}"


def written_at(dot: Dot, beside: float) -> Box:
    """What a name covers."""
    width = sum(2 if ord(letter) > 0x2E80 else 1 for letter in dot.text) * _COLUMN
    left = dot.x - beside - width if dot.left else dot.x + beside
    middle = dot.y + dot.lower
    return left, middle - _LETTER_HEIGHT / 2, left + width, middle + _LETTER_HEIGHT / 2


def meeting(boxes: Iterable[Box]) -> list[tuple[Box, Box]]:
    """Pairs of boxes that share any ground."""
    return [(a, b) for a, b in combinations(boxes, 2) if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]]


def ring(count: int) -> list[tuple[str, str]]:
    """Pairs of so many things: each with the next, and with the third after it."""
    return [(f"thing-{n}", f"thing-{(n + step) % count}") for n in range(count) for step in (1, 3)]


def ties(count: int, standing: Callable[[int], str] = lambda n: "fact") -> dict[str, list[str]]:
    """Things tied to one in the middle."""
    return {f"thing-{n}": [standing(n)] for n in range(count)}


@pytest.mark.parametrize("count", [2, 3, 5, 8, 13, 16, 40])
def test_names_around_a_circle_lie_on_none(count: int) -> None:
    """Neither on each other nor on a dot, and all within the picture; of many things those with the most lines."""
    made = circle(ring(count), name_of)
    assert len(made.dots) == min(count, 16)
    names = [written_at(dot, 10) for dot in made.dots]
    dots = [(dot.x - 5, dot.y - 5, dot.x + 5, dot.y + 5) for dot in made.dots]
    assert meeting([*names, *dots]) == []
    assert all(box[0] >= 0 and box[1] >= 0 and box[2] <= made.width and box[3] <= made.height for box in names)


@pytest.mark.parametrize("count", [3, 5, 8, 13, 16])
def test_no_line_of_a_circle_runs_through_a_name(count: int) -> None:
    """Names stand outside of the ring on which lines begin and end."""
    made = circle(ring(count), name_of)
    for one, other in made.lines:
        for step in range(101):
            x, y = (a + (b - a) * step / 100 for a, b in ((one.x, other.x), (one.y, other.y)))
            crossed = [
                dot.text
                for dot in made.dots
                if (box := written_at(dot, 10))[0] < x < box[2] and box[1] + 1 < y < box[3] - 1
            ]
            assert crossed == [], (one.text, other.text)


@pytest.mark.parametrize("count", [1, 2, 7, 20, 33])
def test_names_around_a_star_lie_on_none(count: int) -> None:
    """And what finds no room is counted."""
    made = star("Port Council", ties(count), STATUSES, name_of)
    assert len(made.dots) == min(count, 20)
    assert made.more == count - len(made.dots)
    names = [written_at(dot, 8) for dot in made.dots]
    middle = made.height / 2 - 17
    width = len(made.text) * _COLUMN
    assert meeting(names) == []
    assert all(box[0] >= 0 and box[1] >= 0 and box[2] <= made.width and box[3] <= made.height for box in names)
    assert meeting([(210 - width / 2, middle - 7, 210 + width / 2, middle + 7), *dots_of(made)]) == []


def dots_of(made: Star) -> list[Box]:
    """What the dots of a star cover."""
    return [(dot.x - 4, dot.y - 4, dot.x + 4, dot.y + 4) for dot in made.dots]


def test_the_same_ties_give_the_same_picture() -> None:
    """In whatever order they come."""
    pairs = ring(30)
    assert circle(pairs, name_of) == circle([(b, a) for a, b in reversed(pairs)], name_of)
    around = ties(12)
    assert star("Port", around, STATUSES, name_of) == star("Port", dict(reversed(around.items())), STATUSES, name_of)


def test_a_line_is_drawn_as_the_firmest_of_its_ties() -> None:
    """A fact beside a hedge is a fact; hedges alone are not."""
    around = {"thing-0": ["hedged", "fact"], "thing-1": ["hedged", "denied"], "thing-2": ["hedged"]}
    made = star("Port", around, STATUSES, name_of)
    assert [dot.standing for dot in made.dots] == ["fact", "denied", "hedged"]


def test_each_status_is_drawn_in_a_way_of_its_own(app: Flask) -> None:
    """A fact is a plain line, hedged is dashed, denied dotted, disputed and qualified marked; each has its colour."""
    around = ties(len(STATUSES), lambda n: STATUSES[n])
    drawn = rendered(app, "star", star("Port", around, STATUSES, name_of))
    assert [group.get("class") for group in drawn.iter("g")] == list(STATUSES)
    assert all(group.find("path") is not None for group in drawn.iter("g"))
    css = files("aigov_graph.web").joinpath("static/style.css").read_text("utf-8")
    dashes = dict(re.findall(r"\.star \.(\w+) path \{ stroke-dasharray: ([\d. ]+); \}", css))
    assert dashes.keys() == set(STATUSES) - {"fact"}
    assert len(set(dashes.values())) == len(dashes)
    dash, dot = ([float(length) for length in dashes[status].split()] for status in ("hedged", "denied"))
    assert dash[0] > dash[1]
    assert dot[0] < dot[1]
    assert set(STATUSES) - {"fact"} <= set(re.findall(r"\.star \.(\w+) \{ color: var\(--\1\); \}", css))


def test_lines_do_not_run_through_letters(app: Flask) -> None:
    """Names come after the lines, and have a rim of the ground's colour."""
    drawn = rendered(app, "circle", circle(ring(6), name_of))
    order = [element.tag for element in drawn.iter() if element.tag in ("path", "text")]
    assert order == ["path"] * order.count("path") + ["text"] * 6
    css = files("aigov_graph.web").joinpath("static/style.css").read_text("utf-8")
    rule = re.search(r"\.star text \{([^}]*)\}", css)
    assert rule is not None
    assert {"paint-order: stroke", "stroke: var(--ground)"} <= {part.strip() for part in rule[1].split(";")}


@pytest.mark.parametrize("kind", ["star", "circle"])
def test_names_that_look_like_markup_are_text(app: Flask, kind: str) -> None:
    """Tags, quotes and ends of elements are shown as they are."""
    evil = '<b x="1">&'
    made = (
        star(evil, {"a": ["fact"]}, STATUSES, lambda _: evil)
        if kind == "star"
        else circle([("a", "b")], lambda _: evil)
    )
    drawn = rendered(app, kind, made)
    assert {element.text for element in drawn.iter("text")} == {evil}
    assert drawn.find(".//b") is None
    assert drawn.get("role") == "img"
    assert drawn.get("aria-label") == "A label"


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [
        ("Pilots", 6, "Pilots"),
        ("Pilots", 5, "Pilo…"),
        ("Port Council", 6, "Port…"),
        ("港务部", 6, "港务部"),
        ("港务部", 5, "港…"),
        ("港", 1, "港…"),
        ("", 3, ""),
    ],
)
def test_a_name_is_cut_where_its_room_ends(text: str, columns: int, shown: str) -> None:
    """The ellipsis has a column of its own; a Chinese character takes two."""
    assert fitted(text, columns) == shown


def test_nothing_tied_is_an_empty_circle() -> None:
    """No pairs, or only things with themselves."""
    assert circle([("a", "a")], name_of).dots == []


def test_bars_stand_a_year_apart_and_the_oldest_together() -> None:
    """The highest bar fills the height; a single year is no picture."""
    assert bars({2020: (3, 1)}) is None
    made = bars({1900: (1, 0), 1950: (1, 1), 2019: (2, 2), 2020: (3, 1)})
    assert made is not None
    assert (made.first, made.last, made.width) == (1961, 2020, 60 * made.step)
    assert [(bar.year, bar.plain, bar.other) for bar in made.bars] == [(1961, 2, 1), (2019, 2, 2), (2020, 3, 1)]
    assert [bar.x // made.step for bar in made.bars] == [0, 58, 59]
    assert [bar.before for bar in made.bars] == [True, False, False]
    assert made.bars[1].plain_height + made.bars[1].other_height == made.height - 4


def test_a_bar_of_many_years_says_so_and_leads_to_none_of_them(app: Flask) -> None:
    """The years before the last sixty stand in one bar, which is not the page of its last year."""
    made = bars({1900: (1, 0), 2019: (2, 2), 2020: (3, 1)})
    with app.test_request_context("/"):
        chart = app.jinja_env.get_template("macros.html").module.chart  # type: ignore[attr-defined]
        drawn = str(chart(made, "Years", lambda year: f"/timeline/{year}"))
    assert re.findall('href="([^"]+)"', drawn) == ["/timeline/2019", "/timeline/2020"]
    assert "<title>1961 and before: 1 plain, 0 other</title>" in drawn
    assert ">1961 and before</text>" in drawn


def test_the_first_page_draws_facts_alone(tmp_path: Path) -> None:
    """Where nothing is stated plainly there is no picture of who is tied to whom."""
    plain = Said("001", "harbour-ministry", "cooperatesWith", "pilots-office")
    for name, claim, drawn in (("plain", plain, True), ("hedged", replace(plain, certainty="possible"), False)):
        client = client_of(port_folder(tmp_path / name / "data", [claim]), tmp_path / name)
        assert ('<svg class="star"' in client.get("/").get_data(as_text=True)) is drawn
