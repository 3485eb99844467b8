"""Pictures: nothing lies on anything else, every sign is explained, and the same seed gives the same picture."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from aigov_graph.errors import Unwritable
from aigov_graph.exports import FORMATS, Export, How, Network, View, layout, network
from aigov_graph.exports.composition import LABELLED_AT_MOST, compose
from aigov_graph.exports.shapes import Arrow, Composition, meet
from tests.exports.world import CLAIMS, MORE, reader_of, whole_view, written
from tests.harbour import Said

SVG = "{http://www.w3.org/2000/svg}"


def drawn(claims: list[Said] | None = None, more: str = MORE, view: View | None = None, seed: int = 1) -> Composition:
    """What a picture of these claims is made of."""
    reader = reader_of(claims if claims is not None else CLAIMS, more)
    return compose(Export(network(reader, view or whole_view()), reader, How(seed=seed)), text_stays=False)


def crowd(nodes: int) -> list[Said]:
    """Facts between so many things: hubs with many edges, chains, pairs that hang on nothing, long names."""
    claims = []
    for n in range(nodes - 1):
        other = n // 7 if n % 5 else n + 1
        claims.append(Said(f"{n:04}", f"harbour-{n + 1}", "interestedIn", f"harbour-{min(other, nodes - 1)}"))
    return claims


def names(nodes: int) -> str:
    """A name for each thing of a crowd, some long."""
    return "".join(
        f'id:harbour-{n} a aigov:System ; rdfs:label "The {"very " * (n % 4)}busy harbour number {n}"@en .\n'
        for n in range(nodes)
    )


def assert_nothing_meets(made: Composition) -> None:
    """No text lies on another, on a node's sign, or outside the picture; no sign lies on another."""
    pieces = [(word.lines, word.box) for word in made.words] + [("sign", mark.box) for mark in made.marks]
    meeting = [(one, other) for (one, a), (other, b) in combinations(pieces, 2) if meet(a, b)]
    assert meeting == []
    for what, (left, bottom, right, top) in pieces:
        assert left >= 0, what
        assert bottom >= 0, what
        assert right <= made.width, what
        assert top <= made.height, what


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_label_lies_on_another(seed: int) -> None:
    """Edges of every status, a loop and parallel edges."""
    made = drawn(view=whole_view(situations=True, claims=True), seed=seed)
    assert_nothing_meets(made)
    assert len(made.marks) >= 7


def test_a_hundred_nodes_are_all_named() -> None:
    """Legible up to a hundred: each has its label, and no two meet."""
    made = drawn(crowd(100), MORE + names(100))
    assert_nothing_meets(made)
    assert sum(any(line.startswith("The") for line in word.lines) for word in made.words) == 100
    assert not any("best-connected" in line for word in made.words for line in word.lines)


def test_above_a_hundred_the_best_connected_are_named() -> None:
    """The note says how many are not."""
    made = drawn(crowd(130), MORE + names(130))
    assert_nothing_meets(made)
    text = " ".join(line for word in made.words for line in word.lines)
    assert f"The {LABELLED_AT_MOST} best-connected things are named, 30 are not." in text
    assert "harbour number 0" in text


def test_every_sign_is_explained() -> None:
    """The legend has each kind of thing and of edge that is there, and no other; title and sources stand there too."""
    text = [" ".join(word.lines) for word in drawn().words]
    for words in (
        "public body",
        "technology or system",
        "policy or instrument",
        "stated plainly (fact)",
        "disputed: stated and denied",
        "denied",
        "stated with a restriction",
        "hedged: possible, planned, relayed ...",
        "holds both ways",
    ):
        assert words in text
    assert "firm" not in text
    assert text.count("Claims") == 1
    assert any(line.startswith("Sources: Port Council, annual report 2024.") for line in text)
    facts = [" ".join(word.lines) for word in drawn(view=View()).words]
    assert "denied" not in facts


def test_hedged_and_denied_edges_look_different() -> None:
    """Dashed, dotted and marked in words; a fact is a plain line with the bare relation."""
    reader = reader_of()
    made = compose(Export(network(reader, whole_view()), reader), text_stays=False)
    found = network(reader, whole_view())
    styles: dict[str, Arrow] = {}
    for edge, arrow in zip(_in_order_of_drawing(found), [a for a in made.arrows if a.start_gap], strict=True):
        styles.setdefault(edge, arrow)
    assert styles["fact"].dashes == "-"
    assert len({str(arrow.dashes) for status, arrow in styles.items() if status not in ("fact", "disputed")}) == 3
    assert styles["disputed"].colour == styles["denied"].colour != styles["fact"].colour
    text = [" ".join(word.lines) for word in made.words]
    assert "exportedTo (possible), 2020" in text
    assert "doubts (denied)" in text
    assert "interestedIn, 2019–" in text


def _in_order_of_drawing(found: Network) -> list[str]:
    """The statuses in the order in which edges are drawn: those between the same two things together."""
    together: dict[frozenset[str], list[str]] = {}
    for edge in found.edges:
        together.setdefault(frozenset((edge.source, edge.target)), []).append(edge.status)
    return [status for group in together.values() for status in group]


def test_the_same_seed_gives_the_same_pixels() -> None:
    """And another seed another picture."""
    reader = reader_of()
    found = network(reader, whole_view())

    def pixels(seed: int) -> bytes:
        out = io.BytesIO()
        FORMATS["png"].write(Export(found, reader, How(seed=seed)), out)
        return Image.open(out).convert("RGB").tobytes()

    assert pixels(1) == pixels(1)
    assert pixels(1) != pixels(2)


def test_svg_keeps_text_as_text() -> None:
    """A reader can search and select it; its fonts are a list that ends in one every machine has."""
    tree = ElementTree.fromstring(written("svg"))
    texts = [element.text for element in tree.iter(f"{SVG}text")]
    assert {"Harbour", "Ministry"} <= {word for text in texts if text for word in text.split()}
    styles = " ".join(element.get("style", "") for element in tree.iter(f"{SVG}text"))
    assert "Noto Sans CJK SC" in styles
    assert "sans-serif" in styles


def test_a_title_of_ones_own() -> None:
    """It takes the place of the network's."""
    assert b"Who works with whom" in written("svg", how=How(title="Who works with whom"))


def test_names_that_look_like_markup_are_drawn_as_they_are() -> None:
    """Dollar signs are no formulas, tags are no tags."""
    more = MORE + 'id:harbour-ministry rdfs:label "$x_1$ <b>&amp;"@tlh .'
    text = "".join(ElementTree.fromstring(written("svg", [Said("001")], more, View(language="tlh"))).itertext())
    assert "$x_1$ <b>&amp;" in text


def test_letters_without_a_font_are_owned_up_to() -> None:
    """A PNG says that letters are missing, such as Nüshu, which no Chinese font has; an SVG leaves them to the reader's
    machine.
    """
    reader = reader_of([Said("001")], MORE + 'id:harbour-ministry rdfs:label "𛅰𛅱𛅲"@zhx-Nshu .')
    export = Export(network(reader, View(language="zhx-Nshu")), reader)

    def notes(text_stays: bool) -> str:
        return " ".join(line for word in compose(export, text_stays).words for line in word.lines)

    assert "No font on this machine has the letters of 1 name." in notes(False)
    assert "No font" not in notes(True)


def test_too_many_nodes_are_refused() -> None:
    """Rather than an hour's work for a grey cloud."""
    with pytest.raises(Unwritable, match="1501 nodes"):
        drawn([Said(f"{n:04}", object=f"thing-{n}") for n in range(1500)])


def test_long_names_are_cut_and_counted() -> None:
    """Four lines, an ellipsis, and a note."""
    more = MORE + f'id:harbour-ministry rdfs:label "{"long " * 60}"@tlh .'
    made = drawn([Said("001")], more, View(language="tlh"))
    text = [line for word in made.words for line in word.lines]
    assert any(line.endswith(" …") for line in text)
    assert "1 long name is cut short." in text


def rings(count: int, members: int) -> tuple[list[Said], str]:
    """Claims that make so many parts which hang together only within, each less than half of the whole."""
    claims, things = [], []
    for ring in range(count):
        for member in range(members):
            name = f"quay-{ring}-{member}"
            things.append(f'id:{name} a aigov:Agency ; rdfs:label "Quay {ring} {member}"@en .')
            for step in (1, 3):
                other = f"quay-{ring}-{(member + step) % members}"
                claims.append(Said(f"{ring}{member:02}{step}", name, "exportedTo", other, when="2020"))
    return claims, "\n".join(things)


_DRAW = """
import sys
from tests.exports.test_pictures import rings
from tests.exports.world import reader_of, whole_view
from aigov_graph.exports import FORMATS, Export, How, network
reader = reader_of(*rings(4, 12))
export = Export(network(reader, whole_view()), reader, How(seed=1))
for form in ("svg", "gexf"):
    FORMATS[form].write(export, sys.stdout.buffer)
"""


def test_another_process_draws_the_same() -> None:
    """However it orders its sets: the picture and the positions in GEXF are the same bytes."""
    drawings = {
        subprocess.run(
            [sys.executable, "-c", _DRAW],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(drawings) == 1
    assert len(drawings.pop()) > 10_000


@pytest.mark.parametrize(("links", "crossings"), [([(0, 1), (2, 3)], 1), ([(0, 2), (1, 3)], 0), ([(0, 1), (1, 2)], 0)])
def test_crossings_are_counted(links: list[tuple[int, int]], crossings: int) -> None:
    """Diagonals of a square cross; its sides do not, nor do edges that meet in a node."""
    square = np.array([[0.0, 0.0], [1.0, 1.0], [0.0, 1.0], [1.0, 0.0]])
    assert layout._crossings(square, np.array(links)) == crossings


def test_a_seed_may_be_any_number() -> None:
    """Less than none too."""
    assert drawn(seed=-1).marks != drawn(seed=1).marks
