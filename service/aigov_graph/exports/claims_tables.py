"""Tables of claims with every axis: Excel and Parquet, and the rows that a data frame is made from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO, Final

import pyoxigraph as ox

from aigov_graph.errors import Unwritable
from aigov_graph.exports.model import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, SEPARATOR, Network, local
from aigov_graph.exports.reader import Reader
from aigov_graph.exports.registry import Export
from aigov_graph.vocabulary.namespaces import AIGOV, CONCEPT, RDFS

_CELL_CHARACTERS: Final = 32_767
_SHEET_ROWS: Final = 1_048_576

CLAIM_COLUMNS: Final = (
    "claim",
    "sentence",
    "subject",
    "subjectLabel",
    "relation",
    "relationLabel",
    "object",
    "objectLabel",
    "certainty",
    "mode",
    "negated",
    "badge",
    "stance",
    "eligible",
    "status",
    "edge",
    "holder",
    "holderLabel",
    "relayedBy",
    "when",
    "earliest",
    "latest",
    "ongoing",
    "statedOn",
    "source",
    "sourceLabel",
    "evidence",
    "locators",
    "reviewStatus",
)
"""Before the qualifiers, of which each has a column."""
_SWITCHES: Final = frozenset({"negated", "eligible", "ongoing"})
_DAYS: Final = frozenset({"earliest", "latest"})
_LISTS: Final = frozenset({"relayedBy", "evidence", "locators"})


def columns(reader: Reader) -> tuple[str, ...]:
    """The columns of a table of claims: the axes, then the qualifiers that the ontology knows."""
    vocabulary = reader.vocabulary
    return (*CLAIM_COLUMNS, *(local(q) for q in sorted(vocabulary.restrictive | vocabulary.additive)))


def rows(reader: Reader, network: Network) -> Iterator[dict[str, Any]]:
    """The claims that bear on a network's edges, one row each; what a claim does not say is None, several are lists."""
    edges = {claim: edge for edge in network.edges for claim in edge.claims}
    qualifiers = [name for name in columns(reader) if name not in CLAIM_COLUMNS]
    for claim in sorted(edges):
        yield _row(reader, claim, network, qualifiers)


def _row(reader: Reader, iri: str, network: Network, qualifiers: Sequence[str]) -> dict[str, Any]:
    claim, locators = reader.claim(iri)
    said: dict[str, list[Any]] = {}
    for quad in reader.store.quads_for_pattern(ox.NamedNode(iri), None, None, ox.DefaultGraph()):
        said.setdefault(quad.predicate.value, []).append(quad.object)

    def all_of(predicate: str) -> list[str]:
        return sorted(value.value for value in said.get(predicate, ()))

    def one(predicate: str) -> str | None:
        return next(iter(all_of(predicate)), None)

    def label(thing: str) -> str:
        return reader.thing(thing).label(network.view.language)[0]

    def word(predicate: str) -> str | None:
        value = one(predicate)
        return value.removeprefix(CONCEPT) if value else None

    edge = one(AIGOV.onEdge)
    status = _status(reader, edge) if edge else None
    row = {
        "claim": iri,
        "sentence": _sentence(said.get(RDFS.label, ()), network.view.language),
        "subject": claim.subject,
        "subjectLabel": label(claim.subject),
        "relation": local(claim.relation),
        "relationLabel": label(claim.relation),
        "object": claim.object,
        "objectLabel": label(claim.object),
        "certainty": claim.certainty,
        "mode": claim.mode,
        "negated": claim.negated,
        "badge": claim.badge.removeprefix("badge-") or None,
        "stance": word(AIGOV.stance),
        "eligible": one(AIGOV.eligible) == "true",
        "status": status,
        "edge": edge,
        "holder": claim.holder,
        "holderLabel": label(claim.holder),
        "relayedBy": all_of(AIGOV.relayedBy) or None,
        "when": one(AIGOV["when"]),
        "earliest": claim.earliest,
        "latest": claim.latest,
        "ongoing": claim.ongoing,
        "statedOn": one(AIGOV.statedOn),
        "source": claim.source,
        "sourceLabel": label(claim.source),
        "evidence": all_of(AIGOV.evidence) or None,
        "locators": locators or None,
        "reviewStatus": word(AIGOV.reviewStatus),
    }
    return row | {name: all_of(AIGOV[name]) or None for name in qualifiers}


def _status(reader: Reader, edge: str) -> str | None:
    found = reader.store.quads_for_pattern(ox.NamedNode(edge), ox.NamedNode(AIGOV.status), None, ox.DefaultGraph())
    return next(
        (quad.object.value.removeprefix(CONCEPT) for quad in found if isinstance(quad.object, ox.NamedNode)), None
    )


def _sentence(labels: Sequence[Any], language: str) -> str | None:
    ranked = sorted(labels, key=lambda v: (v.language != language, v.language != "en", v.value))
    return ranked[0].value if ranked else None


def parquet(export: Export, out: BinaryIO) -> None:
    """Write one table of claims; lists are lists, days are days, and what the network is stands in the metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = columns(export.reader)
    fields = [pa.field(name, _arrow_type(pa, name)) for name in names]
    found = export.network
    about = {"title": found.title, "attribution": "\n".join(found.attribution), "digest": found.digest}
    schema = pa.schema(fields, metadata={**about, "view": json.dumps(found.view.words())})
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        batch: list[dict[str, Any]] = []
        for row in rows(export.reader, found):
            batch.append(row)
            if len(batch) == 10_000:
                writer.write_table(pa.Table.from_pylist(batch, schema=schema))
                batch.clear()
        writer.write_table(pa.Table.from_pylist(batch, schema=schema))


def _arrow_type(pa: Any, name: str) -> Any:
    if name in _SWITCHES:
        return pa.bool_()
    if name in _DAYS:
        return pa.date32()
    return pa.list_(pa.string()) if name in _LISTS or name not in CLAIM_COLUMNS else pa.string()


def xlsx(export: Export, out: BinaryIO) -> None:
    """Write a workbook: claims, nodes, edges, and what it is. Every text is a text, never a formula or a link.

    Raises:
        Unwritable: a sheet would have more rows, or a cell more characters, than Excel holds.
    """
    import xlsxwriter

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    # A fixed day, so that the same graph gives the same bytes.
    book.set_properties({"title": export.network.title, "created": datetime(2000, 1, 1)})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    bold = book.add_format({"bold": True})
    for name, header, cells in _sheets(export):
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(header) - 1, 22)
        for column, title in enumerate(header):
            sheet.write_string(0, column, title, bold)
        for number, values in enumerate(cells, start=1):
            if number >= _SHEET_ROWS:
                raise Unwritable(f"more than {_SHEET_ROWS - 1} {name}", remedy="ask for less, or choose parquet")
            for column, value in enumerate(values):
                _put(sheet, number, column, value, day)
        if name != "about":
            sheet.autofilter(0, 0, 0, len(header) - 1)
    book.close()


def _put(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    match value:
        case None | "":
            return
        case bool():
            sheet.write_boolean(row, column, value)
        case int():
            sheet.write_number(row, column, value)
        case date():
            # Excel's calendar begins in 1900.
            if value.year >= 1900:
                sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), day)
            else:
                sheet.write_string(row, column, value.isoformat())
        case _:
            text = SEPARATOR.join(value) if isinstance(value, list | tuple) else str(value)
            if len(text) > _CELL_CHARACTERS:
                raise Unwritable(
                    f"a cell of {len(text)} characters; Excel holds {_CELL_CHARACTERS}",
                    remedy="ask without merging, or choose parquet or csv",
                )
            sheet.write_string(row, column, text)


def _sheets(export: Export) -> Iterator[tuple[str, Sequence[str], Iterator[Sequence[Any]]]]:
    found, names = export.network, columns(export.reader)
    yield "claims", names, ([row[name] for name in names] for row in rows(export.reader, found))
    yield (
        "nodes",
        ("iri", *(a.name for a in NODE_ATTRIBUTES)),
        ([node.iri, *(a.value(node) for a in NODE_ATTRIBUTES)] for node in found.nodes.values()),
    )
    yield (
        "edges",
        ("iri", "source", "target", *(a.name for a in EDGE_ATTRIBUTES)),
        ([edge.iri, edge.source, edge.target, *(a.value(edge) for a in EDGE_ATTRIBUTES)] for edge in found.edges),
    )
    about = [("title", found.title), *(("source", line) for line in found.attribution)]
    about += [("version", str(found.version)), ("digest", found.digest)]
    about += [(f"asked: {name}", ", ".join(texts)) for name, texts in found.view.words().items()]
    yield "about", ("what", "value"), iter(about)
