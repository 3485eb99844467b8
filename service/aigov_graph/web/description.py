"""What the service says of itself in RDF: the service description (sd:) and VoID, counted from the data."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Literal
from urllib.parse import quote

import pyoxigraph as ox

from aigov_graph.catalog import DATASET
from aigov_graph.pool.compression import compressed
from aigov_graph.pool.formats import BY_NAME, FORMATS
from aigov_graph.pool.job import Job
from aigov_graph.pool.manager import Pool
from aigov_graph.vocabulary.namespaces import (
    BASE,
    DCAT,
    DCTERMS,
    FOAF,
    GRAPH,
    PREFIXES,
    RDF,
    RDFS,
    VOID,
    XSD,
    Namespace,
)
from aigov_graph.web.dumps import SUFFIXES

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
LICENSE = "https://creativecommons.org/licenses/by/4.0/"

ON_MERGES = (
    "The default graph of a request that names several graphs is their merge: each statement is found once, whether "
    "the graphs are named in the request or by FROM. Graphs that share statements are merged in memory; where they are "
    "too large for that the request is refused (503), never counted twice."
)
ON_NAMES = (
    "Graphs, things, claims, passages, concepts, edges and terms have a second name under this service's address "
    "(graph/, graphs/, id/, claim/, passage/, concept/, edge/, ontology#, shapes#). A query may use it in IRIs, also "
    "relative ones, in prefixes, and in IRI() or URI() of one string without escapes. It is not known in other "
    "strings, in IRIs that a function puts together, and where scheme, host or port are spelt in another way than in "
    "the address asked. Answers always have the first name."
)

Document = Literal["service", "void"]
_KEPT = 32
"""Documents kept: one each for what, address, format and coding."""

_COUNTS = ("graphs", "totals", "classes", "properties", "linksets")

Counts = dict[str, list[dict[str, str]]]


@cache
def query(name: str) -> str:
    """The text of one of this room's queries."""
    return (resources.files("aigov_graph.web") / "queries" / f"{name}.rq").read_text("utf-8")


class Description:
    """Counts once a version, and writes the counts as RDF under whatever address it is asked for."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._counting: asyncio.Task[Counts] | None = None
        self._written: OrderedDict[tuple[str, str, str, str], bytes] = OrderedDict()

    def forget(self) -> None:
        """Another version is current."""
        self._counting = None
        self._written = OrderedDict()

    async def document(self, what: Document, base: str, format_name: str, coding: str) -> bytes:
        """The service description with VoID of the dataset, or VoID alone; coded if a coding is named."""
        counts, written = await self._counts(), self._written
        key = (what, base, format_name, coding)
        if key not in written:
            written[key] = await asyncio.to_thread(self._write, *key, counts)
            while len(written) > _KEPT:
                written.popitem(last=False)
        return written[key]

    def _write(self, what: str, base: str, format_name: str, coding: str, counts: Counts) -> bytes:
        triples = _void(base, counts)
        if what == "service":
            settings = self._pool.settings
            federated = bool(settings.service_endpoints.split())
            triples = [*_service(base, settings.default_graph, federated, counts), *triples]
        return compressed(_write(triples, format_name), coding, streaming=False)

    async def _counts(self) -> Counts:
        task = self._counting
        if task is None or (task.done() and task.exception()):
            task = self._counting = asyncio.get_running_loop().create_task(self._count())
        return await asyncio.shield(task)

    async def _count(self) -> Counts:
        return {name: await self._rows(query(name)) for name in _COUNTS}

    async def _rows(self, text: str) -> list[dict[str, str]]:
        answer = self._pool.submit(Job(text, unlimited=True))
        try:
            found = ox.parse_query_results(await answer.whole(), format=ox.QueryResultsFormat.JSON)
        finally:
            answer.close()
        if not isinstance(found, ox.QuerySolutions):
            raise TypeError("a count is a table")
        names = [variable.value for variable in found.variables]
        return [{name: row[name].value for name in names if row[name] is not None} for row in found]


def _write(triples: list[ox.Triple], format_name: str) -> bytes:
    form = getattr(ox.RdfFormat, BY_NAME[format_name].engine)
    return ox.serialize(triples, format=form, prefixes={**PREFIXES, "sd": SD}) or b""


def _iri(subject: str, predicate: str, value: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), ox.NamedNode(value))


def _number(subject: str, predicate: str, value: str) -> ox.Triple:
    literal = ox.Literal(value, datatype=ox.NamedNode(XSD.integer))
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), literal)


def _text(subject: str, predicate: str, value: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), ox.Literal(value, language="en"))


def _service(base: str, default_graph: str, federated: bool, counts: Counts) -> list[ox.Triple]:
    service, dataset = base + "sparql", DATASET
    triples = [
        _iri(service, RDF.type, SD.Service),
        _iri(service, SD.endpoint, service),
        _iri(service, SD.supportedLanguage, SD.SPARQL10Query),
        _iri(service, SD.supportedLanguage, SD.SPARQL11Query),
        _iri(service, SD.defaultDataset, dataset),
        _iri(dataset, RDF.type, SD.Dataset),
        _iri(dataset, SD.defaultGraph, base + "graphs?default"),
        _iri(base + "graphs?default", RDF.type, SD.Graph),
    ]
    if federated:
        triples.append(_iri(service, SD.feature, SD.BasicFederatedQuery))
    if default_graph == "union":
        triples.append(_iri(service, SD.feature, SD.UnionDefaultGraph))
    triples += [_text(service, RDFS.comment, remark) for remark in (ON_MERGES, ON_NAMES)]
    triples += [_iri(service, SD.resultFormat, form.iri) for form in FORMATS]
    for row in counts["graphs"]:
        node = f"{base}dataset/graph/{row['graph'].removeprefix(GRAPH)}" if row["graph"].startswith(GRAPH) else ""
        named = node or row["graph"]
        triples += [
            _iri(dataset, SD.namedGraph, named),
            _iri(named, RDF.type, SD.NamedGraph),
            _iri(named, SD.name, row["graph"]),
            _iri(named, SD.graph, row["graph"]),
            _iri(row["graph"], RDF.type, SD.Graph),
            _number(row["graph"], VOID.triples, row["triples"]),
        ]
    return triples


def _void(base: str, counts: Counts) -> list[ox.Triple]:
    dataset = DATASET
    triples = [
        _iri(dataset, RDF.type, VOID.Dataset),
        _iri(dataset, RDF.type, DCAT.Dataset),
        _text(dataset, DCTERMS["title"], "AI governance graph"),
        _text(
            dataset,
            DCTERMS.description,
            "Typed relations between the actors in AI governance, each with its passage, date, holder and hedge.",
        ),
        _iri(dataset, DCTERMS.license, LICENSE),
        _iri(dataset, FOAF.homepage, base),
        _iri(dataset, VOID.sparqlEndpoint, base + "sparql"),
        ox.Triple(ox.NamedNode(dataset), ox.NamedNode(VOID.uriSpace), ox.Literal(BASE)),
        *(_iri(dataset, VOID.dataDump, f"{base}dump.{suffix}") for suffix in SUFFIXES),
        *(_iri(dataset, VOID.dataDump, f"{base}dump.{suffix}.gz") for suffix in SUFFIXES),
        *(_iri(dataset, VOID.feature, form.iri) for form in FORMATS if form.family == "graph"),
    ]
    for row in counts["totals"]:
        triples += [
            _number(dataset, VOID.triples, row["triples"]),
            _number(dataset, VOID.distinctSubjects, row["subjects"]),
            _number(dataset, VOID.properties, row["properties"]),
            _number(dataset, VOID.distinctObjects, row["objects"]),
        ]
    triples.append(_number(dataset, VOID.classes, str(len(counts["classes"]))))
    for index, row in enumerate(counts["classes"], 1):
        part = f"{base}dataset/class/{index}"
        triples += [
            _iri(dataset, VOID.classPartition, part),
            _iri(part, VOID["class"], row["class"]),
            _number(part, VOID.entities, row["entities"]),
        ]
    for index, row in enumerate(counts["properties"], 1):
        part = f"{base}dataset/property/{index}"
        triples += [
            _iri(dataset, VOID.propertyPartition, part),
            _iri(part, VOID.property, row["property"]),
            _number(part, VOID.triples, row["triples"]),
        ]
    for row in counts["graphs"]:
        triples += [
            _iri(dataset, VOID.subset, row["graph"]),
            _iri(row["graph"], RDF.type, VOID.Dataset),
            _number(row["graph"], VOID.triples, row["triples"]),
            _iri(row["graph"], VOID.dataDump, _graph_url(base, row["graph"])),
        ]
    return [*triples, *_linksets(counts), *_access(base)]


def _linksets(counts: Counts) -> Iterator[ox.Triple]:
    for row in counts["linksets"]:
        linkset = row["linkset"]
        yield _iri(GRAPH.links, VOID.subset, linkset)
        yield _iri(linkset, RDF.type, VOID.Linkset)
        yield _text(linkset, DCTERMS["title"], row["title"])
        yield _iri(linkset, VOID.subjectsTarget, row["subjects"])
        yield _iri(linkset, VOID.objectsTarget, row["objects"])
        yield _iri(linkset, VOID.linkPredicate, row["predicate"])
        yield _iri(linkset, DCTERMS.license, row["license"])
        yield _number(linkset, VOID.triples, row["triples"])


def _access(base: str) -> Iterator[ox.Triple]:
    """How the dataset is had here, in DCAT: by the endpoint, and as a dump in each format."""
    endpoint = base + "sparql"
    yield _iri(endpoint, RDF.type, DCAT.DataService)
    yield _text(endpoint, DCTERMS["title"], "SPARQL endpoint of the AI governance graph")
    yield _iri(endpoint, DCAT.endpointURL, endpoint)
    yield _iri(endpoint, DCAT.endpointDescription, base + "openapi.json")
    yield _iri(endpoint, DCAT.servesDataset, DATASET)
    yield _iri(endpoint, DCTERMS.license, LICENSE)
    yield _iri(LICENSE, RDF.type, DCTERMS.LicenseDocument)
    for suffix in SUFFIXES:
        for name in (f"dump.{suffix}", f"dump.{suffix}.gz"):
            dump = base + name
            yield _iri(DATASET, DCAT.distribution, dump)
            yield _iri(dump, RDF.type, DCAT.Distribution)
            yield _text(dump, DCTERMS["title"], name)
            yield _iri(dump, DCAT.accessURL, dump)
            yield _iri(dump, DCAT.downloadURL, dump)
            yield _iri(dump, DCTERMS.license, LICENSE)


def _graph_url(base: str, iri: str) -> str:
    return f"{base}graph/{iri.removeprefix(GRAPH)}" if iri.startswith(GRAPH) else f"{base}graphs?graph={quote(iri, '')}"
