"""The folder of a release, file by file."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from aigov_graph.errors import ExportError
from aigov_graph.exports import FORMATS, Export, Network, Reader, View, network
from aigov_graph.exports.options import STATUSES
from aigov_graph.exports.rdf import serialized
from aigov_graph.release.description import described, title_and_description
from aigov_graph.release.materials import bill_of_materials
from aigov_graph.release.packages import About, File, croissant, data_package
from aigov_graph.release.tables import tables
from aigov_graph.release.terms import DUMP, Terms, changes
from aigov_graph.stores import named_quads, nquads
from aigov_graph.vocabulary.namespaces import GRAPH

CHECKSUMS: Final = "SHA256SUMS"

Tell = Callable[[str], None]

_CONTENTS: Final = {
    DUMP: "all named graphs, N-Quads",
    "aigov-graph.trig.gz": "all named graphs, TriG",
    "aigov-graph.ttl.gz": "all statements but the shapes, without graphs, Turtle",
    "catalog.ttl": "what the data set is, VoID and DCAT",
    "datapackage.json": "the same for Frictionless",
    "croissant.json": "the same as Croissant",
    "TERMS.md": "what changed in the ontology since the version before",
    "sbom.cdx.json": "what the software stands on, CycloneDX",
    "CITATION.cff": "how to cite it",
    "LICENSE": "the terms of the software and of the data",
    "CHANGELOG.md": "what changed in ontology, data and service",
    CHECKSUMS: "digests of all files: sha256sum --check SHA256SUMS",
}


def release(
    reader: Reader,
    folder: Path,
    more: Iterable[Path] = (),
    tell: Tell = lambda line: None,
    *,
    before: Terms | None = None,
    issued: date | None = None,
    lock: Path | None = None,
) -> list[Path]:
    """Write a release of one version.

    Args:
        reader: the version.
        folder: made; what stands there under the same names is written over.
        more: files to take along, such as the citation and the licence.
        tell: told of each file, and of what could not be written.
        before: the ontology's terms in the release before; None if this is the first.
        issued: the day of the release; today if not given.
        lock: requirements with hashes, for the bill of materials.

    Returns:
        The files, the checksums last.
    """
    folder.mkdir(parents=True, exist_ok=True)
    now = Terms.from_quads(reader.store.quads_for_pattern(None, None, None, ox.NamedNode(GRAPH.ontology)))
    whole = network(reader, View(statuses=STATUSES, situations=True, claims=True))
    about = About(
        *title_and_description(reader),
        now.version or "0",
        issued or date.today(),
        reader.dataset_license,
        whole.attribution,
    )
    plain = tables(reader, whole)
    dumps = _dumps(reader, folder)
    exports, absent = _exports(reader, folder / "exports", network(reader))
    sheets = [table.write(folder) for table in plain]
    dumped, shown = ([File.of(path, folder) for path in paths] for paths in (dumps, [*exports, *sheets]))
    pinned = lock.read_text("utf-8") if lock else ""
    files = [
        *dumps,
        *exports,
        *sheets,
        _written(folder / "catalog.ttl", described(reader, dumped, shown, about)),
        _written(folder / "TERMS.md", changes(now, before).encode()),
        _written(folder / "sbom.cdx.json", _json(bill_of_materials(about.version, pinned))),
        *(Path(shutil.copy(path, folder / path.name)) for path in more if path.is_file()),
    ]
    contents = folder / "CONTENTS.md"
    texts = {**_CONTENTS, **{table.path: table.help for table in plain}}
    names = [*(path.relative_to(folder).as_posix() for path in files), "datapackage.json", "croissant.json", CHECKSUMS]
    files.append(_written(contents, _contents(about, names, texts, absent).encode()))
    listed = [File.of(path, folder) for path in sorted(files)]
    files.append(_written(folder / "datapackage.json", _json(data_package(about, listed, plain))))
    files.append(_written(folder / "croissant.json", _json(croissant(about, listed, plain))))
    for path in files:
        tell(path.relative_to(folder).as_posix())
    for line in absent:
        tell(line)
    sums = "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in sorted(files)
    )
    return [*files, _written(folder / CHECKSUMS, sums.encode())]


def _dumps(reader: Reader, folder: Path) -> list[Path]:
    """Everything, in the three syntaxes that people load."""
    quads = list(named_quads(reader.store))
    shapes = ox.NamedNode(GRAPH.shapes)
    union = sorted({ox.Quad(q.subject, q.predicate, q.object) for q in quads if q.graph_name != shapes}, key=str)
    return [
        _packed(folder / DUMP, b"".join(nquads(quads))),
        _packed(folder / "aigov-graph.trig.gz", serialized(quads, ox.RdfFormat.TRIG)),
        _packed(folder / "aigov-graph.ttl.gz", serialized(union, ox.RdfFormat.TURTLE)),
    ]


def _exports(reader: Reader, folder: Path, found: Network) -> tuple[list[Path], list[str]]:
    """The facts in every format that can hold them, and a line for each that cannot."""
    folder.mkdir(exist_ok=True)
    written, absent = [], []
    for form in FORMATS.values():
        out = io.BytesIO()
        try:
            form.write(Export(found, reader), out)
        except ExportError as error:
            absent.append(f"{form.label} left out: {error.what}")
            continue
        written.append(_written(folder / f"facts{form.suffix}", out.getvalue()))
    return written, absent


def _contents(about: About, names: Sequence[str], texts: dict[str, str], absent: Sequence[str]) -> str:
    """A page for people: each file, what is in it and what opens it."""
    exports = {f"exports/facts{form.suffix}": f"the facts, {form.label}: {form.reads}" for form in FORMATS.values()}
    known = {**texts, **exports}
    rows = [f"| {name} | {known.get(name, '')} |" for name in names]
    lines = [
        f"# {about.title}, version {about.version}",
        "",
        f"Issued {about.issued.isoformat()}. {about.citation}",
        "",
        about.description,
        "",
        "The files in exports/ hold the facts alone. What is hedged, disputed or denied is in the dumps and in",
        "tables/, where `status` says so.",
        "",
        "| file | what it is |",
        "| --- | --- |",
        *rows,
        *(f"\n{line}." for line in absent),
        "",
        f"Licence of what was written for this data set: {about.license or 'not stated'}.",
        "Sources keep their own rights:",
        "",
        *(f"- {line}" for line in about.attribution),
        "",
    ]
    return "\n".join(lines)


def _json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _packed(path: Path, data: bytes) -> Path:
    return _written(path, gzip.compress(data, mtime=0))


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
