"""Tables of nodes and edges as CSV, once with Gephi's headers and once with Neo4j's, in one archive."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO, Final

from aigov_graph.exports.model import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, SEPARATOR, Attribute, Edge, Network, Node
from aigov_graph.exports.registry import Export

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_LISTS: Final = frozenset({"types", "links", "claims", "holders", "sources", "locators"})
_NEO4J_TYPES: Final = {bool: "boolean", int: "int", str: ""}

Rows = Iterable[Sequence[Any]]


def write(export: Export, out: BinaryIO) -> None:
    """Write the archive: gephi/, neo4j/ and a file that says what is in it. The same network, the same bytes."""
    found, guard = export.network, export.how.spreadsheet
    files: tuple[tuple[str, Rows], ...] = (
        ("gephi/nodes.csv", _gephi_nodes(found)),
        ("gephi/edges.csv", _gephi_edges(found)),
        ("neo4j/nodes.csv", _neo4j_nodes(found)),
        ("neo4j/edges.csv", _neo4j_edges(found)),
    )
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "README.txt", [_about(found).encode()])
        for name, rows in files:
            _put(archive, name, csv_lines(rows, guard))


def csv_lines(rows: Rows, spreadsheet: bool) -> Iterator[bytes]:
    """Rows as lines of CSV (RFC 4180, UTF-8).

    Args:
        rows: cells; None is empty, a switch is true or false.
        spreadsheet: set an apostrophe before text that a spreadsheet would run as a formula.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in rows:
        writer.writerow([_cell(value, spreadsheet) for value in row])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def _cell(value: Any, spreadsheet: bool) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if spreadsheet and isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value


def _put(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    with archive.open(entry, "w") as file:
        for piece in pieces:
            file.write(piece)


def _about(found: Network) -> str:
    lines = [
        found.title,
        *found.attribution,
        f"Graph: version {found.version}, {found.digest}",
        "",
        f"Several values in a cell are separated by {SEPARATOR}",
        "Gephi: Data Laboratory, Import Spreadsheet: gephi/nodes.csv as nodes table, gephi/edges.csv as edges table.",
        "Neo4j: neo4j-admin database import full, with the options",
        f"  --nodes=neo4j/nodes.csv --relationships=neo4j/edges.csv --array-delimiter='{SEPARATOR}'",
        "",
        *(f"edge {a.name}: {a.help}" for a in EDGE_ATTRIBUTES),
        *(f"node {a.name}: {a.help}" for a in NODE_ATTRIBUTES),
    ]
    return "\n".join(lines) + "\n"


def _rest(attributes: Sequence[Attribute], *without: str) -> list[Attribute]:
    return [attribute for attribute in attributes if attribute.name not in without]


def _gephi_nodes(found: Network) -> Iterator[Sequence[Any]]:
    rest = _rest(NODE_ATTRIBUTES, "label")
    yield ["Id", "Label", *(a.name for a in rest)]
    for node in found.nodes.values():
        yield [node.iri, node.label, *(a.flat(node) for a in rest)]


def _gephi_edges(found: Network) -> Iterator[Sequence[Any]]:
    rest = _rest(EDGE_ATTRIBUTES, "label", "weight")
    yield ["Source", "Target", "Type", "Id", "Label", "Weight", *(a.name for a in rest)]
    for edge in found.edges:
        yield [
            edge.source,
            edge.target,
            "Directed",
            edge.iri,
            edge.label,
            edge.weight,
            *(a.flat(edge) for a in rest),
        ]


def _neo4j_nodes(found: Network) -> Iterator[Sequence[Any]]:
    rest = _rest(NODE_ATTRIBUTES, "label", "types")
    yield ["iri:ID", "name", *map(_neo4j_header, rest), ":LABEL"]
    for node in found.nodes.values():
        yield [node.iri, node.label, *(a.flat(node) for a in rest), _types(node)]


def _neo4j_edges(found: Network) -> Iterator[Sequence[Any]]:
    yield [":START_ID", ":END_ID", ":TYPE", "iri", *map(_neo4j_header, EDGE_ATTRIBUTES)]
    for edge in found.edges:
        yield [edge.source, edge.target, _type(edge), edge.iri, *(a.flat(edge) for a in EDGE_ATTRIBUTES)]


def _neo4j_header(attribute: Attribute) -> str:
    if attribute.name in _LISTS:
        return f"{attribute.name}:string[]"
    kind = _NEO4J_TYPES[attribute.type]
    return f"{attribute.name}:{kind}" if kind else attribute.name


def _types(node: Node) -> str:
    return SEPARATOR.join(node.types)


def _type(edge: Edge) -> str:
    return edge.relation if edge.weight == 1 else "said"
