"""The group of all commands."""

from __future__ import annotations

import os

import click

from aigov_graph import __version__
from aigov_graph.cli.curation import lint_entities, merge_command, review
from aigov_graph.cli.data import build, format_command, validate, verify_source
from aigov_graph.cli.describe import describe
from aigov_graph.cli.frame import Commands
from aigov_graph.cli.link import link
from aigov_graph.cli.network import analyse, export
from aigov_graph.cli.query import query
from aigov_graph.cli.reference import reference
from aigov_graph.cli.release import release
from aigov_graph.cli.serve import serve
from aigov_graph.cli.sources import claims, source
from aigov_graph.cli.synthesis import synthesize
from aigov_graph.settings import Settings


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="aigov-graph")
@click.pass_context
def main(ctx: click.Context) -> None:
    """A knowledge graph of the actors in AI governance, where every relation has its passage, date, holder and hedge.

    What an option leaves out is taken from the environment: AIGOV_GRAPH_DATA, AIGOV_GRAPH_STORE, AIGOV_GRAPH_PORT and
    so on.
    """
    ctx.obj = Settings.from_environment(os.environ)


for command in (
    build,
    validate,
    format_command,
    export,
    analyse,
    query,
    describe,
    serve,
    verify_source,
    source,
    claims,
    reference,
    release,
    synthesize,
    review,
    lint_entities,
    merge_command,
    link,
):
    main.add_command(command)
