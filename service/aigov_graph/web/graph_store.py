"""SPARQL 1.1 Graph Store HTTP Protocol, reading: one graph by its name."""

from __future__ import annotations

from aigov_graph.errors import RequestError
from aigov_graph.pool.aliases import first_name
from aigov_graph.pool.job import Job
from aigov_graph.vocabulary.namespaces import GRAPH
from aigov_graph.web.negotiation import best_coding, prefers_html
from aigov_graph.web.request import Request
from aigov_graph.web.sparql import formats_of, parameters

METHODS = ("GET", "HEAD", "OPTIONS")
_SUFFIXES = ("ttl", "jsonld", "nt", "rdf")
"""How the format of a graph may be written at the end of its address."""


def read_graph(request: Request) -> Job:
    """The job that a request at /graphs, /graphs/NAME or /graph/NAME asks for.

    Raises:
        RequestError, NotAcceptable, HttpError: what is wrong with it.
    """
    found = parameters(request.query)
    iri = _graph_iri(request, found)
    bare, _, suffix = iri.rpartition(".")
    if iri.startswith(GRAPH) and suffix in _SUFFIXES:
        iri, found = bare, [*found, ("format", suffix)]
    _, graph = formats_of(request, found, graph_only=True)
    return Job(
        iri,
        kind="graph",
        results="",
        graph=graph,
        coding=best_coding(request.header(b"accept-encoding")),
    )


def wants_page(request: Request) -> bool:
    """Whether a request for one of our graphs by its IRI is a browser's, which is shown a page about it."""
    asked = any(name == "format" for name, _ in parameters(request.query))
    data = request.path.rpartition(".")[2] in _SUFFIXES
    return request.method in ("GET", "HEAD") and not asked and not data and prefers_html(request.header(b"accept"))


def _graph_iri(request: Request, found: list[tuple[str, str]]) -> str:
    named = [value for name, value in found if name == "graph"]
    default = [value for name, value in found if name == "default"]
    room, _, name = request.path.lstrip("/").partition("/")
    if name:
        if named or default:
            raise RequestError("the path names a graph already", remedy="leave out graph= and default")
        return str(GRAPH) + name
    if room != "graphs" or len(named) + len(default) != 1:
        raise RequestError("no single graph is named", remedy="ask /graphs?graph=IRI, /graphs?default or /graphs/NAME")
    if default:
        return ""
    if not named[0]:
        raise RequestError("graph= is empty", remedy="give the graph's full IRI")
    return first_name(named[0], request.base)
