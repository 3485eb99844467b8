"""The catalog: what the dataset is, which graphs it has, how large each is and under which terms.

In VoID and DCAT, itself a named graph. It holds nothing that changes from one build of the same files to the next: no
time, no machine, no address.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from aigov_graph.links import Linkset
from aigov_graph.vocabulary.namespaces import (
    AIGOV,
    BASE,
    DCAT,
    DCTERMS,
    FOAF,
    GRAPH,
    ID,
    ONTOLOGY,
    OWL,
    PROV,
    RDF,
    RDFS,
    VOID,
    XSD,
)

DATASET: Final = ID["aigov-graph"]
"""The whole: all named graphs but the catalog."""

_TITLES: Final = {
    GRAPH.ontology: "Ontology: the terms of the graph",
    GRAPH.shapes: "Shapes: what the data is judged by",
    GRAPH.entities: "Entities: who and what there is",
    GRAPH.reference: "Reference: codes and names from open registries",
    GRAPH.links: "Links: the same things in other data sets",
    GRAPH.facts: "Facts: what claims state plainly and nothing denies",
    GRAPH.inferred: "Inferred: what follows from the facts and the ontology",
    GRAPH.disputed: "Disputed: what one claim states plainly and another denies",
    GRAPH.edges: "Edges: all that claims say of the same two things, drawn together",
}
PUBLISHER: Final = ID["aigov-graph-maintainers"]
"""Who publishes the whole."""

_TITLE: Final = "AI governance graph"
_DESCRIPTION: Final = (
    "Who does what with whom in the governance of artificial intelligence: claims, each with its holder, hedge, date "
    "and passage, and the facts that follow from plain ones. A fact is what a source states plainly, not what this "
    "data set vouches for."
)


_OF_CATALOG: Final = "The named graphs of the data set, with their sizes, sources and terms of use."


@dataclass
class _Found:
    """What a catalog says of the graphs, gathered in one pass."""

    sizes: Counter[str] = field(default_factory=Counter)
    sources: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    said: dict[tuple[str, str], set[ox.NamedNode | ox.Literal]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def in_quads(cls, quads: Iterable[ox.Quad]) -> _Found:
        found = cls()
        kept = {DCTERMS.license, DCTERMS.rights, RDFS.label, OWL.versionInfo}
        for quad in quads:
            if not isinstance(quad.graph_name, ox.NamedNode):
                continue
            graph, predicate = quad.graph_name.value, quad.predicate.value
            found.sizes[graph] += 1
            if not isinstance(quad.subject, ox.NamedNode) or not isinstance(quad.object, ox.NamedNode | ox.Literal):
                continue
            if predicate == RDF.type and quad.object.value == AIGOV.Source:
                found.sources[graph].add(quad.subject.value)
            elif predicate in kept:
                found.said[quad.subject.value, predicate].add(quad.object)
        return found

    def values(self, subjects: Iterable[str], predicate: str) -> set[ox.NamedNode | ox.Literal]:
        return {value for subject in subjects for value in self.said.get((subject, predicate), ())}


def describe(quads: Sequence[ox.Quad], linksets: Iterable[Linkset] = ()) -> list[ox.Quad]:
    """The catalog of these statements, each given once, and of the sets of links among them.

    A graph's licence is that of the sources described in it where they have one, else the ontology's, which is that
    of everything written for this data set. What a source asks to be said of it (`dcterms:rights`) is said of its
    graph; a graph may say it of itself.
    """
    found = _Found.in_quads(quads)
    graph = ox.NamedNode(GRAPH.catalog)
    return [
        ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), value, graph)
        for subject, predicate, value in (*_of_dataset(found), *_of_graphs(found), *_of_links(linksets))
    ]


_Statement = tuple[str, str, ox.NamedNode | ox.Literal]


def _of_dataset(found: _Found) -> Iterator[_Statement]:
    yield GRAPH.catalog, RDF.type, ox.NamedNode(DCAT.Catalog)
    yield from _titled(GRAPH.catalog, "Catalog: what the data set is and which graphs it has")
    yield GRAPH.catalog, DCAT.dataset, ox.NamedNode(DATASET)
    yield PUBLISHER, RDF.type, ox.NamedNode(FOAF.Agent)
    for predicate in (RDFS.label, FOAF["name"]):
        yield PUBLISHER, predicate, ox.Literal("aigov-graph maintainers", language="en")
    for published in (GRAPH.catalog, DATASET):
        yield published, DCTERMS.publisher, ox.NamedNode(PUBLISHER)
    yield GRAPH.catalog, DCTERMS.description, ox.Literal(_OF_CATALOG, language="en")
    yield from _typed(DATASET)
    yield from _titled(DATASET, _TITLE)
    yield DATASET, DCTERMS.description, ox.Literal(_DESCRIPTION, language="en")
    yield DATASET, VOID.uriSpace, ox.Literal(BASE)
    yield DATASET, VOID.vocabulary, ox.NamedNode(ONTOLOGY)
    yield DATASET, VOID.triples, _number(sum(found.sizes.values()))
    for graph in found.sizes:
        yield DATASET, VOID.subset, ox.NamedNode(graph)
    for predicate in (DCTERMS.license, OWL.versionInfo):
        for value in found.values([ONTOLOGY], predicate):
            yield DATASET, predicate, value


def _of_graphs(found: _Found) -> Iterator[_Statement]:
    for graph, size in found.sizes.items():
        sources = found.sources.get(graph, set())
        yield from _typed(graph)
        title = _TITLES.get(graph) or _title_of_source(graph, sources, found)
        yield from _titled(graph, title)
        yield graph, DCTERMS.description, ox.Literal(f"{title}. {_number(size).value} statements.", language="en")
        yield graph, VOID.triples, _number(size)
        for source in sources:
            # DCAT-AP's dcterms:source leads to another data set; ours are texts and tables.
            yield graph, PROV.wasDerivedFrom, ox.NamedNode(source)
        for predicate in (DCTERMS.license, DCTERMS.rights):
            of_sources = found.values([graph, *sources], predicate)
            fallback = found.values([ONTOLOGY], predicate) if predicate == DCTERMS.license else set()
            for value in of_sources or fallback:
                yield graph, predicate, value


def _of_links(linksets: Iterable[Linkset]) -> Iterator[_Statement]:
    for linkset in linksets:
        yield linkset.iri, RDF.type, ox.NamedNode(VOID.Linkset)
        yield from _titled(linkset.iri, linkset.title)
        yield linkset.iri, VOID.subjectsTarget, ox.NamedNode(DATASET)
        yield linkset.iri, VOID.objectsTarget, ox.NamedNode(linkset.target)
        yield linkset.iri, VOID.linkPredicate, ox.NamedNode(linkset.predicate)
        yield linkset.iri, VOID.triples, _number(linkset.triples)
        yield linkset.iri, DCTERMS.license, ox.NamedNode(linkset.license)
        if linkset.rights:
            yield linkset.iri, DCTERMS.rights, ox.Literal(linkset.rights, language="en")
        yield GRAPH.links, VOID.subset, ox.NamedNode(linkset.iri)
        yield linkset.target, RDF.type, ox.NamedNode(VOID.Dataset)
        yield from _titled(linkset.target, linkset.target_label)


def _title_of_source(graph: str, sources: set[str], found: _Found) -> str:
    labels = {
        value.value
        for value in found.values(sources, RDFS.label)
        if isinstance(value, ox.Literal) and value.language in (None, "en")
    }
    return f"Claims: {'; '.join(sorted(labels)) or graph.removeprefix(GRAPH)}"


def _typed(subject: str) -> Iterator[_Statement]:
    yield subject, RDF.type, ox.NamedNode(VOID.Dataset)
    yield subject, RDF.type, ox.NamedNode(DCAT.Dataset)


def _titled(subject: str, title: str) -> Iterator[_Statement]:
    for predicate in (RDFS.label, DCTERMS["title"]):
        yield subject, predicate, ox.Literal(title, language="en")


def _number(count: int) -> ox.Literal:
    return ox.Literal(str(count), datatype=ox.NamedNode(XSD.integer))
