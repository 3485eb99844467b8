"""The command that makes data to measure with."""

from __future__ import annotations

from pathlib import Path

import click

from aigov_graph.settings import Settings


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--claims", type=click.IntRange(1), default=1000, show_default=True, help="How many claims.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed, other claims.")
@click.pass_obj
def synthesize(settings: Settings, folder: Path, claims: int, seed: int) -> None:
    """Write a data folder of invented claims into FOLDER, to measure with.

    It passes the shapes, and its skew is that of real data. The same seed gives the same files.
    """
    from aigov_graph.dataset import find_data
    from aigov_graph.synthesis import synthesize as write

    things = write(folder, find_data(settings.data).load().vocabulary(), claims, seed)
    click.echo(f"{claims} claims about {things} things", err=True)
