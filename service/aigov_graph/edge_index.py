"""The index of edges: what a version says of its edges, its claims and the things they tie, in tables of SQLite.

It is written once beside a version when that is published, and then only read: a network is a selection of its rows.
Whoever finds none there, or a damaged one, makes it from the statements, in memory.

Things are numbered in the order of their IRIs, so that to sort by numbers is to sort by IRIs. Several numbers or words
in a cell are joined by ``|``; texts that may hold anything are lists in JSON.
"""

from __future__ import annotations

import gc
import hashlib
import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import quote

import pyoxigraph as ox

from aigov_graph.vocabulary import Vocabulary
from aigov_graph.vocabulary.namespaces import AIGOV, CONCEPT, DCTERMS, GRAPH, OWL, PROV, RDF, RDFS, SCHEMA, SKOS

BESIDE: Final = "edges"
"""The name under which a version's index lies beside it."""

LINKS: Final = (SKOS.exactMatch, OWL.sameAs, SCHEMA.sameAs, SCHEMA.url, RDFS.seeAlso, DCTERMS.identifier)
"""What ties a thing to the same thing elsewhere; what is only close is another thing, and would be taken for it."""
_IRI: Final = re.compile("[A-Za-z][A-Za-z0-9+.-]*:[^ <>]+")
"""Of a link. Identifiers are often bare codes, which lead nowhere without the list they are of."""

_LAYOUT: Final = 3
"""Of the tables below. Another number, and an index written before is made again."""
_TABLES: Final = """
CREATE TABLE kind (n INTEGER PRIMARY KEY, special TEXT, classes TEXT);
CREATE TABLE thing (n INTEGER PRIMARY KEY, iri TEXT, kind INT, labels TEXT, description TEXT, links TEXT);
CREATE TABLE edge (
  n INTEGER PRIMARY KEY, subject INT, object INT, relation INT, iri TEXT, claims TEXT, status TEXT, certainties TEXT,
  modes TEXT, negated INT, symmetric INT, earliest TEXT, latest TEXT, ongoing INT, holders TEXT, sources TEXT,
  locators TEXT, source_count INT, subject_kind INT, object_kind INT
);
CREATE TABLE claim (
  n INTEGER PRIMARY KEY, iri TEXT, edge INT, subject INT, relation INT, object INT, certainty TEXT, mode TEXT,
  negated INT, holder INT, source INT, badge TEXT, earliest TEXT, latest TEXT, ongoing INT, locators TEXT,
  status TEXT
);
CREATE TABLE decides (claim INT, edge INT);
CREATE VIEW each_edge AS SELECT
  n, subject, object, relation, iri, claims, status, certainties, modes, negated, symmetric, earliest, latest, ongoing,
  holders, sources, locators, source_count, subject_kind, object_kind FROM edge;
CREATE VIEW each_claim AS SELECT
  e.n, e.subject, e.object, e.relation, c.iri, c.iri AS claims, c.status, c.certainty AS certainties, c.mode AS modes,
  c.negated, e.symmetric, c.earliest, c.latest, c.ongoing, CAST(c.holder AS TEXT) AS holders,
  CAST(c.source AS TEXT) AS sources, c.locators, 1 AS source_count, e.subject_kind, e.object_kind
  FROM claim c JOIN edge e ON e.n = c.edge;
"""
_INDEXES: Final = """
CREATE UNIQUE INDEX thing_iri ON thing (iri);
CREATE UNIQUE INDEX claim_iri ON claim (iri);
CREATE INDEX claim_edge ON claim (edge);
CREATE INDEX decides_edge ON decides (edge);
CREATE INDEX edge_subject ON edge (subject);
CREATE INDEX edge_object ON edge (object);
"""
_FILE, _DIGEST = "edges.sqlite", "sha256"

# What an index is made of, looked up once: a namespace makes an IRI each time it is asked.
_TYPE, _BELOW = RDF.type, RDFS.subClassOf
_NAMING: Final = (RDF.subject, RDF.predicate, RDF.object, PROV.wasAttributedTo, PROV.hadPrimarySource)
_SUBJECT, _PREDICATE, _OBJECT, _HOLDER, _SOURCE = _NAMING
_STATUS, _SOURCE_COUNT, _SUPPORTED_BY, _DENIED_BY = AIGOV.status, AIGOV.sourceCount, AIGOV.supportedBy, AIGOV.deniedBy
_DECIDES, _ON_EDGE = AIGOV.decides, AIGOV.onEdge
_EARLIEST, _LATEST, _ONGOING = AIGOV.earliest, AIGOV.latest, AIGOV.ongoing
_CERTAINTY, _MODE, _NEGATED, _MODALITY = AIGOV.certainty, AIGOV.mode, AIGOV.negated, AIGOV.modality
_ELIGIBLE, _RELAYED_BY, _STANCE = AIGOV.eligible, AIGOV.relayedBy, AIGOV.stance
_EVIDENCE, _LOCATOR, _KEY_COLUMN, _KEY = AIGOV.evidence, AIGOV.locator, AIGOV.keyColumn, AIGOV.key
_DESCRIBING: Final = (SKOS.prefLabel, RDFS.label, SCHEMA.description, *LINKS)
_READ: Final = (
    *(_TYPE, _BELOW, *_NAMING, _STATUS, _SOURCE_COUNT, _SUPPORTED_BY, _DENIED_BY, _DECIDES, _ON_EDGE),
    *(_EARLIEST, _LATEST, _ONGOING, _CERTAINTY, _MODE, _NEGATED, _MODALITY, _ELIGIBLE, _RELAYED_BY, _STANCE),
    *(_EVIDENCE, _LOCATOR, _KEY_COLUMN, _KEY, *_DESCRIBING),
)
_json: Final = json.JSONEncoder(ensure_ascii=False).encode
_ONTOLOGY, _SHAPES = ox.NamedNode(GRAPH.ontology), ox.NamedNode(GRAPH.shapes)


def write_beside(quads: Iterable[ox.Quad], folder: Path) -> None:
    """Write the index of a version's statements into a folder: what a publisher calls."""
    index = sqlite3.connect(folder / _FILE)
    index.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
    _fill(index, quads)
    index.close()
    (folder / _DIGEST).write_text(_digest(folder / _FILE))


def opened(folder: Path) -> sqlite3.Connection | None:
    """The index that lies in a folder; None if there is none, another layout's, or not as it was written."""
    try:
        if (folder / _DIGEST).read_text() != _digest(folder / _FILE):
            return None
    except (OSError, ValueError):
        return None
    index = sqlite3.connect(
        f"file:{quote(str(folder.absolute() / _FILE))}?mode=ro&immutable=1", uri=True, check_same_thread=False
    )
    return index if index.execute("PRAGMA user_version").fetchone() == (_LAYOUT,) else None


def made(store: ox.Store) -> sqlite3.Connection:
    """The index of a store's statements, in memory."""
    index = sqlite3.connect(":memory:", check_same_thread=False)
    _fill(index, _read(store))
    return index


def described(said: Mapping[str, Sequence[Any]]) -> tuple[dict[str, str], str, tuple[str, ...]]:
    """A thing's labels by language tag ("" for none), its description, and the same thing elsewhere.

    Args:
        said: what is said of it, by predicate.
    """
    labels = {}
    for predicate in (SKOS.prefLabel, RDFS.label):
        for value in sorted(said.get(predicate, ()), key=str):
            labels[value.language or ""] = value.value
    descriptions = sorted(said.get(SCHEMA.description, ()), key=lambda value: (value.language != "en", value.value))
    links = {value.value for link in LINKS for value in said.get(link, ()) if _IRI.match(value.value)}
    return labels, descriptions[0].value if descriptions else "", tuple(sorted(links))


def kind_of(types: Iterable[str], vocabulary: Vocabulary) -> tuple[tuple[str, ...], frozenset[str]]:
    """Of these types those of the ontology's classes that no other is below, sorted; and all, with those above them."""
    ours = {name for name in types if name.startswith(AIGOV)}
    above = {upper for name in ours for upper in vocabulary.superclasses(name)}
    return tuple(sorted(ours - above)), frozenset(ours | above)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(store: ox.Store) -> Iterator[ox.Quad]:
    """The statements of a store that an index is made of; its default graph is the union of the others."""
    for predicate in _READ:
        yield from store.quads_for_pattern(None, ox.NamedNode(predicate), None, ox.DefaultGraph())
    yield from store.quads_for_pattern(None, None, None, _ONTOLOGY)


class _Said:
    """What is said, by predicate and subject; and what the ontology says of its terms."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._by: dict[str, defaultdict[str, list[Any]]] = {predicate: defaultdict(list) for predicate in _READ}
        terms = []
        for quad in quads:
            predicate = quad.predicate.value
            subjects = self._by.get(predicate)
            if subjects is None:
                continue
            graph = quad.graph_name
            if graph == _SHAPES or isinstance(quad.subject, ox.Triple):
                continue
            subjects[quad.subject.value].append(quad.object)
            if graph == _ONTOLOGY and predicate in (_TYPE, _BELOW):
                terms.append(quad)
        self.vocabulary = Vocabulary.from_quads(terms)

    def all(self, subject: str, predicate: str) -> list[str]:
        """The values of a property, sorted."""
        found = self._by[predicate].get(subject)
        if found is None:
            return []
        return [found[0].value] if len(found) == 1 else sorted({term.value for term in found})

    def one(self, subject: str, predicate: str) -> str | None:
        """The value of a property that has one at most."""
        found = self._by[predicate].get(subject)
        if found is None:
            return None
        value: str = found[0].value if len(found) == 1 else min(term.value for term in found)
        return value

    def word(self, subject: str, predicate: str) -> str:
        """A concept by its local name; "" if there is none."""
        return (self.one(subject, predicate) or "").removeprefix(CONCEPT)

    def switch(self, subject: str, predicate: str) -> bool | None:
        """A truth value."""
        found = self.one(subject, predicate)
        return None if found is None else found == "true"

    def of_class(self, iri: str) -> list[str]:
        """The subjects of this class, sorted."""
        wanted = ox.NamedNode(iri)
        return sorted(subject for subject, types in self._by[_TYPE].items() if wanted in types)

    def about(self, subject: str) -> dict[str, list[Any]]:
        """What describes a subject, by predicate."""
        return {predicate: found for predicate in _DESCRIBING if (found := self._by[predicate].get(subject))}

    def locators(self, claim: str) -> list[str]:
        """Where a claim's evidence stands in its source, each place once."""
        places = set()
        for evidence in self.all(claim, _EVIDENCE):
            place = self.one(evidence, _LOCATOR)
            if place is None:
                column, key = self.one(evidence, _KEY_COLUMN), self.one(evidence, _KEY)
                place = evidence if column is None or key is None else f"{column} = {key}"
            places.add(place)
        return sorted(places)


class _Claim(NamedTuple):
    """A row of the table of claims."""

    n: int
    iri: str
    edge: int | None
    subject: int | None
    relation: int | None
    object: int | None
    certainty: str
    mode: str
    negated: bool
    holder: int | None
    source: int | None
    badge: str
    earliest: str | None
    latest: str | None
    ongoing: bool | None
    locators: str
    status: str


@contextmanager
def uncollected() -> Iterator[None]:
    """For making much that is in no cycle: the collector would go through all of it for nothing, again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@uncollected()
def _fill(index: sqlite3.Connection, quads: Iterable[ox.Quad]) -> None:
    said = _Said(quads)
    edges = {iri: number for number, iri in enumerate(said.of_class(AIGOV.Edge), start=1)}
    claims = {iri: number for number, iri in enumerate(said.of_class(AIGOV.Claim), start=1)}
    named = {iri for subject in (*edges, *claims) for predicate in _NAMING for iri in said.all(subject, predicate)}
    things = {iri: number for number, iri in enumerate(sorted(named), start=1)}
    kinds: dict[tuple[str, ...], int] = {}
    kind = {number: kinds.setdefault(tuple(said.all(iri, _TYPE)), len(kinds) + 1) for iri, number in things.items()}
    rows = {iri: _claim(said, iri, number, things, edges) for iri, number in claims.items()}
    index.executescript(_TABLES)
    with index:
        _insert(index, "kind", 3, (_kind(types, number, said.vocabulary) for types, number in kinds.items()))
        _insert(index, "thing", 6, (_thing(said, iri, number, kind[number]) for iri, number in things.items()))
        _insert(index, "claim", 17, rows.values())
        _insert(index, "decides", 2, _decisions(said, claims, edges))
        _insert(index, "edge", 20, (_edge(said, iri, number, things, kind, rows) for iri, number in edges.items()))
    index.executescript(f"{_INDEXES} PRAGMA user_version={_LAYOUT};")


def _insert(index: sqlite3.Connection, table: str, columns: int, rows: Iterable[tuple[Any, ...]]) -> None:
    index.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})", rows)  # noqa: S608 - names of ours


def _kind(types: tuple[str, ...], number: int, vocabulary: Vocabulary) -> tuple[Any, ...]:
    special, classes = kind_of(types, vocabulary)
    return number, _list(special), _list(sorted(classes))


def _thing(said: _Said, iri: str, number: int, kind: int) -> tuple[Any, ...]:
    labels, description, links = described(said.about(iri))
    return number, iri, kind, _json(labels), description, _list(links)


def _claim(said: _Said, iri: str, number: int, things: Mapping[str, int], edges: Mapping[str, int]) -> _Claim:
    def thing(predicate: str) -> int | None:
        return things.get(said.one(iri, predicate) or "")

    return _Claim(
        number,
        iri,
        edges.get(said.one(iri, _ON_EDGE) or ""),
        thing(_SUBJECT),
        thing(_PREDICATE),
        thing(_OBJECT),
        said.word(iri, _CERTAINTY),
        said.word(iri, _MODE),
        said.one(iri, _NEGATED) == "true",
        thing(_HOLDER),
        thing(_SOURCE),
        said.word(iri, _MODALITY),
        said.one(iri, _EARLIEST),
        said.one(iri, _LATEST),
        said.switch(iri, _ONGOING),
        _list(said.locators(iri)),
        _status(said, iri),
    )


def _status(said: _Said, claim: str) -> str:
    """What one claim makes of its edge by itself: its edge's status is that of all claims together."""
    plain = said.switch(claim, _ELIGIBLE)
    if plain and said.word(said.one(claim, _ON_EDGE) or "", _STATUS) == "disputed":
        return "disputed"
    if plain:
        return "denied" if said.switch(claim, _NEGATED) else "fact"
    said_to_be_so = said.word(claim, _CERTAINTY) == "certain" and said.word(claim, _MODE) == "actual"
    own_voice = not said.all(claim, _RELAYED_BY) and said.word(claim, _STANCE) != "opinion"
    # What is on an edge is accepted and not replaced, so that nothing is left but a restriction.
    return "qualified" if said_to_be_so and own_voice else "hedged"


def _decisions(said: _Said, claims: Mapping[str, int], edges: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Which claims decide which edges: a denial also those of the relations below its own."""
    for iri, number in claims.items():
        for edge in said.all(iri, _DECIDES):
            yield number, edges[edge]


def _edge(
    said: _Said,
    iri: str,
    number: int,
    things: Mapping[str, int],
    kind: Mapping[int, int],
    claims: Mapping[str, _Claim],
) -> tuple[Any, ...]:
    """A row of the table of edges; what it says of certainty, holders and places is of the claims that decide."""
    subject, relation, target = (things[said.one(iri, end) or ""] for end in (_SUBJECT, _PREDICATE, _OBJECT))
    bearing = sorted({*said.all(iri, _SUPPORTED_BY), *said.all(iri, _DENIED_BY)})
    deciding = [claims[claim] for claim in bearing if iri in said.all(claim, _DECIDES)]
    return (
        number,
        subject,
        target,
        relation,
        iri,
        _joined(bearing),
        said.word(iri, _STATUS),
        _joined(sorted({claim.certainty for claim in deciding})),
        _joined(sorted({claim.mode for claim in deciding})),
        all(claim.negated for claim in deciding),
        said.one(iri, _PREDICATE) in said.vocabulary.symmetric,
        said.one(iri, _EARLIEST),
        said.one(iri, _LATEST),
        said.switch(iri, _ONGOING),
        _joined(sorted({claim.holder for claim in deciding if claim.holder})),
        _joined(sorted({claim.source for claim in deciding if claim.source})),
        _list(sorted({place for claim in deciding for place in json.loads(claim.locators)})),
        int(said.one(iri, _SOURCE_COUNT) or 0),
        kind[subject],
        kind[target],
    )


def _joined(found: Iterable[str | int]) -> str:
    return "|".join(map(str, found))


def _list(found: Sequence[str]) -> str:
    return _json(found) if found else "[]"
