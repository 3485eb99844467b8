"""How a source was read: which paragraphs no claim rests on, and why; what was counted of it, as data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from aigov_graph.dataset import DataFolder
from aigov_graph.errors import AigovError
from aigov_graph.passages import digest_text
from aigov_graph.sources.folder import SourceFolder
from aigov_graph.sources.locating import Paragraph, paragraphs
from aigov_graph.sources.quantities import decimal_form
from aigov_graph.sources.rows import read_csv, rows_of, write_csv
from aigov_graph.sources.statements import Things, read_things, text, typed, write_files
from aigov_graph.vocabulary.namespaces import AIGOV, CONCEPT, DCTERMS, DQV, ID, OA, ONTOLOGY, RDF, RDFS, SKOS, XSD

COVERAGE_FILE: Final = "coverage.csv"
QUALITY_FILE: Final = "quality.ttl"
COLUMNS: Final = ("paragraph", "characters", "reason")

_HEADING: Final = re.compile(r"[^.。;；:：]{1,80}")
HEADING_REASON: Final = "heading"


@dataclass(frozen=True, slots=True)
class Coverage:
    """The paragraphs of a text, how many have a claim, and the others with the reason, if one is given."""

    paragraphs: int
    covered: int
    open: tuple[tuple[Paragraph, str], ...]

    @property
    def unexplained(self) -> int:
        """How many paragraphs have neither claim nor reason."""
        return sum(not reason for _, reason in self.open)


def cover(folder: DataFolder, name: str, content: str) -> Coverage:
    """Find the paragraphs that no claim or situation rests on, and list them in ``coverage.csv`` of the source.

    Reasons that the list gives already are kept; headings are told by their look.

    Raises:
        AigovError: the text is not the source's.
        FolderUnreadable: there is no such source.
    """
    opened = SourceFolder.open(folder, name)
    if opened.source.value(opened.iri, AIGOV.textDigest) != digest_text(content):
        raise AigovError("the text is not the one that the source records", name, "give the file it was made from")
    spans = _cited(opened)
    path = opened.path / COVERAGE_FILE
    reasons: dict[str, str] = {}
    if path.exists():
        rows = rows_of(read_csv(path.read_bytes(), str(path)), COLUMNS, str(path))
        reasons = {row["paragraph"]: row["reason"] for row in rows}
    found = paragraphs(content)
    left: list[tuple[Paragraph, str]] = []
    for paragraph in found:
        start, end = paragraph.span.start, paragraph.span.end
        if not any(s < end and start < e for s, e in spans):
            guess = HEADING_REASON if _HEADING.fullmatch(content[start:end]) else ""
            left.append((paragraph, reasons.get(paragraph.locator) or guess))
    coverage = Coverage(len(found), len(found) - len(left), tuple(left))
    lines = (
        {"paragraph": p.locator, "characters": f"{p.span.start}-{p.span.end}", "reason": reason} for p, reason in left
    )
    path.write_text(write_csv(COLUMNS, lines), encoding="utf-8")
    return coverage


def _cited(opened: SourceFolder) -> list[tuple[int, int]]:
    cited = {
        passage
        for part in (opened.claims, opened.situations)
        for iri in part.subjects()
        for passage in part.values(iri, AIGOV.evidence)
    }
    spans: list[tuple[int, int]] = []
    for passage in sorted(cited):
        start, end = opened.passages.value(passage, OA.start), opened.passages.value(passage, OA.end)
        if start and end:
            spans.append((int(start), int(end)))
    return spans


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure of quality: its metric's short name, the figure, what it is in words."""

    metric: str
    value: Decimal
    label: str


def write_quality(folder: DataFolder, name: str, figures: Sequence[Measured], method: str, guide: str) -> list[Path]:
    """Write how a source was read and what was counted of it, in the terms of DQV, to ``quality.ttl`` of its folder.

    Args:
        folder: the data.
        name: the source's id.
        figures: the figures; those that are there already under the same metric are replaced.
        method: how it was read, in a sentence.
        guide: the version of the annotation guide.

    Raises:
        FolderUnreadable: there is no such source.
    """
    opened = SourceFolder.open(folder, name)
    path = opened.path / QUALITY_FILE
    said = read_things(path)
    reading = f"{ID}{name}-reading"
    if method:
        said.drop(reading)
        said.add(reading, RDF.type, AIGOV.Assessment)
        said.add(reading, RDF.type, DQV.QualityAnnotation)
        said.add(reading, RDFS.label, text(f"how {opened.source.label(opened.iri)} was read", "en"))
        said.add(reading, "http://www.w3.org/ns/oa#hasTarget", opened.iri)
        said.add(reading, DCTERMS.conformsTo, f"{ONTOLOGY}/{guide}/annotation")
        said.add(reading, SKOS.editorialNote, text(method, "en"))
    for figure in figures:
        _measure(said, opened, figure)
    return write_files({path: said})


def _measure(said: Things, opened: SourceFolder, figure: Measured) -> None:
    iri = f"{opened.iri}-quality-{figure.metric}"
    said.drop(iri)
    said.add(iri, RDF.type, AIGOV.Assessment)
    said.add(iri, RDF.type, DQV.QualityMeasurement)
    said.add(iri, RDFS.label, text(figure.label, "en"))
    said.add(iri, DQV.computedOn, opened.iri)
    said.add(iri, DQV.isMeasurementOf, f"{CONCEPT}quality-{figure.metric}")
    said.add(iri, DQV.value, typed(decimal_form(figure.value), XSD.decimal))
