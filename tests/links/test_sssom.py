"""Files of links: what is read from them, how they are written, and what is said of a wrong one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from aigov_graph.errors import LinkFileWrong
from aigov_graph.links import NO_TERM_FOUND, Mapping, read_sssom, write_sssom
from aigov_graph.links.mappings import SEMAPV
from aigov_graph.links.targets import TARGETS
from aigov_graph.vocabulary.namespaces import ID, SKOS
from tests.links.ports import HEADER, HEIGHT, row, table

WHERE = "graphs/links/wikidata.sssom.tsv"


def test_a_row_is_read_with_its_iris_written_out() -> None:
    """Every cell of a row arrives, and the prefixes of header and standard are undone."""
    found = read_sssom(table(row(comment="Same minister.")), "wikidata", WHERE)
    assert found.mappings == (
        Mapping(
            subject=ID["harbour-ministry"],
            subject_label="Harbour Ministry",
            predicate=SKOS.exactMatch,
            object="http://www.wikidata.org/entity/Q101",
            object_label="Ministry of Harbours",
            justification=SEMAPV + "LexicalMatching",
            source="https://registry.example/ports",
            date=date(2026, 11, 24),
            confidence=Decimal("0.9"),
            comment="Same minister.",
        ),
    )
    assert found.mappings[0].line == HEIGHT + 1
    assert found.header["object_source"] == "https://www.wikidata.org/"


def test_what_is_negated_or_was_not_found_is_no_link() -> None:
    """A link found wrong and a search in vain are kept as rows, and link nothing."""
    found = read_sssom(
        table(
            row(predicate_modifier="Not"),
            row(subject_id="id:pilots-office", object_id="sssom:NoTermFound", object_label=""),
        ),
        "wikidata",
        WHERE,
    )
    assert [mapping.object for mapping in found.mappings] == ["http://www.wikidata.org/entity/Q101", NO_TERM_FOUND]
    assert found.links == ()


def test_where_nothing_could_be_looked_in_neither_source_nor_confidence_is_asked_for() -> None:
    """But a reason is, and of one of the two alone the other; both stay empty when the row is written again."""
    unsought = {"object_id": "sssom:NoTermFound", "object_label": "", "mapping_source": "", "confidence": ""}
    text = table(row(**unsought, comment="No register has ministries."))
    found = read_sssom(text, "wikidata", WHERE)
    assert (found.mappings[0].source, found.mappings[0].confidence) == ("", None)
    assert write_sssom(found) == text
    for cells, what in (
        (unsought, "comment is ''"),
        ({**unsought, "confidence": "0.5", "comment": "So."}, "mapping_source is ''"),
        ({**unsought, "mapping_source": "registry:ports", "comment": "So."}, "confidence is ''"),
        ({"mapping_source": "", "confidence": "", "comment": "So."}, "mapping_source is ''"),
    ):
        with pytest.raises(LinkFileWrong, match=what):
            read_sssom(table(row(**cells)), "wikidata", WHERE)


def test_an_identifier_may_have_something_behind_it() -> None:
    """GeoNames' things in RDF end with a slash, which is no part of the number; without it the row is refused."""
    target = TARGETS["geonames"]
    assert target.iri("7") == "https://sws.geonames.org/7/"
    assert target.identifier("https://sws.geonames.org/7/") == "7"
    assert target.identifier("https://www.geonames.org/7") is None
    text = table(row(object_id="geonames:7/")).replace(
        "#curie_map:", "#curie_map:\n#  geonames: https://sws.geonames.org/"
    )
    assert read_sssom(text, "geonames", WHERE).links[0].object == "https://sws.geonames.org/7/"
    with pytest.raises(LinkFileWrong, match=r"<https://sws.geonames.org/7> is no identifier of GeoNames"):
        read_sssom(text.replace("geonames:7/", "geonames:7"), "geonames", WHERE)


def test_a_written_file_reads_back_and_is_written_the_same() -> None:
    """Rows are sorted, awkward cells are quoted, and a second writing changes no byte."""
    text = table(
        row(subject_id="id:pilots-office", object_id="wikidata:Q7", comment='"Called ""the Office"""'),
        row(predicate_id="skos:closeMatch", object_id="wikidata:Q8"),
        row(),
    )
    written = write_sssom(read_sssom(text, "wikidata", WHERE))
    again = read_sssom(written, "wikidata", WHERE)
    assert [m.object.rpartition("/")[2] for m in again.mappings] == ["Q101", "Q8", "Q7"]
    assert again.mappings[2].comment == 'Called "the Office"'
    assert written.startswith(HEADER)
    assert write_sssom(again) == written


@pytest.mark.parametrize(
    ("cells", "what", "remedy"),
    [
        ({"subject_id": "harbour-ministry"}, "subject_id is 'harbour-ministry'", "write prefix:identifier"),
        ({"subject_id": "wikidata:Q1"}, "subject_id is 'wikidata:Q1'", "write a thing of ours, such as id:china"),
        ({"object_id": "viaf:12"}, "object_id is 'viaf:12'", "with one of id, owl, registry"),
        ({"object_id": "wikidata:Q1 2"}, "object_id is 'wikidata:Q1 2'", "write prefix:identifier"),
        ({"object_label": ""}, "object_label is ''", "write what the registry calls it"),
        ({"subject_label": " "}, "subject_label is ' '", "fill it in"),
        ({"predicate_id": "owl:sameAs"}, "predicate_id is 'owl:sameAs'", "write one of skos:exactMatch"),
        ({"predicate_modifier": "not"}, "predicate_modifier is 'not'", "or write Not for a link that is wrong"),
        ({"mapping_justification": "semapv:Guess"}, "mapping_justification is 'semapv:Guess'", "semapv:MappingReview"),
        ({"mapping_source": ""}, "mapping_source is ''", "fill it in"),
        ({"mapping_date": "24.11.2026"}, "mapping_date is '24.11.2026'", "write the day as in 2026-11-24"),
        ({"confidence": "7"}, "confidence is '7'", "write a number from 0 to 1"),
        ({"confidence": "high"}, "confidence is 'high'", "write a number from 0 to 1"),
        ({"confidence": "NaN"}, "confidence is 'NaN'", "write a number from 0 to 1"),
        ({"object_id": "wikidata:P31"}, "is no identifier of Wikidata", "goes on as Q[1-9][0-9]*"),
    ],
)
def test_a_wrong_cell_is_named_with_its_line(cells: dict[str, str], what: str, remedy: str) -> None:
    """The error says which cell of which line is wrong, and what may stand there."""
    with pytest.raises(LinkFileWrong) as caught:
        read_sssom(table(row(subject_id="id:pilots-office", object_id="wikidata:Q7"), row(**cells)), "wikidata", WHERE)
    assert what in caught.value.what
    assert caught.value.where == f"{WHERE}:{HEIGHT + 2}"
    assert remedy in caught.value.remedy


def test_a_thing_is_not_exactly_two_things_of_one_registry() -> None:
    """Two identifiers for one thing are two close matches, or one of them is wrong."""
    with pytest.raises(LinkFileWrong) as caught:
        read_sssom(table(row(), row(object_id="wikidata:Q102")), "wikidata", WHERE)
    assert caught.value.where == f"{WHERE}:{HEIGHT + 2}"
    assert f"line {HEIGHT + 1} has the same thing be exactly another" in caught.value.what
    assert "make both skos:closeMatch" in caught.value.remedy
    close = read_sssom(table(row(), row(object_id="wikidata:Q102", predicate_id="skos:closeMatch")), "wikidata", WHERE)
    assert len(close.links) == 2


def test_the_same_two_things_are_linked_once() -> None:
    """A pair has one row, whatever the row says of it."""
    with pytest.raises(LinkFileWrong, match="links the same two things"):
        read_sssom(table(row(), row(predicate_modifier="Not")), "wikidata", WHERE)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("", 1, "there is no header"),
        (HEADER.replace("#license: https://terms.example/free\n", ""), 1, "the header lacks license"),
        (HEADER.partition("#curie_map")[0], 1, "the header declares no prefixes"),
        ("#license: free\n#comment: a: b\n", 2, "the header is no YAML"),
        (HEADER, HEIGHT, "the columns are not those of a link file"),
        (table().replace("\tcomment", "\tcomments"), HEIGHT, "the columns are not those of a link file"),
        (table(row().rpartition("\t")[0]), HEIGHT + 1, "the row has 11 cells, not 12"),
        (table(row(comment='"open')), HEIGHT + 1, "the row does not end"),
    ],
)
def test_a_file_that_is_none_is_refused(text: str, line: int, what: str) -> None:
    """A missing header, slot, prefix, column or cell is said with its line."""
    with pytest.raises(LinkFileWrong) as caught:
        read_sssom(text, "wikidata", WHERE)
    assert what in caught.value.what
    assert caught.value.where == f"{WHERE}:{line}"
    assert caught.value.remedy


def test_a_target_unknown_here_is_read_all_the_same() -> None:
    """What its identifiers look like is then nobody's business."""
    text = table(row(object_id="registry:P/1")).replace("wikidata", "ports")
    assert read_sssom(text, "ports", "ports").links[0].object == "https://registry.example/P/1"
