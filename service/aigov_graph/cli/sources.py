"""The commands that bring sources in: source new, claims import."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from aigov_graph.cli.frame import data_option, given, read_text
from aigov_graph.errors import BuildFailed, SheetWrong
from aigov_graph.settings import Settings


def tables_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--table`, which may be repeated: the tables of a data set."""
    return click.option(
        "--table",
        "tables",
        type=click.Path(path_type=Path),
        multiple=True,
        required=True,
        metavar="FILE",
        help="A table of the data set, CSV or JSON, under the name its mapping gives it; repeat it for several.",
    )(function)


@click.group()
def source() -> None:
    """Sources: documents and data sets."""


@source.command("new")
@click.argument("source_id", metavar="ID")
@click.option("--text", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE", help="The document's text.")
@click.option(
    "--table", type=click.Path(path_type=Path), metavar="FILE", help="The data set's table, instead of a text."
)
@click.option("--title", required=True, help="The title as it stands on the source.")
@click.option("--label", default="", help="What to call the source in English.  [default: the title]")
@click.option("--language", default="en", show_default=True, metavar="TAG", help="The language of text and title.")
@click.option("--creator", "creators", multiple=True, metavar="ACTOR", help="Who wrote or issued it, by name or slug.")
@click.option("--publisher", "publishers", multiple=True, metavar="ACTOR", help="Who published it.")
@click.option("--issued", default="", metavar="DATE", help="When it was issued: 2019-02-11, 2019-02 or 2019.")
@click.option("--created", default="", metavar="DATE", help="When it was made, if it was never issued.")
@click.option("--modified", default="", metavar="DATE", help="When it was last changed.")
@click.option("--license", "license", default="", metavar="IRI", help="The address of the licence.")
@click.option("--rights", multiple=True, metavar="TEXT", help="What is known of the rights, and who says so.")
@click.option("--url", "addresses", multiple=True, metavar="URL", help="Where it is public: URL or DOI.")
@click.option("--note", "notes", multiple=True, metavar="TEXT", help="A remark.")
@data_option
@click.pass_obj
def new_command(
    settings: Settings, /, source_id: str, text: Path | None, table: Path | None, data: Path | None, **known: Any
) -> None:
    """Make the folder of source ID: its description, and a passage for each paragraph of its text."""
    from aigov_graph.dataset import find_data
    from aigov_graph.sources.new import Description, new_source

    if (text is None) == (table is None):
        raise click.UsageError("give either --text FILE or --table FILE")
    content = read_text(text or table or Path("-"))
    folder = find_data(given(settings, data=data).data)
    path, count = new_source(folder, source_id, content, Description(**known), paragraphs=text is not None)
    click.echo(f"{path}: {count} paragraphs" if text else f"{path}")


@source.command("refresh")
@click.argument("source_id", metavar="ID")
@tables_option
@click.option("--check", is_flag=True, help="Say what would change, write nothing.")
@data_option
@click.pass_obj
def refresh_command(
    settings: Settings, source_id: str, tables: tuple[Path, ...], check: bool, data: Path | None
) -> None:
    """Run the mapping of data set ID over its tables: new rows are added, changed ones revised, lost ones withdrawn.

    Names that are matched to no entity wait in matches.csv of the source's folder; decide there and run it again.
    """
    from aigov_graph.dataset import find_data
    from aigov_graph.sources.refreshing import refresh_source
    from aigov_graph.sources.tables import TableFile

    read = [TableFile.read(path.name, read_text(path)) for path in tables]
    done = refresh_source(find_data(given(settings, data=data).data), source_id, read, check)
    click.echo(
        f"{done.added} claims added, {done.revised} revised, {done.withdrawn} withdrawn, {done.kept} kept; "
        f"{done.entities} entities added; {done.waiting} names wait in matches.csv"
    )


@source.command("verify")
@click.argument("source_id", metavar="ID")
@tables_option
@data_option
@click.pass_obj
def verify_command(settings: Settings, source_id: str, tables: tuple[Path, ...], data: Path | None) -> None:
    """Hold the tables of data set ID against the rows that its claims cite."""
    from aigov_graph.dataset import find_data
    from aigov_graph.sources.tables import TableFile
    from aigov_graph.sources.verifying import verify_rows

    read = [TableFile.read(path.name, read_text(path)) for path in tables]
    report = verify_rows(find_data(given(settings, data=data).data), source_id, read)
    for line in report.mismatches:
        click.echo(f"error: {line}", err=True)
    if not report.whole:
        click.echo("the tables are not, byte for byte, those that the source records", err=True)
    click.echo(f"{source_id}: {report.verified} of {report.verified + len(report.mismatches)} claims verified")
    if report.mismatches:
        sys.exit(1)


@source.command("assess")
@click.argument("source_id", metavar="ID")
@click.option(
    "--text", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE", help="The text of a document."
)
@click.option("--method", default="", help="How the source was read, in a sentence.")
@click.option("--sampled", type=click.IntRange(min=1), metavar="N", help="Of a table: how many rows were checked.")
@click.option("--wrong", type=click.IntRange(min=0), metavar="N", help="Of a table: how many of them were wrong.")
@data_option
@click.pass_obj
def assess_command(
    settings: Settings,
    source_id: str,
    text: Path | None,
    method: str,
    sampled: int | None,
    wrong: int | None,
    data: Path | None,
) -> None:
    """Write how well source ID was read: of a document the coverage by paragraph, of a table the sampled error rate.

    Paragraphs without a claim are listed in coverage.csv of the source's folder, for the reason to be filled in.
    """
    from decimal import Decimal

    from aigov_graph import __version__
    from aigov_graph.dataset import find_data
    from aigov_graph.sources.coverage import Measured, cover, write_quality

    if (sampled is None) != (wrong is None):
        raise click.UsageError("--sampled and --wrong go together")
    folder = find_data(given(settings, data=data).data)
    figures: list[Measured] = []
    if text is not None:
        found = cover(folder, source_id, read_text(text))
        share = (Decimal(found.covered) / max(found.paragraphs, 1)).quantize(Decimal("0.001"))
        words = f"{found.covered} of {found.paragraphs} paragraphs carry a claim"
        figures.append(Measured("coverage", share, words))
        figures.append(Measured("unexplained", Decimal(found.unexplained), f"{found.unexplained} without reason"))
        click.echo(f"{source_id}: {words}; {found.unexplained} of the others have no reason in coverage.csv")
    if sampled is not None and wrong is not None:
        rate = (Decimal(wrong) / sampled).quantize(Decimal("0.001"))
        figures.append(Measured("error-rate", rate, f"{wrong} of {sampled} rows found wrong"))
        figures.append(Measured("sample-size", Decimal(sampled), f"{sampled} rows drawn at random"))
    write_quality(folder, source_id, figures, method, __version__)


@click.group()
def claims() -> None:
    """Claims in and out of sheets."""


@claims.command("import")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--source", "source_id", metavar="ID", help="The source.  [default: the file's name without its ending]")
@click.option("--text", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE", help="The source's text.")
@click.option("--entities", type=click.Path(path_type=Path), metavar="FILE", help="A CSV sheet of new entities.")
@click.option(
    "--status",
    type=click.Choice(("draft", "accepted")),
    default="draft",
    show_default=True,
    help="The review status of claims that do not state one; drafts give no facts.",
)
@click.option("--partial", is_flag=True, help="Take the right rows; the wrong ones go to FILE.wrong.csv.")
@click.option("--check", is_flag=True, help="Read and judge, write nothing.")
@click.option(
    "--propose", type=click.Path(path_type=Path), metavar="FILE", help="Write unknown names there, as a sheet."
)
@data_option
@click.pass_obj
def import_command(
    settings: Settings,
    file: Path | None,
    source_id: str | None,
    text: Path | None,
    entities: Path | None,
    status: str,
    partial: bool,
    check: bool,
    propose: Path | None,
    data: Path | None,
) -> None:
    """Add or change claims by the sheet FILE (XLSX or CSV), one row a claim.

    Nothing is written unless every row is right. Names that nothing bears are never added in passing: add them with
    --entities, or on the sheet "entities" of an XLSX file.
    """
    from aigov_graph.dataset import find_data
    from aigov_graph.sources.importing import import_claims, import_entities
    from aigov_graph.sources.proposals import write_proposals, write_wrong
    from aigov_graph.sources.rows import ENTITIES_SHEET, read_csv, read_sheets

    if file is None and entities is None:
        raise click.UsageError("give a FILE of claims, --entities FILE, or both")
    folder = find_data(given(settings, data=data).data)
    added = read_csv(entities.read_bytes(), str(entities)) if entities else None
    if file is None:
        count = import_entities(folder, added or [], str(entities), check)
        click.echo(f"{count} entities{' would be written' if check else ''}")
        return
    sheets = dict(read_sheets(file))
    if added is not None:
        sheets[ENTITIES_SHEET] = added
    content = None if text is None else read_text(text)
    try:
        done = import_claims(
            folder,
            source_id or file.name.split(".")[0],
            sheets,
            str(file),
            text=content,
            status=status,
            partial=partial,
            check=check,
        )
    except SheetWrong as wrong:
        if propose:
            click.echo(f"{write_proposals(propose, wrong.problems)} unknown names in {propose}", err=True)
        raise
    except BuildFailed as failure:
        from aigov_graph.validation import RENDERERS, Report

        click.echo(RENDERERS["text"].render(Report.of(failure.problems)).rstrip("\n"), err=True)
        raise
    for problem in done.wrong:
        click.echo(f"left out: {problem}", err=True)
    if done.wrong_rows:
        wrong_file = file.with_name(f"{file.stem}.wrong.csv")
        write_wrong(wrong_file, done.wrong_rows, done.wrong)
        click.echo(f"{len(done.wrong_rows)} rows left out, in {wrong_file}", err=True)
    verb = "would be written" if check else "written"
    click.echo(f"{done.claims} claims, {done.passages} new passages, {done.entities} entities {verb}")


@claims.command("export")
@click.argument("source_id", metavar="ID", required=False)
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="An .xlsx or .csv file.")
@click.option("--template", is_flag=True, help="An empty sheet, with headings, drop-downs and the guide.")
@data_option
@click.pass_obj
def export_command(
    settings: Settings, source_id: str | None, output: Path | None, template: bool, data: Path | None
) -> None:
    """Write the claims of source ID as a sheet that claims import takes: CSV to standard output, or FILE."""
    from aigov_graph.dataset import find_data
    from aigov_graph.sources.columns import all_columns
    from aigov_graph.sources.exporting import export_claims
    from aigov_graph.sources.names import Names
    from aigov_graph.sources.rows import write_csv

    if template == (source_id is not None):
        raise click.UsageError("give either a source ID or --template")
    folder = find_data(given(settings, data=data).data)
    if source_id is None:
        names = Names(folder.load())
        headings, rows = [column.name for column in all_columns(names)], list[dict[str, str]]()
    else:
        headings, rows, names = export_claims(folder, source_id)
    if output is None:
        click.echo(write_csv(headings, rows), nl=False)
    elif output.suffix == ".xlsx":
        from aigov_graph.sources.workbook import write_workbook

        guide = folder.ontology / "ANNOTATION.md"
        output.write_bytes(write_workbook(names, guide.read_text("utf-8") if guide.is_file() else "", rows))
    else:
        output.write_text(write_csv(headings, rows), encoding="utf-8")
    if output is not None:
        click.echo(f"{len(rows)} rows in {output}", err=True)
