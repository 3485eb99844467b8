"""From another's table to a file of candidate links for review: columns read, proposals written as SSSOM."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final
from urllib.parse import quote

from aigov_graph.errors import DataSyntaxError
from aigov_graph.links.finding import Proposal, Row
from aigov_graph.links.mappings import SEMAPV, Mapping, MappingSet
from aigov_graph.links.targets import Target
from aigov_graph.vocabulary.namespaces import ID, SKOS

MANY: Final = "|"
"""Parts several names in one cell."""
_FILE: Final = "file:///"
LICENSE: Final = "https://creativecommons.org/publicdomain/zero/1.0/"


def read_rows(text: str, where: str, key: str, names: Sequence[str], country: str = "") -> list[Row]:
    """The rows of a CSV table that have an identifier and a name.

    Args:
        text: the table.
        where: what messages call it.
        key: the column of identifiers.
        names: the columns of names; a cell may hold several, parted by ``|``.
        country: the column of ISO 3166-1 alpha-2 codes; empty if there is none.

    Raises:
        DataSyntaxError: it is no CSV, or has no such column.
    """
    try:
        table = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    except csv.Error as error:
        raise DataSyntaxError(f"no CSV: {error}", where, "save it as CSV with commas and double quotes") from error
    known = list(table[0]) if table else [key, *names, country]
    for column in (key, *names, *([country] if country else [])):
        if column not in known:
            raise DataSyntaxError(
                f"there is no column {column!r}", f"{where}:1", f"choose from: {', '.join(map(str, known))}"
            )
    rows = []
    for line in table:
        called = [name.strip() for column in names for name in (line[column] or "").split(MANY)]
        spoken = tuple(dict.fromkeys(name for name in called if name))
        if spoken and (line[key] or "").strip():
            rows.append(Row(line[key].strip(), spoken, (line[country] or "").strip() if country else ""))
    return rows


def as_mappings(proposals: Iterable[Proposal], target: Target, where: str, today: date) -> MappingSet:
    """Proposals as a set of candidate links: likely ones as exact, the others as close, each with its reasons.

    Args:
        proposals: what was found.
        target: the registry the table is of; an identifier is the last part of what stands in the table.
        where: what the table is called.
        today: when they were found.
    """
    prefix = next(iter(target.prefixes.values()))
    mappings: dict[tuple[str, str], Mapping] = {}
    for one in proposals:
        iri = prefix + one.row.identifier.rstrip("/").rpartition("/")[2]
        mappings.setdefault(
            (one.thing.iri, iri),
            Mapping(
                subject=one.thing.iri,
                subject_label=one.thing.label,
                predicate=SKOS.exactMatch if one.likely else SKOS.closeMatch,
                object=iri,
                object_label=one.row.names[0],
                justification=SEMAPV + ("LexicalMatching" if one.spelt_alike else "LexicalSimilarityThresholdMatching"),
                source=f"{_FILE}{quote(where)}",
                date=today,
                confidence=Decimal(f"{min(one.confidence, 1.0):.2f}"),
                tool="aigov-graph link",
                comment="; ".join(one.reasons),
            ),
        )
    header = {
        "mapping_set_id": f"{target.homepage}#candidates",
        "mapping_set_description": f"Candidates for review, found in {where}. None of them is a link yet.",
        "license": LICENSE,
        "subject_source": str(ID),
        "object_source": target.homepage,
    }
    rows = tuple(sorted(mappings.values(), key=lambda mapping: mapping.order))
    return MappingSet(target.name, where, header, {**target.prefixes, "file": _FILE}, rows)
