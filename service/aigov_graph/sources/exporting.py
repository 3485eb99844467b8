"""Claims and situations of a source as rows of a sheet that would bring the same in again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from aigov_graph.dataset import DataFolder
from aigov_graph.errors import DataError
from aigov_graph.sources import columns as c
from aigov_graph.sources.cells import write_cell, write_thing
from aigov_graph.sources.columns import Column
from aigov_graph.sources.folder import SourceFolder
from aigov_graph.sources.names import Names
from aigov_graph.sources.statements import Things, Value
from aigov_graph.vocabulary.namespaces import AIGOV, CLAIM, ID, PASSAGE, RDF, RDFS


def export_claims(folder: DataFolder, source: str) -> tuple[list[str], list[dict[str, str]], Names]:
    """The headings and rows of a source's sheet, and the names they use.

    Raises:
        FolderUnreadable: there is no such source.
        DataError: a claim rests on rows of a table, which a sheet does not hold.
    """
    names = Names(folder.load())
    opened = SourceFolder.open(folder, source)
    return [column.name for column in c.all_columns(names)], list(rows_of_source(opened, names)), names


def rows_of_source(folder: SourceFolder, names: Names) -> Iterable[dict[str, str]]:
    """One row a situation, then one row a claim."""
    qualifiers = c.qualifier_columns(names)
    for iri in folder.situations.subjects():
        if iri not in folder.situations.subjects(AIGOV.Quantity):
            yield _situation(iri, folder)
    for iri in folder.claims.subjects(AIGOV.Claim):
        yield _claim(iri, folder, qualifiers)


def _claim(iri: str, folder: SourceFolder, qualifiers: Sequence[Column]) -> dict[str, str]:
    said = folder.claims
    row = {
        c.CLAIM_NUMBER.name: iri.removeprefix(CLAIM),
        **_evidence(iri, said, folder),
        c.SENTENCE.name: _english(said.of(iri).get(RDFS.label, ())),
        c.SUBJECT.name: _end(said.value(iri, RDF.subject), folder),
        c.RELATION.name: said.value(iri, RDF.predicate).removeprefix(AIGOV),
        c.OBJECT.name: _end(said.value(iri, RDF.object), folder),
        c.NEGATED.name: "yes" if said.value(iri, AIGOV.negated) == "true" else "no",
    }
    return row | _cells(iri, said, (*c.CLAIM_COLUMNS, *qualifiers, c.NOTE, c.STATUS, c.REVISES), folder)


def _situation(iri: str, folder: SourceFolder) -> dict[str, str]:
    said = folder.situations
    row = {
        **_evidence(iri, said, folder),
        c.SITUATION.name: iri.removeprefix(ID),
        c.SITUATION_TYPE.name: said.value(iri, RDF.type).removeprefix(AIGOV),
    }
    return row | _cells(iri, said, c.SITUATION_COLUMNS, folder)


def _cells(iri: str, said: Things, columns: Iterable[Column], folder: SourceFolder) -> dict[str, str]:
    values = said.of(iri)
    found: dict[str, str] = {}
    for column in columns:
        here: Sequence[Value] = values.get(column.property, ())
        if column.property == RDFS.label:
            here = [v for v in here if isinstance(v, ox.Literal) and v.language == "en"]
        if here:
            found[column.name] = write_cell(column, here, folder.situations, folder.name)
    return found


def _evidence(iri: str, said: Things, folder: SourceFolder) -> dict[str, str]:
    passages = sorted(said.values(iri, AIGOV.evidence))
    if any(not passage.startswith(PASSAGE) for passage in passages):
        raise DataError("it rests on a row of a table", iri, "change the mapping of the table and refresh the source")
    locators = dict.fromkeys(folder.passages.value(passage, AIGOV.locator) for passage in passages)
    return {
        c.PASSAGE.name: c.join(passage.removeprefix(PASSAGE) for passage in passages),
        c.LOCATOR.name: c.join(locators),
    }


def _end(iri: str, folder: SourceFolder) -> str:
    if iri in folder.situations:
        return f"situation:{iri.removeprefix(ID)}"
    return write_thing(iri)


def _english(labels: Iterable[Value]) -> str:
    found = [label for label in labels if isinstance(label, ox.Literal) and label.language == "en"]
    return found[0].value if found else ""
