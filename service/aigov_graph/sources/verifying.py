"""The rows that claims rest on, held against the tables they cite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aigov_graph.dataset import DataFolder, shorten
from aigov_graph.sources.folder import SourceFolder
from aigov_graph.sources.refreshing import ROWS_FILE
from aigov_graph.sources.statements import read_things
from aigov_graph.sources.tables import KEY_SEPARATOR, TableFile, digest_record, digest_tables, key_of
from aigov_graph.vocabulary.namespaces import AIGOV, CONCEPT, PROV

_WITHDRAWN = f"{CONCEPT}withdrawn"


@dataclass(frozen=True, slots=True)
class RowReport:
    """What came of holding tables against the rows of their source.

    Attributes:
        verified: claims in force that rest on a row as it stands in the tables.
        mismatches: what is said of each claim that does not.
        whole: whether the tables are those that the source records.
    """

    verified: int
    mismatches: tuple[str, ...]
    whole: bool


def verify_rows(folder: DataFolder, name: str, tables: Sequence[TableFile]) -> RowReport:
    """Check that every claim in force rests on a row that the tables hold, word for word.

    Raises:
        FolderUnreadable: there is no such source.
    """
    opened = SourceFolder.open(folder, name)
    rows = read_things(opened.path / ROWS_FILE)
    columns = {rows.value(iri, AIGOV.table): rows.value(iri, AIGOV.keyColumn) for iri in rows.subjects()}
    found: dict[tuple[str, str], str] = {}
    for table in tables:
        keys = columns.get(table.name, "").split(KEY_SEPARATOR)
        for record in table.records:
            found[table.name, key_of(record, keys)] = digest_record(record)
    revised = {old for iri in opened.claims.subjects() for old in opened.claims.values(iri, PROV.wasRevisionOf)}
    verified, mismatches = 0, []
    for iri in opened.claims.subjects(AIGOV.Claim):
        if iri in revised or opened.claims.value(iri, AIGOV.reviewStatus) == _WITHDRAWN:
            continue
        evidence = [row for row in opened.claims.values(iri, AIGOV.evidence) if row in rows]
        good = any(
            found.get((rows.value(row, AIGOV.table), rows.value(row, AIGOV.key))) == rows.value(row, AIGOV.textDigest)
            for row in evidence
        )
        if good:
            verified += 1
        else:
            where = ", ".join(rows.value(row, AIGOV.locator) for row in evidence) or "no row"
            mismatches.append(f"{shorten(iri)}: {where} is not in the tables as it was read")
    whole = opened.source.value(opened.iri, AIGOV.textDigest) == digest_tables(tables)
    return RowReport(verified, tuple(mismatches), whole)
