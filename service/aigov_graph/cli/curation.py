"""The commands that keep the data in order: review, lint-entities, merge."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aigov_graph.cli.frame import data_option, given
from aigov_graph.settings import Settings

if TYPE_CHECKING:
    from aigov_graph.sources.agreement import Reviewed


@click.command()
@click.argument("sources", nargs=-1, metavar="[ID]...")
@click.option("--sample", "size", type=click.IntRange(min=1), metavar="N", help="Draw N claims at random.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed draws the same claims.")
@click.option("--text", type=click.Path(path_type=Path), metavar="FILE", help="The text of the one source.")
@click.option("--texts", type=click.Path(path_type=Path), metavar="DIR", help="A folder of texts called ID.txt.")
@click.option("--blind", is_flag=True, help="Leave out what the first reading said.")
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="Write a CSV sheet to fill in.")
@click.option("--record", "sheet", type=click.Path(path_type=Path), metavar="FILE", help="Keep a filled-in sheet.")
@click.option("--reader", default="second", show_default=True, metavar="NAME", help="Whose reading it is.")
@click.option("--agreement", is_flag=True, help="Compare the reader's reading with the claims, or with --against.")
@click.option("--against", metavar="NAME", help="The reader to compare with.  [default: the claims themselves]")
@data_option
@click.pass_obj
def review(
    settings: Settings,
    sources: tuple[str, ...],
    size: int | None,
    seed: int,
    text: Path | None,
    texts: Path | None,
    blind: bool,
    output: Path | None,
    sheet: Path | None,
    reader: str,
    agreement: bool,
    against: str | None,
    data: Path | None,
) -> None:
    """Read claims again: print them beside their place and words, record verdicts, compute agreement.

    Without an ID all sources are meant.
    """
    from aigov_graph.dataset import find_data
    from aigov_graph.sources import agreement as readings

    folder = find_data(given(settings, data=data).data)
    if sheet is not None:
        rows = readings.read_reading(sheet.read_bytes(), str(sheet))
        for path in readings.record(folder, rows, reader):
            click.echo(path)
    elif agreement:
        second = readings.readings(folder, reader)
        first = readings.readings(folder, against) if against else readings.as_claimed(folder, second)
        for axis in readings.agreement(first, second):
            click.echo(f"{axis.axis}: {axis.same} of {axis.claims} the same, kappa {axis.kappa:.2f}")
            for claim, one, other in axis.apart:
                click.echo(f"  {claim}: {one} / {other}")
    else:
        names = sources or tuple(p.parent.name for p in sorted((folder.graphs / "sources").glob("*/claims.ttl")))
        if text is not None and len(names) != 1:
            raise click.UsageError("--text goes with one source; give --texts DIR")
        files = {name: text or (texts / f"{name}.txt" if texts else None) for name in names}
        found = {name: path.read_bytes().decode() for name, path in files.items() if path and path.is_file()}
        _show(readings.sample(folder, names, found, size, seed), blind, output)


def _show(claims: list[Reviewed], blind: bool, output: Path | None) -> None:
    from aigov_graph.sources.agreement import AXES, COLUMNS
    from aigov_graph.sources.rows import write_csv

    if output is not None:
        headings = ["claim", "locator", "words", "sentence", "subject", "object", *COLUMNS[1:]]
        rows = [
            {
                "claim": item.claim,
                "locator": item.locator,
                "words": item.words,
                **({} if blind else {"sentence": item.sentence, **item.axes}),
                "subject": item.subject,
                "object": item.object,
            }
            for item in claims
        ]
        output.write_text(write_csv(headings, rows), encoding="utf-8")
        click.echo(f"{len(rows)} claims in {output}", err=True)
        return
    for item in claims:
        click.echo(f"claim:{item.claim}  [{item.locator}]")
        if item.words:
            click.echo(f"  {item.words}")
        click.echo(f"  {item.subject} / {item.object}")
        if not blind:
            click.echo(f"  {item.sentence}")
            click.echo("  " + ", ".join(f"{axis} {item.axes[axis]}" for axis in AXES))


@click.command("lint-entities")
@click.option("--all", "everything", is_flag=True, help="Also what is only to be looked at.")
@data_option
@click.pass_obj
def lint_entities(settings: Settings, everything: bool, data: Path | None) -> None:
    """Find entities that are one thing twice; with --all also like names, unused ones, dead ends, rare relations.

    The exit code is 1 if two entities share a name or an identifier and could be one.
    """
    from aigov_graph.dataset import find_data
    from aigov_graph.sources.linting import lint_entities as lint

    findings = lint(find_data(given(settings, data=data).data).load())
    surely = [finding for finding in findings if finding.kind.startswith("same")]
    for finding in findings if everything else surely:
        click.echo(finding)
    click.echo(f"{len(surely)} twice, {len(findings) - len(surely)} to be looked at", err=True)
    if surely:
        sys.exit(1)


@click.command("merge")
@click.argument("gone")
@click.argument("stays")
@click.option("--anyway", is_flag=True, help="Also if their classes differ.")
@data_option
@click.pass_obj
def merge_command(settings: Settings, gone: str, stays: str, anyway: bool, data: Path | None) -> None:
    """Merge entity GONE into entity STAYS: references move, GONE leaves a tombstone."""
    from aigov_graph.dataset import find_data
    from aigov_graph.sources.merging import merge

    for path in merge(find_data(given(settings, data=data).data), gone, stays, anyway):
        click.echo(path)
