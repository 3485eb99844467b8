"""What no shape can see: dates in EDTF, and keys, which compare a thing with all others.

What a check says when it fails, and how severe that is, stands beside the shapes, in ``ontology/shapes.ttl``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import product
from typing import Final

import pyoxigraph as ox

from aigov_graph import dates
from aigov_graph.dataset import Dataset, Kind, shorten
from aigov_graph.errors import DataError, DateError
from aigov_graph.validation.declarations import Check, Key, read_checks
from aigov_graph.validation.messages import fill
from aigov_graph.validation.paths import Path
from aigov_graph.validation.report import Problem
from aigov_graph.validation.terms import text_of
from aigov_graph.vocabulary import Vocabulary
from aigov_graph.vocabulary.namespaces import AIGOV, EDTF_DATATYPE, GRAPH, RDF, SCHEMA, SHAPE

_Value = ox.NamedNode | ox.Literal
_EDTF: Final = ox.NamedNode(EDTF_DATATYPE)
_REFERENCE: Final = ox.NamedNode(GRAPH.reference)
_OF_REGISTRIES: Final = frozenset(
    {AIGOV.capital, AIGOV.m49Code, SCHEMA.containedInPlace, SCHEMA.latitude, SCHEMA.longitude}
)

JUDGED: Final[tuple[Kind, ...]] = ("ontology", "entities", "reference", "source")
"""The kinds of files whose statements are judged: all but the shapes themselves."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What the checks read of a dataset, read once for all of them.

    Attributes:
        said: subjects and values by predicate, of all files that are judged.
        described: the subjects of all files but the ontology's.
    """

    dataset: Dataset
    vocabulary: Vocabulary
    said: Mapping[str, Sequence[tuple[ox.NamedNode, _Value]]]
    described: Set[ox.NamedNode]

    @classmethod
    def of(cls, dataset: Dataset) -> _Read:
        said: dict[str, list[tuple[ox.NamedNode, _Value]]] = defaultdict(list)
        described: set[ox.NamedNode] = set()
        for kind in JUDGED:
            for quad in dataset.quads(kind):
                if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                    said[quad.predicate.value].append((quad.subject, quad.object))
                    if kind != "ontology":
                        described.add(quad.subject)
        return cls(dataset, dataset.vocabulary(), dict(said), described)


def run_checks(dataset: Dataset) -> Iterator[Problem]:
    """The problems that the checks of the dataset's shapes find, without their places in files.

    Raises:
        DataError: the shapes name a check that is not known here.
    """
    read = _Read.of(dataset)
    for check in read_checks(dataset.quads("shapes")):
        if isinstance(check, Key):
            yield from _clashes(check, read)
        elif check.iri in CHECKS:
            yield from CHECKS[check.iri](check, read)
        else:
            raise DataError(
                f"no code makes the check {check.iri}",
                "ontology/shapes.ttl",
                f"known checks: {', '.join(sorted(CHECKS))}; or declare it as an aigov:Key",
            )


def _malformed_dates(check: Check, read: _Read) -> Iterator[Problem]:
    for predicate, pairs in read.said.items():
        for subject, value in pairs:
            if isinstance(value, ox.Literal) and value.datatype == _EDTF:
                try:
                    dates.parse(value.value)
                except DateError as error:
                    yield _problem(check, subject, predicate, value, fill(check.message, {"why": error.what}))


def _of_no_class(check: Check, read: _Read) -> Iterator[Problem]:
    """A thing that no shape targets would pass whatever is said of it, relations without evidence too.

    Reference data may say of its own graph where it comes from.
    """
    ours = {term for term in read.vocabulary.classes if term.startswith(AIGOV)}
    known = {subject for subject, value in read.said.get(RDF.type, ()) if value.value in ours}
    for subject in read.described - known - {_REFERENCE}:
        yield _problem(check, subject, RDF.type, None, check.message)


def _in_two_files(check: Check, read: _Read) -> Iterator[Problem]:
    """One IRI for two entities. Sources cannot, reading refuses it; reference/ may add to what entities/ describes."""
    homes: dict[ox.NamedNode, str] = {}
    for loaded in read.dataset.files:
        if loaded.file.kind == "entities":
            for subject in {quad.subject for quad in loaded.quads if isinstance(quad.subject, ox.NamedNode)}:
                if (home := homes.setdefault(subject, loaded.file.name)) != loaded.file.name:
                    yield _problem(check, subject, RDF.type, None, fill(check.message, {"other": home}))


def _from_a_registry(check: Check, read: _Read) -> Iterator[Problem]:
    """Where a place lies is no identity: people write it nowhere, the command that reads the registries does."""
    for loaded in read.dataset.files:
        if loaded.file.kind in ("entities", "source"):
            for quad in loaded.quads:
                if quad.predicate.value in _OF_REGISTRIES and isinstance(quad.subject, ox.NamedNode):
                    yield _problem(check, quad.subject, quad.predicate.value, None, check.message)


CHECKS: Final[dict[str, Callable[[Check, _Read], Iterator[Problem]]]] = {
    SHAPE.edtf: _malformed_dates,
    SHAPE.kind: _of_no_class,
    SHAPE["one-file"]: _in_two_files,
    SHAPE["registry-only"]: _from_a_registry,
}
"""The checks by the IRI under which `shapes.ttl` declares them."""


def _clashes(key: Key, read: _Read) -> Iterator[Problem]:
    """Members of one class that share the key's values: every one but the first, with the first it clashes with."""
    above = read.vocabulary.superclasses
    kinds: dict[ox.NamedNode, set[str]] = defaultdict(set)
    members_of = {
        kind
        for kind in {value.value for _, value in read.said.get(RDF.type, ())}
        if key.on_class in (kind, *above(kind))
    }
    for subject, value in read.said.get(RDF.type, ()):
        if value.value in members_of:
            kinds[subject].add(value.value)
    values: dict[ox.NamedNode, dict[str, set[_Value]]] = defaultdict(lambda: defaultdict(set))
    for name in key.properties:
        for subject, value in read.said.get(name, ()):
            if subject in kinds:
                values[subject][name].add(value)
    closed = {s: found.union(*map(above, found)) for s, found in kinds.items()}
    members: dict[tuple[_Value, ...], list[ox.NamedNode]] = defaultdict(list)
    for subject in sorted(values, key=str):
        for combination in product(*(sorted(values[subject][name], key=str) for name in key.properties)):
            for other in members[combination]:
                if kinds[subject] & closed[other] or kinds[other] & closed[subject]:
                    shared = combination[0] if len(combination) == 1 else None
                    message = fill(key.message, {"other": shorten(other.value)})
                    yield _problem(key, subject, key.properties[0], shared, message)
                    break
            members[combination].append(subject)


def _problem(check: Check, subject: ox.NamedNode, path: str, value: _Value | None, message: str) -> Problem:
    return Problem(
        severity=check.severity,
        subject=subject.value,
        path=Path.of(path),
        value=None if value is None else text_of(value),
        check=check.iri,
        component=check.iri,
        message=message,
        remedy=check.remedy,
    )
