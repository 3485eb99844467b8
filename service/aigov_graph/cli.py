"""The command line. A command parses, calls, prints: data on stdout, progress and complaints on stderr.

Exit codes: 0 done, 1 the data or the run is wrong, 2 usage.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from aigov_graph import __version__
from aigov_graph.errors import AigovError
from aigov_graph.settings import Settings

_Command = TypeVar("_Command", bound=Callable[..., Any])

INTERRUPTED = 130
READER_LEFT = 141
"""What a shell reports of a program that a Ctrl-C or a closed pipe ended."""


class Commands(click.Group):
    """A group whose commands end in one way: an error says what, where and what to do, and no trace is shown."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except AigovError as error:
            complain(error)
            ctx.exit(1)
        except BrokenPipeError:
            # What is still buffered has no reader; without this the interpreter complains on its way out.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(READER_LEFT)
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        return result


def complain(error: AigovError) -> None:
    """Print an error's three parts on stderr."""
    click.echo(f"error: {error}", err=True)


def data_option(command: _Command) -> _Command:
    """`--data`: the folder of ontology/ and graphs/."""
    return click.option(
        "--data",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Folder with graphs/ and, if it has its own, ontology/. Default: the package's own data.",
    )(command)


def given(settings: Settings, **options: Any) -> Settings:
    """The settings, changed by the options that were given."""
    return replace(settings, **{name: value for name, value in options.items() if value is not None})


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="aigov-graph")
@click.pass_context
def main(ctx: click.Context) -> None:
    """A knowledge graph of the actors in AI governance, where every relation has its passage, date, holder and hedge.

    Every option can also be set in the environment: AIGOV_GRAPH_DATA, AIGOV_GRAPH_STORE, AIGOV_GRAPH_PORT and so on.
    """
    ctx.obj = Settings.from_environment(os.environ)


@main.command("format")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file is not in canonical layout.")
@data_option
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.pass_obj
def format_command(settings: Settings, check: bool, data: Path | None, files: tuple[Path, ...]) -> None:
    """Write the Turtle files in canonical layout; all of the data folder's, or the FILEs named.

    Prints the name of each file that was changed, or with --check would be.
    """
    from aigov_graph.dataset import find_data
    from aigov_graph.turtle import format_files

    changed = format_files(find_data(given(settings, data=data).data), check, files)
    for file in changed:
        click.echo(file.name)
    if check and changed:
        raise AigovError(f"{len(changed)} not in canonical layout", remedy="run: aigov-graph format")
