"""Names that some format or other has lost, misread or run: each survives, is spelled in the format's way, or refused.

One table for all formats; what a name comes out as is read by readers that are not ours.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree

import openpyxl
import pyoxigraph as ox
import pytest
from PIL import Image

from aigov_graph.errors import Unwritable
from aigov_graph.exports import FORMATS, How
from aigov_graph.vocabulary.namespaces import ID, RDFS
from tests.exports.test_formats import HARD, name_in, tables, with_name

MINISTRY = ID["harbour-ministry"]
HOSTILE = HARD | {
    "right to left mark": "abc \u202egnp.exe",
    "ampersand entity": "&lt;b&gt; &amp; &#65;",
    "cdata": "]]> <!-- -- -->",
    "tab": "one\ttwo",
    "carriage return": "one\r\ntwo",
    "triple quotes": 'a """b""" c',
    "leading plus": "+1+cmd|' /C calc'!A0",
    "leading at": "@SUM(1)",
    "leading minus": "-2+3",
    "emoji of several": "👩‍🚀 pilots",
    "dollars": r"$\frac{1}{2}$",
    "percent": "%% %{init: {}}%%",
}
SPREADSHEET = ("formula", "leading plus", "leading at", "leading minus")
CONTROLS = "bell \x01 and \x1b"


def in_rdf(form: str, name: str) -> str:
    """The ministry's name in the statements that a file makes."""
    kinds = {
        "ttl": ox.RdfFormat.TURTLE,
        "rdf12": ox.RdfFormat.TURTLE,
        "trig": ox.RdfFormat.TRIG,
        "jsonld": ox.RdfFormat.JSON_LD,
    }
    labels = [
        quad.object.value
        for quad in ox.parse(with_name(form, name), format=kinds[form])
        if quad.subject == ox.NamedNode(MINISTRY)
        and quad.predicate.value == RDFS.label
        and isinstance(quad.object, ox.Literal)
        and quad.object.language == "tlh"
    ]
    (label,) = labels
    return label


def in_pajek(name: str) -> str:
    """The text of the first vertex, between the quotes that begin and end it."""
    line = with_name("pajek", name).decode().split("\n")[1]
    found = re.fullmatch(r'1 "([^"]*)" url "([^"]*)"', line)
    assert found, line
    assert found[2] == MINISTRY
    return found[1]


def in_mermaid(name: str) -> str:
    """The ministry's label, its numeric entities as the letters they stand for."""
    text = with_name("mermaid", name).decode()
    found = re.search(r'^  n0\["([^"]*)"\]:::', text, re.MULTILINE)
    assert found, text
    return re.sub(r"#(\d+);", lambda match: chr(int(match[1])), found[1])


def in_dot(name: str) -> str:
    """The ministry's label, without the escapes of a DOT string."""
    text = with_name("dot", name).decode()
    found = re.search(r'^  n0 \[label="((?:[^"\\\n]|\\.)*)", id=', text, re.MULTILINE)
    assert found, text
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], found[1])


def in_ftm(name: str) -> str:
    """The ministry's name among the entities, of which each is a line."""
    entities = [json.loads(line) for line in with_name("ftm", name).decode().strip("\n").split("\n")]
    return next(str(e["properties"]["name"][0]) for e in entities if e["id"] == "aigov-harbour-ministry")


def in_svg(name: str) -> str:
    """All words of the picture."""
    return " ".join("".join(ElementTree.fromstring(with_name("svg", name)).itertext()).split())


def one_line(text: str) -> str:
    """Its words with single spaces."""
    return " ".join(text.split())


def shown(text: str) -> str:
    """As one line without what has no shape of its own."""
    return one_line("".join(c if c.isprintable() else " " for c in text))


def pajek_spells(text: str) -> str:
    """Pajek has no escapes, so quotes and backslashes become signs that look like them."""
    return one_line(text).replace('"', "”").replace("'", "’").replace("\\", "⧵")


def as_dot(text: str) -> str:
    """An end of a line has one spelling."""
    return text.replace("\r\n", "\n")


def as_is(text: str) -> str:
    """Nothing lost."""
    return text


SURVIVES: dict[str, tuple[Callable[[str], str], Callable[[str], str]]] = {
    **{
        form: (lambda name, form=form: name_in(form, name), as_is)  # type: ignore[misc]
        for form in ("graphml", "gexf", "cytoscape", "node-link", "jgf", "csv", "xlsx", "parquet")
    },
    **{form: (lambda name, form=form: in_rdf(form, name), as_is) for form in ("ttl", "trig", "jsonld", "rdf12")},  # type: ignore[misc]
    "dot": (in_dot, as_dot),
    "mermaid": (in_mermaid, one_line),
    "pajek": (in_pajek, pajek_spells),
    "ftm": (in_ftm, shown),
}
"""How a format is read, and what it makes of a name."""
PICTURES = ("svg", "png")
NAMELESS = ("nanopub",)
"""Its assertions are claims, whose things are IRIs."""


def test_every_format_is_in_the_table() -> None:
    """A new format says what it makes of hostile names."""
    assert {*SURVIVES, *PICTURES, *NAMELESS} == set(FORMATS)


@pytest.mark.parametrize("name", HOSTILE.values(), ids=list(HOSTILE))
@pytest.mark.parametrize("form", SURVIVES)
def test_hostile_names_survive(form: str, name: str) -> None:
    """Letter for letter, or in the spelling that the format has for it."""
    read, spelled = SURVIVES[form]
    assert read(name) == spelled(name)


@pytest.mark.parametrize("name", HOSTILE.values(), ids=list(HOSTILE))
def test_hostile_names_are_drawn(name: str) -> None:
    """A picture's letters stand in the order of the name, broken into lines only where a line may end."""
    assert shown(name).replace(" ", "") in in_svg(name).replace(" ", "")
    assert Image.open(io.BytesIO(with_name("png", name))).width > 600


@pytest.mark.parametrize("form", [form for form in SURVIVES if form not in ("graphml", "gexf")])
def test_control_characters_outside_xml(form: str) -> None:
    """Kept where the format can spell them, spaces where it cannot."""
    read, spelled = SURVIVES[form]
    assert read(CONTROLS) == spelled(CONTROLS)


def test_control_characters_in_pictures() -> None:
    """An SVG is XML, so they are drawn as spaces, and the file can be read."""
    assert "bell and" in in_svg(CONTROLS)


@pytest.mark.parametrize("form", ["graphml", "gexf"])
@pytest.mark.parametrize("letter", ["\0", "\x01", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_what_xml_forbids_is_refused(form: str, letter: str) -> None:
    """Each such letter, by its number, with the thing it is in and a format to choose."""
    with pytest.raises(Unwritable) as found:
        with_name(form, f"a{letter}b")
    assert f"U+{ord(letter):04X}" in found.value.what
    assert (found.value.where, "node-link" in found.value.remedy) == (MINISTRY, True)


@pytest.mark.parametrize("name", [HOSTILE[name] for name in SPREADSHEET], ids=SPREADSHEET)
def test_no_cell_is_run(name: str) -> None:
    """With `--spreadsheet` no cell of any table begins as a formula does; without it programs get the name itself."""
    guarded = with_name("csv", name, How(spreadsheet=True))
    cells = [cell for rows in tables(guarded).values() for row in rows for cell in row.values()]
    assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")] == []
    assert cells.count(f"'{name}") == 2
    assert with_name("csv", name) != guarded
    with zipfile.ZipFile(io.BytesIO(guarded)) as archive:
        assert archive.testzip() is None
    book = openpyxl.load_workbook(io.BytesIO(with_name("xlsx", name)))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == name} == {
        "s"
    }


@pytest.mark.parametrize("name", HOSTILE.values(), ids=list(HOSTILE))
def test_nanopublications_are_read_whatever_the_names(name: str) -> None:
    """No name of a thing is in them, and the four graphs parse."""
    quads = list(ox.parse(with_name("nanopub", name), format=ox.RdfFormat.TRIG))
    assert len({quad.graph_name for quad in quads}) == 4
