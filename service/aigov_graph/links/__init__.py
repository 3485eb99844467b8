"""Links of our things to the same things elsewhere: read from SSSOM files, written to them, turned into statements."""

from aigov_graph.links.mappings import NO_TERM_FOUND, Mapping, MappingSet
from aigov_graph.links.reading import Linkset, link_quads, linksets, read_links
from aigov_graph.links.sssom import read_sssom, write_sssom

__all__ = [
    "NO_TERM_FOUND",
    "Linkset",
    "Mapping",
    "MappingSet",
    "link_quads",
    "linksets",
    "read_links",
    "read_sssom",
    "write_sssom",
]
