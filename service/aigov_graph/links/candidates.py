"""From another's table to a file of candidate links for review: columns read, proposals written as SSSOM."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from urllib.parse import quote

from aigov_graph.errors import DataSyntaxError
from aigov_graph.links.finding import Proposal, Row
from aigov_graph.links.mappings import SEMAPV, Mapping, MappingSet
from aigov_graph.links.targets import TARGETS, Target
from aigov_graph.vocabulary.namespaces import GRAPH, ID, SKOS

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
    wanted = [("--id", key), *(("--name", name) for name in names), *([("--country", country)] if country else [])]
    for option, column in wanted:
        if column not in known:
            raise DataSyntaxError(
                f"there is no column {column!r}",
                f"{where}:1",
                f"name another by {option}, one of: {', '.join(map(str, known))}",
            )
    rows = []
    for line in table:
        called = [name.strip() for column in names for name in (line[column] or "").split(MANY)]
        spoken = tuple(dict.fromkeys(name for name in called if name))
        if spoken and (line[key] or "").strip():
            rows.append(Row(line[key].strip(), spoken, (line[country] or "").strip() if country else ""))
    return rows


def target_of(rows: Sequence[Row], where: str, key: str) -> Target | None:
    """The registry that a table is of: as its identifiers, else its column of identifiers, else its name tells.

    Args:
        rows: of the table.
        where: the table's name.
        key: the column of identifiers.
    """
    spaces = {space: name for name, target in TARGETS.items() for space in target.prefixes.values()}
    told = {next((spaces[space] for space in spaces if row.identifier.startswith(space)), "") for row in rows}
    if len(told) == 1 and (one := told.pop()):
        return TARGETS[one]
    for text in (key, where.rpartition("/")[2]):
        plain = "".join(filter(str.isalnum, text.lower()))
        named = [target for name, target in TARGETS.items() if _plain(name) in plain]
        if len(named) == 1:
            return named[0]
    return None


def _plain(name: str) -> str:
    """A target's name as columns have it: "geonameid", "m49", "iso3166_1"."""
    return "".join(filter(str.isalnum, name.removeprefix("un-"))).removesuffix("s")


def object_of(row: Row, target: Target, where: str) -> str:
    """The IRI of what a row is of: its identifier, or the registry's namespace before it.

    Raises:
        DataSyntaxError: it is no identifier of that registry.
    """
    whole = [space for space in target.prefixes.values() if row.identifier.startswith(space)]
    for space in whole or target.prefixes.values():
        rest = row.identifier.removeprefix(space)
        # A page's address may go on behind the identifier with the name of the thing.
        parts = [rest.removesuffix(target.suffix)] if whole else re.split("[/#]", rest.rstrip("/"))[:-3:-1]
        for local in parts:
            if re.fullmatch(target.pattern, local):
                return space + local + target.suffix
    raise DataSyntaxError(
        f"{row.identifier!r} is no identifier of {target.label}",
        where,
        "name the column of identifiers by --id, or the registry by --target",
    )


@dataclass(frozen=True, slots=True)
class Sifted:
    """Proposals without those that need no review.

    Attributes:
        proposals: what is left.
        linked: how many rows are linked already.
        settled: how many more proposals were left out: of things linked to another row, or found wrong before.
    """

    proposals: tuple[Proposal, ...]
    linked: int
    settled: int


def sift(rows: Sequence[Row], proposals: Sequence[Proposal], target: Target, where: str, known: MappingSet) -> Sifted:
    """Leave out what the links say already.

    Args:
        rows: of the table.
        proposals: for them.
        target: the registry the table is of.
        where: what the table is called.
        known: the links to that registry.

    Raises:
        DataSyntaxError: an identifier is none of that registry.
    """
    objects = {row: object_of(row, target, where) for row in rows}
    linked = {mapping.object for mapping in known.links}
    exact = {mapping.subject for mapping in known.links if mapping.predicate == SKOS.exactMatch}
    wrong = {(mapping.subject, mapping.object) for mapping in known.mappings if mapping.negated}
    new = [one for one in proposals if objects[one.row] not in linked]
    kept = [one for one in new if one.thing.iri not in exact and (one.thing.iri, objects[one.row]) not in wrong]
    return Sifted(tuple(kept), sum(found in linked for found in objects.values()), len(new) - len(kept))


def as_mappings(proposals: Iterable[Proposal], target: Target, where: str, today: date) -> MappingSet:
    """Proposals as a set of candidate links: likely ones as exact, the others as close, each with its reasons.

    Args:
        proposals: what was found.
        target: the registry the table is of.
        where: what the table is called.
        today: when they were found.

    Raises:
        DataSyntaxError: an identifier is none of that registry.
    """
    mappings: dict[tuple[str, str], Mapping] = {}
    for one in proposals:
        iri = object_of(one.row, target, where)
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
        "mapping_set_id": f"{GRAPH.links}#candidates-{target.name}",
        "mapping_set_description": f"Candidates for review, found in {where}. None of them is a link yet.",
        "license": LICENSE,
        "subject_source": ID["aigov-graph"],
        "object_source": target.homepage,
    }
    rows = tuple(sorted(mappings.values(), key=lambda mapping: mapping.order))
    return MappingSet(target.name, where, header, {**target.prefixes, "file": _FILE, "id": str(ID)}, rows)
