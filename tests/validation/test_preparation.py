"""What is done to make judging cheap changes no verdict: beside pyshacl on rdflib's own graph, shapes as written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import SH, URIRef
from rdflib.term import Node

from aigov_graph.dataset import find_data
from aigov_graph.validation import Problem
from aigov_graph.validation.checks import JUDGED
from aigov_graph.validation.graph import JudgedGraph, graph_of
from aigov_graph.validation.preparation import hoist, narrow
from aigov_graph.validation.shacl import judge
from aigov_graph.validation.terms import to_rdflib
from aigov_graph.vocabulary.namespaces import AIGOV, CLAIM, OWL, SHAPE
from tests.validation.cases import CASES
from tests.validation.support import C2, HEADER, Case, changed, harbour

EXAMPLES = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])

Mutation = tuple[str, int, int]
MUTATIONS = st.tuples(st.sampled_from(["drop", "subject", "predicate", "object"]), st.integers(0), st.integers(0))


def shapes_graph() -> JudgedGraph:
    """The package's shapes."""
    return graph_of(harbour().quads("shapes"))


def as_prepared(quads: Sequence[ox.Quad], shapes: Iterable[ox.Quad]) -> set[Problem]:
    """What is found with everything done to make it cheap."""
    graph = graph_of(shapes)
    hoist(graph)
    narrow(graph, quads)
    return set(judge(graph_of(quads), graph))


def as_written(quads: Sequence[ox.Quad], shapes: Iterable[ox.Quad]) -> set[Problem]:
    """What is found with nothing done."""
    return set(judge(plain(quads), plain(shapes)))


def plain(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    """The statements in rdflib's own graph."""
    graph = rdflib.Graph(bind_namespaces="none")
    for quad in quads:
        graph.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
    return graph


@EXAMPLES
@given(cases=st.lists(st.sampled_from(CASES), min_size=1, max_size=6))
def test_several_wrong_changes_at_once_are_judged_alike(cases: list[Case]) -> None:
    """The same problems, down to value and message, whichever of the changes come together."""
    dataset = changed("\n".join(case.change for case in cases))
    quads, shapes = list(dataset.quads(*JUDGED)), list(dataset.quads("shapes"))
    assert as_prepared(quads, shapes) == as_written(quads, shapes)


@EXAMPLES
@given(mutations=st.lists(MUTATIONS, min_size=1, max_size=8))
def test_a_mutated_interview_is_judged_alike(mutations: list[Mutation]) -> None:
    """The same problems whatever statements are lost or get a part of another."""
    quads = list(interview())
    for kind, at, other in mutations:
        old, new = quads[at % len(quads)], quads[other % len(quads)]
        if kind == "drop":
            quads.remove(old)
        else:
            parts = {"subject": old.subject, "predicate": old.predicate, "object": old.object, kind: getattr(new, kind)}
            quads[at % len(quads)] = ox.Quad(parts["subject"], parts["predicate"], parts["object"], old.graph_name)
    shapes = list(harbour().quads("shapes"))
    assert as_prepared(quads, shapes) == as_written(quads, shapes)


@cache
def interview() -> tuple[ox.Quad, ...]:
    """Some claims of the interview and all that they lead to."""
    said: dict[object, list[ox.Quad]] = defaultdict(list)
    for quad in find_data().load().quads(*JUDGED):
        if quad.predicate.value != OWL.disjointWith:
            said[quad.subject].append(quad)
    todo: list[object] = [ox.NamedNode(CLAIM[f"zeng-2021-{number:03}"]) for number in range(1, 90, 11)]
    found: dict[object, list[ox.Quad]] = {}
    while todo:
        if (term := todo.pop()) not in found:
            found[term] = said.get(term, [])
            todo.extend(quad.object for quad in found[term])
    return tuple(quad for quads in found.values() for quad in quads)


def test_the_interview_leads_to_what_its_claims_rest_on() -> None:
    """The mutations have claims, passages, things and terms of the ontology to change, and nothing is wrong before."""
    kinds = {quad.object for quad in interview()}
    assert {ox.NamedNode(AIGOV[name]) for name in ("Claim", "Passage", "Source", "Relation")} <= kinds
    assert {problem.severity for problem in as_prepared(interview(), harbour().quads("shapes"))} <= {"Warning"}


def test_parts_take_over_the_targets() -> None:
    """A part is judged for all claims at once, and the closed shape still knows its property."""
    shapes = shapes_graph()
    claim, mode = URIRef(SHAPE.Claim), URIRef(SHAPE["Claim-mode"])
    hoist(shapes)
    assert list(shapes.objects(mode, SH.targetClass)) == [URIRef(AIGOV.Claim)]
    assert list(shapes.objects(claim, SH.property)) == []
    (head,) = shapes.objects(claim, SH.ignoredProperties)
    assert {URIRef(AIGOV.mode), URIRef(AIGOV.when)} <= set(shapes.items(head))


@pytest.mark.parametrize(
    "more",
    [
        "shape:other sh:node shape:whole .",
        "shape:whole sh:deactivated true .",
        "shape:whole a rdfs:Class .",
        "shape:part sh:qualifiedValueShapesDisjoint true .",
        "",
    ],
)
def test_a_shape_whose_parts_are_more_than_parts_stays(more: str) -> None:
    """Where moving the targets would change a verdict nothing is moved; the last, plain shape is the counter-case."""
    whole = "shape:whole sh:targetClass aigov:Claim ; sh:property shape:part . shape:part sh:path aigov:mode ."
    shapes = graph_of(ox.parse(f"{HEADER}{whole}{more}", format=ox.RdfFormat.TURTLE))
    hoist(shapes)
    assert ((URIRef(SHAPE.whole), SH.property, URIRef(SHAPE.part)) in shapes) is bool(more)


def fits_targets(change: str) -> set[tuple[Node, Node]]:
    """What the shape that asks a query targets in changed data."""
    shapes = shapes_graph()
    narrow(shapes, list(changed(change).quads(*JUDGED)))
    return {pair for pair in shapes.predicate_objects(URIRef(SHAPE["Claim-fits"])) if "target" in str(pair[0])}


def test_a_query_is_left_with_the_claims_that_it_finds() -> None:
    """pyshacl asks it of the claim that does not fit alone."""
    claim = URIRef(CLAIM["port-council-2024-002"])
    assert fits_targets(f"{C2} rdf:object id:permit-portal .") == {(SH.targetNode, claim)}


def test_a_query_that_finds_nothing_is_asked_once() -> None:
    """pyshacl still sees the query, and would refuse one that SHACL forbids."""
    assert fits_targets("") == {(SH.targetNode, URIRef(CLAIM["port-council-2024-001"]))}


@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this WHERE { GRAPH ?g { $this a ?kind } }",
        "SELECT $this WHERE { $this $PATH ?kind }",
        "SELECT $this WHERE { $this a $currentShape }",
    ],
)
def test_a_query_that_needs_more_than_its_focus_node_is_left_to_pyshacl(query: str) -> None:
    """The other engine would find nothing, and so hide what pyshacl finds or refuses."""
    shape = f'shape:s sh:targetClass aigov:Claim ; sh:sparql shape:q . shape:q sh:select "{query}" .'
    shapes = graph_of(ox.parse(f"{HEADER}{shape}", format=ox.RdfFormat.TURTLE))
    narrow(shapes, list(harbour().quads(*JUDGED)))
    assert list(shapes.objects(URIRef(SHAPE.s), SH.targetClass)) == [URIRef(AIGOV.Claim)]


def test_a_shape_that_holds_more_than_a_query_is_left_to_pyshacl() -> None:
    """Its other constraints are for all its targets."""
    shape = (
        "shape:s sh:targetClass aigov:Claim ; sh:class aigov:Claim ; sh:sparql shape:q ."
        'shape:q sh:select "SELECT $this WHERE { $this a ?kind }" .'
    )
    shapes = graph_of(ox.parse(f"{HEADER}{shape}", format=ox.RdfFormat.TURTLE))
    narrow(shapes, list(harbour().quads(*JUDGED)))
    assert list(shapes.objects(URIRef(SHAPE.s), SH.targetClass)) == [URIRef(AIGOV.Claim)]
