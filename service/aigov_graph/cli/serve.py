"""Serve the built graph."""

from __future__ import annotations

from pathlib import Path

import click

from aigov_graph.cli.frame import data_option, given, store_option
from aigov_graph.settings import Settings


@click.command()
@store_option
@data_option
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.  [default: 8000]")
@click.pass_obj
def serve(settings: Settings, store: Path | None, data: Path | None, host: str | None, port: int | None) -> None:
    """Serve the published graph: pages, and SPARQL at /sparql. Ctrl-C ends it.

    A version published meanwhile is served from then on.
    """
    from aigov_graph.web import serve as serve_web

    serve_web(given(settings, store=store, data=data, host=host, port=port))
