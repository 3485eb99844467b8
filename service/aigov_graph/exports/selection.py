"""Which rows of the index a view shows, as a condition on their columns: what it hides is never made."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, Final, Literal

from aigov_graph.errors import RequestError
from aigov_graph.exports.options import View, suggest
from aigov_graph.exports.reader import Reader
from aigov_graph.exports.rows import EdgeRow
from aigov_graph.vocabulary.namespaces import AIGOV, ID

_AMONG: Final = "{} IN (SELECT value FROM json_each(:{}))"
_OF_CLAIM: Final = {"source": "CAST(sources AS INT)", "holder": "CAST(holders AS INT)", "certainty": "certainties"}
"""What a claim says, as the columns of a row that is one claim."""
_DECIDED_BY: Final = (
    "EXISTS (SELECT 1 FROM decides d JOIN claim c ON c.n = d.claim WHERE d.edge = each_edge.n AND {conditions})"
)
"""One claim has to meet all that is asked of claims: two that meet half each do not make an edge."""
_OVERLAPS: Final = """
CASE WHEN earliest IS NULL AND latest IS NULL AND ongoing IS NULL THEN :undated
ELSE coalesce(earliest <= :end, 1) AND coalesce(latest >= :start, 1) END
"""
_MEANT: Final = {"source": AIGOV.Source, "holder": AIGOV.Actor}
"""Of which class a thing has to be to stand after an option."""


class Selection:
    """The edges that a view shows, wherever they lie.

    Attributes:
        relations: IRIs of the relations asked for, with those below them; none for all.
        types: IRIs of the classes asked for, sorted; none for all.
        sources: IRIs of the sources asked for, sorted; none for all.
        holders: IRIs of the holders asked for, sorted; none for all.
    """

    def __init__(self, reader: Reader, view: View) -> None:
        """Read what the view asks for.

        Raises:
            RequestError: it names a relation, class, source or holder that is not there, or what is none.
        """
        self._reader, self._each = reader, view.each
        vocabulary = reader.vocabulary if view.relations or view.types else None
        self.relations: set[str] = set()
        self._conditions = [_AMONG.format("status", "statuses")]
        self._values: dict[str, Any] = {"statuses": json.dumps(view.statuses)}
        if vocabulary and view.relations:
            asked = {reader.term(name, "relation", vocabulary.relations) for name in view.relations}
            self.relations = {r for r in vocabulary.relations if r in asked or vocabulary.super_relations(r) & asked}
            self._require(_AMONG, "relation", "relations", [reader.number(iri) for iri in self.relations])
        types = {reader.term(name, "type", vocabulary.classes) for name in view.types} if vocabulary else set()
        self.types = tuple(sorted(types))
        hidden = {AIGOV.Claim: view.claims, AIGOV.Situation: view.situations}
        kinds = [
            number
            for number, kind in reader.kinds.items()
            if all(kept or name not in kind.classes for name, kept in hidden.items())
            and (not types or kind.classes & types)
        ]
        self._require(_AMONG, "subject_kind", "kinds", kinds)
        self._require(_AMONG, "object_kind", "kinds", kinds)
        self.sources = tuple(sorted({_found(reader, name, "source") for name in view.sources}))
        self.holders = tuple(sorted({_found(reader, name, "holder") for name in view.holders}))
        of_claims: dict[str, Sequence[object]] = {
            "source": [reader.number(iri) for iri in self.sources],
            "holder": [reader.number(iri) for iri in self.holders],
            "certainty": view.certainties,
        }
        wanted = [column for column, values in of_claims.items() if values]
        self._values |= {f"asked_{column}": json.dumps(list(of_claims[column])) for column in wanted}
        if wanted and view.each == "edge":
            conditions = " AND ".join(_AMONG.format(f"c.{column}", f"asked_{column}") for column in wanted)
            self._conditions.append(_DECIDED_BY.format(conditions=conditions))
        elif wanted:
            self._conditions += [_AMONG.format(_OF_CLAIM[column], f"asked_{column}") for column in wanted]
        if view.start or view.end:
            self._conditions.append(_OVERLAPS)
            self._values |= {"undated": view.undated, "start": _iso(view.start), "end": _iso(view.end)}

    def _require(self, condition: str, column: str, name: str, values: Collection[Any]) -> None:
        self._conditions.append(condition.format(column, name))
        self._values[name] = json.dumps(list(values))

    def all(self) -> list[EdgeRow]:
        """All of them."""
        return self._read()

    def touching(self, things: Collection[int]) -> list[EdgeRow]:
        """Those that begin or end at one of these things."""
        return self._read(f"({_AMONG.format('subject', 'near')} OR {_AMONG.format('object', 'near')})", things)

    def between(self, things: Collection[int]) -> list[EdgeRow]:
        """Those that begin at one of these things and end at another."""
        return self._read(f"{_AMONG.format('subject', 'near')} AND {_AMONG.format('object', 'near')}", things)

    def _read(self, where: str = "", near: Collection[int] = ()) -> list[EdgeRow]:
        conditions = [*([where] if where else []), *self._conditions]
        return self._reader.edges(self._each, " AND ".join(conditions), self._values | {"near": json.dumps(list(near))})


def _found(reader: Reader, name: str, option: Literal["source", "holder"]) -> str:
    """The IRI of a source or holder: a thing of another kind would show an empty network without a word."""
    iri = reader.find(name, option)
    if _MEANT[option] in reader.kind(iri).classes:
        return iri
    known = (thing.removeprefix(ID) for thing in reader.named(option))
    remedy = suggest(iri.removeprefix(ID), known)
    if option == "source":
        raise RequestError(f"{name!r} is not a source", option, remedy)
    raise RequestError(f"{name!r} is not an actor", option, remedy)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
