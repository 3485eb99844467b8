"""A folder of ontology/ and graphs/: which files it holds, which named graph each goes into, and their statements.

The only module that knows where the package's own data lies.
"""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from aigov_graph.errors import BlankNodeFound, DataSyntaxError, DuplicateSubject, FolderUnreadable
from aigov_graph.outline import outline
from aigov_graph.vocabulary import Vocabulary
from aigov_graph.vocabulary.namespaces import GRAPH, PREFIXES

Kind = Literal["ontology", "shapes", "entities", "reference", "source"]

_SOURCE_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_OTHER_GRAPHS = frozenset(
    {"catalog", "disputed", "edges", "entities", "facts", "inferred", "links", "ontology", "reference", "shapes"}
)


@dataclass(frozen=True, slots=True)
class DataFile:
    """One Turtle file: its path, its name relative to the data folder, its kind and the graph it fills."""

    path: Path
    name: str
    kind: Kind
    graph: str


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """A file's statements, in its graph, and the line (from 1) at which each subject's block starts."""

    file: DataFile
    quads: tuple[ox.Quad, ...]
    lines: dict[str, int]


@dataclass(frozen=True)
class Dataset:
    """All files of a folder, read and checked for what no shape can see: syntax, blank nodes, subjects told twice."""

    files: tuple[LoadedFile, ...]

    def quads(self, *kinds: Kind) -> Iterator[ox.Quad]:
        """The statements of the files of these kinds; of all files if none is named."""
        for loaded in self.files:
            if not kinds or loaded.file.kind in kinds:
                yield from loaded.quads

    def vocabulary(self) -> Vocabulary:
        """What the ontology says of its terms."""
        return Vocabulary.from_quads(self.quads("ontology"))

    def locate(self, iri: str) -> tuple[DataFile, int] | None:
        """The file and line where a subject's block starts, or None. Curated data before ontology."""
        for loaded in reversed(self.files):
            if iri in loaded.lines:
                return loaded.file, loaded.lines[iri]
        return None


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Where the ontology and the graphs lie."""

    ontology: Path
    graphs: Path

    def files(self) -> tuple[DataFile, ...]:
        """The Turtle files in a fixed order, whatever order the file system gives; without graphs/, the ontology's.

        Raises:
            FolderUnreadable: ontology/ is absent, a folder may not be read or has the name of a Turtle file, or a file
                lies where it fills no graph.
        """
        found: list[DataFile] = []
        for path in _turtle_files(self.ontology):
            relative = path.relative_to(self.ontology)
            shapes = relative.name == "shapes.ttl"
            found.append(
                DataFile(
                    path,
                    f"ontology/{relative.as_posix()}",
                    *(("shapes", GRAPH.shapes) if shapes else ("ontology", GRAPH.ontology)),
                )
            )
        for path in _turtle_files(self.graphs) if self.graphs.exists() else ():
            relative = path.relative_to(self.graphs)
            name = f"graphs/{relative.as_posix()}"
            match relative.parts:
                case ("entities", *_):
                    found.append(DataFile(path, name, "entities", GRAPH.entities))
                case ("reference", *_):
                    found.append(DataFile(path, name, "reference", GRAPH.reference))
                case ("sources", source, _, *_):
                    if not _SOURCE_NAME.fullmatch(source) or source in _OTHER_GRAPHS:
                        raise FolderUnreadable(
                            f"{source!r} cannot name a source",
                            name,
                            "use lower-case letters, digits and hyphens, and no name of another graph",
                        )
                    found.append(DataFile(path, name, "source", GRAPH[source]))
                case _:
                    raise FolderUnreadable(
                        "this Turtle file lies where no graph is made from it",
                        name,
                        "move it into entities/, reference/ or sources/<id>/",
                    )
        return tuple(found)

    def query_files(self, folder: Literal["rules", "queries"]) -> tuple[Path, ...]:
        """The .rq files of graphs/rules or graphs/queries by name; the package's own where this folder has none."""
        own = self.graphs / folder
        chosen = own if own.is_dir() else find_data().graphs / folder
        return tuple(sorted(chosen.glob("*.rq")))

    def load(self) -> Dataset:
        """Read every file.

        Raises:
            FolderUnreadable, DataSyntaxError, BlankNodeFound, DuplicateSubject: with file, line and column.
        """
        loaded = tuple(read_file(file) for file in self.files())
        seen: dict[str, str] = {}
        for item in loaded:
            for subject in sorted({q.subject.value for q in item.quads if isinstance(q.subject, ox.NamedNode)}):
                if item.file.kind == "source" and subject in seen:
                    raise DuplicateSubject(
                        f"{shorten(subject)} is described here and in {seen[subject]}",
                        f"{item.file.name}:{item.lines.get(subject, 1)}",
                        "give one of the two another number; numbers are never used twice",
                    )
                seen.setdefault(subject, item.file.name)
        return Dataset(loaded)


def find_data(folder: Path | None = None) -> DataFolder:
    """The data of a given folder, or the package's own, in a checkout and in an installed wheel alike.

    A folder without an ontology/ of its own uses the package's; an empty one has no data.

    Raises:
        FolderUnreadable: the folder is absent or unreadable, or holds other things but neither ontology/ nor graphs/.
    """
    here = Path(__file__).resolve().parent
    for root in (here / "data", here.parent.parent):
        if (root / "ontology" / "aigov.ttl").is_file():
            own = DataFolder(root / "ontology", root / "graphs")
            break
    else:
        raise FolderUnreadable("the package's ontology is missing", str(here), "install the package again")
    if folder is None:
        return own
    if not folder.is_dir():
        raise FolderUnreadable("there is no such folder", str(folder), "name a folder that holds graphs/")
    try:
        names = {path.name for path in folder.iterdir()}
    except OSError as error:
        raise _cannot_be_listed(folder, error) from error
    if names and not names & {"ontology", "graphs"}:
        raise FolderUnreadable(
            "neither ontology/ nor graphs/ is in it", str(folder), "name a folder that holds graphs/"
        )
    return DataFolder(folder / "ontology" if (folder / "ontology").is_dir() else own.ontology, folder / "graphs")


def read_file(file: DataFile) -> LoadedFile:
    """Read one Turtle file into its graph.

    Raises:
        FolderUnreadable: it cannot be opened.
        DataSyntaxError: it is no Turtle; with line and column.
        BlankNodeFound: a statement has a node without an IRI; shapes may hold them.
        DuplicateSubject: a subject has two blocks.
    """
    raw = read_bytes(file.path, file.name)
    triples, _ = parse_turtle(raw, file.name)
    found = outline(raw.decode())
    graph = ox.NamedNode(file.graph)
    quads = tuple(ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)
    if file.kind != "shapes":
        for quad in quads:
            if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
                raise BlankNodeFound(
                    f"a blank node in a statement with {shorten(quad.predicate.value)}",
                    f"{file.name}:{found.blank or 1}",
                    "give the thing an IRI of its own, so that it can be cited, edited and compared",
                )
    lines: dict[str, int] = {}
    for subject, line in found.subjects:
        if subject in lines:
            raise DuplicateSubject(
                f"{shorten(subject)} has a block here and at line {lines[subject]}",
                f"{file.name}:{line}",
                "join the two blocks, or give one of the two another number",
            )
        lines[subject] = line
    return LoadedFile(file, quads, lines)


def read_bytes(path: Path, where: str) -> bytes:
    """A file's content.

    Raises:
        FolderUnreadable: it cannot be opened.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise FolderUnreadable(f"cannot be read: {error.strerror}", where, "check the file's permissions") from error


def parse_turtle(text: bytes, where: str) -> tuple[tuple[ox.Quad, ...], dict[str, str]]:
    """The statements of a Turtle text, in the default graph, and the prefixes it declares.

    Raises:
        DataSyntaxError: it is no Turtle of RDF 1.1; with line and column where the parser gives them.
    """
    if text.startswith(codecs.BOM_UTF8):
        raise DataSyntaxError(
            "a byte order mark", f"{where}:1:1", "save the file as UTF-8 without it", line=1, column=1
        )
    parser = ox.parse(text, format=ox.RdfFormat.TURTLE)
    try:
        quads = tuple(parser)
    except SyntaxError as error:
        raise DataSyntaxError(
            error.msg.partition(": ")[2] or error.msg,
            f"{where}:{error.lineno or 1}:{error.offset or 1}",
            "mend the Turtle there; declare every prefix at the top of the file",
            line=error.lineno,
            column=error.offset,
        ) from error
    for quad in quads:
        value = quad.object
        if isinstance(value, ox.Triple) or (isinstance(value, ox.Literal) and value.direction is not None):
            raise DataSyntaxError(
                f"a triple term or a text direction, with {shorten(quad.predicate.value)}: that is RDF 1.2",
                where,
                "the files are RDF 1.1; write a claim instead",
            )
    return quads, parser.prefixes


def shorten(iri: str) -> str:
    """An IRI as prefix and local name where one of our prefixes fits, else in angle brackets."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and (local := iri[len(namespace) :]) and re.fullmatch(r"[\w-]+", local):
            return f"{prefix}:{local}"
    return f"<{iri}>"


def _turtle_files(folder: Path) -> list[Path]:
    if not folder.exists():
        raise FolderUnreadable("there is no such folder", str(folder), "make it, or name another with --data")

    def fail(error: OSError) -> None:
        raise _cannot_be_listed(Path(error.filename), error) from error

    found: list[Path] = []
    for place, inner, names in os.walk(folder, onerror=fail):
        # What begins with a dot is an editor's or a mount's own.
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in inner:
            if name.endswith(".ttl"):
                raise FolderUnreadable(
                    "a folder has the name of a Turtle file",
                    str(Path(place, name)),
                    "give the folder a name without .ttl, or put a file in its place",
                )
        found += (Path(place, name) for name in names if name.endswith(".ttl") and not name.startswith("."))
    return sorted(found, key=Path.as_posix)


def _cannot_be_listed(folder: Path, error: OSError) -> FolderUnreadable:
    return FolderUnreadable(f"cannot be listed: {error.strerror}", str(folder), "check the permissions")
