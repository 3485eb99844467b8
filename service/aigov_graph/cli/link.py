"""The command that finds candidate links: link."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from aigov_graph.cli.frame import data_option, given, read_text
from aigov_graph.links.targets import TARGETS
from aigov_graph.settings import Settings


@click.command()
@click.argument("table", type=click.Path(path_type=Path), metavar="TARGET.csv")
@click.option("--type", "kinds", multiple=True, metavar="CLASS", help="Look at things of this class only, as Firm.")
@click.option("--target", required=True, type=click.Choice(sorted(TARGETS)), help="The registry the table is of.")
@click.option("--id", "key", default="id", show_default=True, metavar="COLUMN", help="The column of identifiers.")
@click.option("--name", "names", multiple=True, metavar="COLUMN", help="A column of names.  [default: name]")
@click.option("--country", default="", metavar="COLUMN", help="A column of two-letter codes of countries.")
@click.option("--out", "-o", type=click.Path(path_type=Path), metavar="FILE", help="Write there, not to stdout.")
@data_option
@click.pass_obj
def link(
    settings: Settings,
    table: Path,
    kinds: tuple[str, ...],
    target: str,
    key: str,
    names: tuple[str, ...],
    country: str,
    out: Path | None,
    data: Path | None,
) -> None:
    """Find which things the rows of another's table may be, and write candidates for review as SSSOM.

    Each candidate says how sure it is and why. Nothing is linked: take over what is right into graphs/links.
    """
    from aigov_graph.dataset import find_data
    from aigov_graph.links import write_sssom
    from aigov_graph.links.candidates import as_mappings, read_rows
    from aigov_graph.links.finding import LinkFinder
    from aigov_graph.search import things_of
    from aigov_graph.vocabulary.namespaces import AIGOV

    rows = read_rows(read_text(table), str(table), key, names or ("name",), country)
    dataset = find_data(given(settings, data=data).data).load()
    classes = tuple(AIGOV[kind.removeprefix("aigov:")] for kind in kinds)
    for kind, iri in zip(kinds, classes, strict=True):
        if iri not in dataset.vocabulary().classes:
            raise click.BadParameter(f"the ontology has no class {kind}", param_hint="--type")
    finder = LinkFinder(things_of(dataset.quads()), classes)
    proposals = finder.find(rows)
    finder.close()
    text = write_sssom(as_mappings(proposals, TARGETS[target], table.name, datetime.now(UTC).date()))
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
    likely = sum(one.likely for one in proposals)
    click.echo(f"{len(rows)} rows: {likely} likely, {len(proposals) - likely} worth a look", err=True)
