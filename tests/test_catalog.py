"""The catalog: the dataset, its graphs, their sizes and terms."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import rdflib

from aigov_graph.build import assemble
from aigov_graph.catalog import describe
from aigov_graph.vocabulary.namespaces import DCTERMS, GRAPH, ID, RDFS, VOID
from tests.dcat_ap import judged, needs_dcat_ap
from tests.harbour import PREFIX_LINES
from tests.links.ports import ROWS, table, with_links
from tests.port_folder import port_folder

QUADS = """\
GRAPH graph:ontology {
    <https://w3id.org/aigov-graph/ontology> dcterms:license <https://terms.example/free> ; owl:versionInfo "1.2.3" .
}
GRAPH graph:port-council-2024 {
    id:port-council-2024 a aigov:Source ; rdfs:label "Annual report"@en , "年度报告"@zh-Hans ;
        dcterms:rights "Port Council 2024"@en .
    claim:001 a aigov:Claim .
}
GRAPH graph:pilots-2025 {
    id:pilots-2025 a aigov:Source ; dcterms:license <https://terms.example/share-alike> .
}
GRAPH graph:facts { id:port-council aigov:interestedIn id:permit-portal . }
"""
EXPECTED = """\
GRAPH graph:catalog {
    graph:catalog a dcat:Catalog ; dcat:dataset id:aigov-graph ;
        rdfs:label "Catalog: what the data set is and which graphs it has"@en ;
        dcterms:title "Catalog: what the data set is and which graphs it has"@en .
    graph:catalog dcterms:publisher id:aigov-graph-maintainers .
    id:aigov-graph dcterms:publisher id:aigov-graph-maintainers .
    id:aigov-graph-maintainers a foaf:Agent ;
        rdfs:label "aigov-graph maintainers"@en ; foaf:name "aigov-graph maintainers"@en .
    id:aigov-graph a void:Dataset , dcat:Dataset ;
        rdfs:label "AI governance graph"@en ; dcterms:title "AI governance graph"@en ;
        void:uriSpace "https://w3id.org/aigov-graph/" ;
        void:vocabulary <https://w3id.org/aigov-graph/ontology> ;
        void:triples 10 ;
        void:subset graph:ontology , graph:port-council-2024 , graph:pilots-2025 , graph:facts ;
        dcterms:license <https://terms.example/free> ; owl:versionInfo "1.2.3" .
    graph:ontology a void:Dataset , dcat:Dataset ;
        rdfs:label "Ontology: the terms of the graph"@en ; dcterms:title "Ontology: the terms of the graph"@en ;
        void:triples 2 ; dcterms:license <https://terms.example/free> .
    graph:port-council-2024 a void:Dataset , dcat:Dataset ;
        rdfs:label "Claims: Annual report"@en ; dcterms:title "Claims: Annual report"@en ;
        void:triples 5 ; dcterms:license <https://terms.example/free> ;
        prov:wasDerivedFrom id:port-council-2024 ; dcterms:rights "Port Council 2024"@en .
    graph:pilots-2025 a void:Dataset , dcat:Dataset ;
        rdfs:label "Claims: pilots-2025"@en ; dcterms:title "Claims: pilots-2025"@en ;
        void:triples 2 ; dcterms:license <https://terms.example/share-alike> ;
        prov:wasDerivedFrom id:pilots-2025 .
    graph:facts a void:Dataset , dcat:Dataset ;
        rdfs:label "Facts: what claims state plainly and nothing denies"@en ;
        dcterms:title "Facts: what claims state plainly and nothing denies"@en ;
        void:triples 1 ; dcterms:license <https://terms.example/free> .
}
"""


def read(trig: str) -> list[ox.Quad]:
    """Statements of TriG with the project's prefixes."""
    return list(ox.parse((PREFIX_LINES + trig).encode(), format=ox.RdfFormat.TRIG))


def test_the_catalog_says_what_there_is_and_under_which_terms() -> None:
    """Sizes, sources, their licence or the ontology's, and what each source asks to be said of it."""
    found = {str(quad) for quad in describe(read(QUADS)) if quad.predicate.value != DCTERMS.description}
    assert found == {str(quad) for quad in read(EXPECTED)}


def test_the_catalog_depends_on_nothing_but_the_statements() -> None:
    """In whatever order they come."""
    quads = read(QUADS)
    assert set(describe(quads)) == set(describe(list(reversed(quads))))


def test_the_catalog_counts_each_graph_as_it_is(tmp_path: Path) -> None:
    """Every graph of a built folder but the catalog, with the number of its statements."""
    quads = assemble(port_folder(tmp_path))
    sizes: dict[str, int] = {}
    for quad in quads:
        sizes[str(quad.graph_name)] = sizes.get(str(quad.graph_name), 0) + 1
    del sizes[f"<{GRAPH.catalog}>"]
    counted = {str(q.subject): q.object.value for q in quads if q.predicate.value == VOID.triples}  # type: ignore[union-attr]
    assert counted == {
        name: str(size) for name, size in {**sizes, f"<{ID['aigov-graph']}>": sum(sizes.values())}.items()
    }


def test_everything_in_the_catalog_has_a_label(tmp_path: Path) -> None:
    """What it describes can be shown to a reader."""
    catalog = [quad for quad in assemble(port_folder(tmp_path)) if quad.graph_name == ox.NamedNode(GRAPH.catalog)]
    labelled = {quad.subject for quad in catalog if quad.predicate.value == RDFS.label}
    assert {quad.subject for quad in catalog} == labelled


@needs_dcat_ap
def test_the_catalog_fits_dcat_ap(tmp_path: Path) -> None:
    """Version 3.0.1, by its own shapes: title and description for each graph, a publisher for the whole."""
    catalog = [
        quad.triple
        for quad in assemble(with_links(tmp_path, table(*ROWS)))
        if quad.graph_name == ox.NamedNode(GRAPH.catalog)
    ]
    assert any(triple.object == ox.NamedNode(VOID.Linkset) for triple in catalog)
    text = ox.serialize(catalog, format=ox.RdfFormat.N_TRIPLES) or b""
    data = rdflib.Graph().parse(data=text, format="nt")
    conforms, report = judged(data)
    assert conforms, report
