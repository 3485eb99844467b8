"""SPARQL 1.1 Protocol, the query operation: what a request at /sparql asks for."""

from __future__ import annotations

from urllib.parse import parse_qsl

from aigov_graph.errors import NotAcceptable, QueryTooLong, RequestError
from aigov_graph.pool.aliases import first_name
from aigov_graph.pool.formats import ASKED
from aigov_graph.pool.job import Job
from aigov_graph.settings import Settings
from aigov_graph.web.negotiation import best_coding, best_format
from aigov_graph.web.problems import HttpError
from aigov_graph.web.request import Request, as_text

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
_MOST_PARAMETERS = 1000

Parameters = list[tuple[str, str]]


def parameters(raw: bytes) -> Parameters:
    """The parameters of a query string or form, in order.

    Raises:
        RequestError: they are no UTF-8, or too many.
    """
    text = as_text(raw, "the request")
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS)
    except UnicodeDecodeError as error:
        raise RequestError("a parameter is no UTF-8", remedy="percent-encode UTF-8 bytes") from error
    except ValueError as error:
        raise RequestError("there are too many parameters", remedy=f"at most {_MOST_PARAMETERS}") from error


async def read_query(request: Request, settings: Settings) -> Job | None:
    """The job that a request at /sparql asks for; None if it is a GET that asks no query.

    Raises:
        RequestError, QueryTooLong, NotAcceptable, HttpError: what is wrong with it.
        ClientGone: the client hung up before it was read.
    """
    found = parameters(request.query)
    limit = settings.query_text_limit_bytes
    if request.method == "POST":
        found += await _posted(request, limit)
    queries = [value for name, value in found if name == "query"]
    if any(name == "update" for name, _ in found):
        raise RequestError("this service answers queries; it takes no updates", remedy="send query=, not update=")
    if not queries:
        if request.method == "POST":
            raise RequestError("there is no query", remedy="send one parameter query=")
        return None
    if len(queries) > 1:
        raise RequestError("there are several queries", remedy="send one query a request")
    if len(queries[0].encode("utf-8", "surrogatepass")) > limit:
        raise QueryTooLong(f"the query is longer than {limit} bytes", remedy="shorten it, or split it")
    results, graph = formats_of(request, found)
    base = request.base
    default, named = _dataset(found, base)
    return Job(
        queries[0],
        results=results,
        graph=graph,
        coding=best_coding(request.header(b"accept-encoding")),
        default_graphs=default,
        named_graphs=named,
        base_iri=base + "sparql",
        own_base=base,
        timeout_s=_timeout(found),
    )


def formats_of(request: Request, found: Parameters, *, graph_only: bool = False) -> tuple[str, str]:
    """The formats for a table and for a graph: by `format=`, else by the Accept header.

    Raises:
        RequestError: `format=` names none.
        NotAcceptable: the request accepts none at all.
    """
    named = [value.strip().lower() for name, value in found if name == "format" and value.strip()]
    if named:
        if named[-1] in ASKED:
            results, graph = ASKED[named[-1]]
        elif "/" in named[-1]:
            results, graph = best_format(named[-1], "results"), best_format(named[-1], "graph")
        else:
            raise RequestError(f"there is no format called {named[-1][:40]!r}", remedy=f"known: {', '.join(ASKED)}")
    else:
        accept = request.header(b"accept")
        results, graph = best_format(accept, "results"), best_format(accept, "graph")
    if graph_only:
        results = ""
    if not results and not graph:
        raise NotAcceptable(
            "no format that the request accepts is offered",
            remedy="accept application/sparql-results+json, text/csv, text/turtle or application/n-triples, or add */*",
        )
    return results, graph


async def _posted(request: Request, limit: int) -> Parameters:
    media_type, _, rest = request.header(b"content-type").partition(";")
    media_type = media_type.strip().lower()
    charset = next(
        (
            part.partition("=")[2].strip(" \"'")
            for part in rest.split(";")
            if part.strip().lower().startswith("charset=")
        ),
        "utf-8",
    )
    if charset.lower() not in {"utf-8", "utf8", "us-ascii"}:
        raise HttpError(415, f"the body is in {charset[:40]}", "send it in UTF-8")
    if (coded := request.header(b"content-encoding")) and coded.lower() != "identity":
        raise HttpError(415, f"the body is coded as {coded[:40]}", "send it as it is")
    if media_type == FORM:
        return parameters(await request.body(3 * limit + 16 * 1024))
    if media_type == DIRECT:
        return [("query", as_text(await request.body(limit), "the query"))]
    raise HttpError(
        415,
        f"a body of type {media_type[:60] or 'none at all'} is not understood here",
        f"send {DIRECT}, or {FORM} with a parameter query",
    )


def _dataset(found: Parameters, base: str) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    # By its one name, so that a graph named twice is known as one.
    default, named = (
        tuple(dict.fromkeys(first_name(value, base) for name, value in found if name == wanted))
        for wanted in ("default-graph-uri", "named-graph-uri")
    )
    if not default and not named:
        return None, None
    return default, named


def _timeout(found: Parameters) -> float:
    given = [value for name, value in found if name == "timeout"]
    if not given:
        return 0.0
    if not (given[-1].isascii() and given[-1].isdigit() and int(given[-1][:12]) > 0):
        raise RequestError(
            "timeout is no number of milliseconds", remedy="send a whole number above 0, as timeout=5000"
        )
    return int(given[-1][:12]) / 1000
