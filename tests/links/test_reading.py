"""The folder of links: what it adds to a build, how the catalog describes that, and what stops it."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from aigov_graph.build import assemble
from aigov_graph.errors import LinkFileWrong
from aigov_graph.links import read_links
from aigov_graph.vocabulary.namespaces import DCTERMS, GRAPH, ID, RDF, RDFS, SKOS, VOID
from tests.links.ports import HEIGHT, ROWS, row, table, with_links
from tests.port_folder import port_folder


def said(quads: list[ox.Quad], graph: str) -> set[tuple[str, str, str]]:
    """The statements of one graph, its terms as their bare values."""
    found = set()
    for quad in quads:
        if quad.graph_name == ox.NamedNode(graph):
            assert isinstance(quad.subject, ox.NamedNode)
            assert isinstance(quad.object, ox.NamedNode | ox.Literal)
            found.add((quad.subject.value, quad.predicate.value, quad.object.value))
    return found


def test_links_become_statements_of_their_own_graph(tmp_path: Path) -> None:
    """Each row that links two things is one statement; the negated and the vain are none."""
    quads = assemble(with_links(tmp_path, table(*ROWS)))
    assert said(quads, GRAPH.links) == {
        (ID["harbour-ministry"], SKOS.exactMatch, "http://www.wikidata.org/entity/Q101"),
        (ID["pilots-office"], SKOS.closeMatch, "http://www.wikidata.org/entity/Q7"),
    }


def test_the_catalog_describes_a_linkset_for_each_kind_of_link(tmp_path: Path) -> None:
    """VoID's linkset has one predicate, counts its links, and names both ends, terms included."""
    quads = assemble(with_links(tmp_path, table(*ROWS)))
    catalog = said(quads, GRAPH.catalog)
    assert {(how, what) for which, how, what in catalog if which == ID["links-to-wikidata-close"]} == {
        (RDF.type, VOID.Linkset),
        (RDFS.label, "Links to Wikidata: close matches"),
        (DCTERMS["title"], "Links to Wikidata: close matches"),
        (VOID.subjectsTarget, ID["aigov-graph"]),
        (VOID.objectsTarget, "https://www.wikidata.org/"),
        (VOID.linkPredicate, SKOS.closeMatch),
        (VOID.triples, "1"),
        (DCTERMS.license, "https://terms.example/free"),
        (DCTERMS.rights, "Made for trying things out."),
    }
    assert {what for which, how, what in catalog if (which, how) == (GRAPH.links, VOID.subset)} == {
        ID["links-to-wikidata-exact"],
        ID["links-to-wikidata-close"],
    }


def test_a_link_of_something_that_nothing_describes_stops_the_build(tmp_path: Path) -> None:
    """A misspelt thing is named with its line, so that no link hangs in the air."""
    with pytest.raises(LinkFileWrong) as caught:
        assemble(with_links(tmp_path, table(row(), row(subject_id="id:harbor-ministry"))))
    assert caught.value.what == "nothing describes id:harbor-ministry"
    assert caught.value.where == f"graphs/links/wikidata.sssom.tsv:{HEIGHT + 2}"


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    """The line of the first byte that is no UTF-8 is named."""
    folder = with_links(tmp_path, "")
    (folder.graphs / "links" / "wikidata.sssom.tsv").write_bytes(b"#license: x\n#comment: \xff\n")
    with pytest.raises(LinkFileWrong, match="this is no UTF-8") as caught:
        read_links(folder)
    assert caught.value.where == "graphs/links/wikidata.sssom.tsv:2"


def test_a_folder_without_links_has_none(tmp_path: Path) -> None:
    """Links are nobody's duty."""
    assert read_links(port_folder(tmp_path)) == ()
