"""What no shape can see: dates in EDTF, and keys, which compare a thing with all others.

What a check says when it fails, and how severe that is, stands beside the shapes, in ``ontology/shapes.ttl``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final, cast

import pyoxigraph as ox

from aigov_graph import dates
from aigov_graph.dataset import Dataset, Kind, shorten
from aigov_graph.errors import DataError, DateError
from aigov_graph.validation.messages import fill, split_message
from aigov_graph.validation.paths import Path
from aigov_graph.validation.report import Problem, Severity
from aigov_graph.validation.terms import text_of
from aigov_graph.vocabulary.namespaces import AIGOV, EDTF_DATATYPE, RDF, SH, SHAPE

_Value = ox.NamedNode | ox.Literal

JUDGED: Final[tuple[Kind, ...]] = ("ontology", "entities", "reference", "source")
"""The kinds of files whose statements are judged: all but the shapes themselves."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check that code makes: what `shapes.ttl` says of it."""

    iri: str
    severity: Severity
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Key(Check):
    """Properties whose values together no two members of one class may share."""

    on_class: str
    properties: tuple[str, ...]


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


def read_checks(quads: Iterable[ox.Quad]) -> tuple[Check, ...]:
    """The checks and keys that a shapes graph declares, by IRI.

    Raises:
        DataError: one lacks its severity, its message or its class.
    """
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            values[quad.subject.value][quad.predicate.value].append(quad.object.value)
    checks: list[Check] = []
    for iri, said in sorted(values.items()):
        kinds = said[RDF.type]
        if AIGOV.Check not in kinds and AIGOV.Key not in kinds:
            continue
        try:
            severity = cast(Severity, said[SH.severity][0].removeprefix(SH))
            message, remedy = split_message(said[SH.message][0])
            if AIGOV.Key in kinds:
                properties = tuple(sorted(said[AIGOV.keyProperty]))
                checks.append(Key(iri, severity, message, remedy, said[AIGOV.onClass][0], properties))
            else:
                checks.append(Check(iri, severity, message, remedy))
        except IndexError as error:
            raise DataError(
                "a check lacks its severity, its message or its class", iri, "mend it in ontology/shapes.ttl"
            ) from error
    return tuple(checks)


def _malformed_dates(check: Check, dataset: Dataset) -> Iterator[Problem]:
    for subject, predicate, value in _statements(dataset):
        if isinstance(value, ox.Literal) and value.datatype.value == EDTF_DATATYPE:
            try:
                dates.parse(value.value)
            except DateError as error:
                yield _problem(check, subject, predicate, value, fill(check.message, {"why": error.what}))


CHECKS: Final[dict[str, Callable[[Check, Dataset], Iterator[Problem]]]] = {SHAPE.edtf: _malformed_dates}
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


def _statements(dataset: Dataset) -> Iterator[tuple[ox.NamedNode, str, _Value]]:
    for quad in dataset.quads(*JUDGED):
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
