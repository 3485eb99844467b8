"""The network out, in the format of every tool: one file a format, and one line in the registry."""

from aigov_graph.exports.model import Edge, Network, Node
from aigov_graph.exports.network import network
from aigov_graph.exports.options import HOW_OPTIONS, OPTIONS, How, Option, View
from aigov_graph.exports.reader import Reader
from aigov_graph.exports.registry import Export, Format, registry

_HERE = "aigov_graph.exports"
_XML = "application/xml; charset=utf-8"
_JSON = "application/json; charset=utf-8"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

FORMATS = registry(
    Format("graphml", "GraphML", _XML, ".graphml", f"{_HERE}.graphml:write", "yEd, Gephi, igraph, networkx"),
    Format("gexf", "GEXF 1.3", _XML, ".gexf", f"{_HERE}.gexf:write", "Gephi, graphology"),
    Format("cytoscape", "Cytoscape JSON", _JSON, ".cyjs", f"{_HERE}.json_formats:cytoscape", "Cytoscape, Cytoscape.js"),
    Format("node-link", "node-link JSON", _JSON, ".json", f"{_HERE}.json_formats:node_link", "D3, networkx"),
    Format("jgf", "JSON Graph Format", "application/vnd.jgf+json", ".jgf", f"{_HERE}.json_formats:jgf", "JGF tools"),
    Format("dot", "Graphviz DOT", "text/vnd.graphviz; charset=utf-8", ".gv", f"{_HERE}.dot:write", "Graphviz"),
    Format("pajek", "Pajek", "text/plain; charset=utf-8", ".net", f"{_HERE}.pajek:write", "Pajek, networkx"),
    Format("mermaid", "Mermaid", "text/vnd.mermaid; charset=utf-8", ".mmd", f"{_HERE}.mermaid:write", "Markdown pages"),
    Format("csv", "CSV tables", "application/zip", ".csv.zip", f"{_HERE}.csv_tables:write", "Gephi, Neo4j, R, pandas"),
    Format("xlsx", "Excel", _EXCEL, ".xlsx", f"{_HERE}.claims_tables:xlsx", "Excel, LibreOffice", "tables"),
    Format(
        "parquet",
        "Parquet",
        "application/vnd.apache.parquet",
        ".parquet",
        f"{_HERE}.claims_tables:parquet",
        "pandas, DuckDB, R",
        "tables",
    ),
    Format("ttl", "Turtle", "text/turtle; charset=utf-8", ".ttl", f"{_HERE}.rdf:turtle", "RDF tools"),
    Format("trig", "TriG", "application/trig", ".trig", f"{_HERE}.rdf:trig", "RDF tools with named graphs"),
    Format("jsonld", "JSON-LD", "application/ld+json", ".jsonld", f"{_HERE}.rdf:jsonld", "RDF tools, web pages"),
    Format(
        "rdf12",
        "RDF 1.2 Turtle",
        'text/turtle; charset=utf-8; version="1.2"',
        ".rdf12.ttl",
        f"{_HERE}.rdf:rdf12",
        "tools that read reifiers",
    ),
    Format("nanopub", "nanopublications", "application/trig", ".nanopub.trig", f"{_HERE}.nanopub:write", "nanopub"),
    Format(
        "ftm",
        "FollowTheMoney",
        "application/x-ndjson",
        ".ftm.json",
        f"{_HERE}.follow_the_money:write",
        "OpenAleph, followthemoney",
    ),
    Format("svg", "picture, SVG", "image/svg+xml", ".svg", f"{_HERE}.picture:svg", "browsers, Inkscape", "pictures"),
    Format("png", "picture, PNG", "image/png", ".png", f"{_HERE}.picture:png", "everything", "pictures"),
)
"""Every format: feeds the command line, the routes, the downloads and the tests."""

__all__ = [
    "FORMATS",
    "HOW_OPTIONS",
    "OPTIONS",
    "Edge",
    "Export",
    "Format",
    "How",
    "Network",
    "Node",
    "Option",
    "Reader",
    "View",
    "network",
]
