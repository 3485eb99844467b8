"""Typed rows from a version of the store: edges, claims and things.

Edges, claims and what they tie come from the index beside the version; what else is said, from the store.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal, Self

import pyoxigraph as ox

from aigov_graph import edge_index
from aigov_graph.errors import RequestError
from aigov_graph.exports.options import suggest
from aigov_graph.exports.rows import EDGE_COLUMNS, ClaimRow, EdgeRow, Kind, SourceRow, Tally, Thing
from aigov_graph.stores import Lease
from aigov_graph.vocabulary import Vocabulary
from aigov_graph.vocabulary.namespaces import AIGOV, DCTERMS, GRAPH, ID, ONTOLOGY, PREFIXES, RDF, RDFS

_UNION: Final = ox.DefaultGraph()
_TYPE: Final = ox.NamedNode(RDF.type)
_EACH: Final = {"edge": "each_edge", "claim": "each_claim"}
"""The tables that edges of a network are rows of."""
_CLAIM: Final = """
SELECT c.iri, s.iri, r.iri, o.iri, certainty, mode, negated, h.iri, w.iri, badge, earliest, latest, ongoing, locators
FROM claim c LEFT JOIN thing s ON s.n = c.subject LEFT JOIN thing r ON r.n = c.relation
  LEFT JOIN thing o ON o.n = c.object LEFT JOIN thing h ON h.n = c.holder LEFT JOIN thing w ON w.n = c.source
WHERE c.iri = ?
"""
_THINGS: Final = "SELECT n, kind, iri, labels, description, links FROM thing"
_NEAR: Final = f"{_THINGS} WHERE n IN (SELECT value FROM json_each(?))"  # noqa: S608 - text of ours
_ENDS_BY_KIND: Final = """
SELECT kind, count(*) FROM thing WHERE n IN (SELECT subject FROM edge UNION SELECT object FROM edge) GROUP BY kind
"""


class Reader:
    """Reads one version of the store.

    Args:
        store: the version, opened for reading.
        version: its number and digest, for what is made from it to name; 0 and "" where it has none.
        beside: the folder of the index of its edges, which is made in memory where there is none.
    """

    def __init__(self, store: ox.Store, version: int = 0, digest: str = "", beside: Path | None = None) -> None:
        self.store = store
        self.version = version
        self.digest = digest
        self._beside = beside
        self._things: dict[str, Thing] = {}

    @classmethod
    def of(cls, lease: Lease) -> Self:
        """A reader of a version in use, for as long as the lease is held.

        Raises:
            StoreError: the lease was closed, or the version's files are damaged.
        """
        version = lease.version
        return cls(lease.store, version.number, version.digest, version.beside(edge_index.BESIDE))

    @cached_property
    def index(self) -> sqlite3.Connection:
        """The index of the version's edges."""
        found = edge_index.opened(self._beside) if self._beside else None
        return found or edge_index.made(self.store)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The terms of the version's ontology."""
        return Vocabulary.from_quads(self.store.quads_for_pattern(None, None, None, ox.NamedNode(GRAPH.ontology)))

    @cached_property
    def sources(self) -> dict[str, SourceRow]:
        """The sources by IRI."""
        return {
            row["source"]: SourceRow(
                *(row.get(name, "") for name in ("source", "label", "issued", "license", "rights"))
            )
            for row in self._rows("sources")
        }

    @cached_property
    def dataset_license(self) -> str:
        """The licence of what was written for the data set itself, or ""."""
        about = ox.NamedNode(ONTOLOGY)
        found = self.store.quads_for_pattern(about, ox.NamedNode(DCTERMS.license), None, _UNION)
        return next((_text(quad.object) for quad in found), "")

    def find(self, name: str, what: str) -> str:
        """The IRI of a thing by IRI, prefixed name or local name.

        Args:
            name: such as china, id:china or the whole IRI.
            what: the option it was given for, for the error.

        Raises:
            RequestError: there is no such thing.
        """
        for iri in _spellings(name, ID):
            if next(self.store.quads_for_pattern(ox.NamedNode(iri), None, None, _UNION), None) is not None:
                return iri
        known = {quad.subject.value.removeprefix(ID) for quad in self._entities()}
        raise RequestError(f"there is no {name!r} in the graph", what, suggest(name, known))

    def term(self, name: str, what: str, among: Iterable[str]) -> str:
        """The IRI of a class or relation by IRI, prefixed name or local name.

        Raises:
            RequestError: it is none of those.
        """
        known = set(among)
        for iri in _spellings(name, AIGOV):
            if iri in known:
                return iri
        raise RequestError(
            f"the ontology has no {what} {name!r}", what, suggest(name, {iri.removeprefix(AIGOV) for iri in known})
        )

    @cached_property
    def kinds(self) -> dict[int, Kind]:
        """The kinds of things by number."""
        return {
            number: Kind(tuple(json.loads(special)), frozenset(json.loads(classes)))
            for number, special, classes in self.index.execute("SELECT n, special, classes FROM kind")
        }

    def number(self, iri: str) -> int:
        """The number of a thing in the index; 0 if no edge or claim names it."""
        found = self.index.execute("SELECT n FROM thing WHERE iri = ?", (iri,)).fetchone()
        return int(found[0]) if found else 0

    def iri(self, number: int) -> str:
        """The IRI of a thing by its number in the index."""
        return str(self.index.execute("SELECT iri FROM thing WHERE n = ?", (number,)).fetchone()[0])

    def edges(self, each: str, where: str, values: Mapping[str, Any]) -> list[EdgeRow]:
        """The rows that meet a condition.

        Args:
            each: what a row is: an edge, or a claim on an edge.
            where: the condition in SQL, on the columns of `edge_index`; text of ours, never of a request.
            values: what its parameters stand for; of lists, JSON.
        """
        query = f"SELECT {', '.join(EDGE_COLUMNS)} FROM {_EACH[each]} WHERE {where}"  # noqa: S608 - text of ours
        return self.index.execute(query, values).fetchall()

    def named(self, column: Literal["source", "holder"]) -> list[str]:
        """The IRIs of what claims name as their source or holder."""
        query = f"SELECT DISTINCT t.iri FROM claim JOIN thing t ON t.n = {column}"  # noqa: S608 - text of ours
        return [iri for (iri,) in self.index.execute(query)]

    def degree(self, thing: int) -> int:
        """How many edges of any status touch the thing with this number."""
        found = self.index.execute("SELECT count(*) FROM edge WHERE subject = ?1 OR object = ?1", (thing,))
        return int(found.fetchone()[0])

    def tally(self) -> Tally:
        """How many edges, things and claims there are of what one may filter by."""

        def counted(query: str) -> Counter[str]:
            return Counter(dict(self.index.execute(query)))

        classes: Counter[str] = Counter()
        for kind, count in self.index.execute(_ENDS_BY_KIND):
            classes.update(dict.fromkeys(self.kinds[kind].classes, count))
        return Tally(
            counted("SELECT t.iri, count(*) FROM edge JOIN thing t ON t.n = relation GROUP BY relation"),
            classes,
            counted("SELECT t.iri, count(*) FROM claim JOIN thing t ON t.n = source GROUP BY source"),
        )

    def claim(self, iri: str) -> tuple[ClaimRow, list[str]]:
        """One claim, and where its evidence stands.

        Raises:
            KeyError: there is no such claim.
        """
        found = self.index.execute(_CLAIM, (iri,)).fetchone()
        if found is None:
            raise KeyError(iri)
        *words, negated, holder, source, badge, earliest, latest, ongoing, locators = found
        first, last = (date.fromisoformat(day) if day else None for day in (earliest, latest))
        subject, relation, target, certainty, mode = words[1:]
        row = ClaimRow(
            iri,
            subject,
            relation,
            target,
            certainty,
            mode,
            bool(negated),
            holder,
            source,
            badge,
            first,
            last,
            None if ongoing is None else bool(ongoing),
        )
        return row, json.loads(locators)

    def things(self, numbers: Collection[int]) -> Iterator[tuple[int, Kind, Thing]]:
        """What is said of the things with these numbers, and of what kind they are."""
        for number, kind, *row in self.index.execute(_NEAR, (json.dumps(list(numbers)),)):
            yield number, self.kinds[kind], _thing(*row)

    def kind(self, iri: str) -> Kind:
        """Of what kind a thing is that no edge or claim need name."""
        types = (_text(quad.object) for quad in self.store.quads_for_pattern(ox.NamedNode(iri), _TYPE, None, _UNION))
        return Kind(*edge_index.kind_of(types, self.vocabulary))

    def thing(self, iri: str) -> Thing:
        """What is said of a thing itself; read once."""
        found = self._things.get(iri)
        if found is None:
            row = self.index.execute(f"{_THINGS} WHERE iri = ?", (iri,)).fetchone()
            found = self._things[iri] = _thing(*row[2:]) if row else Thing(iri, *edge_index.described(self._said(iri)))
        return found

    def _rows(self, name: str) -> Iterator[dict[str, str]]:
        answer = self.store.query(_query(name))
        if isinstance(answer, ox.QuerySolutions):
            names = [variable.value for variable in answer.variables]
            for solution in answer:
                yield {name: _text(value) for name in names if (value := solution[name]) is not None}

    def _said(self, subject: str) -> dict[str, list[Any]]:
        said: defaultdict[str, list[Any]] = defaultdict(list)
        for quad in self.store.quads_for_pattern(ox.NamedNode(subject), None, None, _UNION):
            said[quad.predicate.value].append(quad.object)
        return said

    def _entities(self) -> Iterator[Any]:
        return self.store.quads_for_pattern(None, ox.NamedNode(RDFS.label), None, ox.NamedNode(GRAPH.entities))


@cache
def _query(name: str) -> str:
    return files("aigov_graph.exports").joinpath(f"queries/{name}.rq").read_text("utf-8")


def _spellings(name: str, namespace: str) -> list[str]:
    prefix, colon, local = name.partition(":")
    spellings = [PREFIXES[prefix] + local] if colon and prefix in PREFIXES else []
    if colon and not spellings:
        spellings = [name]
    elif not colon:
        spellings = [namespace + name]
    return [iri for iri in spellings if not any(c in '<>"{}|\\^`' or c <= " " for c in iri)]


def _text(term: Any) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal | ox.BlankNode) else str(term)


def _thing(iri: str, labels: str, description: str, links: str) -> Thing:
    return Thing(iri, json.loads(labels), description, tuple(json.loads(links)) if links != "[]" else ())
