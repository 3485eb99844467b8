"""The commands that take the network out: export and analyse. Their options are the view's, declared in `exports`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from aigov_graph.cli.frame import given, store_option
from aigov_graph.exports.options import HOW_OPTIONS, OPTIONS, Option
from aigov_graph.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aigov_graph.exports import How, Reader, View

_Function = TypeVar("_Function", bound=Callable[..., Any])

_ALL = "all"
"""In place of a format: every one that is installed and can hold the network."""
_METAVARS = {"text": "NAME", "date": "DATE", "number": "N"}


def view_options(function: _Function) -> _Function:
    """All options of a view."""
    for option in reversed(OPTIONS):
        function = _click_option(option)(function)
    return function


def how_options(function: _Function) -> _Function:
    """The options of how a format is written."""
    for option in reversed(HOW_OPTIONS):
        function = _click_option(option)(function)
    return function


def _click_option(option: Option) -> Callable[[_Function], _Function]:
    name, parameter = f"--{option.name}", f"view_{option.name}"
    text = option.help + (" May be given again." if option.many else "")
    if option.kind == "switch":
        return click.option(name, parameter, is_flag=True, help=text)
    kind: Any = click.Choice(option.choices) if option.kind == "choice" else str
    return click.option(name, parameter, type=kind, multiple=option.many, help=text, metavar=_METAVARS.get(option.kind))


def _words(options: dict[str, Any]) -> dict[str, list[str]]:
    """The options given, as `exports.options` reads them."""
    words: dict[str, list[str]] = {}
    for name, value in options.items():
        texts = list(value) if isinstance(value, tuple) else ["true"] if value is True else [value] if value else []
        if texts or value == "":
            words[name.removeprefix("view_")] = texts or [""]
    return words


@contextmanager
def _reading(settings: Settings) -> Iterator[Reader]:
    from aigov_graph.exports import Reader
    from aigov_graph.stores import VersionedStore

    with VersionedStore(settings.store).lease() as lease:
        yield Reader.of(lease)


class _Formats(click.ParamType[str]):
    """The formats by name, looked up only when one is given."""

    name = "format"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return "FORMAT"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from aigov_graph.exports import FORMATS
        from aigov_graph.exports.options import suggest

        if value not in (*FORMATS, _ALL):
            self.fail(f"{value!r} is no format; {suggest(value, FORMATS)}", param, ctx)
        return value


@click.command(
    epilog="Formats: graphml gexf cytoscape node-link jgf dot pajek mermaid csv xlsx parquet ttl trig jsonld rdf12 "
    "nanopub ftm svg png. The word all writes every one that can hold the network into the folder that -o names."
)
@click.argument("form", metavar="FORMAT", type=_Formats())
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    default=Path("-"),
    help="File to write; - is standard output.  [default: -]",
)
@view_options
@how_options
@store_option
@click.pass_obj
def export(
    settings: Settings,
    /,
    form: str,
    output: Path,
    store: Path | None,
    **options: Any,
) -> None:
    """Write the network of the published graph in a FORMAT of another tool.

    Facts between entities, unless options say otherwise. Prints how many nodes and edges were written.
    """
    from aigov_graph.exports import FORMATS, Export, network
    from aigov_graph.exports.options import read
    from aigov_graph.opening import whole_file

    settings, (view, how) = given(settings, store=store), read(_words(options))
    if form == _ALL:
        _export_all(settings, output, view, how)
        return
    chosen = FORMATS[form]
    if str(output) == "-" and sys.stdout.isatty() and not _is_text(chosen.media_type):
        raise click.UsageError(f"{chosen.label} is no text for a terminal; name a file with -o")
    if output.is_dir():
        raise click.UsageError(f"{output} is a folder; name a file")
    if str(output) != "-" and not output.parent.is_dir():
        raise click.UsageError(f"there is no folder {output.parent}")
    with _reading(settings) as reader:
        found = network(reader, view)
        made = Export(found, reader, how)
        if str(output) == "-":
            with tempfile.TemporaryFile() as spool:
                chosen.write(made, spool)
                spool.seek(0)
                shutil.copyfileobj(spool, sys.stdout.buffer)
        else:
            with whole_file(output) as out:
                chosen.write(made, out)
    click.echo(f"{chosen.label}: {len(found.nodes)} nodes, {len(found.edges)} edges", err=True)


def _export_all(settings: Settings, folder: Path, view: View, how: How) -> None:
    """Write each format into a folder; what cannot be written is said and left out."""
    from aigov_graph.errors import ExportError
    from aigov_graph.exports import FORMATS, Export, network
    from aigov_graph.opening import whole_file

    if str(folder) == "-":
        raise click.UsageError("name a folder with -o")
    folder.mkdir(parents=True, exist_ok=True)
    with _reading(settings) as reader:
        found = network(reader, view)
        for form in FORMATS.values():
            try:
                with whole_file(folder / f"network{form.suffix}") as out:
                    form.write(Export(found, reader, how), out)
            except ExportError as error:
                click.echo(f"{form.label} left out: {error.what}", err=True)
            else:
                click.echo(f"network{form.suffix}")
    click.echo(f"{len(found.nodes)} nodes, {len(found.edges)} edges", err=True)


def _is_text(media_type: str) -> bool:
    return not media_type.startswith(("image/png", "application/zip", "application/vnd.apache", "application/vnd.open"))


@click.command()
@click.argument("measure")
@click.argument("things", nargs=-1, metavar="[THING]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "csv")),
    default="text",
    show_default=True,
    help="Of the answer.",
)
@view_options
@store_option
@click.pass_obj
def analyse(
    settings: Settings, /, measure: str, things: tuple[str, ...], form: str, store: Path | None, **options: Any
) -> None:
    """Measure the network of the published graph.

    MEASURE is centralities, communities, brokers, components, reciprocity, or path, which takes the two THINGs to
    link. The answer says which edges it stands on: as JSON with their IRIs.
    """
    from aigov_graph.analysis import analyse as run
    from aigov_graph.exports import View

    with _reading(given(settings, store=store)) as reader:
        answer = run(reader, measure, View.read(_words(options)), things)
    click.echo({"text": answer.text, "json": answer.json, "csv": answer.csv}[form]().rstrip("\r\n"))
