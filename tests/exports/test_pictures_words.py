"""What stands around a picture: in the language asked for, as large as the picture needs, its sources told apart."""

from __future__ import annotations

import ast
import io
import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest
from PIL import Image, ImageChops

from aigov_graph.exports import Export, View, composition, margins, network, wording
from aigov_graph.exports.composition import NAMED_AT_MOST, compose
from aigov_graph.exports.lettering import families, undrawable
from aigov_graph.exports.looks import LINES, LOOKS
from aigov_graph.exports.options import STATUSES
from aigov_graph.exports.shapes import Composition
from aigov_graph.exports.wording import counted, said
from tests.exports.test_pictures import assert_nothing_meets, crowd, drawn, names
from tests.exports.world import MORE, reader_of, whole_view, written
from tests.harbour import Said

exports_network = import_module("aigov_graph.exports.network")


def texts_in_code() -> Iterator[str]:
    """Every sentence, or pattern for one, of the modules that speak; signs of the legend; and a few single words."""
    yield from (look.name for look in LOOKS)
    yield from (line.words for line in LINES.values())
    yield from exports_network._OF_STATUS.values()
    yield from ("Claims", "none", "today", "the beginning", "holds both ways")
    for module in (composition, margins, exports_network):
        tree = ast.parse(Path(module.__file__ or "").read_text("utf-8"))
        docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                text = node.value
                if len(text) > 2 and ("{" in text or text.endswith(".")):
                    yield text


def fields(text: str) -> set[str]:
    """The names of the values in a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def lines(made: Composition) -> str:
    """All that is written in a picture."""
    return " ".join(line for word in made.words for line in word.lines)


def title(made: Composition) -> tuple[str, float]:
    """The title and the size of its letters."""
    word = next(word for word in made.words if word.bold)
    return " ".join(word.lines), word.size


def test_every_text_has_a_chinese_one_with_the_same_values() -> None:
    """The table lacks none that the code says, and loses no number."""
    known = wording._CHINESE
    assert set(texts_in_code()) == known.keys()
    assert all(fields(english) == fields(chinese) for english, chinese in known.items())


@pytest.mark.parametrize("language", ["zh", "zh-Hans", "zh-CN", "zh-hans-CN"])
def test_chinese_by_any_of_its_names(language: str) -> None:
    """Whole sentences and counts alike."""
    assert said(language, "Facts") == "事实"
    assert counted(language, 1, "{n} thing", "{n} things") == "1 个事物"


@pytest.mark.parametrize("language", ["en", "de", "zh-Hant", ""])
def test_english_where_there_is_no_other(language: str) -> None:
    """Traditional Chinese is not simplified Chinese."""
    assert said(language, "Facts") == "Facts"
    assert counted(language, 1, "{n} thing", "{n} things") == "1 thing"
    assert counted(language, 2, "{n} thing", "{n} things") == "2 things"


def test_a_picture_asked_for_in_chinese_is_in_chinese() -> None:
    """Title, counts, legend, notes and what keeps an edge from being a fact; names as the graph has them."""
    view = View(statuses=("fact", "hedged"), around="harbour-ministry", language="zh-Hans")
    more = MORE + 'concept:possible <http://www.w3.org/2000/01/rdf-schema#label> "可能"@zh-Hans .'
    export = Said("002", "harbour-ministry", "exportedTo", "pilots-office", certainty="possible")
    made = drawn([Said("001"), export], more, view)
    assert title(made)[0].startswith("事实；有保留的主张：")
    text = lines(made)
    for words in ("个事物", "公共机构", "明确陈述（事实）", "有保留：可能", "来源：", "(可能)"):
        assert words in text
    for words in ("Claims", "public body", "stated plainly", "Sources", "vouches"):
        assert words not in text


def two_sources() -> Composition:
    """A picture of what one source says, of which another says the same about one edge."""
    claims = [
        Said("001", object="permit-portal"),
        Said("002", object="berth-rule"),
        Said("003", object="permit-portal", source="pilots-office-2024"),
        Said("004", object="crane", source="pilots-office-2024"),
    ]
    more = MORE + 'id:pilots-office-2024 a aigov:Source ; rdfs:label "Pilots Office, log 2024"@en .'
    return drawn(claims, more, View(sources=("port-council-2024",)))


def test_a_picture_of_one_source_says_which_edges_others_state_too() -> None:
    """An edge is what all sources say of it; the others are named apart, the one asked for stands in the title."""
    made = two_sources()
    assert title(made)[0] == "Facts stated by Port Council, annual report 2024"
    text = lines(made)
    assert "3 things, 2 edges, stated by 1 source, some also by 1 other source." in text
    assert "1 edge also stated by: Pilots Office, log 2024." in text


def test_sources_that_find_no_room_are_counted() -> None:
    """Those of most edges are named; the data formats name the rest."""
    claims = [Said("000", object="thing-0")]
    more = MORE
    for n in range(60):
        source = f"yearbook-of-the-port-{n}"
        claims += [Said(f"{n:02}{m}", object=f"thing-{m}", source=source) for m in range(3 if n == 37 else 1)]
        more += f'id:{source} a aigov:Source ; rdfs:label "Yearbook of the port council, volume {n}"@en .\n'
    made = drawn(claims, more)
    text = lines(made)
    assert "volume 37" in text
    assert " more, named in the data formats" in text
    assert not any(line.endswith("…") for word in made.words for line in word.lines)
    assert_nothing_meets(made)


def test_title_and_legend_grow_with_a_wide_picture() -> None:
    """So that they can be read when the whole is made to fit a page."""
    small, large = drawn(), drawn(crowd(100), MORE + names(100))
    assert title(small)[1] == 16
    assert large.width > 1100
    assert title(large)[1] == pytest.approx(16 * large.width / 1100)


def test_many_edges_are_thin_and_have_no_names() -> None:
    """Names would hide what they name; the note says how many there are. The names of things are larger instead."""
    claims = [
        Said(f"{n:03}{step}", f"harbour-{n}", "interestedIn", f"harbour-{(n + step) % 200}")
        for n in range(200)
        for step in (1, 7, 30)
    ]
    made = drawn(claims, MORE + names(200))
    assert_nothing_meets(made)
    edges = [arrow for arrow in made.arrows if arrow.start_gap]
    assert len(edges) == 600 > NAMED_AT_MOST
    assert all(arrow.width < 1 and arrow.strength < 1 for arrow in edges)
    text = lines(made)
    assert "No edge is named: 600 names would hide them." in text
    assert "interestedIn" not in text
    assert min(word.size for word in made.words if word.ground) > 8.5


def test_a_network_of_all_sources_names_no_source_in_its_title() -> None:
    """Only a view of some does."""
    reader = reader_of()
    found = network(reader, whole_view())
    assert found.asked_sources == ()
    assert title(compose(Export(found, reader), text_stays=True))[0] == "Claims"


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        (("fact",), "Facts"),
        (("disputed",), "Disputed claims"),
        (("denied",), "Denied claims"),
        (("qualified",), "Claims with a restriction"),
        (("hedged",), "Hedged claims"),
        (("hedged", "fact"), "Facts; Hedged claims"),
        (tuple(reversed(STATUSES)), "Claims"),
    ],
)
def test_a_title_tells_statuses_apart(statuses: tuple[str, ...], words: str) -> None:
    """Nobody takes a denial or a plan for a fact by the title; all statuses together are claims."""
    assert network(reader_of(), View(statuses=statuses)).title == words


@pytest.mark.parametrize(
    ("view", "english", "chinese"),
    [
        (View(types=("Actor",)), "Facts, only of type: Actor", "事实，仅限类型：Actor"),
        (View(holders=("pilots-office",)), "Facts held by Pilots Office", "事实，由Pilots Office主张"),
        (View(top=2), "Facts between the 2 best-connected things", "事实：联系最多的 2 个事物之间"),
        (
            View(certainties=("possible", "certain")),
            "Facts, certainty: certain; possible",
            "事实，确定程度：certain；possible",
        ),
        (View(each="claim"), "Facts, an edge for each claim", "事实，每条主张一条边"),
        (
            View(around="harbour-ministry", types=("Actor",), end=date(2020, 1, 1), each="claim"),
            "Facts around Harbour Ministry, only of type: Actor, the beginning to 2020-01-01, an edge for each claim",
            "事实：港务部周围，仅限类型：Actor，最早至2020-01-01，每条主张一条边",
        ),
    ],
)
def test_a_title_says_what_is_left_out(view: View, english: str, chinese: str) -> None:
    """What a view keeps back stands in the title, in the language asked for as far as the graph has names in it."""
    reader = reader_of()
    assert network(reader, view).title == english
    assert network(reader, replace(view, language="zh-Hans")).title == chinese


@pytest.mark.skipif(len(families()) == 1, reason="no font on this machine has Chinese letters")
def test_chinese_is_drawn_with_a_font() -> None:
    """Two names as wide as each other differ in their letters, nowhere else; boxes for letters would be alike."""

    def picture(name: str) -> Image.Image:
        more = MORE.replace("港务部", name)
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # matplotlib warns of each letter that it has no shape for
            return Image.open(io.BytesIO(written("png", [Said("001")], more, View(language="zh-Hans")))).convert("RGB")

    assert not undrawable("港务部码头局")
    harbour, quay = picture("港务部"), picture("码头局")
    assert harbour.size == quay.size
    assert picture("港务部").tobytes() == harbour.tobytes()
    changed = ImageChops.difference(harbour, quay).getbbox()
    assert changed is not None
    left, top, right, bottom = changed
    assert (right - left) * (bottom - top) < harbour.width * harbour.height / 50
