"""From files to a published version: read, validate, derive, describe, publish. The same bytes in, the same graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import pyoxigraph as ox

from aigov_graph import catalog, edge_index
from aigov_graph.dataset import DataFolder, Dataset
from aigov_graph.derivation import Rule, derive, read_rules
from aigov_graph.errors import BuildFailed
from aigov_graph.links import MappingSet, link_quads, linksets, read_links
from aigov_graph.search import BESIDE, write_beside
from aigov_graph.stores import Publisher, Version, canonical_quads
from aigov_graph.validation import Report, validate
from aigov_graph.vocabulary.namespaces import GRAPH, ONTOLOGY, OWL

Progress = Callable[[str, int, int], None]
"""Called with a step (read, validate, derive, publish), how much of it is done and how much there is."""

_VERSION_IRI: Final = ox.NamedNode(OWL.versionIRI)


def _no_progress(step: str, done: int, total: int) -> None:
    """Tell nobody."""


def assemble(folder: DataFolder) -> list[ox.Quad]:
    """All named graphs of a data folder: what its files say, what follows from it, its links, and the catalog.

    It does not validate: a graph to publish comes from `build`.

    Returns:
        Each statement once, in the order of its N-Quads: the same for the same files, on any machine and whatever
        order the folder lists them in.

    Raises:
        DataError, FolderUnreadable: the files cannot be read, or a claim's date cannot.
    """
    dataset = folder.load()
    return _assemble(dataset, read_links(folder, dataset), read_rules(folder.query_files("rules")), _no_progress)


def build(folder: DataFolder, store: Publisher, progress: Progress = _no_progress) -> Version:
    """Publish a data folder as the store's next version, whole or not at all.

    Args:
        folder: the files.
        store: where the version goes; whatever fails here, the version before stays current.
        progress: told of each step.

    Raises:
        BuildFailed: validation found a Violation; it carries all problems found.
        DataError, FolderUnreadable: the files cannot be read.
        StoreError: the version cannot be written.
    """
    progress("read", 0, 1)
    dataset, rules = folder.load(), read_rules(folder.query_files("rules"))
    links = read_links(folder, dataset)
    progress("read", 1, 1)
    progress("validate", 0, 1)
    _refuse_violations(validate(dataset), folder)
    progress("validate", 1, 1)
    quads = _assemble(dataset, links, rules, progress)
    progress("publish", 0, 1)
    version = store.publish(quads, {BESIDE: write_beside, edge_index.BESIDE: edge_index.write_beside})
    progress("publish", 1, 1)
    return version


def _refuse_violations(report: Report, folder: DataFolder) -> None:
    if not report.conforms:
        count = report.count("Violation")
        raise BuildFailed(
            f"{count} {'thing' if count == 1 else 'things'} in the data must be mended; nothing was published",
            str(folder.graphs),
            "run: aigov-graph validate",
            problems=report.problems,
        )


def _assemble(
    dataset: Dataset, links: Sequence[MappingSet], rules: Sequence[Rule], progress: Progress
) -> list[ox.Quad]:
    written = [*dataset.quads(), *link_quads(links)]
    named = canonical_quads([*written, *_version_iri(written), *derive(dataset, rules, progress)])
    return sorted([*named, *catalog.describe(named, linksets(links))], key=str)


def _version_iri(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """The ontology's version as an IRI, unless it has one: its number is written in one place."""
    ontology = ox.NamedNode(ONTOLOGY)
    about = [quad for quad in quads if quad.subject == ontology]
    if any(quad.predicate == _VERSION_IRI for quad in about):
        return []
    return [
        ox.Quad(ontology, _VERSION_IRI, ox.NamedNode(f"{ONTOLOGY}/{quad.object.value}"), ox.NamedNode(GRAPH.ontology))
        for quad in about
        if quad.predicate.value == OWL.versionInfo and isinstance(quad.object, ox.Literal)
    ]
