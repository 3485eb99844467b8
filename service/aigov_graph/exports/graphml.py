"""GraphML, by networkx's writer on lxml: keys of edges become their ids."""

from __future__ import annotations

from typing import BinaryIO

import networkx as nx

from aigov_graph.exports.characters import xml_text
from aigov_graph.exports.network import Network
from aigov_graph.exports.registry import Export


def write(export: Export, out: BinaryIO) -> None:
    """Write GraphML.

    Raises:
        Unwritable: a text has a character that XML forbids.
    """
    found = export.network
    check(found)
    graph = found.graph(flat=True)
    if found.attribution:
        graph.graph["attribution"] = "\n".join(found.attribution)
    if found.digest:
        graph.graph["digest"] = found.digest
    nx.write_graphml_lxml(graph, out, named_key_ids=True)


def check(found: Network) -> None:
    """See that XML can hold every text of a network.

    Raises:
        Unwritable: it cannot.
    """
    for node in found.nodes.values():
        xml_text(node.label + node.description + "".join(node.links), node.iri)
    for text in {text for edge in found.edges for text in (edge.label, *edge.locators)}:
        xml_text(text, "an edge")
    for line in (found.title, *found.attribution):
        xml_text(line, "the title or the sources")
