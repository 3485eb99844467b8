"""Bring Turtle texts and files into canonical layout, or refuse to."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection, Iterable
from pathlib import Path

import pyoxigraph as ox

from aigov_graph.dataset import DataFile, DataFolder, parse_turtle, read_bytes
from aigov_graph.errors import FolderUnreadable, LossyFormat
from aigov_graph.outline import outline
from aigov_graph.turtle.writer import write


def canonical(text: bytes, where: str) -> bytes:
    """A Turtle file in canonical layout, saying the same and every literal spelled the same.

    Prefixes are sorted and only those used; subjects are sorted by IRI; predicates stand in a fixed order, one value a
    line. Language tags are spelled as BCP 47 advises (``zh-Hans``), since readers ignore their case.

    Args:
        text: the file's bytes.
        where: the file's name, for errors.

    Raises:
        DataSyntaxError: the text is no Turtle of RDF 1.1.
        LossyFormat: it holds ``#`` comments, which no writer keeps, or the result would not say the same.
    """
    quads, prefixes = parse_turtle(text, where)
    remarks = outline(text.decode()).remarks
    if remarks:
        raise LossyFormat(
            f"{len(remarks)} comment{'s' if len(remarks) > 1 else ''} would be lost",
            f"{where}:{remarks[0]}",
            "say it as a statement, such as skos:editorialNote, or remove the comment",
        )
    dataset = _labelled(quads)
    written = write(dataset, prefixes)
    try:
        again = _labelled(parse_turtle(written, where)[0])
    except Exception as error:
        raise _lossy(where) from error
    if again != dataset:
        raise _lossy(where)
    return written


def format_files(folder: DataFolder, check: bool, only: Collection[Path] = ()) -> list[DataFile]:
    """Write the Turtle files of a folder in canonical layout.

    Nothing is written unless every file can be.

    Args:
        folder: where the files lie.
        check: only find the files, write nothing.
        only: these files of the folder; all, if none is named.

    Returns:
        The files that were, or with `check` would be, changed.

    Raises:
        FolderUnreadable: a file cannot be read or written, or is none of the folder's.
        DataSyntaxError, LossyFormat: as `canonical`.
    """
    changed: list[tuple[DataFile, bytes]] = []
    for file in _chosen(folder, only):
        text = read_bytes(file.path, file.name)
        layout = canonical(text, file.name)
        if layout != text:
            changed.append((file, layout))
    if not check:
        for file, layout in changed:
            try:
                _replace(file.path, layout)
            except OSError as error:
                raise FolderUnreadable(
                    f"cannot be written: {error.strerror}", file.name, "check the permissions and the space left"
                ) from error
    return [file for file, _ in changed]


def _chosen(folder: DataFolder, only: Collection[Path]) -> list[DataFile]:
    files = {file.path.resolve(): file for file in folder.files()}
    for path in only:
        if path.resolve() not in files:
            raise FolderUnreadable(
                "this is no Turtle file of the data folder", str(path), "name a .ttl file under ontology/ or graphs/"
            )
    return [files[path.resolve()] for path in only] or list(files.values())


def _lossy(where: str) -> LossyFormat:
    return LossyFormat(
        "the canonical layout would not say the same as the file",
        where,
        "leave this file as it is, and report it with the file as a fault of the formatter",
    )


def _replace(path: Path, content: bytes) -> None:
    """Put new content in a file's place in one step, so that no one reads half of it."""
    path = path.resolve()
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as draft:
        try:
            draft.write(content)
            draft.close()
            shutil.copymode(path, draft.name)
            Path(draft.name).replace(path)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise


def _labelled(quads: Iterable[ox.Quad]) -> ox.Dataset:
    """The statements with blank node labels that depend on nothing but what is said."""
    dataset = ox.Dataset(quads)
    if any(isinstance(term, ox.BlankNode) for quad in dataset for term in (quad.subject, quad.object)):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset
