"""Checks and keys as `ontology/shapes.ttl` declares them: what they say when they fail, and how severe that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

import pyoxigraph as ox

from aigov_graph.errors import DataError
from aigov_graph.validation.messages import split_message
from aigov_graph.validation.report import Severity
from aigov_graph.vocabulary.namespaces import AIGOV, RDF, SH


@dataclass(frozen=True, slots=True)
class Check:
    """A check that code makes."""

    iri: str
    severity: Severity
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Key(Check):
    """Properties whose values together no two members of one class may share."""

    on_class: str
    properties: tuple[str, ...]


def read_checks(quads: Iterable[ox.Quad]) -> tuple[Check, ...]:
    """The checks and keys that a shapes graph declares, by IRI.

    Raises:
        DataError: one lacks a statement that it needs.
    """
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            said[quad.subject.value][quad.predicate.value].append(quad.object.value)
    kinds = {AIGOV.Check, AIGOV.Key}
    return tuple(_read(iri, values) for iri, values in sorted(said.items()) if kinds & set(values[RDF.type]))


def _read(iri: str, values: dict[str, list[str]]) -> Check:
    is_key = AIGOV.Key in values[RDF.type]
    for needed in (SH.severity, SH.message, *((AIGOV.onClass, AIGOV.keyProperty) if is_key else ())):
        if not values[needed]:
            raise DataError("a check lacks a statement", f"{iri} in ontology/shapes.ttl", f"add {needed} to it")
    severity = cast(Severity, values[SH.severity][0].removeprefix(SH))
    message, remedy = split_message(values[SH.message][0])
    if not is_key:
        return Check(iri, severity, message, remedy)
    properties = tuple(sorted(values[AIGOV.keyProperty]))
    return Key(iri, severity, message, remedy, values[AIGOV.onClass][0], properties)
