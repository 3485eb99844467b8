"""What all commands share: how they end, the options for data and store, and progress on stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from aigov_graph.errors import AigovError, DataSyntaxError, FolderUnreadable
from aigov_graph.settings import Settings

Progress = Callable[[str, int, int], None]
"""Called with a step, how much of it is done and how much there is."""

INTERRUPTED: Final = 130
READER_LEFT: Final = 141
"""What a shell reports of a program that a Ctrl-C or a closed pipe ended."""

_Function = TypeVar("_Function", bound=Callable[..., Any])


class Commands(click.Group):
    """A group whose commands end in one way: an error says what, where and what to do, and no trace is shown."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except AigovError as error:
            click.echo(f"error: {error}", err=True)
            ctx.exit(1)
        except BrokenPipeError:
            # What is still buffered has no reader; without this the interpreter complains on its way out.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(READER_LEFT)
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)


def data_option(function: _Function) -> _Function:
    """`--data`: the folder of ontology/ and graphs/."""
    return click.option(
        "--data",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Folder with graphs/ and, if it has its own, ontology/.  [default: the package's own data]",
    )(function)


def store_option(function: _Function) -> _Function:
    """`--store`: the folder of the published versions."""
    return click.option(
        "--store",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Folder of the published versions.  [default: store]",
    )(function)


def given(settings: Settings, **options: Any) -> Settings:
    """The settings, changed by the options that were given."""
    return replace(settings, **{name: value for name, value in options.items() if value is not None})


def read_text(file: Path) -> str:
    """The text of a file, or of standard input if it is called ``-``.

    Raises:
        FolderUnreadable: it cannot be read.
        DataSyntaxError: it is no UTF-8.
    """
    try:
        raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise FolderUnreadable(f"cannot be read: {error.strerror}", str(file), "name another file") from error
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise DataSyntaxError(f"no UTF-8 at byte {error.start}", str(file), "save the text as UTF-8") from error


@contextmanager
def progress() -> Iterator[Progress]:
    """Shows steps on stderr: as bars on a terminal, elsewhere as a line when a step begins."""
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bars

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
            tasks: dict[str, Any] = {}

            def show(step: str, done: int, total: int) -> None:
                if step not in tasks:
                    tasks[step] = bars.add_task(step, total=total)
                bars.update(tasks[step], completed=done, total=total)

            yield show
    else:
        seen: set[str] = set()

        def tell(step: str, done: int, total: int) -> None:
            if step not in seen:
                seen.add(step)
                click.echo(f"{step} ...", err=True)

        yield tell
