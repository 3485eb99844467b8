"""What a mapping makes of a table: for each row the descriptions of claims and situations, names not yet matched.

A mapping is CSVW metadata (CSV on the Web, W3C Recommendation), ``mapping.json`` in the source's folder, read by the
`csvw` library. It was chosen over RML because the engine for that, morph-kgc, holds pyoxigraph and rdflib at versions
older than this project needs, and brings pandas and DuckDB with it.

A mapping says all in the standard's own words: columns and virtual columns with `aboutUrl`, `propertyUrl`, `valueUrl`,
`null`, `separator` and `datatype`. What shares an `aboutUrl` in a row is one thing. It is a claim if it has a subject,
a predicate and an object; a cell that is null takes away its part, and so the claim. It is a situation if `aboutUrl`
is under ``https://w3id.org/aigov-graph/situation/``.

Names stand in values as ``https://w3id.org/aigov-graph/name/Class/{column}``, codes as ``.../iso3166/{column}``; they
are matched to entities afterwards. What stands as ``.../value/{column}`` is the cell's own text: by it a second thing
of the row says what the column says of the first.
"""

from __future__ import annotations

import json
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from csvw import CSVW

from aigov_graph.errors import DataError
from aigov_graph.sources.tables import Record, TableFile, digest_record, key_of
from aigov_graph.vocabulary.namespaces import BASE

MAPPING_FILE: Final = "mapping.json"
NAME: Final = f"{BASE}name/"
ISO3166: Final = f"{BASE}iso3166/"
SITUATION: Final = f"{BASE}situation/"
VALUE: Final = f"{BASE}value/"
START: Final = f"{BASE}start"
END: Final = f"{BASE}end"
"""Properties of the first and last day of what a claim says, which together make its `aigov:when`."""

Cell = tuple[str, bool]
"""A value and whether it is an IRI."""


@dataclass(slots=True)
class Described:
    """A thing that a row describes: the values of its properties."""

    about: str
    values: dict[str, list[Cell]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MappedRow:
    """A row and the things it describes, in the order of the mapping."""

    table: str
    key_columns: tuple[str, ...]
    key: str
    digest: str
    things: tuple[Described, ...]


def read_mapping(path: Path) -> dict[str, Any]:
    """The mapping of a source.

    Raises:
        DataError: there is none, or it is no CSVW metadata.
    """
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DataError("the source has no mapping", str(path), "write one; docs of CSVW: w3.org/TR/csv2rdf") from error
    except json.JSONDecodeError as error:
        raise DataError(f"the mapping is no JSON: {error.msg}", f"{path}:{error.lineno}", "mend it there") from error
    if found.get("@context") != "http://www.w3.org/ns/csvw":
        raise DataError(
            "the mapping is no CSVW metadata", str(path), 'begin with "@context": "http://www.w3.org/ns/csvw"'
        )
    return found


def table_names(mapping: Mapping[str, Any]) -> list[str]:
    """The tables that a mapping describes."""
    return [str(table["url"]) for table in mapping.get("tables", [mapping])]


def run_mapping(mapping: Mapping[str, Any], tables: Sequence[TableFile], where: str) -> Iterator[MappedRow]:
    """Run a mapping over tables.

    Raises:
        DataError: a table is missing, a key is missing or stands twice, or a cell is not what the mapping says.
    """
    given = {table.name: table for table in tables}
    wanted = table_names(mapping)
    if set(given) != set(wanted):
        raise DataError(
            f"the mapping wants {', '.join(wanted)}, given: {', '.join(given) or 'nothing'}",
            where,
            "give each of its tables with --table",
        )
    with tempfile.TemporaryDirectory() as folder:
        for table in tables:
            Path(folder, table.name).write_text(table.as_csv(), encoding="utf-8", newline="")
        metadata = Path(folder, MAPPING_FILE)
        metadata.write_text(json.dumps(mapping), encoding="utf-8")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            engine = CSVW(str(metadata))
            for described in engine.tables:
                name = described.local_name
                yield from _rows(described, given[str(name)], where)


def _rows(described: Any, table: TableFile, where: str) -> Iterator[MappedRow]:
    keys = tuple(described.tableSchema.primaryKey or ())
    if not keys:
        raise DataError("the table has no key", f"{where}, {table.name}", "name its key columns in primaryKey")
    seen: set[str] = set()
    try:
        read = list(described.iterdicts(strict=True))
    except ValueError as error:
        raise DataError(f"a cell is not what the mapping says: {error}", f"{where}, {table.name}") from error
    for number, (record, row) in enumerate(zip(table.records, read, strict=True), start=1):
        key = key_of(record, keys)
        if not key.strip() or key in seen:
            what = f"the key {key!r} stands twice" if key.strip() else f"record {number} has no key"
            raise DataError(what, f"{where}, {table.name}", "choose key columns that tell all rows apart")
        seen.add(key)
        things = tuple(_describe(described, row, number))
        yield MappedRow(table.name, keys, key, digest_record(record), things)


def _describe(table: Any, row: Record, number: int) -> list[Described]:
    found: dict[str, Described] = {}
    for column in table.tableSchema.columns:
        if column.suppressOutput or not column.propertyUrl:
            continue
        value = row.get(column.header)
        if not column.virtual and (value is None or value in ("", [])):
            continue
        about_template = column.inherit("aboutUrl")
        if about_template is None:
            continue
        about = str(table.expand(about_template, row, _row=number))
        predicate = str(table.expand(column.propertyUrl, row, _row=number))
        thing = found.setdefault(about, Described(about))
        values = thing.values.setdefault(predicate, [])
        if (template := column.inherit("valueUrl")) is not None:
            items = value if isinstance(value, list) else [value]
            for item in items:
                cells = row if column.virtual else {**row, column.header: item}
                values.append(_value(str(table.expand(template, cells, _row=number))))
        elif column.virtual:
            values.append((str(column.default or ""), False))
        else:
            items = value if isinstance(value, list) else [value]
            values.extend((_text(item), False) for item in items)
    return list(found.values())


def _value(expanded: str) -> Cell:
    return (unquote(expanded.removeprefix(VALUE)), False) if expanded.startswith(VALUE) else (expanded, True)


def _text(value: object) -> str:
    return value.isoformat()[:10] if isinstance(value, date) else str(value)
