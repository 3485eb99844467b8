"""Tables of cells: read from CSV and XLSX, written to both."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from aigov_graph.errors import DataSyntaxError, FolderUnreadable
from aigov_graph.sources.columns import heading
from aigov_graph.sources.names import nearest
from aigov_graph.sources.problems import SheetProblem, refuse

CLAIMS_SHEET: Final = "claims"
ENTITIES_SHEET: Final = "entities"
PROBLEM_COLUMN: Final = "problem"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number as a spreadsheet shows it, and its cells by heading, blanks around them taken off."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


def read_csv(raw: bytes, where: str) -> list[list[str]]:
    """The cells of a CSV file.

    Raises:
        DataSyntaxError: it is no UTF-8 or no CSV.
    """
    try:
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataSyntaxError(f"no UTF-8 at byte {error.start}", where, "save the sheet as CSV in UTF-8") from error
    try:
        return list(csv.reader(io.StringIO(content, newline=""), strict=True))
    except csv.Error as error:
        raise DataSyntaxError(
            f"no CSV: {error}", where, "save the sheet as CSV with commas and double quotes"
        ) from error


def rows_of(cells: Sequence[Sequence[str]], known: Iterable[str], where: str) -> list[SheetRow]:
    """The rows under a heading, empty ones left out.

    Raises:
        SheetWrong: a heading is none of the known ones, or stands twice; or a row is longer than the heading.
    """
    allowed = [*known, PROBLEM_COLUMN]
    headings = [heading(cell) for cell in (cells[0] if cells else ())]
    while headings and not headings[-1]:
        headings.pop()
    problems = [
        SheetProblem(1, name, "there is no such column" if name else "a column has no heading", nearest(name, allowed))
        for name in headings
        if name not in allowed
    ]
    problems += [
        SheetProblem(1, name, "two columns have this heading")
        for name in dict.fromkeys(headings)
        if name and headings.count(name) > 1
    ]
    if not headings:
        problems.append(SheetProblem(1, "", "the sheet has no headings"))
    rows: list[SheetRow] = []
    for number, row in enumerate(cells[1:], start=2):
        values = [cell.strip() for cell in row]
        if any(values[len(headings) :]):
            problems.append(SheetProblem(number, "", "there are more cells than headings"))
        if any(values):
            rows.append(SheetRow(number, {n: v for n, v in zip(headings, values, strict=False) if v}))
    if problems:
        raise refuse(where, problems)
    return rows


def write_csv(headings: Sequence[str], rows: Iterable[dict[str, str]]) -> str:
    """Rows as CSV."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, headings, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def read_sheets(path: Path) -> dict[str, list[list[str]]]:
    """The sheets of a file by name: a CSV file is one sheet of claims.

    Raises:
        FolderUnreadable: it cannot be opened.
        DataSyntaxError: it is neither CSV nor XLSX.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise FolderUnreadable(f"cannot be read: {error.strerror}", str(path), "name another file") from error
    if raw.startswith(b"PK"):
        from aigov_graph.sources.workbook import read_workbook

        return read_workbook(raw, str(path))
    return {CLAIMS_SHEET: read_csv(raw, str(path))}
