"""A new source: its folder, its description, and a passage for each paragraph of its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aigov_graph import dates
from aigov_graph.dataset import DataFolder
from aigov_graph.errors import AigovError
from aigov_graph.passages import digest_text
from aigov_graph.sources.folder import PassageBook, SourceFolder, source_path
from aigov_graph.sources.names import Names
from aigov_graph.sources.problems import CellError
from aigov_graph.sources.statements import Things, edtf, text, typed, write_files
from aigov_graph.vocabulary.namespaces import AIGOV, DCTERMS, ID, RDF, RDFS, SKOS, XSD


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of a source. Creators and publishers are actors, by name or slug; dates are EDTF."""

    title: str
    label: str = ""
    language: str = "en"
    creators: Sequence[str] = ()
    publishers: Sequence[str] = ()
    issued: str = ""
    created: str = ""
    modified: str = ""
    license: str = ""
    rights: Sequence[str] = ()
    addresses: Sequence[str] = ()
    notes: Sequence[str] = ()


def new_source(
    folder: DataFolder, name: str, content: str, description: Description, paragraphs: bool = True
) -> tuple[Path, int]:
    """Make the folder of a source.

    Args:
        folder: the data.
        name: the source's id, which is its folder's name.
        content: the whole text, or the whole table.
        description: what is known of it.
        paragraphs: whether to make a passage of each paragraph; a table has none.

    Returns:
        The folder, and how many paragraphs the text has.

    Raises:
        AigovError: the folder is there already, or part of the description cannot be read.
        FolderUnreadable: the name cannot be one of a source, or a file cannot be written.
    """
    path = source_path(folder, name)
    if (path / "source.ttl").exists():
        raise AigovError("the source is there already", str(path), "choose another id, or change its files")
    source = SourceFolder(name, path, Things(), Things(), Things(), Things())
    _describe(source, content, description, Names(folder.load()))
    count = 0
    if paragraphs:
        count = PassageBook(name, source.passages, content).add_paragraphs()
    write_files(source.files())
    return path, count


def _describe(source: SourceFolder, content: str, known: Description, names: Names) -> None:
    said, iri = source.source, source.iri
    if not known.label and not re.fullmatch(r"en(-\w+)*", known.language):
        raise AigovError(
            f"the title is in {known.language}, so the source needs an English label", source.name, "add --label"
        )
    said.add(iri, RDF.type, AIGOV.Source)
    said.add(iri, RDFS.label, text(known.label or known.title, "en"))
    said.add(iri, DCTERMS["title"], text(known.title, known.language))
    said.add(iri, DCTERMS.identifier, text(source.name))
    said.add(iri, DCTERMS.language, text(known.language))
    for predicate, actors in ((DCTERMS.creator, known.creators), (DCTERMS.publisher, known.publishers)):
        for actor in actors:
            try:
                said.add(iri, predicate, names.thing(actor, [AIGOV.Actor]))
            except CellError as error:
                nearest = f"nearest: {', '.join(error.nearest)}; " if error.nearest else ""
                remedy = f"{nearest}add a new one with: aigov-graph claims import --entities FILE"
                raise AigovError(error.what, source.name, remedy) from error
    for predicate, date in (
        (DCTERMS.issued, known.issued),
        (DCTERMS.created, known.created),
        (DCTERMS.modified, known.modified),
    ):
        if date:
            dates.parse(date)
            day = re.fullmatch(r"\d{4}-\d{2}-\d{2}", date)
            said.add(iri, predicate, typed(date, XSD.date) if day else edtf(date))
    if known.license:
        said.add(iri, DCTERMS.license, known.license)
    for rights in known.rights:
        said.add(iri, DCTERMS.rights, text(rights, "en"))
    for address in known.addresses:
        said.add(iri, DCTERMS.identifier, text(address))
    for note in known.notes:
        said.add(iri, SKOS.editorialNote, text(note, "en"))
    said.add(iri, AIGOV.textDigest, text(digest_text(content)))
    if f"{ID}{source.name}" in names.things:
        raise AigovError(f"id:{source.name} is the name of another thing", source.name, "choose another id")
