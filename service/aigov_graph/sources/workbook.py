"""Claims sheets as XLSX: with drop-downs, the annotation guide on a second sheet, and a sheet for new entities."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from aigov_graph.errors import DataSyntaxError
from aigov_graph.sources.columns import ENTITY_COLUMNS, RELATION, SITUATION_TYPE, Column, all_columns
from aigov_graph.sources.names import Names
from aigov_graph.sources.rows import CLAIMS_SHEET, ENTITIES_SHEET
from aigov_graph.vocabulary.namespaces import AIGOV, CONCEPT

GUIDE_SHEET: Final = "guide"
LISTS_SHEET: Final = "lists"
ROWS: Final = 2000
"""How far down the drop-downs reach."""

_EPOCH: Final = datetime(2000, 1, 1)  # the file format has no time zones; a fixed date keeps the bytes


def read_workbook(raw: bytes, where: str) -> dict[str, list[list[str]]]:
    """The cells of each sheet of an XLSX file, as text. A file without a sheet called claims gives its first.

    Raises:
        DataSyntaxError: it is no XLSX file, or a cell holds a formula.
    """
    try:
        book = load_workbook(io.BytesIO(raw))
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise DataSyntaxError("this is no XLSX file", where, "save it as XLSX or CSV") from error
    sheets = {sheet.title: _cells(sheet, where) for sheet in book.worksheets}
    if CLAIMS_SHEET not in sheets and sheets:
        sheets[CLAIMS_SHEET] = next(iter(sheets.values()))
    return sheets


def _cells(sheet: Worksheet, where: str) -> list[list[str]]:
    rows: list[list[str]] = []
    for row in sheet.iter_rows():
        cells: list[str] = []
        for cell in row:
            if cell.data_type == "f":
                place = f"{where}, {sheet.title}!{cell.coordinate}"
                raise DataSyntaxError("the cell holds a formula", place, "write the value itself")
            cells.append(_text(cell.value))
        rows.append(cells)
    return rows


def _text(value: object) -> str:
    """A cell as a person sees it: a spreadsheet makes numbers and dates of what looks like them."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return value.date().isoformat()
    return str(value)


def write_workbook(names: Names, guide: str, rows: Sequence[Mapping[str, str]] = ()) -> bytes:
    """A workbook of claims: an empty template, or an export.

    Args:
        names: for the drop-downs and columns.
        guide: the annotation guide, in Markdown, for the second sheet.
        rows: the rows, by heading.
    """
    book = Workbook()
    book.properties.created = book.properties.modified = _EPOCH
    claims = book.active or book.create_sheet()
    claims.title = CLAIMS_SHEET
    columns = all_columns(names)
    _fill(claims, columns, rows)
    _fill_guide(book.create_sheet(GUIDE_SHEET), guide)
    _fill(book.create_sheet(ENTITIES_SHEET), ENTITY_COLUMNS, ())
    lists = book.create_sheet(LISTS_SHEET)
    lists.sheet_state = "hidden"
    choices = _choices(columns, names)
    for position, (name, values) in enumerate(choices.items(), start=1):
        lists.cell(1, position, name)
        for number, value in enumerate(values, start=2):
            lists.cell(number, position, value)
        letter = get_column_letter(position)
        target = get_column_letter([column.name for column in columns].index(name) + 1)
        source = f"{LISTS_SHEET}!${letter}$2:${letter}${len(values) + 1}"
        rule = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
        rule.error = "Choose one of the list."
        claims.add_data_validation(rule)
        rule.add(f"{target}2:{target}{max(ROWS, len(rows) + 1)}")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Worksheet, columns: Sequence[Column], rows: Iterable[Mapping[str, str]]) -> None:
    for position, column in enumerate(columns, start=1):
        _put(sheet, 1, position, column.name).font = Font(bold=True)
        letter = get_column_letter(position)
        sheet.column_dimensions[letter].width = max(12, len(column.name) + 2)
        sheet.column_dimensions[letter].number_format = "@"
        prompt = DataValidation(promptTitle=column.name[:32], prompt=column.help[:255], showInputMessage=True)
        sheet.add_data_validation(prompt)
        prompt.add(f"{letter}1")
    for number, row in enumerate(rows, start=2):
        for position, column in enumerate(columns, start=1):
            if value := row.get(column.name):
                _put(sheet, number, position, value).number_format = "@"
    sheet.freeze_panes = "A2"


def _put(sheet: Worksheet, row: int, column: int, value: str) -> Cell:
    """Write a text, also one that begins as a formula does."""
    cell = sheet.cell(row, column, value)
    if not isinstance(cell, Cell):
        raise TypeError(f"{cell.coordinate} is part of a merged cell")
    cell.data_type = "s"
    return cell


def _fill_guide(sheet: Worksheet, guide: str) -> None:
    sheet.column_dimensions["A"].width = 120
    for number, line in enumerate(guide.splitlines(), start=1):
        cell = _put(sheet, number, 1, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if line.startswith("#"):
            cell.font = Font(bold=True)


def _choices(columns: Sequence[Column], names: Names) -> dict[str, list[str]]:
    """What may be chosen in a column, by its heading."""
    vocabulary = names.vocabulary
    found = {RELATION.name: sorted(iri.removeprefix(AIGOV) for iri in vocabulary.relations)}
    for column in columns:
        if column.kind == "concept":
            found[column.name] = sorted({iri.removeprefix(CONCEPT) for iri in names.members(column.scheme).values()})
    found["negated"] = ["no", "yes"]
    kinds = (k for k in vocabulary.classes if AIGOV.Situation in vocabulary.superclasses(k))
    found[SITUATION_TYPE.name] = sorted(kind.removeprefix(AIGOV) for kind in kinds)
    return found
