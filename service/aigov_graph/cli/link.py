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
@click.option(
    "--target",
    type=click.Choice(sorted(TARGETS)),
    help="The registry the table is of.  [default: as its identifiers, their column or the file's name tell]",
)
@click.option("--id", "key", default="id", show_default=True, metavar="COLUMN", help="The column of identifiers.")
@click.option("--name", "names", multiple=True, metavar="COLUMN", help="A column of names.  [default: name]")
@click.option("--country", default="", metavar="COLUMN", help="A column of two-letter codes of countries.")
@click.option("--again", is_flag=True, help="Propose also what is linked already, or was found wrong.")
@click.option("--out", "-o", type=click.Path(path_type=Path), metavar="FILE", help="Write there, not to stdout.")
@data_option
@click.pass_obj
def link(
    settings: Settings,
    table: Path,
    kinds: tuple[str, ...],
    target: str | None,
    key: str,
    names: tuple[str, ...],
    country: str,
    again: bool,
    out: Path | None,
    data: Path | None,
) -> None:
    """Find which things the rows of another's table may be, and write candidates for review as SSSOM.

    Each candidate says how sure it is and why. Nothing is linked: take over what is right into graphs/links. What
    stands there already is left out and counted.
    """
    from aigov_graph.dataset import find_data
    from aigov_graph.links import MappingSet, read_links, write_sssom
    from aigov_graph.links.candidates import as_mappings, read_rows, sift, target_of
    from aigov_graph.links.finding import LinkFinder
    from aigov_graph.search import things_of
    from aigov_graph.vocabulary.namespaces import AIGOV

    rows = read_rows(read_text(table), str(table), key, names or ("name",), country)
    registry = TARGETS[target] if target else target_of(rows, table.name, key)
    if registry is None:
        what = "nothing tells which registry the table is of: name it, or the column of identifiers by --id"
        raise click.BadParameter(f"{what}; registries are {', '.join(sorted(TARGETS))}", param_hint="--target")
    folder = find_data(given(settings, data=data).data)
    dataset = folder.load()
    classes = tuple(AIGOV[kind.removeprefix("aigov:")] for kind in kinds)
    for kind, iri in zip(kinds, classes, strict=True):
        if iri not in dataset.vocabulary().classes:
            raise click.BadParameter(f"the ontology has no class {kind}", param_hint="--type")
    finder = LinkFinder(things_of(dataset.quads()), classes)
    proposals = finder.find(rows)
    finder.close()
    known = {links.name: links for links in read_links(folder)} if not again else {}
    there = known.get(registry.name, MappingSet(registry.name, "", {}, {}, ()))
    found = sift(rows, proposals, registry, table.name, there)
    text = write_sssom(as_mappings(found.proposals, registry, table.name, datetime.now(UTC).date()))
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
    likely = sum(one.likely for one in found.proposals)
    said = f"{len(rows)} rows of {registry.label}: {likely} likely, {len(found.proposals) - likely} worth a look"
    if found.linked:
        said += f"; {found.linked} linked already"
    if found.settled:
        said += f"; {found.settled} candidates left out, of things linked to another row or found wrong before"
    click.echo(said, err=True)
