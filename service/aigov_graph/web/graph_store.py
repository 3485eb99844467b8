"""SPARQL 1.1 Graph Store HTTP Protocol, reading: one graph by its name."""

from __future__ import annotations

from aigov_graph.errors import RequestError
from aigov_graph.pool.aliases import first_name
from aigov_graph.pool.job import Job
from aigov_graph.vocabulary.namespaces import GRAPH
from aigov_graph.web.negotiation import best_coding
from aigov_graph.web.request import Request
from aigov_graph.web.sparql import formats_of, parameters

METHODS = ("GET", "HEAD", "OPTIONS")


def read_graph(request: Request) -> Job:
    """The job that a request at /graphs, /graphs/NAME or /graph/NAME asks for.

    Raises:
        RequestError, NotAcceptable, HttpError: what is wrong with it.
    """
    found = parameters(request.query)
    _, graph = formats_of(request, found, graph_only=True)
    return Job(
        _graph_iri(request, found),
        kind="graph",
        results="",
        graph=graph,
        coding=best_coding(request.header(b"accept-encoding")),
    )


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
