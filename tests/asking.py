"""Asking the questions of `graphs/queries`: their rows, how the answers in `data` write a value, and what all obey."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox

from aigov_graph.dataset import Dataset
from aigov_graph.questions import Question
from aigov_graph.vocabulary.namespaces import CLAIM, GRAPH, PASSAGE, PREFIXES, RDF, XSD

Row = tuple[str, ...]
Claim = Mapping[str, list[str]]
Answer = dict[str, ox.NamedNode | ox.Literal | None]

NUMBERS = {XSD.integer, XSD.decimal}


def things(dataset: Dataset, kind: str) -> dict[str, Claim]:
    """The things of a class in the sources' files."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in dataset.quads("source"):
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.object, ox.NamedNode | ox.Literal)
        found[quad.subject.value][quad.predicate.value].append(quad.object.value)
    return {iri: dict(values) for iri, values in found.items() if kind in values[RDF.type]}


def instances(quads: Iterable[ox.Quad], kind: str) -> set[str]:
    """The things of a class, as stated."""
    return {
        quad.subject.value
        for quad in quads
        if quad.predicate.value == RDF.type
        and quad.object == ox.NamedNode(kind)
        and not isinstance(quad.subject, ox.Triple)
    }


def backwards(quads: list[ox.Quad]) -> ox.Store:
    """The same graphs in memory, and their union, read from the end."""
    store = ox.Store()
    store.extend(reversed(quads))
    union = [quad for quad in reversed(quads) if quad.graph_name != ox.NamedNode(GRAPH.shapes)]
    store.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in union)
    return store


def asked(store: ox.Store, question: Question) -> list[Answer]:
    """The rows of a SELECT, by variable."""
    result = store.query(question.text)
    assert isinstance(result, ox.QuerySolutions)
    names = [variable.value for variable in result.variables]
    rows = []
    for solution in result:
        values = list(solution)
        assert all(value is None or isinstance(value, ox.NamedNode | ox.Literal) for value in values)
        rows.append(dict(zip(names, values, strict=True)))
    return rows


def shown(value: ox.NamedNode | ox.Literal | None) -> str:
    """A value as the answers write it: numbers without needless zeros, nothing for what is unbound."""
    if value is None:
        return ""
    if isinstance(value, ox.Literal) and value.datatype.value in NUMBERS:
        return f"{Decimal(value.value).normalize():f}"
    return value.value


def table(store: ox.Store, question: Question, without: set[str]) -> list[Row]:
    """Head and sorted rows of an answer, without some columns."""
    result = store.query(question.text)
    if isinstance(result, ox.QueryBoolean):
        return [("answer",), (str(bool(result)).lower(),)]
    assert isinstance(result, ox.QuerySolutions)
    head = tuple(variable.value for variable in result.variables if variable.value not in without)
    return [head, *sorted(tuple(shown(row[column]) for column in head) for row in asked(store, question))]


def written(path: Path) -> list[Row]:
    """An answer as it was written down, its rows sorted."""
    with path.open(newline="", encoding="utf-8") as file:
        head, *rows = map(tuple, csv.reader(file))
    return [head, *sorted(rows)]


def check_house_style(question: Question) -> None:
    """Our prefixes, each used; an order of rows; no claim by its number, no EDTF, which SPARQL cannot compare."""
    body = re.sub(r"^#.*$", "", question.text, flags=re.MULTILINE)
    declared = dict(re.findall(r"^PREFIX (\w+): <(.*)>$", body, re.MULTILINE))
    assert declared == {prefix: PREFIXES[prefix] for prefix in sorted(declared)}
    query = body.partition("\n\nSELECT")[2] or body.partition("\n\nASK")[2] or body.partition("\n\nCONSTRUCT")[2]
    assert {prefix for prefix in PREFIXES if re.search(rf"(?<![\w?]){prefix}:", query)} == set(declared)
    assert question.form != "SELECT" or "ORDER BY" in query
    assert CLAIM not in query
    assert PASSAGE not in query
    assert "aigov:when" not in query
    assert "edtf:" not in query
    assert len(max(question.text.splitlines(), key=len)) <= 120
