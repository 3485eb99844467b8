"""Tables as they lie in files: records, and the digests by which a row and a table are known."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from aigov_graph.errors import DataSyntaxError
from aigov_graph.passages import digest_text
from aigov_graph.sources.columns import join

Record = Mapping[str, Any]

KEY_SEPARATOR: Final = "; "
"""Parts the columns of a key that is made of several, and their values."""


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table: its name in the source, its text, its records in their order."""

    name: str
    text: str
    records: tuple[Record, ...]

    @classmethod
    def read(cls, name: str, text: str) -> TableFile:
        """Read a CSV table, or a JSON array of records.

        Raises:
            DataSyntaxError: it is neither.
        """
        if name.endswith(".json"):
            try:
                found = json.loads(text)
            except json.JSONDecodeError as error:
                raise DataSyntaxError(f"no JSON: {error.msg}", f"{name}:{error.lineno}", "give an array") from error
            if not isinstance(found, list) or not all(isinstance(record, dict) for record in found):
                raise DataSyntaxError("the JSON is no array of records", name, "give one table of the data set")
            return cls(name, text, tuple(found))
        try:
            return cls(
                name, text, tuple(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
            )
        except csv.Error as error:
            raise DataSyntaxError(f"no CSV: {error}", name, "give the table in CSV with commas") from error

    def as_csv(self) -> str:
        """The table as CSV: of JSON records the plain values, lists joined, what is nested left out."""
        if not self.name.endswith(".json"):
            return self.text
        headings = list(dict.fromkeys(name for record in self.records for name in record))
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, headings, lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _plain(value) for name, value in record.items()} for record in self.records)
        return out.getvalue()


def _plain(value: Any) -> str:
    match value:
        case None | dict():
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            return join(str(item) for item in value if not isinstance(item, dict | list))
    return str(value)


def digest_record(record: Record) -> str:
    """The digest of a row: of its cells by heading, whatever the order of columns and the spelling of the file."""
    return digest_text(json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def digest_tables(tables: Sequence[TableFile]) -> str:
    """The digest of a source's tables: of the text of one; of several, of a list of their digests and names."""
    if len(tables) == 1:
        return digest_text(tables[0].text)
    ordered = sorted(tables, key=lambda table: table.name)
    return digest_text("".join(f"{digest_text(table.text)}  {table.name}\n" for table in ordered))


def key_of(record: Record, columns: Sequence[str]) -> str:
    """The key of a row."""
    return KEY_SEPARATOR.join(str(record.get(column, "")).strip() for column in columns)
