"""What an import leaves for the person: names that nothing bears, and the rows that could not be taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from aigov_graph.sources.columns import ENTITY_COLUMNS
from aigov_graph.sources.entities import slug_of
from aigov_graph.sources.problems import SheetProblem
from aigov_graph.sources.rows import PROBLEM_COLUMN, SheetRow, write_csv

_PROPOSAL: Final = [column.name for column in ENTITY_COLUMNS]


def write_proposals(path: Path, problems: Sequence[SheetProblem]) -> int:
    """Write each unknown name once, as a row of an entities sheet with the nearest existing ones beside it.

    The class is left for the person to fill in, so that nobody imports it unread.

    Returns:
        How many names there are.
    """
    unknown: dict[str, SheetProblem] = {}
    for problem in problems:
        if problem.unknown:
            unknown.setdefault(problem.unknown, problem)
    rows = [
        {
            "slug": slug_of(name),
            "label": name,
            PROBLEM_COLUMN: f"row {problem.row}; nearest: {', '.join(problem.nearest) or 'none'}",
        }
        for name, problem in sorted(unknown.items())
    ]
    path.write_text(write_csv([*_PROPOSAL, PROBLEM_COLUMN], rows), encoding="utf-8")
    return len(rows)


def write_wrong(path: Path, rows: Sequence[SheetRow], problems: Sequence[SheetProblem]) -> None:
    """Write the rows that were left out as a sheet, with what is wrong in a column of its own."""
    said: dict[int, list[str]] = defaultdict(list)
    for problem in problems:
        said[problem.row].append(f"{problem.column}: {problem.what}" if problem.column else problem.what)
    headings = list(dict.fromkeys(name for row in rows for name in row.cells if name != PROBLEM_COLUMN))
    content = write_csv(
        [*headings, PROBLEM_COLUMN],
        ({**row.cells, PROBLEM_COLUMN: "; ".join(said[row.number])} for row in rows),
    )
    path.write_text(content, encoding="utf-8")
