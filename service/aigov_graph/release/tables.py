"""The plain tables of a release: things, edges and claims, tied to each other, with every column explained."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

from aigov_graph.exports import Network, Reader
from aigov_graph.exports.claims_tables import columns, rows
from aigov_graph.exports.csv_tables import csv_lines
from aigov_graph.exports.model import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, SEPARATOR, Attribute

Kind = Literal["string", "boolean", "integer", "date"]

_KINDS: Final[dict[type, Kind]] = {str: "string", bool: "boolean", int: "integer"}
_DATES: Final = frozenset({"earliest", "latest"})
_SWITCHES: Final = frozenset({"negated", "eligible", "ongoing"})
_CLAIM_HELP: Final = {
    "claim": "its IRI",
    "sentence": "the claim in one sentence",
    "subject": "whom or what it is about",
    "relation": "the relation, a term of the ontology",
    "object": "what stands at the other end",
    "certainty": "how sure the holder is",
    "mode": "actual, intended, predicted, required, permitted or evaluative",
    "negated": "whether it denies",
    "badge": "certainty, mode and denial in one word for people",
    "stance": "opinion, where the holder marks it as their view",
    "eligible": "whether it can support a fact",
    "status": "of its edge: fact, disputed, denied, qualified or hedged",
    "edge": "the edge it bears on",
    "holder": "who holds it",
    "relayedBy": "who passes it on",
    "when": "when it holds, in the Extended Date/Time Format",
    "earliest": "first day",
    "latest": "last day",
    "ongoing": "whether it goes on",
    "statedOn": "when it was said, if not on the source's day",
    "source": "the source",
    "evidence": "the passages or rows it rests on",
    "locators": "where in the source they stand",
    "reviewStatus": "draft, accepted or withdrawn",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `refers` is the table whose key it holds, or ""."""

    name: str
    kind: Kind
    help: str
    refers: str = ""


@dataclass(frozen=True)
class Table:
    """A table: its name, what is in it, its columns of which the first is the key, and its rows."""

    name: str
    help: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[Sequence[Any]]]

    @property
    def path(self) -> str:
        """Where it lies in a release."""
        return f"tables/{self.name}.csv"

    def write(self, folder: Path) -> Path:
        """Write it into a release, as CSV (RFC 4180, UTF-8)."""
        out = io.BytesIO()
        out.writelines(csv_lines([[column.name for column in self.columns]], False))
        out.writelines(csv_lines(self.rows(), False))
        path = folder / self.path
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(out.getvalue())
        return path


def tables(reader: Reader, found: Network) -> tuple[Table, ...]:
    """Things, edges and claims of a network."""
    return (
        Table(
            "things",
            "Everything that an edge begins or ends at.",
            (Column("iri", "string", "its IRI"), *map(_column, NODE_ATTRIBUTES)),
            lambda: ((node.iri, *(a.flat(node) for a in NODE_ATTRIBUTES)) for node in found.nodes.values()),
        ),
        Table(
            "edges",
            "All that claims say of the same two things, whatever its status.",
            (
                Column("iri", "string", "its IRI"),
                Column("source", "string", "where it begins; of a symmetric pair the lesser IRI", "things"),
                Column("target", "string", "where it ends", "things"),
                *map(_column, EDGE_ATTRIBUTES),
            ),
            lambda: (
                (edge.iri, edge.source, edge.target, *(a.flat(edge) for a in EDGE_ATTRIBUTES)) for edge in found.edges
            ),
        ),
        Table(
            "claims",
            "Each claim that bears on an edge, with its holder, hedge, time and place in its source.",
            tuple(_claim_column(name) for name in columns(reader)),
            lambda: (tuple(_cell(value) for value in row.values()) for row in rows(reader, found)),
        ),
    )


def _column(attribute: Attribute) -> Column:
    kind = "date" if attribute.name in _DATES else _KINDS[attribute.type]
    return Column(attribute.name, kind, attribute.help)


def _claim_column(name: str) -> Column:
    kind: Kind = "date" if name in _DATES else "boolean" if name in _SWITCHES else "string"
    thing = name.removesuffix("Label")
    text = _CLAIM_HELP.get(name) or (f"name of its {thing}" if thing != name else f"qualifier of that name: {name}")
    refers = {"subject": "things", "object": "things", "edge": "edges"}
    return Column(name, kind, text, refers.get(name, ""))


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return SEPARATOR.join(value)
    return value.isoformat() if isinstance(value, date) else value
