"""What is wrong in a sheet: which row, which column, what, and the nearest names that would be right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from aigov_graph.errors import SheetWrong


@dataclass(frozen=True, slots=True, order=True)
class SheetProblem:
    """One cell, or one row as a whole, that cannot be taken.

    Attributes:
        row: the row's number as a spreadsheet shows it; the heading is row 1.
        column: the column's heading; empty where the row as a whole is wrong.
        what: what is wrong, in words.
        nearest: valid names that are spelled most like the wrong one, the likest first.
        unknown: the name that nothing bears, where that is what is wrong.
    """

    row: int
    column: str
    what: str
    nearest: tuple[str, ...] = ()
    unknown: str = ""

    def __str__(self) -> str:
        place = f"row {self.row}" + (f", column {self.column!r}" if self.column else "")
        return f"{place}: {self.what}" + (f"; nearest: {', '.join(self.nearest)}" if self.nearest else "")


def refuse(where: str, problems: Iterable[SheetProblem]) -> SheetWrong:
    """The error that says all that is wrong in a sheet, row by row."""
    found = tuple(sorted(problems))
    rows = len({problem.row for problem in found})
    lines = "".join(f"\n  {problem}" for problem in found)
    return SheetWrong(
        f"{rows} {'row' if rows == 1 else 'rows'} cannot be taken; nothing was written{lines}",
        where,
        "mend the rows, or add new entities in an entities sheet",
        problems=found,
    )


class CellError(Exception):
    """A cell cannot be read. Caught where row and column are known."""

    def __init__(self, what: str, nearest: Iterable[str] = (), unknown: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.nearest = tuple(nearest)
        self.unknown = unknown
