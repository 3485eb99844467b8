"""Two entities that are one: every reference moves to the one that stays, the other leaves a tombstone."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyoxigraph as ox

from aigov_graph.dataset import DataFolder, read_bytes, shorten
from aigov_graph.errors import AigovError
from aigov_graph.sources.names import Names
from aigov_graph.sources.problems import CellError
from aigov_graph.sources.statements import Files, Things, boolean, read_things, write_files
from aigov_graph.vocabulary.namespaces import AIGOV, DCTERMS, ID, OWL, RDF, RDFS, SKOS

_IDENTITY = (RDF.type, RDFS.label, SKOS.prefLabel, SKOS.inScheme)
"""What a tombstone keeps."""

_NAMES = (RDFS.label, SKOS.altLabel)
_LINKS = (SKOS.exactMatch, SKOS.closeMatch, "https://schema.org/sameAs")


def merge(folder: DataFolder, gone: str, stays: str, anyway: bool = False) -> list[Path]:
    """Merge an entity into another.

    Args:
        folder: the data.
        gone: the entity that becomes a tombstone, by slug or name.
        stays: the entity that takes its place; it gets the other's names and links.
        anyway: merge also if their classes differ.

    Returns:
        The files that changed.

    Raises:
        AigovError: one of them is not there, is a tombstone, or they are of different classes.
    """
    names = Names(folder.load())
    try:
        old, new = names.thing(gone, [AIGOV.Entity]), names.thing(stays, [AIGOV.Entity])
    except CellError as error:
        nearest = f"nearest: {', '.join(error.nearest)}" if error.nearest else "give their slugs"
        raise AigovError(error.what, str(folder.graphs), nearest) from error
    things = names.things
    if old == new:
        raise AigovError("an entity cannot be merged into itself", shorten(old), "name two")
    for iri in (old, new):
        if things.values(iri, OWL.deprecated):
            raise AigovError("it is a tombstone already", shorten(iri), "name what it was replaced by")
    classes = [set(things.values(iri, RDF.type)) for iri in (old, new)]
    if classes[0] != classes[1] and not anyway:
        raise AigovError(
            f"{shorten(old)} and {shorten(new)} are of different classes",
            ", ".join(sorted(shorten(kind) for kind in classes[0] ^ classes[1])),
            "mend the class, or merge them anyway with --anyway",
        )
    files: Files = {}
    for file in folder.files():
        if file.kind in ("entities", "reference", "source"):
            before = read_things(file.path)
            after = _moved(before, things, old, new)
            if after is not None:
                files[file.path] = after
    changed = write_files(files)
    return changed + _move_decisions(folder, old, new)


def _moved(before: Things, all_things: Things, old: str, new: str) -> Things | None:
    """A file's statements after the merge; None if they stay as they are."""
    after = Things()
    touched = False
    for triple in before.triples():
        subject, predicate, value = triple.subject, triple.predicate.value, triple.object
        if not isinstance(subject, ox.NamedNode) or not isinstance(value, ox.NamedNode | ox.Literal):
            continue
        if subject.value == old:
            touched = True
            if predicate in _IDENTITY:
                after.add(old, predicate, value)
        elif isinstance(value, ox.NamedNode) and value.value == old and predicate != DCTERMS.isReplacedBy:
            touched = True
            after.add(subject.value, predicate, new)
        else:
            after.add(subject.value, predicate, value)
    if before.values(old, RDF.type):
        after.add(old, OWL.deprecated, boolean(True))
        after.add(old, DCTERMS.isReplacedBy, new)
    if before.values(new, RDF.type):
        touched = True
        _inherit(all_things, after, old, new)
    return after if touched else None


def _inherit(all_things: Things, after: Things, old: str, new: str) -> None:
    """Give the one that stays the names and links of the one that goes."""
    said = all_things.of(old)
    have = {value for name in _NAMES for value in all_things.of(new).get(name, ())}
    for predicate in _NAMES:
        for value in said.get(predicate, ()):
            if value not in have:
                after.add(new, SKOS.altLabel, value)
    for predicate in _LINKS:
        for value in said.get(predicate, ()):
            after.add(new, predicate, value)


def _move_decisions(folder: DataFolder, old: str, new: str) -> list[Path]:
    """Decisions of tables that name the one that goes."""
    changed: list[Path] = []
    for path in sorted((folder.graphs / "sources").glob("*/matches.csv")):
        raw = read_bytes(path, str(path)).decode()
        rows = list(csv.reader(io.StringIO(raw, newline="")))
        moved = [
            [*row[:2], new.removeprefix(ID), *row[3:]] if len(row) > 2 and row[2] == old.removeprefix(ID) else row
            for row in rows
        ]
        if moved != rows:
            out = io.StringIO(newline="")
            csv.writer(out, lineterminator="\n").writerows(moved)
            path.write_text(out.getvalue(), encoding="utf-8")
            changed.append(path)
    return changed
