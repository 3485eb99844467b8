"""A file of links of the small world of ports, to be written into, and read from, by the tests of links."""

from __future__ import annotations

from pathlib import Path

from aigov_graph.dataset import DataFolder
from aigov_graph.links.sssom import COLUMNS
from tests.port_folder import port_folder

HEADER = """\
#mapping_set_id: https://ports.example/links/wikidata
#mapping_set_title: Links to Wikidata
#license: https://terms.example/free
#subject_source: https://ports.example/
#object_source: https://www.wikidata.org/
#comment: Made for trying things out.
#curie_map:
#  registry: https://registry.example/
#  wikidata: http://www.wikidata.org/entity/
"""
HEIGHT = HEADER.count("\n") + 1
"""The line of the columns' names; rows begin below it."""

ROW = {
    "subject_id": "id:harbour-ministry",
    "subject_label": "Harbour Ministry",
    "predicate_id": "skos:exactMatch",
    "predicate_modifier": "",
    "object_id": "wikidata:Q101",
    "object_label": "Ministry of Harbours",
    "mapping_justification": "semapv:LexicalMatching",
    "mapping_source": "registry:ports",
    "mapping_tool": "",
    "mapping_date": "2026-11-24",
    "confidence": "0.9",
    "comment": "",
}


def row(**cells: str) -> str:
    """A row of the file that differs from `ROW` in these cells."""
    return "\t".join({**ROW, **cells}[name] for name in COLUMNS)


def table(*rows: str) -> str:
    """A whole file with these rows."""
    return HEADER + "\n".join(["\t".join(COLUMNS), *rows]) + "\n"


ROWS = (
    row(),
    row(subject_id="id:pilots-office", object_id="wikidata:Q7", predicate_id="skos:closeMatch"),
    row(subject_id="id:pilots-office", object_id="wikidata:Q9", predicate_modifier="Not"),
    row(subject_id="id:port-council", object_id="sssom:NoTermFound", object_label=""),
)
"""Links of three kinds, one denied, and a search in vain."""


def with_links(root: Path, text: str) -> DataFolder:
    """The small world of ports with one file of links."""
    folder = port_folder(root)
    (folder.graphs / "links").mkdir()
    (folder.graphs / "links" / "wikidata.sssom.tsv").write_text(text)
    return folder
