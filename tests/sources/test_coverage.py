"""Which paragraphs carry a claim, which do not and why; figures of quality as data."""

from __future__ import annotations

from decimal import Decimal

import pytest

from aigov_graph.dataset import DataFolder
from aigov_graph.errors import AigovError
from aigov_graph.sources.coverage import Measured, cover, write_quality
from aigov_graph.sources.importing import import_claims
from aigov_graph.validation import validate
from tests.sources.conftest import TEXT, cells_of

SOURCE = "port-council-2024"


def test_paragraphs_without_claim_are_listed_with_their_reason(harbour: DataFolder, sheet: dict[str, str]) -> None:
    """A heading explains itself; a reason that somebody wrote is kept; the rest waits for one."""
    import_claims(harbour, SOURCE, {"claims": cells_of(sheet)}, "sheet.csv", text=TEXT)
    found = cover(harbour, SOURCE, TEXT)
    assert (found.paragraphs, found.covered, found.unexplained) == (4, 1, 2)
    path = harbour.graphs / "sources" / SOURCE / "coverage.csv"
    assert path.read_text() == (
        "paragraph,characters,reason\n"
        "paragraph 1,0-26,heading\n"
        '"section 1, paragraph 2",141-232,\n'
        '"section 2, paragraph 1",234-348,\n'
    )
    path.write_text(path.read_text().replace("141-232,", "141-232,no actor of AI governance"))
    again = cover(harbour, SOURCE, TEXT)
    assert again.unexplained == 1
    assert [reason for _, reason in again.open] == ["heading", "no actor of AI governance", ""]


def test_another_text_is_refused(harbour: DataFolder) -> None:
    """Coverage is counted in the text that the source records and in no other."""
    with pytest.raises(AigovError, match="not the one that the source records"):
        cover(harbour, SOURCE, TEXT + ".")


def test_figures_are_data_that_conforms(harbour: DataFolder) -> None:
    """Each figure names its metric; one that is measured again takes the place of the old."""
    write_quality(harbour, SOURCE, [Measured("coverage", Decimal("0.25"), "1 of 4")], "Read clause by clause.", "1.0")
    (path,) = write_quality(harbour, SOURCE, [Measured("coverage", Decimal("0.5"), "2 of 4")], "", "1.0")
    body = path.read_text().partition("\nid:")[2]
    assert (
        f"id:{body}"
        == """\
id:port-council-2024-quality-coverage
    a
        dqv:QualityMeasurement ,
        aigov:Assessment ;
    rdfs:label "2 of 4"@en ;
    dqv:computedOn id:port-council-2024 ;
    dqv:isMeasurementOf concept:quality-coverage ;
    dqv:value 0.5 ;
.

id:port-council-2024-reading
    a
        dqv:QualityAnnotation ,
        aigov:Assessment ;
    rdfs:label "how Report of the Port Council was read"@en ;
    dcterms:conformsTo <https://w3id.org/aigov-graph/ontology/1.0/annotation> ;
    oa:hasTarget id:port-council-2024 ;
    skos:editorialNote "Read clause by clause."@en ;
.
"""
    )
    assert validate(harbour.load()).conforms
