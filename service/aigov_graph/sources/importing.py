"""A claims sheet goes in: read, judged, and only then written, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from aigov_graph.dataset import DataFile, DataFolder, Dataset, LoadedFile
from aigov_graph.errors import AigovError, BuildFailed
from aigov_graph.passages import digest_text
from aigov_graph.sources.columns import ENTITY_COLUMNS, all_columns
from aigov_graph.sources.entities import entity_files, read_entities
from aigov_graph.sources.folder import SourceFolder
from aigov_graph.sources.names import Names
from aigov_graph.sources.problems import SheetProblem, refuse
from aigov_graph.sources.reading import ReadClaims, read_claims
from aigov_graph.sources.rows import CLAIMS_SHEET, ENTITIES_SHEET, SheetRow, rows_of
from aigov_graph.sources.statements import Files, Things, write_files
from aigov_graph.validation import Report, validate
from aigov_graph.vocabulary.namespaces import AIGOV, GRAPH

Sheets = Mapping[str, Sequence[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import wrote, or would write."""

    claims: int
    passages: int
    entities: int
    wrong: tuple[SheetProblem, ...]
    """Rows left out, where only the right ones were asked for."""
    wrong_rows: tuple[SheetRow, ...]
    files: tuple[Path, ...]


def import_entities(folder: DataFolder, cells: Sequence[Sequence[str]], where: str, check: bool = False) -> int:
    """Add the entities of a sheet; returns how many there are in it.

    Raises:
        SheetWrong: a row cannot be taken; nothing is written.
    """
    names = Names(folder.load())
    rows = rows_of(cells, [column.name for column in ENTITY_COLUMNS], where)
    new, problems = read_entities(rows, names)
    if problems:
        raise refuse(where, problems)
    if not check:
        write_files(entity_files(folder, new, names))
    return len(new)


def import_claims(
    folder: DataFolder,
    source: str,
    sheets: Sheets,
    where: str,
    *,
    text: str | None = None,
    status: str = "draft",
    partial: bool = False,
    check: bool = False,
) -> Imported:
    """Add or change the claims of a source by a sheet.

    A row with a claim's number changes that claim; one without adds a claim. What no row speaks of stays as it is.

    Args:
        folder: the data.
        source: the source's id.
        sheets: the sheet of claims, and one of new entities if there are any.
        where: the file's name, for errors.
        text: the source's text; without it only recorded passages can be cited.
        status: the review status of claims that do not state one.
        partial: take the right rows and leave the wrong ones.
        check: write nothing.

    Raises:
        SheetWrong: rows cannot be taken, and `partial` is not given.
        BuildFailed: the rows can be read, but what they say breaks a shape.
        AigovError: the text is not the source's.
    """
    dataset = folder.load()
    names = Names(dataset)
    new = Things()
    problems: list[SheetProblem] = []
    if ENTITIES_SHEET in sheets and len(sheets[ENTITIES_SHEET]) > 1:
        entity_rows = rows_of(sheets[ENTITIES_SHEET], [c.name for c in ENTITY_COLUMNS], f"{where}, {ENTITIES_SHEET}")
        new, wrong = read_entities(entity_rows, names)
        if wrong:
            raise refuse(f"{where}, {ENTITIES_SHEET}", wrong)
    rows = rows_of(sheets[CLAIMS_SHEET], [c.name for c in all_columns(names)], where)
    if text is not None:
        _check_text(SourceFolder.open(folder, source), text)
    taken, left = rows, []
    while True:
        read = read_claims(taken, SourceFolder.open(folder, source), Names(dataset, new), text, status)
        problems.extend(read.problems)
        if not read.problems:
            break
        if not partial:
            raise refuse(where, problems)
        bad = {problem.row for problem in read.problems}
        left += [row for row in taken if row.number in bad]
        taken = [row for row in taken if row.number not in bad]
    files: Files = {**read.folder.files(), **entity_files(folder, new, names)}
    _judge(dataset, read, new)
    changed = [] if check else write_files(files)
    left.sort(key=lambda row: row.number)
    return Imported(len(read.claims), read.passages, len(new), tuple(sorted(problems)), tuple(left), tuple(changed))


def _check_text(folder: SourceFolder, text: str) -> None:
    recorded = folder.source.value(folder.iri, AIGOV.textDigest)
    if recorded != digest_text(text):
        raise AigovError(
            "the text is not the one that the source records", folder.name, "give the file the source was made from"
        )


def _judge(dataset: Dataset, read: ReadClaims, new: Things) -> None:
    """Hold what would be written against the shapes, beside the ontology and the entities alone.

    Raises:
        BuildFailed: a claim, passage, situation or entity of the sheet breaks one.
    """
    folder = read.folder
    ours = Things(triple for part in folder.files().values() for triple in part.triples())
    kept = [loaded for loaded in dataset.files if loaded.file.kind != "source"]
    others = [loaded for loaded in dataset.files if loaded.file.kind == "source"]
    named = {t.object.value for t in ours.triples() if isinstance(t.object, ox.NamedNode)} - set(ours.subjects())
    elsewhere = [q for loaded in others for q in loaded.quads if getattr(q.subject, "value", "") in named]
    extra = [
        _loaded(ours, GRAPH[folder.name], folder.path),
        _loaded(new, GRAPH.entities, folder.path),
        LoadedFile(DataFile(folder.path, "other sources", "source", GRAPH.others), tuple(elsewhere), {}),
    ]
    report = validate(Dataset((*kept, *extra)))
    mine = {*ours.subjects(), *new.subjects()}
    problems = tuple(p for p in report.problems if p.subject in mine and p.severity == "Violation")
    if problems:
        raise BuildFailed(
            f"{len(problems)} things break a shape; nothing was written",
            folder.name,
            "mend the rows they come from",
            problems=Report.of(problems).problems,
        )


def _loaded(things: Things, graph: str, path: Path) -> LoadedFile:
    node = ox.NamedNode(graph)
    quads = tuple(ox.Quad(t.subject, t.predicate, t.object, node) for t in things.triples())
    return LoadedFile(DataFile(path, path.name, "source", graph), quads, {})
