"""The command that writes a release."""

from __future__ import annotations

from datetime import datetime
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
@click.option(
    "--previous",
    type=click.Path(path_type=Path, exists=True),
    metavar="PATH",
    help="The release before, or a folder or file of its ontology: TERMS.md tells what changed since.  "
    "[default: this is the first]",
)
@click.option("--date", "issued", type=click.DateTime(["%Y-%m-%d"]), help="Day of the release.  [default: today]")
@click.option(
    "--lock",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Requirements with hashes: the bill of materials tells the digests.",
)
@store_option
@click.pass_obj
def release(
    settings: Settings,
    /,
    folder: Path,
    more: tuple[Path, ...],
    previous: Path | None,
    issued: datetime | None,
    lock: Path | None,
    store: Path | None,
) -> None:
    """Write a release of the published graph into FOLDER (dist/release).

    Dumps, every export of the facts, plain tables, the catalog, a data package, what changed in the ontology, a bill
    of materials and checksums. CONTENTS.md explains each file. Prints each file.
    """
    from aigov_graph.exports import Reader
    from aigov_graph.release import Terms
    from aigov_graph.release import release as write
    from aigov_graph.stores import VersionedStore

    before = Terms.read(previous) if previous else None
    with VersionedStore(given(settings, store=store).store).lease() as lease:
        reader = Reader.of(lease)
        day = issued.date() if issued else None
        files = write(reader, folder, more, click.echo, before=before, issued=day, lock=lock)
    click.echo(f"{len(files)} files in {folder}", err=True)
