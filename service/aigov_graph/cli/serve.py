"""Serve a graph: the published one, or a folder's or some files' for as long as the command runs."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from aigov_graph.cli.data import publish_data
from aigov_graph.cli.frame import data_option, given, progress, store_option
from aigov_graph.settings import Settings

_FILE = click.Path(path_type=Path)


@click.command()
@store_option
@data_option
@click.option("--rdf", multiple=True, type=_FILE, metavar="FILE...", help="Serve these RDF files, and nothing else.")
@click.argument("more", nargs=-1, type=_FILE, metavar="")
@click.option(
    "--default-graph",
    type=click.Choice(("union", "strict")),
    help="What a query sees that names no graph: all but the shapes, or what the standard says.  [default: union]",
)
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.  [default: 8000]")
@click.pass_obj
def serve(
    settings: Settings,
    store: Path | None,
    data: Path | None,
    rdf: tuple[Path, ...],
    more: tuple[Path, ...],
    default_graph: str | None,
    host: str | None,
    port: int | None,
) -> None:
    """Serve the published graph: pages, and SPARQL at /sparql. Ctrl-C ends it.

    A version that is published meanwhile is served from then on. With --data and no --store, the folder is built first,
    into a store that lasts as long as the command; so are the files of --rdf.
    """
    if more and not rdf:
        raise click.UsageError(f"unexpected {more[0]}; RDF files follow --rdf")
    if rdf and (data or store):
        raise click.UsageError("--rdf serves files without a folder or a store")
    with ExitStack() as until_the_end:
        if rdf or (data and not store):
            store = Path(until_the_end.enter_context(TemporaryDirectory(prefix="aigov-graph-")))
            _fill(store, data, rdf + more)
        from aigov_graph.web import serve as serve_web

        serve_web(given(settings, store=store, data=data, default_graph=default_graph, host=host, port=port))


def _fill(store: Path, data: Path | None, files: tuple[Path, ...]) -> None:
    from aigov_graph.stores import VersionedStore
    from aigov_graph.web.loading import publish_files

    versions = VersionedStore(store)
    with progress() as tell:
        if files:
            tell("read", 0, len(files))
            publish_files(files, versions)
        else:
            publish_data(data, versions, tell)
