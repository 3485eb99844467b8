"""What a measure answers: rows, a few words on how to read them, and the edges it all stands on."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from aigov_graph.dataset import shorten
from aigov_graph.exports import Network
from aigov_graph.vocabulary.namespaces import BASE


@dataclass(frozen=True)
class Answer:
    """An answer.

    Attributes:
        measure: its name.
        title: what was measured, in a line.
        reading: how to read the rows.
        columns: of the rows.
        rows: the best or largest first; things by IRI, each with its label beside it; several values as a list.
        facts: single figures, by name.
        aside: columns that a terminal is spared.
        network: what it was measured on.
        edges: IRIs of the edges it stands on.
    """

    measure: str
    title: str
    reading: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]
    network: Network
    edges: tuple[str, ...]
    facts: dict[str, Any] = field(default_factory=dict)
    aside: frozenset[str] = frozenset()

    def json(self) -> str:
        """The answer as a JSON object, with what was asked for and the edges it stands on."""
        found = {
            "measure": self.measure,
            "title": self.title,
            "reading": self.reading,
            **self.facts,
            "results": [dict(zip(self.columns, row, strict=True)) for row in self.rows],
            "basis": {
                "version": self.network.version,
                "digest": self.network.digest,
                "view": self.network.view.words(),
                "nodes": len(self.network.nodes),
                "edges": list(self.edges),
                "attribution": list(self.network.attribution),
            },
        }
        return json.dumps(found, ensure_ascii=False, indent=2)

    def csv(self) -> str:
        """The rows alone, as CSV."""
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        writer.writerow(self.columns)
        writer.writerows([_cell(value) for value in row] for row in self.rows)
        return buffer.getvalue()

    def text(self, most: int = 20) -> str:
        """The answer for a terminal: the first rows, aligned."""
        kept = [index for index, name in enumerate(self.columns) if name not in self.aside]
        header = [self.columns[index] for index in kept]
        shown = [[_short(row[index]) for index in kept] for row in self.rows[:most]]
        widths = [max(len(line[i]) for line in [header, *shown]) for i in range(len(header))]
        lines = [self.title, self.reading, ""]
        lines += [f"{name}: {_short(value)}" for name, value in self.facts.items()]
        lines += [_aligned(line, widths) for line in [header, *shown]] if shown else ["nothing"]
        if len(self.rows) > most:
            lines.append(f"... and {len(self.rows) - most} more")
        view = ", ".join(f"{name} {' or '.join(texts)}" for name, texts in self.network.view.words().items())
        lines += ["", f"Stands on {len(self.edges)} edges ({view or 'facts between entities'})."]
        return "\n".join(lines)


def _aligned(line: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()


def _cell(value: Any) -> Any:
    return "|".join(map(str, value)) if isinstance(value, list) else value


def _short(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_short(item) for item in value)
    if isinstance(value, str) and value.startswith(BASE):
        return shorten(value)
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
