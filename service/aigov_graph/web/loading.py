"""Plain RDF files as a version that can be served: the operator's own files, read before anything listens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from aigov_graph.errors import DataSyntaxError, FolderUnreadable
from aigov_graph.pool.answers import DEFAULT_GRAPH
from aigov_graph.stores import Version, VersionedStore

FORMATS = {
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
}
"""What can be served, by suffix. RDF/XML and JSON-LD are not among them: they can point to files and addresses."""


def publish_files(files: Iterable[Path], store: VersionedStore) -> Version:
    """Publish the statements of some files as one version.

    What a file says in its default graph goes into a graph of its own, from which `--default-graph strict` answers.

    Raises:
        FolderUnreadable: a file cannot be read, or its suffix names none of these formats.
        DataSyntaxError: a file does not parse; with line and column.
        StoreError: the version cannot be written.
    """
    return store.publish([quad for file in files for quad in _read(file)])


def _read(file: Path) -> Iterator[ox.Quad]:
    form = FORMATS.get(file.suffix.lower())
    if form is None:
        raise FolderUnreadable("this suffix names no format that can be served", str(file), f"use {' '.join(FORMATS)}")
    own = ox.NamedNode(DEFAULT_GRAPH)
    base = file.resolve().as_uri()
    try:
        for quad in ox.parse(file.read_bytes(), format=form, base_iri=base, rename_blank_nodes=True):
            graph = own if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name
            yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)
    except OSError as error:
        raise FolderUnreadable(f"cannot be read: {error.strerror}", str(file), "check the path") from error
    except SyntaxError as error:
        where = f"{file}:{error.lineno or 1}:{error.offset or 1}"
        raise DataSyntaxError(
            error.msg, where, "mend the file there", line=error.lineno, column=error.offset
        ) from error
