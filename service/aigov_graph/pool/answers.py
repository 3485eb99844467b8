"""Answers jobs inside a query process: the engine over one version, and the dataset each job asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, Protocol

import pyoxigraph as ox

from aigov_graph.errors import (
    GraphNotFound,
    NotAcceptable,
    QueryRefused,
    QuerySyntaxError,
    RequestError,
    StoreError,
)
from aigov_graph.pool import lexing
from aigov_graph.pool.aliases import with_first_names
from aigov_graph.pool.formats import BY_NAME
from aigov_graph.pool.frames import WHOLE, encode, pack_head
from aigov_graph.pool.merging import Datasets
from aigov_graph.pool.reading import from_clauses
from aigov_graph.pool.relay import PORT
from aigov_graph.pool.writing import SMALL_BYTES, HeadSent, Send, Writer
from aigov_graph.stores import Lease, VersionedStore
from aigov_graph.vocabulary.namespaces import GRAPH, PREFIXES

_POSITION = re.compile(r"error at (\d+):(\d+): ")


class _Serializable(Protocol):
    def serialize(self, output: Any, format: Any) -> None: ...


class Answerer:
    """Holds a lease of one version and answers jobs over it.

    Args:
        folder: the store of versions.
        options: ``limit`` (bytes of one answer), ``memory`` (bytes of this process), ``strict`` (whether the default
            graph is the standard's) and ``endpoints`` (what SERVICE may name).
        send: passes frames on to the master.
    """

    def __init__(self, folder: Path, options: dict[str, Any], send: Send) -> None:
        self._versions = VersionedStore(folder)
        self._limit: int = options["limit"]
        self._memory: int = options["memory"]
        self._strict: bool = options["strict"]
        self._endpoints: list[str] = options["endpoints"]
        self._send = send
        self._held = ExitStack()
        self._lease: Lease | None = None
        self._heads: dict[tuple[str, str, bool], bytes] = {}

    @property
    def number(self) -> int:
        """The number of the version held, 0 if none."""
        return self._lease.version.number if self._lease else 0

    def move(self) -> None:
        """Let go of the version held and take the newest."""
        self._held.close()
        self._lease = None
        self._held = ExitStack()
        self._lease = self._held.enter_context(self._versions.lease())
        self._datasets = Datasets(self._lease.store, self._memory)
        self._heads = {}

    def answer(self, job: dict[str, Any]) -> None:
        """Send an answer, whole or in pieces.

        Raises:
            AigovError: with everything the user should know; nothing of the answer was sent whole.
        """
        if job["version"] != self.number or self._lease is None:
            self.move()
        lease = self._lease
        if lease is None:
            raise StoreError("there is no published version", remedy="build the graph first")
        store = lease.store
        keep = True
        match job["kind"]:
            case "move":
                self._send(pack_head(WHOLE, self._head("", "", keep=False), b""))
                return
            case "query":
                keep = not lexing.is_volatile(job["text"])
                answer = self._query(store, job)
                graph = isinstance(answer, ox.QueryTriples)
            case "graph":
                answer = self._graph(store, job["text"])
                graph = True
            case _:
                answer = _Quads(_dataset(store, job["graph"]))
                graph = True
        name: str = job["graph" if graph else "results"]
        if not name:
            raise NotAcceptable(
                f"the answer is {'a graph' if graph else 'a table or yes or no'}; "
                "the request accepts no format that holds one",
                remedy="accept text/turtle for graphs, application/sparql-results+json for tables, or add */*",
            )
        chosen = BY_NAME[name]
        engine = getattr(ox.RdfFormat if graph else ox.QueryResultsFormat, chosen.engine)
        out = Writer(
            self._send,
            lambda coding: self._head(name, coding, keep=keep),
            job["coding"],
            0 if job["unlimited"] else self._limit,
            smallest=0 if job["kind"] == "dump" else SMALL_BYTES,
            head_only=job["head_only"],
        )
        with suppress(HeadSent):
            answer.serialize(out, engine)
            out.finish()

    def _head(self, name: str, coding: str, *, keep: bool) -> bytes:
        if self._lease is None:
            raise StoreError("there is no published version")
        key = (name, coding, keep)
        if key not in self._heads:
            version = self._lease.version
            self._heads[key] = encode(
                {
                    "format": name,
                    "coding": coding,
                    "version": version.number,
                    "digest": version.digest,
                    "keep": keep,
                }
            )
        return self._heads[key]

    def _query(self, store: ox.Store, job: dict[str, Any]) -> Any:
        text: str = job["text"]
        if lexing.asks_elsewhere(text):
            text = self._redirected(text)
        text = with_first_names(text, job["own_base"], job["base_iri"])
        clauses: tuple[list[str], list[str]] | None = [], []
        if "FROM" in text.upper():
            clauses = from_clauses(text, job["base_iri"])
        try:
            store, options = self._dataset_of(store, job, clauses)
            if job["bindings"]:
                options["substitutions"] = {ox.Variable(name): _term(value) for name, value in job["bindings"]}
            if job["base_iri"]:
                options["base_iri"] = job["base_iri"]
        except ValueError as error:
            raise RequestError(f"not an absolute IRI: {error}", remedy="give graphs by their full IRI") from error
        try:
            found = store.query(text, **options)
        except SyntaxError as error:
            raise _syntax_error(
                error if text == job["text"] else _as_sent(store, job["text"], options, error)
            ) from error
        if clauses is None:
            raise RequestError("a FROM clause names no IRI that can be read", remedy="name graphs by their full IRI")
        return found

    def _dataset_of(
        self, store: ox.Store, job: dict[str, Any], clauses: tuple[list[str], list[str]] | None
    ) -> tuple[ox.Store, dict[str, Any]]:
        """What to ask and with which options: the request goes before the query, the query before the operator."""
        default, named = job["default_graphs"], job["named_graphs"]
        if default is not None or named is not None:
            return self._datasets.of(default or (), named or ())
        if clauses and any(clauses):
            return self._datasets.of(*clauses)
        return store, _strict_dataset(store) if self._strict and clauses else {}

    def _redirected(self, text: str) -> str:
        local = {iri: f"http://127.0.0.1:{PORT}/{number}" for number, iri in enumerate(self._endpoints)}
        redirected = lexing.redirect_services(text, local)
        if redirected is None:
            listed = f"; listed are {', '.join(self._endpoints)}" if self._endpoints else ""
            raise QueryRefused(
                "SERVICE and LOAD are not allowed here, but for endpoints that the operator listed",
                remedy=f"ask the other endpoint yourself, or name a listed one by its full IRI{listed}",
            )
        return redirected

    def _graph(self, store: ox.Store, iri: str) -> _Serializable:
        if not iri:
            name: ox.NamedNode | ox.DefaultGraph = ox.DefaultGraph()
            if self._strict:
                name = ox.NamedNode(DEFAULT_GRAPH)
        else:
            try:
                name = ox.NamedNode(iri)
            except ValueError as error:
                raise RequestError(f"not an absolute IRI: {error}", remedy="give the graph's full IRI") from error
            if not store.contains_named_graph(name):
                raise GraphNotFound("the dataset has no such graph", iri, "see /.well-known/void for the graphs")
        return _Dump(store, name)


DEFAULT_GRAPH = str(GRAPH) + "default"
"""Where the statements of a plain RDF file's own default graph are kept, since the store's holds the union."""


class _Dump:
    def __init__(self, store: ox.Store, name: ox.NamedNode | ox.DefaultGraph) -> None:
        self._store, self._name = store, name

    def serialize(self, output: Any, format: Any) -> None:
        self._store.dump(output, format, from_graph=self._name, prefixes=_prefixes(format))


class _Quads:
    def __init__(self, quads: Iterator[Any]) -> None:
        self._quads = quads

    def serialize(self, output: Any, format: Any) -> None:
        ox.serialize(self._quads, output, format, prefixes=_prefixes(format))


def _prefixes(format: ox.RdfFormat) -> dict[str, str] | None:
    readable = format in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.RDF_XML)
    return dict(PREFIXES) if readable else None


def _dataset(store: ox.Store, format_name: str) -> Iterator[ox.Quad] | Iterator[ox.Triple]:
    """The named graphs one by one; in a format without graphs, the union that a query sees."""
    if BY_NAME[format_name].name in {"turtle", "ntriples", "rdfxml"}:
        return (q.triple for q in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    graphs = sorted(store.named_graphs(), key=str)
    return (_dumped(quad) for graph in graphs for quad in store.quads_for_pattern(None, None, None, graph))


def _dumped(quad: ox.Quad) -> ox.Quad:
    own = quad.graph_name == ox.NamedNode(DEFAULT_GRAPH)
    return ox.Quad(quad.subject, quad.predicate, quad.object) if own else quad


def _strict_dataset(store: ox.Store) -> dict[str, Any]:
    own = ox.NamedNode(DEFAULT_GRAPH)
    return {"default_graph": [own], "named_graphs": [g for g in store.named_graphs() if g != own]}


def _term(text: str) -> Any:
    subject = ox.NamedNode("urn:x")
    for quad in ox.parse(f"<urn:x> <urn:x> {text} .", format=ox.RdfFormat.N_TRIPLES):
        if quad.subject == subject:
            return quad.object
    raise ValueError(text)


def _as_sent(store: ox.Store, text: str, options: dict[str, Any], error: SyntaxError) -> SyntaxError:
    """The error in the query as it was sent: names put in place of others move what follows them."""
    try:
        store.query(text, **options)
    except SyntaxError as own:
        return own
    return error


def _syntax_error(error: SyntaxError) -> QuerySyntaxError:
    message = str(error.msg)
    found = _POSITION.match(message)
    line, column = (int(found[1]), int(found[2])) if found else (error.lineno, error.offset)
    return QuerySyntaxError(
        message if len(message) < 2000 else message[:2000] + " ...",
        f"query:{line}:{column}" if line else "query",
        "mend the query there; every prefix must be declared with PREFIX",
        line=line,
        column=column,
    )
