"""Ask the built graph, in this process: who runs the command is trusted, and may wait as long as it takes."""

from __future__ import annotations

import re
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from aigov_graph.cli.frame import given, read_text, store_option
from aigov_graph.errors import QuerySyntaxError
from aigov_graph.pool.formats import BY_NAME, of_family
from aigov_graph.settings import Settings

if TYPE_CHECKING:
    import pyoxigraph as ox

_POSITION: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_TABLE: Final = "table"

_NAMES: Final = (_TABLE, *BY_NAME)


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, allow_dash=True))
@click.option("-q", "text", metavar="TEXT", help="The query itself, instead of a FILE.")
@click.option(
    "--format",
    "form",
    type=click.Choice(_NAMES),
    metavar="NAME",
    help=f"Answers of SELECT and ASK: {_TABLE}, {', '.join(f.name for f in of_family('results'))}. "
    f"Of CONSTRUCT and DESCRIBE: {', '.join(f.name for f in of_family('graph'))}. "
    f" [default: {_TABLE} on a terminal, else tsv; turtle]",
)
@store_option
@click.pass_obj
def query(settings: Settings, file: Path | None, text: str | None, form: str | None, store: Path | None) -> None:
    """Ask the published graph a SPARQL query: that of FILE, of standard input (-), or of -q.

    The prefixes of the project are known without being declared. A query that names no graph sees all but the shapes.
    """
    from aigov_graph.stores import VersionedStore
    from aigov_graph.vocabulary.namespaces import PREFIXES

    if (file is None) == (text is None):
        raise click.UsageError("give either a FILE (- for standard input) or -q TEXT")
    name = "-q" if file is None else str(file)
    query_text = text if file is None else read_text(file)
    # The engine does not hear Python's own Ctrl-C before its answer is ready; nothing here needs tidying up.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with VersionedStore(given(settings, store=store).store).lease() as lease:
        try:
            answer = lease.store.query(query_text or "", prefixes=dict(PREFIXES))
        except SyntaxError as error:
            raise _syntax_error(error, name) from error
        _print(answer, form)


def _syntax_error(error: SyntaxError, name: str) -> QuerySyntaxError:
    found = _POSITION.match(str(error.msg))
    what, where = (found[3], f"{name}:{found[1]}:{found[2]}") if found else (str(error.msg), name)
    return QuerySyntaxError(what, where, "mend the query there")


def _print(answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, form: str | None) -> None:
    import pyoxigraph as ox

    from aigov_graph.vocabulary.namespaces import PREFIXES

    graph = isinstance(answer, ox.QueryTriples)
    if form is None:
        form = "turtle" if graph else _TABLE if sys.stdout.isatty() else "tsv"
    if form == _TABLE:
        if isinstance(answer, ox.QueryTriples):
            raise click.UsageError("the answer is a graph; choose a format such as turtle")
        _print_table(answer)
        return
    chosen = BY_NAME[form]
    if (chosen.family == "graph") != graph:
        raise click.UsageError(f"the answer is {'a graph' if graph else 'no graph'}, which {form} cannot hold")
    if isinstance(answer, ox.QueryTriples):
        rdf: ox.RdfFormat = getattr(ox.RdfFormat, chosen.engine)
        ox.serialize(answer, sys.stdout.buffer, rdf, prefixes=dict(PREFIXES))
    else:
        answer.serialize(sys.stdout.buffer, getattr(ox.QueryResultsFormat, chosen.engine))
        if chosen.name in ("json", "xml") or isinstance(answer, ox.QueryBoolean):
            sys.stdout.buffer.write(b"\n")


def _print_table(answer: ox.QuerySolutions | ox.QueryBoolean) -> None:
    import pyoxigraph as ox
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if isinstance(answer, ox.QueryBoolean):
        click.echo("true" if answer else "false")
        return
    table = Table(box=SIMPLE_HEAD)
    for variable in answer.variables:
        table.add_column(Text(variable.value))
    rows = 0
    for rows, solution in enumerate(answer, start=1):  # noqa: B007
        table.add_row(*(Text(_cell(term)) for term in solution))
    console = Console(file=sys.stdout)
    if answer.variables:
        console.print(table)
    console.print(f"{rows} row{'' if rows == 1 else 's'}", highlight=False)


def _cell(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    """A term as people read it; what would steer the terminal is spelled out."""
    import pyoxigraph as ox

    from aigov_graph.dataset import shorten

    if isinstance(term, ox.NamedNode):
        return shorten(term.value)
    text = "" if term is None else term.value if isinstance(term, ox.Literal) else str(term)
    return "".join(c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode() for c in text)
