"""What the service says of the dataset, in VoID and DCAT: its linksets, and how it is had."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import rdflib
from rdflib import DCAT, DCTERMS, RDF, SKOS, VOID, URIRef

from aigov_graph.build import assemble
from aigov_graph.vocabulary.namespaces import GRAPH, ID
from tests.dcat_ap import judged, needs_dcat_ap
from tests.links.ports import ROWS, table, with_links
from tests.live import Service, publish

DATASET = URIRef(ID["aigov-graph"])


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service over the small world of ports and its links."""
    store = tmp_path_factory.mktemp("store")
    publish(store, assemble(with_links(tmp_path_factory.mktemp("ports"), table(*ROWS))))
    with Service.start(store) as running:
        yield running


def described(service: Service, path: str) -> rdflib.Graph:
    """A description as the service gives it."""
    return rdflib.Graph().parse(data=service.get(path, accept="application/n-triples").body, format="nt")


def test_linksets_lead_from_the_dataset_that_is_described(linked: Service) -> None:
    """One a predicate, each part of the graph of links, with its size and both its ends."""
    graph = described(linked, "/.well-known/void")
    assert (DATASET, RDF.type, VOID.Dataset) in graph
    linksets = {
        (str(graph.value(one, VOID.linkPredicate)), str(graph.value(one, VOID.objectsTarget)))
        for one in graph.subjects(RDF.type, VOID.Linkset)
    }
    assert linksets == {
        (str(SKOS.exactMatch), "https://www.wikidata.org/"),
        (str(SKOS.closeMatch), "https://www.wikidata.org/"),
    }
    for one in graph.subjects(RDF.type, VOID.Linkset):
        assert graph.value(one, VOID.subjectsTarget) == DATASET
        assert graph.value(one, VOID.triples) == rdflib.Literal(1)
        assert (URIRef(GRAPH.links), VOID.subset, one) in graph
        assert graph.value(one, DCTERMS.license) == URIRef("https://terms.example/free")


def test_the_dataset_is_had_by_endpoint_and_by_dumps_that_answer(linked: Service) -> None:
    """Each distribution that DCAT names is there, under the terms it says."""
    graph = described(linked, "/.well-known/void")
    (service,) = graph.subjects(DCAT.servesDataset, DATASET)
    assert graph.value(service, DCAT.endpointURL) == URIRef(f"{linked.base}/sparql")
    dumps = set(graph.objects(DATASET, DCAT.distribution))
    assert dumps == set(graph.objects(DATASET, VOID.dataDump))
    for dump in dumps:
        address = graph.value(dump, DCAT.downloadURL)
        assert linked.get(str(address).removeprefix(linked.base)).status == 200


@needs_dcat_ap
@pytest.mark.parametrize("path", ["/.well-known/void", "/sparql"])
@pytest.mark.parametrize("without", [None, DCAT.endpointURL, DCAT.accessURL, DCTERMS.description])
def test_the_descriptions_fit_dcat_ap(linked: Service, path: str, without: URIRef | None) -> None:
    """Version 3.0.1, by its own shapes, which do complain where a needed statement is left out."""
    graph = described(linked, path)
    if without is not None:
        graph.remove((None, without, None))
    conforms, report = judged(graph)
    assert conforms is (without is None), report
