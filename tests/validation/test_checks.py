"""Checks that code makes: what they find, and what their messages name."""

from __future__ import annotations

from pathlib import Path as PathOnDisk

import pytest

from aigov_graph.dataset import Dataset
from aigov_graph.errors import DataError
from aigov_graph.validation import Path, validate
from aigov_graph.vocabulary.namespaces import ID, RDFS, SHAPE
from tests.validation.support import changed, written


def test_a_check_that_no_code_makes_is_an_error() -> None:
    """A misspelt check must not pass as one that found nothing."""
    with pytest.raises(DataError, match=r"no code makes the check .*#edft"):
        validate(
            changed('shape:edft a aigov:Check ; sh:severity sh:Info ; sh:message "No date. Write one."@en .', "shapes")
        )


def test_a_malformed_date_is_told_with_its_reason() -> None:
    """The message says what the reader of dates found; the value is the literal as it stands in the file."""
    (problem,) = validate(changed('id:port-council-2024 dcterms:issued "2019/2018"^^edtf:edtf .')).problems
    assert problem.message == "The date cannot be read (the interval ends before it starts)."
    assert problem.value == '"2019/2018"^^<http://id.loc.gov/datatypes/edtf>'
    assert problem.remedy.startswith("Write EDTF of level 1")


def test_a_clash_names_the_other_thing_and_the_shared_value() -> None:
    """Whoever reads the warning can look at both things."""
    (problem,) = validate(changed('id:council-of-ports a aigov:Agency ; rdfs:label "Port Council"@en .')).problems
    assert problem.severity == "Warning"
    assert problem.subject == ID["port-council"]
    assert problem.path == Path.of(RDFS.label)
    assert problem.value == '"Port Council"@en'
    assert problem.message == "Another thing of the same class, id:council-of-ports, has this label."


def test_of_three_things_with_one_label_two_are_told() -> None:
    """Each but the first is reported once, whatever the number of those it clashes with."""
    report = validate(
        changed(
            """id:quay-a a aigov:Firm ; rdfs:label "Quay"@en . id:quay-b a aigov:Firm ; rdfs:label "Quay"@en .
            id:quay-c a aigov:Firm ; rdfs:label "Quay"@en ."""
        )
    )
    assert [problem.subject for problem in report.problems] == [ID["quay-b"], ID["quay-c"]]


def test_one_iri_in_two_files_of_entities_is_told_with_the_other_file(tmp_path: PathOnDisk) -> None:
    """Two curators who choose one IRI for two things learn of each other; reference data may add to an entity."""
    turtle = 'id:port-council a aigov:Agency ; rdfs:label "Port Council"@en .'
    files = changed("").files
    assert validate(Dataset((*files, written(tmp_path, "reference", turtle)))).problems == ()
    more = written(tmp_path, "entities", turtle)
    (problem,) = validate(Dataset((*files, more))).problems
    assert problem.check == SHAPE["one-file"]
    assert problem.message == "This is described here and in graphs/entities/harbour.ttl."
    assert (problem.file, problem.line) == ("graphs/entities/more.ttl", more.lines[ID["port-council"]])


def test_reference_data_says_where_places_lie_and_where_it_comes_from_itself(tmp_path: PathOnDisk) -> None:
    """What is refused of an entity is welcome in reference/, and so is a word on the graph, which is of no class."""
    turtle = """graph:reference dcterms:rights "Of the Register of Ports."@en .
        id:sealand aigov:m49Code "987" ; aigov:capital id:north-coast .
        id:north-coast schema:containedInPlace id:sealand ; schema:latitude 12.5 ; schema:longitude -3.25 ."""
    assert validate(Dataset((*changed("").files, written(tmp_path, "reference", turtle)))).problems == ()
