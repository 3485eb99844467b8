"""Passages: spans in code points, digests that hold a citation to its words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigov_graph.dataset import DataFile, Dataset, read_file
from aigov_graph.errors import PassageMismatch
from aigov_graph.passages import Passage, digest_text, digest_words, passages_of, verify_passage, verify_source
from aigov_graph.vocabulary.namespaces import GRAPH, ID, PASSAGE

TEXT = "The Harbour Ministry 😀 met\r\nthe Port Council. 港务部 agreed."
SPAN = (23, 45)

PREFIXES = """
@prefix aigov: <https://w3id.org/aigov-graph/ontology#> .
@prefix id: <https://w3id.org/aigov-graph/id/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix passage: <https://w3id.org/aigov-graph/passage/> .
"""


def passage(start: int = SPAN[0], end: int = SPAN[1], text: str = TEXT) -> Passage:
    """A passage that verifies against TEXT unless told otherwise."""
    span = text[start:end]
    return Passage(
        PASSAGE["port-council-001"], ID["port-council-minutes"], start, end, digest_text(span), digest_words(span)
    )


def dataset(tmp_path: Path, turtle: str) -> Dataset:
    """A source's folder of one file."""
    path = tmp_path / "passages.ttl"
    path.write_text(PREFIXES + turtle)
    return Dataset((read_file(DataFile(path, "graphs/sources/minutes/passages.ttl", "source", GRAPH["minutes"])),))


def test_the_digest_of_a_text_is_that_of_its_bytes() -> None:
    """Checked against `printf 'harbour' | sha256sum`."""
    assert digest_text("harbour") == "sha256:aa74f6fd03bf68be7e0f4bd06cae61a72ab8025b50d00888f3e1068f22067463"


def test_the_digest_of_words_is_that_of_their_normal_form() -> None:
    """Ligatures, width, case, line breaks, hyphens and quotes do not count; digits do."""
    assert digest_words("“The ﬁrst\r\n 2nd-rate  ＡＩ_plan”, straße!") == digest_text(
        "the first 2nd rate ai plan strasse"
    )


@given(st.lists(st.text(alphabet="abcé港１9", min_size=1), min_size=1), st.sampled_from([" ", "\n", " — ", "_", ", "]))
def test_what_stands_between_words_does_not_count(words: list[str], gap: str) -> None:
    """Another spacing or punctuation is the same words."""
    assert digest_words(gap.join(words)) == digest_words(" ".join(words))


def test_a_passage_counts_code_points() -> None:
    """An emoji is one character, a carriage return another; the end is exclusive."""
    assert TEXT[slice(*SPAN)] == "met\r\nthe Port Council."
    verify_passage(replace(passage(), first_words="Met the", last_words="Port Council"), TEXT)


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ({"start": 22}, "characters 22-45 have digest"),
        ({"end": len(TEXT) + 1}, f"characters 23-{len(TEXT) + 1} are no span of a text of {len(TEXT)}"),
        ({"start": 45}, "characters 45-45 are no span"),
        ({"start": 46}, "characters 46-45 are no span"),
        ({"text_digest": digest_text("another")}, f"the record says {digest_text('another')}"),
        ({"words_digest": digest_words("another")}, "the words of characters 23-45 have digest"),
        ({"first_words": "The"}, "do not begin or end with the words recorded"),
        ({"last_words": "agreed"}, "do not begin or end with the words recorded"),
        ({"start": None}, "oa:start, oa:end or aigov:textDigest is missing"),
        ({"text_digest": None}, "oa:start, oa:end or aigov:textDigest is missing"),
    ],
)
def test_a_passage_that_is_not_what_it_records_is_refused(wrong: dict[str, object], what: str) -> None:
    """Each way to be wrong says what was found, where, and what to do."""
    with pytest.raises(PassageMismatch) as caught:
        verify_passage(replace(passage(), **wrong), TEXT)  # type: ignore[arg-type]
    assert what in caught.value.what
    assert caught.value.where == "passage:port-council-001"
    assert caught.value.remedy


def test_a_reformatted_text_is_told_from_another_one() -> None:
    """Where only spacing differs the complaint says so."""
    with pytest.raises(PassageMismatch, match="the words are the same"):
        verify_passage(passage(), TEXT.replace("\r\n", "  "))


@given(st.text(min_size=1), st.data())
def test_any_span_verifies_and_no_other_text_does(text: str, data: st.DataObject) -> None:
    """Whatever the characters: the span is found, and a change inside it is seen."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    verify_passage(passage(start, end, text), text)
    other = "b" if text[start] == "a" else "a"
    with pytest.raises(PassageMismatch):
        verify_passage(passage(start, end, text), text[:start] + other + text[start + 1 :])


def test_passages_are_read_with_what_they_record(tmp_path: Path) -> None:
    """By IRI; what is missing, doubled or no number is None."""
    found = passages_of(
        dataset(
            tmp_path,
            """
passage:b a aigov:Passage ; oa:hasSource id:minutes ; oa:start 3 ; oa:end 9 ; aigov:textDigest "sha256:1" ;
    aigov:wordsDigest "sha256:2" ; aigov:firstWords "One two" ; aigov:lastWords "three" .
passage:a a aigov:Passage ; oa:hasSource id:minutes, id:other ; oa:start "x" ; oa:end -1 .
id:other a aigov:Source .
""",
        )
    )
    assert found == (
        Passage(PASSAGE["a"], None, None, None, None),
        Passage(PASSAGE["b"], ID["minutes"], 3, 9, "sha256:1", "sha256:2", "One two", "three"),
    )


def test_a_source_is_found_by_its_text_and_all_its_passages_are_verified(tmp_path: Path) -> None:
    """The report names those that do not fit; passages of another source are not held against this text."""
    good = passage()
    data = dataset(
        tmp_path,
        f"""
id:minutes a aigov:Source ; aigov:textDigest "{digest_text(TEXT)}" .
id:other a aigov:Source ; aigov:textDigest "{digest_text("other")}" .
passage:1 a aigov:Passage ; oa:hasSource id:minutes ; oa:start 23 ; oa:end 45 ; aigov:textDigest "{good.text_digest}" .
passage:2 a aigov:Passage ; oa:hasSource id:minutes ; oa:start 22 ; oa:end 45 ; aigov:textDigest "{good.text_digest}" .
passage:3 a aigov:Passage ; oa:hasSource id:other ; oa:start 0 ; oa:end 99 ; aigov:textDigest "{good.text_digest}" .
""",
    )
    report = verify_source(data, TEXT)
    assert report.source == ID["minutes"]
    assert [p.iri for p in report.passages] == [PASSAGE["1"], PASSAGE["2"]]
    assert [m.where for m in report.mismatches] == ["passage:2"]


def test_passages_are_found_by_their_words_in_a_reformatted_text(tmp_path: Path) -> None:
    """With or without first words; one whose words changed is missing; the source is that of the larger share."""
    lines = []
    for number, (source, start, end, first) in enumerate(
        [
            ("minutes", 0, 22, "The Harbour"),
            ("minutes", 23, 45, ""),
            ("minutes", 46, len(TEXT), "港务部"),
            ("other", 0, 3, ""),
        ]
    ):
        span = TEXT[start:end]
        lines.append(
            f"passage:{number} a aigov:Passage ; oa:hasSource id:{source} ; oa:start {start} ; oa:end {end} ; "
            f'aigov:textDigest "{digest_text(span)}" ; aigov:wordsDigest "{digest_words(span)}" '
            + (f'; aigov:firstWords "{first}" .' if first else ".")
        )
    lines.append("passage:9 a aigov:Passage ; oa:hasSource id:other ; oa:start 0 ; oa:end 9 .")
    data = dataset(tmp_path, "id:minutes a aigov:Source . id:other a aigov:Source .\n" + "\n".join(lines))
    report = verify_source(data, "“THE harbour\nMinistry” met\r\nthe Port Council. 港务部 disagreed.")
    assert (report.source, report.whole) == (ID["minutes"], False)
    assert report.reformatted == {PASSAGE["0"]}
    assert [m.where for m in report.mismatches] == ["passage:2"]
    named = verify_source(data, "Nothing of it.", ID["other"])
    assert [m.where for m in named.mismatches] == ["passage:3", "passage:9"]
    with pytest.raises(PassageMismatch, match="no such source"):
        verify_source(data, TEXT, ID["absent"])


def test_a_text_of_no_source_is_an_error(tmp_path: Path) -> None:
    """Neither by its digest nor by the words of a passage."""
    data = dataset(tmp_path, f'id:minutes a aigov:Source ; aigov:textDigest "{digest_text(TEXT)}" .')
    with pytest.raises(PassageMismatch, match="no source has a text with digest"):
        verify_source(data, TEXT + " ")
