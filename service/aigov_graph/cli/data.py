"""The commands that work on the data: build, validate, format, verify-source."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, Literal

import click

from aigov_graph.cli.frame import Progress, data_option, given, progress, read_text, store_option
from aigov_graph.errors import AigovError, BuildFailed
from aigov_graph.settings import Settings

if TYPE_CHECKING:
    from aigov_graph.stores import Publisher, Version
    from aigov_graph.validation import FactsReport

_SHOWN: Final = 20
"""Of facts that differ, as many are shown for reading."""


@click.command()
@data_option
@store_option
@click.option(
    "--nquads",
    type=click.File("wb", lazy=True, atomic=True),
    metavar="FILE",
    help="Write the version's statements there too, as sorted N-Quads; - is standard output.",
)
@click.pass_obj
def build(settings: Settings, data: Path | None, store: Path | None, nquads: BinaryIO | None) -> None:
    """Validate the data, derive the facts and publish the graph as a new version.

    The version before goes on serving until the new one is complete, and if it fails.
    """
    from aigov_graph.stores import VersionedStore, named_quads
    from aigov_graph.stores import nquads as lines_of

    settings = given(settings, data=data, store=store)
    versions = VersionedStore(settings.store, settings.versions_kept)
    with progress() as tell:
        version = publish_data(settings.data, versions, tell)
        if nquads is not None:
            with versions.lease(version) as lease:
                tell("write N-Quads", 0, version.quads)
                nquads.writelines(lines_of(named_quads(lease.store)))
    to_stdout = nquads is not None and nquads.name == "-"
    click.echo(f"version {version.number}: {version.quads} statements, {version.digest}", err=to_stdout)


def publish_data(data: Path | None, versions: Publisher, tell: Progress) -> Version:
    """Build a data folder into a store; what validation finds wrong is shown on stderr before the error is raised.

    Raises:
        BuildFailed, DataError, FolderUnreadable, StoreError: as `build.build`.
    """
    from aigov_graph.build import build as build_version
    from aigov_graph.dataset import find_data
    from aigov_graph.validation import RENDERERS, Report

    try:
        return build_version(find_data(data), versions, tell)
    except BuildFailed as failure:
        click.echo(RENDERERS["text"].render(Report.of(failure.problems)).rstrip("\n"), err=True)
        raise


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "turtle")),
    default="text",
    show_default=True,
    help="For reading, for programs, or a SHACL validation report.",
)
@click.option("--facts", is_flag=True, help="Compare the store's derived facts with those that the claims yield now.")
@data_option
@store_option
@click.pass_obj
def validate(
    settings: Settings, form: Literal["text", "json", "turtle"], facts: bool, data: Path | None, store: Path | None
) -> None:
    """Judge the data: each problem with file, line, subject, what is wrong and how to mend it.

    Warnings are shown and do no harm; the exit code is 1 if anything must be mended.
    """
    settings = given(settings, data=data, store=store)
    if facts and form == "turtle":
        raise click.UsageError("a comparison of facts is shown as text or json")
    conforms = _compare_facts(settings, form) if facts else _judge(settings, form)
    if not conforms:
        sys.exit(1)


def _judge(settings: Settings, form: str) -> bool:
    from aigov_graph.dataset import find_data
    from aigov_graph.links import read_links
    from aigov_graph.validation import RENDERERS
    from aigov_graph.validation import validate as judge

    folder = find_data(settings.data)
    with progress() as tell:
        tell("read", 0, 1)
        dataset = folder.load()
        read_links(folder, dataset)
        tell("validate", 0, 1)
        report = judge(dataset)
    click.echo(RENDERERS[form].render(report).rstrip("\n"))
    return report.conforms


def _compare_facts(settings: Settings, form: str) -> bool:
    from aigov_graph.dataset import find_data
    from aigov_graph.derivation import derive, read_rules
    from aigov_graph.stores import VersionedStore, named_quads
    from aigov_graph.validation import validate_facts

    folder = find_data(settings.data)
    with progress() as tell, VersionedStore(settings.store).lease() as lease:
        tell("read", 0, 1)
        dataset = folder.load()
        derived = derive(dataset, read_rules(folder.query_files("rules")), tell)
        report = validate_facts(named_quads(lease.store), derived)
    click.echo(_facts_json(report) if form == "json" else _facts_text(report))
    return report.conforms


def _facts_json(report: FactsReport) -> str:
    found = {"conforms": report.conforms, "missing": report.missing, "extra": report.extra}
    return json.dumps(found, ensure_ascii=False, indent=2)


def _facts_text(report: FactsReport) -> str:
    if report.conforms:
        return "The store's facts are those that the claims yield."
    lines = [
        *(f"the store lacks: {line}" for line in report.missing[:_SHOWN]),
        *(f"no claim yields: {line}" for line in report.extra[:_SHOWN]),
        f"{len(report.missing)} missing, {len(report.extra)} too many; --format json has all.",
        "Build again: aigov-graph build",
    ]
    return "\n".join(lines)


@click.command("format")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file is not in canonical layout.")
@data_option
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.pass_obj
def format_command(settings: Settings, check: bool, data: Path | None, files: tuple[Path, ...]) -> None:
    """Write the Turtle files in canonical layout: all of the data folder's, or the FILEs named.

    Prints the name of each file that was changed, or with --check would be.
    """
    from aigov_graph.dataset import find_data
    from aigov_graph.turtle import format_files

    changed = format_files(find_data(given(settings, data=data).data), check, files)
    for file in changed:
        click.echo(file.name)
    if check and changed:
        count = "1 file is" if len(changed) == 1 else f"{len(changed)} files are"
        raise AigovError(f"{count} not in canonical layout", remedy="run: aigov-graph format")


@click.command("verify-source")
@data_option
@click.option("--source", metavar="ID", help="The source that FILE is a text of, such as zeng-2021.")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.pass_obj
def verify_source(settings: Settings, data: Path | None, source: str | None, file: Path) -> None:
    """Hold a source's text against the passages that cite it.

    FILE is the text in UTF-8; - is standard input. The source is found by the digest of its text. In a text that is
    not byte for byte as it was annotated, passages are looked for by their words, and each is told: same text, same
    words but reformatted, or not found.
    """
    from aigov_graph.dataset import find_data, shorten
    from aigov_graph.passages import verify_source as verify
    from aigov_graph.vocabulary.namespaces import ID

    text = read_text(file)
    iri = None if source is None else ID + source.removeprefix(ID).removeprefix("id:")
    report = verify(find_data(given(settings, data=data).data).load(), text, iri)
    missing = {mismatch.where for mismatch in report.mismatches}
    if not report.whole:
        for name, whole in ((shorten(passage.iri), passage.iri) for passage in report.passages):
            if name not in missing:
                same = "same words, but reformatted" if whole in report.reformatted else "same text"
                click.echo(f"{name}: {same}")
    for mismatch in report.mismatches:
        click.echo(f"error: {mismatch}", err=True)
    good = len(report.passages) - len(report.mismatches)
    remark = "" if report.whole else f"; the text is not the one annotated, {len(report.reformatted)} are reformatted"
    click.echo(f"{shorten(report.source)}: {good} of {len(report.passages)} passages verified{remark}")
    if report.mismatches:
        sys.exit(1)
