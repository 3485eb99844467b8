"""References that leave in the formats of reference managers come back as they were, whatever is in them."""

from __future__ import annotations

import json
from pathlib import Path

import bibtexparser.entrypoint as bibtexparser
import pytest
import rispy

from aigov_graph.web.pages.citations import Reference, bibtex, csl, in_words, ris
from tests.interview import interview_folder
from tests.web.test_pages import client_of

HOSTILE = (
    "T & U {x} 100% of #1_a $5 ~ ^ \\end{document}",
    "unbalanced } brace { and } another",
    "two\nlines\r\nTY  - JOUR\nER  - \n@book{evil,",
    "<img src=x onerror=alert(1)> & <b>bold</b>",
    "\u202eright to left\u202c and 中文 and \u2028 line",
    "quotes \" and ' and, commas and and",
)
_BACK = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{"\\" + sign: sign for sign in "&%$#_"},
}


def one_line(text: str) -> str:
    """What a text is after it was put on one line."""
    for sign in "\n\r\u2028":
        text = text.replace(sign, " ")
    return " ".join(text.split())


def plain(tex: str) -> str:
    """What a TeX text of ours says."""
    done = ""
    while tex:
        found = next((code for code in _BACK if tex.startswith(code)), "")
        done, tex = done + (_BACK[found] if found else tex[0]), tex[len(found) or 1 :]
    return done


def reference(text: str) -> Reference:
    """A reference that has a text wherever one can be."""
    return Reference.of(
        "port-001",
        "dataset",
        title=text,
        authors=(text,),
        container=text,
        publisher=text,
        note=text,
        issued="2024-05-06",
        url="https://w3id.org/aigov-graph/claim/port-001",
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_bibtex_is_one_entry_with_the_same_words(text: str) -> None:
    """Read by bibtexparser; braces balance, so that BibTeX itself reads it too."""
    written = bibtex(reference(text))
    library = bibtexparser.parse_string(written)
    (entry,) = library.entries
    assert not library.failed_blocks
    fields = {field.key: field.value for field in entry.fields}
    title = fields["title"].removeprefix("{").removesuffix("}")
    assert plain(title) == plain(fields["note"]) == one_line(text)
    assert (fields["year"], fields["month"]) == ("2024", "5")
    assert written.count("{") == written.count("}")


@pytest.mark.parametrize("text", HOSTILE)
def test_ris_is_one_record_with_the_same_words(text: str) -> None:
    """Read by rispy."""
    (record,) = rispy.loads(ris(reference(text)))
    assert record["title"] == one_line(text)
    assert record["authors"] == [one_line(text)]
    assert record["year"] == "2024"


@pytest.mark.parametrize("text", HOSTILE)
def test_csl_json_and_the_sentence_hold_the_same_words(text: str) -> None:
    """The formatter is citeproc-py; what it makes is shown as text, never as markup."""
    (item,) = csl(reference(text))
    assert item["title"] == one_line(text)
    assert item["issued"] == {"date-parts": [[2024, 5, 6]]}
    assert "(2024)" in in_words(reference(text))


def test_a_claim_and_its_source_can_be_cited(tmp_path: Path) -> None:
    """The downloads that the pages offer, as files of their own types."""
    client = client_of(interview_folder(tmp_path / "data"), tmp_path)
    claim = client.get("/cite/claim/zeng-2021-042.json")
    assert claim.mimetype == "application/vnd.citationstyles.csl+json"
    assert json.loads(claim.data)[0]["URL"] == "https://w3id.org/aigov-graph/claim/zeng-2021-042"
    (source,) = rispy.loads(client.get("/cite/id/zeng-2021.ris").get_data(as_text=True))
    assert source["title"] == "Can China become the AI superpower?"
    assert source["date"] == "2021/01/12"
    (entry,) = bibtexparser.parse_string(client.get("/cite/id/zeng-2021.bib").get_data(as_text=True)).entries
    assert entry.key == "zeng-2021"
    assert client.get("/cite/id/alibaba.bib").status_code == 404
    page = client.get("/page/claim/zeng-2021-042").get_data(as_text=True)
    reference = page.partition("Cite this")[2].partition("</p>")[0]
    for told in (
        "Held by Jinghan Zeng (",
        "Rests on: Can China become the AI superpower? 2021-01-12 question ",
        "Version 0.",
    ):
        assert told in reference
