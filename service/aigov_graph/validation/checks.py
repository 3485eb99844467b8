"""What no shape can see: dates in EDTF, and keys, which compare a thing with all others.

What a check says when it fails, and how severe that is, stands beside the shapes, in ``ontology/shapes.ttl``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
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
from aigov_graph.vocabulary.namespaces import AIGOV, EDTF_DATATYPE, RDF, SHAPE

_Value = ox.NamedNode | ox.Literal

JUDGED: Final[tuple[Kind, ...]] = ("ontology", "entities", "reference", "source")
"""The kinds of files whose statements are judged: all but the shapes themselves."""


def run_checks(dataset: Dataset) -> Iterator[Problem]:
    """The problems that the checks of the dataset's shapes find, without their places in files.

    Raises:
        DataError: the shapes name a check that is not known here.
    """
    for check in read_checks(dataset.quads("shapes")):
        if isinstance(check, Key):
            yield from _clashes(check, dataset)
        elif check.iri in CHECKS:
            yield from CHECKS[check.iri](check, dataset)
        else:
            raise DataError(
                f"no code makes the check {check.iri}",
                "ontology/shapes.ttl",
                f"known checks: {', '.join(sorted(CHECKS))}; or declare it as an aigov:Key",
            )


def _malformed_dates(check: Check, dataset: Dataset) -> Iterator[Problem]:
    for subject, predicate, value in _statements(dataset):
        if isinstance(value, ox.Literal) and value.datatype.value == EDTF_DATATYPE:
            try:
                dates.parse(value.value)
            except DateError as error:
                yield _problem(check, subject, predicate, value, fill(check.message, {"why": error.what}))


def _of_no_class(check: Check, dataset: Dataset) -> Iterator[Problem]:
    """A thing that no shape targets would pass whatever is said of it, relations without evidence too."""
    classes = {term for term in dataset.vocabulary().classes if term.startswith(AIGOV)}
    typed: dict[ox.NamedNode, bool] = defaultdict(bool)
    for subject, predicate, value in _statements(dataset, "entities", "reference", "source"):
        typed[subject] |= predicate == RDF.type and value.value in classes
    for subject, known in typed.items():
        if not known:
            yield _problem(check, subject, RDF.type, None, check.message)


def _in_two_files(check: Check, dataset: Dataset) -> Iterator[Problem]:
    """One IRI for two entities. Sources cannot, reading refuses it; reference/ may add to what entities/ describes."""
    homes: dict[ox.NamedNode, str] = {}
    for loaded in dataset.files:
        if loaded.file.kind == "entities":
            for subject in {quad.subject for quad in loaded.quads if isinstance(quad.subject, ox.NamedNode)}:
                if (home := homes.setdefault(subject, loaded.file.name)) != loaded.file.name:
                    yield _problem(check, subject, RDF.type, None, fill(check.message, {"other": home}))


CHECKS: Final[dict[str, Callable[[Check, Dataset], Iterator[Problem]]]] = {
    SHAPE.edtf: _malformed_dates,
    SHAPE.kind: _of_no_class,
    SHAPE["one-file"]: _in_two_files,
}
"""The checks by the IRI under which `shapes.ttl` declares them."""


def _clashes(key: Key, dataset: Dataset) -> Iterator[Problem]:
    """Members of one class that share the key's values: every one but the first, with the first it clashes with."""
    vocabulary = dataset.vocabulary()
    kinds: dict[ox.NamedNode, set[str]] = defaultdict(set)
    values: dict[ox.NamedNode, dict[str, set[_Value]]] = defaultdict(lambda: defaultdict(set))
    for subject, predicate, value in _statements(dataset):
        if predicate != RDF.type:
            if predicate in key.properties:
                values[subject][predicate].add(value)
        elif key.on_class in (value.value, *vocabulary.superclasses(value.value)):
            kinds[subject].add(value.value)
    closed = {s: found.union(*(vocabulary.superclasses(kind) for kind in found)) for s, found in kinds.items()}
    members: dict[tuple[_Value, ...], list[ox.NamedNode]] = defaultdict(list)
    for subject in sorted(kinds.keys() & values.keys(), key=str):
        for combination in product(*(sorted(values[subject][name], key=str) for name in key.properties)):
            for other in members[combination]:
                if kinds[subject] & closed[other] or kinds[other] & closed[subject]:
                    shared = combination[0] if len(combination) == 1 else None
                    message = fill(key.message, {"other": shorten(other.value)})
                    yield _problem(key, subject, key.properties[0], shared, message)
                    break
            members[combination].append(subject)


def _statements(dataset: Dataset, *kinds: Kind) -> Iterator[tuple[ox.NamedNode, str, _Value]]:
    for quad in dataset.quads(*(kinds or JUDGED)):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            yield quad.subject, quad.predicate.value, quad.object


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
