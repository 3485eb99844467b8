"""Typed rows from a version of the store: edges, claims and things. Filters belong to `network`, not here.

All edges come from the queries beside this module. What lies near one thing comes by looking it up, so that a small
neighbourhood costs the same in a graph of any size.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Final

import pyoxigraph as ox

from aigov_graph.errors import RequestError, StoreError
from aigov_graph.exports.options import suggest
from aigov_graph.exports.rows import ClaimRow, EdgeRow, Ground, Held, SourceRow, Thing
from aigov_graph.vocabulary import Vocabulary
from aigov_graph.vocabulary.namespaces import (
    AIGOV,
    CONCEPT,
    DCTERMS,
    GRAPH,
    ID,
    ONTOLOGY,
    OWL,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
)

_UNION: Final = ox.DefaultGraph()
_EDGES: Final = ox.NamedNode(GRAPH.edges)
_SUBJECT, _OBJECT = ox.NamedNode(RDF.subject), ox.NamedNode(RDF.object)
_DECIDES: Final = ox.NamedNode(AIGOV.decides)
LINKS: Final = frozenset({SKOS.exactMatch, OWL.sameAs, SCHEMA.sameAs, SCHEMA.url, RDFS.seeAlso, DCTERMS.identifier})
"""What ties a thing to the same thing elsewhere; what is only close is another thing, and would be taken for it."""


class Reader:
    """Reads one version of the store.

    It looks edges up one by one until `hold` is called; from then on it has them all in memory.

    Args:
        store: the version, opened for reading.
        version: its number and digest, for what is made from it to name; 0 and "" where it has none.
    """

    def __init__(self, store: ox.Store, version: int = 0, digest: str = "") -> None:
        self.store = store
        self.version = version
        self.digest = digest
        self._things: dict[str, Thing] = {}
        self._held: Held | None = None

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

    def hold(self) -> Held:
        """Read all edges and claims, once."""
        if self._held is None:
            edges = {row.iri: row for row in self._edges()}
            begin: dict[str, set[str]] = defaultdict(set)
            end: dict[str, set[str]] = defaultdict(set)
            for row in edges.values():
                begin[row.subject].add(row.iri)
                end[row.object].add(row.iri)
            self._held = Held(edges, self._grounds(), self._claims(), self._locators(), begin, end)
        return self._held

    def _edges(self) -> Iterator[EdgeRow]:
        for row in self._solutions("edges"):
            edge, subject, relation, target, status, earliest, latest, ongoing, count = row
            yield EdgeRow(
                edge.value,
                subject.value,
                relation.value,
                target.value,
                status.value.removeprefix(CONCEPT),
                _day(earliest),
                _day(latest),
                _switch(ongoing),
                int(count.value),
            )

    def _grounds(self) -> dict[str, list[Ground]]:
        found: dict[str, list[Ground]] = defaultdict(list)
        for edge, claim, decides in self._solutions("grounds"):
            found[edge.value].append(Ground(claim.value, decides.value == "true"))
        return found

    def _claims(self) -> dict[str, ClaimRow]:
        kept: dict[Any, str] = {}  # one copy of each word and IRI that many claims share

        def iri(term: Any) -> str:
            return kept.setdefault(term, term.value)

        def word(term: Any) -> str:
            return "" if term is None else kept.setdefault(term, term.value.removeprefix(CONCEPT))

        found = {}
        for row in self._solutions("claims"):
            claim, subject, relation, target, certainty, mode, negated, holder, source, badge, *dates = row
            found[claim.value] = ClaimRow(
                claim.value,
                iri(subject),
                iri(relation),
                iri(target),
                word(certainty),
                word(mode),
                negated.value == "true",
                iri(holder),
                iri(source),
                word(badge),
                _day(dates[0]),
                _day(dates[1]),
                _switch(dates[2]),
            )
        return found

    def _locators(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for claim, evidence, locator, column, key in self._solutions("evidence"):
            found[claim.value].append(_locator(evidence, locator, column, key))
        return {claim: sorted(set(places)) for claim, places in found.items()}

    def edges_at(self, thing: str) -> tuple[set[str], set[str]]:
        """IRIs of the edges that begin at a thing, and of those that end there."""
        if self._held:
            return self._held.begin.get(thing, set()), self._held.end.get(thing, set())
        node = ox.NamedNode(thing)
        begin, end = (
            {_text(quad.subject) for quad in self.store.quads_for_pattern(None, which, node, _EDGES)}
            for which in (_SUBJECT, _OBJECT)
        )
        return begin, end

    def edge(self, iri: str) -> tuple[EdgeRow, list[Ground]]:
        """One edge, and the claims that bear on it."""
        if self._held:
            return self._held.edges[iri], self._held.grounds[iri]
        said = self._said(iri, _EDGES)
        deciding = {
            _text(quad.subject) for quad in self.store.quads_for_pattern(None, _DECIDES, ox.NamedNode(iri), _EDGES)
        }

        def term(name: str) -> Any:
            return said[AIGOV[name]][0] if said[AIGOV[name]] else None

        row = EdgeRow(
            iri,
            said[RDF.subject][0].value,
            said[RDF.predicate][0].value,
            said[RDF.object][0].value,
            said[AIGOV.status][0].value.removeprefix(CONCEPT),
            _day(term("earliest")),
            _day(term("latest")),
            _switch(term("ongoing")),
            int(said[AIGOV.sourceCount][0].value),
        )
        claims = [*said[AIGOV.supportedBy], *said[AIGOV.deniedBy]]
        return row, [Ground(claim.value, claim.value in deciding) for claim in claims]

    def claim(self, iri: str) -> tuple[ClaimRow, list[str]]:
        """One claim, and where its evidence stands."""
        if self._held:
            return self._held.claims[iri], self._held.locators.get(iri, [])
        said = self._said(iri)

        def one(predicate: str) -> str:
            return said[predicate][0].value if said[predicate] else ""

        def term(predicate: str) -> Any:
            return said[predicate][0] if said[predicate] else None

        row = ClaimRow(
            iri,
            one(RDF.subject),
            one(RDF.predicate),
            one(RDF.object),
            one(AIGOV.certainty).removeprefix(CONCEPT),
            one(AIGOV.mode).removeprefix(CONCEPT),
            one(AIGOV.negated) == "true",
            one(PROV.wasAttributedTo),
            one(PROV.hadPrimarySource),
            one(AIGOV.modality).removeprefix(CONCEPT),
            _day(term(AIGOV.earliest)),
            _day(term(AIGOV.latest)),
            _switch(term(AIGOV.ongoing)),
        )
        places = set()
        for evidence in said[AIGOV.evidence]:
            of = self._said(evidence.value)
            found = [next(iter(of[name]), None) for name in (AIGOV.locator, AIGOV.keyColumn, AIGOV.key)]
            places.add(_locator(evidence, *found))
        return row, sorted(places)

    def thing(self, iri: str) -> Thing:
        """What is said of a thing itself; read once."""
        found = self._things.get(iri)
        if found is None:
            found = self._things[iri] = self._thing(iri)
        return found

    def _solutions(self, name: str) -> Iterator[tuple[Any, ...]]:
        """The rows of one of this package's queries, in the order of its variables."""
        answer = self.store.query(_query(name))
        if not isinstance(answer, ox.QuerySolutions):
            raise StoreError("the query gives no table", f"exports/queries/{name}.rq", "install the package again")
        for solution in answer:
            yield tuple(solution)

    def _rows(self, name: str) -> Iterator[dict[str, str]]:
        answer = self.store.query(_query(name))
        if isinstance(answer, ox.QuerySolutions):
            names = [variable.value for variable in answer.variables]
            for solution in answer:
                yield {name: _text(value) for name in names if (value := solution[name]) is not None}

    def _said(self, subject: str, graph: ox.NamedNode | ox.DefaultGraph = _UNION) -> defaultdict[str, list[Any]]:
        said: defaultdict[str, list[Any]] = defaultdict(list)
        for quad in self.store.quads_for_pattern(ox.NamedNode(subject), None, None, graph):
            said[quad.predicate.value].append(quad.object)
        return said

    def _thing(self, iri: str) -> Thing:
        said = self._said(iri)
        labels = {}
        for predicate in (SKOS.prefLabel, RDFS.label):
            for value in sorted(said[predicate], key=str):
                labels[value.language or ""] = value.value
        descriptions = sorted(said[SCHEMA.description], key=lambda value: (value.language != "en", value.value))
        return Thing(
            iri,
            labels,
            frozenset(value.value for value in said[RDF.type]),
            descriptions[0].value if descriptions else "",
            tuple(sorted({value.value for link in LINKS for value in said[link]})),
        )

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


def _day(term: Any) -> date | None:
    return None if term is None else date.fromisoformat(term.value)


def _switch(term: Any) -> bool | None:
    return None if term is None else term.value == "true"


def _locator(evidence: Any, locator: Any, column: Any, key: Any) -> str:
    if locator is not None:
        return str(locator.value)
    if key is not None:
        return f"{column.value} = {key.value}"
    return str(evidence.value)
