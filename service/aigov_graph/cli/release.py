"""The command that writes a release."""

from __future__ import annotations

from pathlib import Path

import click

from aigov_graph.cli.frame import given, store_option
from aigov_graph.settings import Settings


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path("dist/release"))
@click.option(
    "--with",
    "more",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    metavar="FILE",
    help="Take this file along, such as the citation. May be given again.",
)
@store_option
@click.pass_obj
def release(settings: Settings, folder: Path, more: tuple[Path, ...], store: Path | None) -> None:
    """Write a release of the published graph into FOLDER (dist/release).

    Dumps, every export of the facts, the catalog, a data package, a bill of materials and checksums. Prints each file.
    """
    from aigov_graph.exports import Reader
    from aigov_graph.release import release as write
    from aigov_graph.stores import VersionedStore

    with VersionedStore(given(settings, store=store).store).lease() as lease:
        reader = Reader(lease.store, lease.version.number, lease.version.digest)
        files = write(reader, folder, more, click.echo)
    click.echo(f"{len(files)} files in {folder}", err=True)
