"""SSSOM/TSV: a header of YAML behind `#`, then a table. What is wrong in it is said with its file and line.

SSSOM is the Simple Standard for Sharing Ontological Mappings, https://mapping-commons.github.io/sssom/.
"""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Lookup
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

import yaml

from aigov_graph.errors import LinkFileWrong
from aigov_graph.links.mappings import (
    JUSTIFICATIONS,
    NO_TERM_FOUND,
    PREDICATES,
    SEMAPV,
    SSSOM,
    Mapping,
    MappingSet,
)
from aigov_graph.links.targets import TARGETS
from aigov_graph.vocabulary.namespaces import ID, OWL, SKOS

SUFFIX: Final = ".sssom.tsv"

COLUMNS: Final = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "mapping_justification",
    "mapping_source",
    "mapping_tool",
    "mapping_date",
    "confidence",
    "comment",
)
"""The columns of a file, in this order."""

_NEEDED_IN_HEADER: Final = ("mapping_set_id", "license", "subject_source", "object_source")
_BUILT_IN: Final = {"id": ID, "owl": OWL, "semapv": SEMAPV, "skos": SKOS, "sssom": SSSOM}
_NAMES: Final = {iri: iri.replace(SKOS, "skos:").replace(SEMAPV, "semapv:") for iri in (*PREDICATES, *JUSTIFICATIONS)}


def read_sssom(text: str, name: str, where: str) -> MappingSet:
    """Read a file of links.

    Args:
        text: its content.
        name: the target's.
        where: what messages call the file.

    Raises:
        LinkFileWrong: the header or a row cannot be taken; with file, line and remedy.
    """
    lines = text.split("\n")
    height = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    header, prefixes = _read_header(lines[:height], where)
    rows = list(_read_rows(lines[height:], height, prefixes, where))
    _refuse_twins(rows, where)
    if name in TARGETS:
        _refuse_misspelt(rows, name, where)
    return MappingSet(name, where, header, prefixes, tuple(rows))


def write_sssom(found: MappingSet) -> str:
    """The file's text in its one layout: header by slot, prefixes by name, rows by subject and closeness."""
    head = {**found.header, "curie_map": {prefix: str(space) for prefix, space in sorted(found.prefixes.items())}}
    written = yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=10_000)
    table = io.StringIO()
    writer = csv.writer(table, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(COLUMNS)
    for mapping in sorted(found.mappings, key=lambda mapping: mapping.order):
        writer.writerow(_cells(mapping, found.prefixes))
    return "".join(f"#{line}\n" for line in written.splitlines()) + table.getvalue()


def compact(iri: str, prefixes: Lookup[str, str]) -> str:
    """An IRI as prefix and rest by the longest namespace that it begins with; itself if none does."""
    fitting = [(len(space), prefix) for prefix, space in {**_BUILT_IN, **prefixes}.items() if iri.startswith(space)]
    if not fitting:
        return iri
    length, prefix = max(fitting)
    return f"{prefix}:{iri[length:]}"


def _read_header(lines: list[str], where: str) -> tuple[dict[str, str], dict[str, str]]:
    try:
        read = yaml.safe_load("\n".join(line[1:] for line in lines))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise _wrong("the header is no YAML", where, line, "mend it: a slot and its value a line, behind #") from error
    if not isinstance(read, dict):
        raise _wrong("there is no header", where, 1, "open the file with lines such as #license: https://…")
    prefixes = read.pop("curie_map", None)
    if not isinstance(prefixes, dict) or not all(isinstance(space, str) for space in prefixes.values()):
        raise _wrong("the header declares no prefixes", where, 1, "write curie_map: with prefix: namespace under it")
    for slot in _NEEDED_IN_HEADER:
        if not isinstance(read.get(slot), str):
            raise _wrong(f"the header lacks {slot}", where, 1, f"write #{slot}: and its value")
    return {str(slot): str(value) for slot, value in read.items()}, {str(k): v for k, v in prefixes.items()}


def _read_rows(lines: list[str], height: int, prefixes: Lookup[str, str], where: str) -> Iterator[Mapping]:
    table = csv.reader(lines, delimiter="\t", strict=True)
    line = height + 1
    try:
        columns = next(table, [])
        missing = [name for name in COLUMNS if name not in columns]
        unknown = [name for name in columns if name not in COLUMNS]
        if missing or unknown or len(set(columns)) != len(columns):
            what = f"the columns are not those of a link file: {', '.join(missing or unknown or columns)}"
            raise _wrong(what, where, height + 1, f"name them {', '.join(COLUMNS)}")
        line = height + table.line_num + 1
        for cells in table:
            if cells and len(cells) != len(columns):
                what = f"the row has {len(cells)} cells, not {len(columns)}"
                raise _wrong(what, where, line, "part the cells by tabs, and leave none out")
            if cells:
                yield _Row(dict(zip(columns, cells, strict=True)), prefixes, where, line).mapping()
            line = height + table.line_num + 1
    except csv.Error as error:
        raise _wrong(f"the row does not end: {error}", where, line, "mend its quotes") from error


class _Row:
    """One row while it is read: each cell is judged, and named where it is wrong."""

    def __init__(self, cells: Lookup[str, str], prefixes: Lookup[str, str], where: str, line: int) -> None:
        self.cells = cells
        self.prefixes = {**_BUILT_IN, **prefixes}
        self.where = where
        self.line = line

    def mapping(self) -> Mapping:
        """What the row says, its IRIs written out."""
        modifier = self.cells["predicate_modifier"]
        if modifier not in ("", "Not"):
            raise self.wrong("predicate_modifier", "leave it empty, or write Not for a link that is wrong")
        subject = self.iri("subject_id")
        if not subject.startswith(ID):
            raise self.wrong("subject_id", "write a thing of ours, such as id:china")
        target = self.iri("object_id")
        if target != NO_TERM_FOUND and not self.cells["object_label"]:
            raise self.wrong("object_label", "write what the registry calls it")
        unsought = target == NO_TERM_FOUND and not self.cells["mapping_source"] and not self.cells["confidence"]
        if unsought:
            self.text("comment")
        return Mapping(
            subject=subject,
            subject_label=self.text("subject_label"),
            predicate=self.one_of("predicate_id", PREDICATES),
            object=target,
            object_label=self.cells["object_label"],
            justification=self.one_of("mapping_justification", JUSTIFICATIONS),
            source="" if unsought else self.iri("mapping_source"),
            date=self.day(),
            confidence=None if unsought else self.confidence(),
            negated=modifier == "Not",
            tool=self.cells["mapping_tool"],
            comment=self.cells["comment"],
            line=self.line,
        )

    def iri(self, column: str) -> str:
        prefix, colon, rest = self.text(column).partition(":")
        if not colon or prefix not in self.prefixes or not rest or re.search(r"[\s<>\"{}|\\^`]", rest):
            raise self.wrong(column, f"write prefix:identifier, with one of {', '.join(sorted(self.prefixes))}")
        return self.prefixes[prefix] + rest

    def one_of(self, column: str, known: Iterable[str]) -> str:
        iri = self.iri(column)
        if iri not in known:
            raise self.wrong(column, f"write one of {', '.join(_NAMES[each] for each in known)}")
        return iri

    def text(self, column: str) -> str:
        if not self.cells[column].strip():
            raise self.wrong(column, "fill it in")
        return self.cells[column]

    def day(self) -> date:
        try:
            return date.fromisoformat(self.cells["mapping_date"])
        except ValueError:
            raise self.wrong("mapping_date", "write the day as in 2026-11-24") from None

    def confidence(self) -> Decimal:
        with contextlib.suppress(InvalidOperation):  # what is no number, and what cannot be compared with one
            if 0 <= (found := Decimal(self.cells["confidence"])) <= 1:
                return found
        raise self.wrong("confidence", "write a number from 0 to 1")

    def wrong(self, column: str, remedy: str) -> LinkFileWrong:
        return _wrong(f"{column} is {self.cells[column]!r}", self.where, self.line, remedy)


def _refuse_twins(rows: Iterable[Mapping], where: str) -> None:
    """The same two things twice, and a thing that is exactly two things of one registry."""
    pairs: dict[tuple[str, str], int] = {}
    exact: dict[str, int] = {}
    for row in rows:
        if (first := pairs.setdefault((row.subject, row.object), row.line)) != row.line:
            raise _wrong(f"line {first} links the same two things", where, row.line, "keep one of the two rows")
        if row.found and row.predicate == SKOS.exactMatch and exact.setdefault(row.subject, row.line) != row.line:
            raise _wrong(
                f"line {exact[row.subject]} has the same thing be exactly another of this registry",
                where,
                row.line,
                "make both skos:closeMatch and say in the comment what speaks for each, or take one out",
            )


def _refuse_misspelt(rows: Iterable[Mapping], name: str, where: str) -> None:
    target = TARGETS[name]
    behind = re.escape(target.suffix)
    patterns = [re.compile(re.escape(space) + f"(?:{target.pattern}){behind}") for space in target.prefixes.values()]
    for row in rows:
        if row.object != NO_TERM_FOUND and not any(pattern.fullmatch(row.object) for pattern in patterns):
            raise _wrong(
                f"<{row.object}> is no identifier of {target.label}",
                where,
                row.line,
                f"write one that begins with {' or '.join(target.prefixes.values())} and goes on as "
                f"{target.pattern}{target.suffix}",
            )


def _cells(mapping: Mapping, prefixes: Lookup[str, str]) -> tuple[str, ...]:
    return (
        compact(mapping.subject, prefixes),
        mapping.subject_label,
        compact(mapping.predicate, prefixes),
        "Not" if mapping.negated else "",
        compact(mapping.object, prefixes),
        mapping.object_label,
        compact(mapping.justification, prefixes),
        compact(mapping.source, prefixes),
        mapping.tool,
        mapping.date.isoformat(),
        "" if mapping.confidence is None else str(mapping.confidence),
        mapping.comment,
    )


def _wrong(what: str, where: str, line: int, remedy: str) -> LinkFileWrong:
    return LinkFileWrong(what, f"{where}:{line}", remedy)
