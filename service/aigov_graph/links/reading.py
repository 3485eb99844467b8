"""The link files of a data folder, and the statements they make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from aigov_graph.dataset import DataFolder, Dataset, read_bytes, shorten
from aigov_graph.errors import LinkFileWrong
from aigov_graph.links.mappings import MappingSet
from aigov_graph.links.sssom import SUFFIX, read_sssom
from aigov_graph.links.targets import TARGETS
from aigov_graph.vocabulary.namespaces import GRAPH, ID, RDF, SKOS

_LINKS: Final = ox.NamedNode(GRAPH.links)


@dataclass(frozen=True, slots=True)
class Linkset:
    """The links of one kind to one target, as VoID describes them.

    Attributes:
        iri: of the set.
        title: in English.
        target: the data set that the objects are of.
        target_label: what people call that.
        predicate: of all its links.
        triples: how many there are.
        license: the address of the licence of the links.
        rights: what the registries ask to be said; may be empty.
    """

    iri: str
    title: str
    target: str
    target_label: str
    predicate: str
    triples: int
    license: str
    rights: str


def read_links(folder: DataFolder, dataset: Dataset | None = None) -> tuple[MappingSet, ...]:
    """The files of graphs/links, by name.

    Args:
        folder: the data.
        dataset: if given, each subject must be a thing that it describes.

    Raises:
        FolderUnreadable: a file cannot be opened.
        LinkFileWrong: a file cannot be taken, or links a thing that nothing describes; with file, line and remedy.
    """
    paths = sorted((folder.graphs / "links").glob(f"*{SUFFIX}"))
    found = []
    for path in paths:
        where = f"graphs/links/{path.name}"
        try:
            text = read_bytes(path, where).decode()
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise LinkFileWrong("this is no UTF-8", f"{where}:{line}", "save the file as UTF-8") from error
        found.append(read_sssom(text, path.name.removesuffix(SUFFIX), where))
    if dataset is not None:
        _refuse_strangers(found, dataset)
    return tuple(found)


def link_quads(sets: Iterable[MappingSet]) -> list[ox.Quad]:
    """The links as statements of the graph of links: neither the negated nor what was not found."""
    return [
        ox.Quad(ox.NamedNode(row.subject), ox.NamedNode(row.predicate), ox.NamedNode(row.object), _LINKS)
        for found in sets
        for row in found.links
    ]


def linksets(sets: Iterable[MappingSet]) -> list[Linkset]:
    """What VoID says of the links: a set for each target and predicate, since a linkset has one predicate."""
    described = []
    for found in sets:
        target = TARGETS.get(found.name)
        label = target.label if target else found.header.get("mapping_set_title", found.name)
        for predicate, count in sorted(Counter(row.predicate for row in found.links).items()):
            kind = predicate.removeprefix(SKOS)
            described.append(
                Linkset(
                    iri=ID[f"links-to-{found.name}-{kind.removesuffix('Match')}"],
                    title=f"Links to {label}: {kind.removesuffix('Match')} matches",
                    target=found.header["object_source"],
                    target_label=(target.part_of if target else "") or label,
                    predicate=predicate,
                    triples=count,
                    license=found.header["license"],
                    rights=found.header.get("comment", ""),
                )
            )
    return described


def _refuse_strangers(sets: Iterable[MappingSet], dataset: Dataset) -> None:
    known = {
        quad.subject.value
        for quad in dataset.quads("entities", "reference")
        if quad.predicate.value == RDF.type and isinstance(quad.subject, ox.NamedNode)
    }
    for found in sets:
        for row in found.mappings:
            if row.subject not in known:
                raise LinkFileWrong(
                    f"nothing describes {shorten(row.subject)}",
                    f"{found.where}:{row.line}",
                    "mend its spelling, describe it in graphs/entities/, or take the row out",
                )
