"""A corpus of any size: the package's own data, and the interview again under other numbers until there is enough."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from aigov_graph.dataset import LoadedFile, find_data
from aigov_graph.vocabulary.namespaces import AIGOV, ID, PREFIXES, RDF, RDFS

INTERVIEW = "zeng-2021"

_LABEL, _DIGEST, _TYPE = ox.NamedNode(RDFS.label), ox.NamedNode(AIGOV.textDigest), ox.NamedNode(RDF.type)
_CLAIM = ox.NamedNode(AIGOV.Claim)


def write(folder: Path, claims: int) -> int:
    """Write a data folder that holds at least so many claims; gives how many it holds."""
    shutil.copytree(find_data().ontology, folder / "ontology")
    shutil.copytree(find_data().graphs, folder / "graphs")
    files = [loaded for loaded in find_data().load().files if loaded.file.kind == "source"]
    interview = [loaded for loaded in files if loaded.file.path.parent.name == INTERVIEW]
    found, each = _claims(files), _claims(interview)
    own = {subject for loaded in interview for subject in loaded.lines}
    for number in range(1, -(-max(0, claims - found) // each) + 1):
        target = folder / "graphs" / "sources" / f"{INTERVIEW}-copy-{number}"
        target.mkdir()
        for loaded in interview:
            with (target / loaded.file.path.name).open("wb") as file:
                ox.serialize(_copied(loaded, own, number), file, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
        found += each
    return found


def _claims(files: list[LoadedFile]) -> int:
    return sum(quad.predicate == _TYPE and quad.object == _CLAIM for loaded in files for quad in loaded.quads)


def _copied(loaded: LoadedFile, own: set[str], number: int) -> Iterator[ox.Triple]:
    """The statements of a file, with other IRIs and labels for all that the source's folder describes."""

    def renamed(iri: str) -> ox.NamedNode:
        if iri not in own:
            return ox.NamedNode(iri)
        if iri.startswith(ID):
            return ox.NamedNode(f"{iri}-copy-{number}")
        return ox.NamedNode(iri.replace(f"/{INTERVIEW}-", f"/{INTERVIEW}-copy-{number}-"))

    for quad in sorted(loaded.quads, key=str):
        subject, value = quad.subject, quad.object
        assert isinstance(subject, ox.NamedNode)
        if isinstance(value, ox.NamedNode):
            value = renamed(value.value)
        elif quad.predicate == _LABEL and isinstance(value, ox.Literal):
            value = ox.Literal(f"{value.value} (copy {number})", language=value.language)
        elif quad.predicate == _DIGEST and subject.value == ID[INTERVIEW]:
            value = ox.Literal(f"sha256:{hashlib.sha256(str(number).encode()).hexdigest()}")
        yield ox.Triple(renamed(subject.value), quad.predicate, value)
