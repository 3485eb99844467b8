"""Run the rules over a dataset: dates first, which SPARQL cannot compute, then rule after rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Final

import pyoxigraph as ox

from aigov_graph.dataset import Dataset, find_data, shorten
from aigov_graph.dates import DateError, parse
from aigov_graph.derivation.rules import Rule, read_rules
from aigov_graph.errors import DataSyntaxError
from aigov_graph.vocabulary.namespaces import AIGOV, GRAPH, RDF, XSD

Progress = Callable[[str, int, int], None]
"""Called with a step, how much of it is done and how much there is."""

_EDGES: Final = ox.NamedNode(GRAPH.edges)
_EARLIEST, _LATEST, _ONGOING = (ox.NamedNode(AIGOV[name]) for name in ("earliest", "latest", "ongoing"))


def _no_progress(step: str, done: int, total: int) -> None:
    """Tell nobody."""


def derive(dataset: Dataset, rules: Sequence[Rule] | None = None, progress: Progress = _no_progress) -> list[ox.Quad]:
    """Everything that follows from a dataset's claims: the graphs facts, inferred, disputed and edges.

    Args:
        dataset: what people wrote; its shapes take no part.
        rules: those to run, in this order; the package's own if not given.
        progress: told of each rule, as ("derive", rules done, rules).

    Returns:
        Quads, each once, in the order of their N-Quads.

    Raises:
        DateError: a claim's date cannot be read; with its file and line.
        DataSyntaxError: a rule is no SPARQL CONSTRUCT query.
    """
    if rules is None:
        rules = read_rules(find_data().query_files("rules"))
    # One graph of everything: the rules read what lies in any graph, and the engine is fastest without a union.
    store = ox.Store()
    store.extend(_in_default_graph(dataset.quads("ontology", "entities", "reference", "source")))
    derived = set(_claim_dates(dataset))
    store.extend(_in_default_graph(derived))
    for done, rule in enumerate(rules):
        progress("derive", done, len(rules))
        made = _run(rule, store)
        derived.update(made)
        store.extend(_in_default_graph(made))
    progress("derive", len(rules), len(rules))
    return sorted(derived, key=str)


def _run(rule: Rule, store: ox.Store) -> list[ox.Quad]:
    graph = ox.NamedNode(rule.graph)
    where = f"graphs/rules/{rule.name}"
    try:
        result = store.query(rule.query)
    except SyntaxError as error:
        raise DataSyntaxError(f"the rule is no SPARQL: {error}", where, "mend the query there") from error
    if not isinstance(result, ox.QueryTriples):
        raise DataSyntaxError("the rule makes no statements", where, "write it as a CONSTRUCT query")
    return [ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in result]


def _in_default_graph(quads: Iterator[ox.Quad] | Sequence[ox.Quad] | set[ox.Quad]) -> Iterator[ox.Quad]:
    return (ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)


def _claim_dates(dataset: Dataset) -> Iterator[ox.Quad]:
    """The first and last day of each dated claim, and whether it goes on: EDTF cannot be compared in SPARQL."""
    dated = [quad for quad in dataset.quads("source") if quad.predicate.value == AIGOV.when]
    claims = {quad.subject for quad in dataset.quads("source") if _types_a_claim(quad)}
    for quad in dated:
        if quad.subject not in claims or not isinstance(quad.subject, ox.NamedNode):
            continue
        try:
            span = parse(quad.object.value if isinstance(quad.object, ox.Literal) else str(quad.object))
        except DateError as error:
            found = dataset.locate(quad.subject.value)
            raise DateError(
                f"{shorten(quad.subject.value)} is dated '{error.where}': {error.what}",
                f"{found[0].name}:{found[1]}" if found else quad.subject.value,
                error.remedy,
            ) from error
        if span.earliest:
            yield ox.Quad(quad.subject, _EARLIEST, _day(span.earliest), _EDGES)
        if span.latest:
            yield ox.Quad(quad.subject, _LATEST, _day(span.latest), _EDGES)
        yield ox.Quad(quad.subject, _ONGOING, ox.Literal(span.ongoing), _EDGES)


def _types_a_claim(quad: ox.Quad) -> bool:
    return (
        quad.predicate.value == RDF.type and isinstance(quad.object, ox.NamedNode) and quad.object.value == AIGOV.Claim
    )


def _day(day: date) -> ox.Literal:
    return ox.Literal(day.isoformat(), datatype=ox.NamedNode(XSD.date))
