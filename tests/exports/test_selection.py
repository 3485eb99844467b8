"""What a view shows, beside a plain model of it: every edge read by SPARQL, then asked one by one whether it fits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from aigov_graph.build import assemble
from aigov_graph.dataset import find_data
from aigov_graph.exports import Edge, Reader, View, network
from aigov_graph.exports.options import CERTAINTIES, STATUSES
from aigov_graph.synthesis import synthesize
from aigov_graph.vocabulary.namespaces import AIGOV, CONCEPT, GRAPH, ID, PREFIXES

_PREFIXES = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
_EDGES = """
SELECT ?edge ?subject ?relation ?object ?status ?earliest ?latest ?ongoing WHERE {
  ?edge a aigov:Edge ; rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ; aigov:status ?status .
  OPTIONAL { ?edge aigov:earliest ?earliest } OPTIONAL { ?edge aigov:latest ?latest }
  OPTIONAL { ?edge aigov:ongoing ?ongoing }
}
"""
_CLAIMS = """
SELECT ?edge ?claim ?decides ?on ?status ?certainty ?mode ?negated ?holder ?source ?locator ?earliest ?latest ?ongoing
WHERE {
  ?edge aigov:supportedBy|aigov:deniedBy ?claim ; aigov:status ?of_edge .
  ?claim aigov:certainty ?certainty ; aigov:mode ?mode ; aigov:negated ?negated ; prov:wasAttributedTo ?holder ;
    prov:hadPrimarySource ?source ; aigov:evidence/aigov:locator ?locator .
  ?claim aigov:eligible ?eligible ; aigov:modality ?badge .
  BIND(EXISTS { ?claim ?qualifier ?value . ?qualifier a aigov:RestrictiveQualifier } AS ?restricted)
  BIND(IF(?eligible, IF(?of_edge = concept:disputed, ?of_edge, IF(?negated, concept:denied, concept:fact)),
    IF(?restricted && ?badge IN (concept:badge-asserted, concept:badge-denied), concept:qualified, concept:hedged))
    AS ?status)
  BIND(EXISTS { ?claim aigov:decides ?edge } AS ?decides) BIND(EXISTS { ?claim aigov:onEdge ?edge } AS ?on)
  OPTIONAL { ?claim aigov:earliest ?earliest } OPTIONAL { ?claim aigov:latest ?latest }
  OPTIONAL { ?claim aigov:ongoing ?ongoing }
}
"""
_CLASSES = "SELECT ?thing ?class WHERE { ?thing a ?own . ?own rdfs:subClassOf* ?class }"
_BELOW = "SELECT ?relation ?above WHERE { ?relation rdfs:subPropertyOf* ?above }"


@dataclass
class Model:
    """What the store says, as SPARQL gives it."""

    reader: Reader
    edges: list[dict[str, str]]
    claims: dict[str, list[dict[str, str]]] = field(default_factory=lambda: defaultdict(list))
    classes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    below: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def shown(self, view: View) -> Iterator[tuple[Any, ...]]:
        """What the view shows of the whole graph."""
        for edge in self.edges:
            bearing = self.claims[edge["edge"]]
            if view.each == "claim":
                own = {name: edge[name] for name in ("subject", "relation", "object")}
                wholes = [(own | claim | {"edge": claim["claim"]}, [claim]) for claim in bearing if _yes(claim["on"])]
            else:
                wholes = [(edge, bearing)]
            for whole, said in wholes:
                if self._fits(view, edge, whole, [c for c in said if _yes(c["decides"]) or view.each == "claim"]):
                    yield _summary(whole, said, view.each)

    def near(self, view: View) -> set[tuple[Any, ...]]:
        """What of it is near the view's centre."""
        everything = list(self.shown(view))
        symmetric = self.reader.vocabulary.symmetric
        reached = {ID[view.around]}
        for _ in range(view.depth):
            steps = [(s, o) for _, s, r, o, *_ in everything if view.direction != "in" or r in symmetric]
            steps += [(o, s) for _, s, r, o, *_ in everything if view.direction != "out" or r in symmetric]
            reached |= {end for start, end in steps if start in reached}
        return {edge for edge in everything if edge[1] in reached and edge[3] in reached}

    def _fits(self, view: View, edge: dict[str, str], whole: dict[str, str], deciding: list[dict[str, str]]) -> bool:
        ends = [self.classes[edge["subject"]], self.classes[edge["object"]]]
        first, last = whole.get("earliest"), whole.get("latest")
        dated = first or last or "ongoing" in whole
        return all(
            (
                whole["status"].removeprefix(CONCEPT) in view.statuses,
                not view.relations or self.below[edge["relation"]] & {AIGOV[name] for name in view.relations},
                view.claims or not any(AIGOV.Claim in classes for classes in ends),
                view.situations or not any(AIGOV.Situation in classes for classes in ends),
                not view.types or all(classes & {AIGOV[name] for name in view.types} for classes in ends),
                not (view.sources or view.holders or view.certainties)
                or any(
                    (not view.sources or c["source"] in {ID[name] for name in view.sources})
                    and (not view.holders or c["holder"] in {ID[name] for name in view.holders})
                    and (not view.certainties or c["certainty"].removeprefix(CONCEPT) in view.certainties)
                    for c in deciding
                ),
                dated or view.undated or not (view.start or view.end),
                not (view.start and last) or date.fromisoformat(last) >= view.start,
                not (view.end and first) or date.fromisoformat(first) <= view.end,
            )
        )


def _yes(word: str) -> bool:
    return word == "true"


def _summary(edge: dict[str, str], said: list[dict[str, str]], each: str) -> tuple[Any, ...]:
    deciding = [claim for claim in said if _yes(claim["decides"]) or each == "claim"]
    return (
        edge["edge"],
        edge["subject"],
        edge["relation"],
        edge["object"],
        edge["status"].removeprefix(CONCEPT),
        frozenset(claim["claim"] for claim in said),
        frozenset(claim["certainty"].removeprefix(CONCEPT) for claim in deciding),
        frozenset(claim["mode"].removeprefix(CONCEPT) for claim in deciding),
        all(_yes(claim["negated"]) for claim in deciding),
        frozenset(claim["holder"] for claim in deciding),
        frozenset(claim["source"] for claim in deciding),
        frozenset(claim["locator"] for claim in deciding),
        edge.get("earliest", ""),
        edge.get("latest", ""),
    )


def _said_by(edge: Edge) -> tuple[Any, ...]:
    return (
        *(edge.iri, edge.source, edge.relations[0], edge.target, edge.status, frozenset(edge.claims)),
        *(frozenset(edge.certainties), frozenset(edge.modes), edge.negated),
        *(frozenset(edge.holders), frozenset(edge.sources), frozenset(edge.locators)),
        *("" if day is None else day.isoformat() for day in (edge.earliest, edge.latest)),
    )


@cache
def model() -> Model:
    """Invented claims, hedged, denied and disputed ones among them, in a store held in memory."""
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        synthesize(data, find_data().load().vocabulary(), 400, 3)
        quads = assemble(find_data(data))
    store, shapes = ox.Store(), ox.NamedNode(GRAPH.shapes)
    store.bulk_extend(quads)
    store.bulk_extend(ox.Quad(q.subject, q.predicate, q.object) for q in quads if q.graph_name != shapes)

    def rows(query: str) -> list[dict[str, str]]:
        found = store.query(_PREFIXES + query)
        assert isinstance(found, ox.QuerySolutions)
        names = [variable.value for variable in found.variables]
        return [{name: row[name].value for name in names if row[name] is not None} for row in found]

    made = Model(Reader(store), rows(_EDGES))
    for row in rows(_CLAIMS):
        made.claims[row["edge"]].append({name: text for name, text in row.items() if name != "edge"})
    for row in rows(_CLASSES):
        made.classes[row["thing"]].add(row["class"])
    for row in rows(_BELOW):
        made.below[row["relation"]].add(row["above"])
    return made


def some(*words: str) -> st.SearchStrategy[tuple[str, ...]]:
    """Mostly nothing asked for, else one or two of these."""
    return st.just(()) | st.lists(st.sampled_from(words), min_size=1, max_size=2, unique=True).map(tuple)


THINGS = tuple(f"invented-{number}" for number in (1, 2, 3, 9, 30, 77))
YEARS = st.none() | st.dates(date(1990, 1, 1), date(2026, 1, 1))
VIEWS = st.builds(
    View,
    relations=some("cooperatesWith", "suppliedTo", "exportedTo", "uses"),
    types=some("Actor", "Firm", "Agency", "Policy"),
    sources=some("invented-source-1"),
    holders=some("invented-1", "invented-2", "invented-17", "invented-30"),
    start=YEARS,
    end=YEARS,
    undated=st.booleans(),
    statuses=st.just(("fact",)) | st.just(STATUSES) | some(*STATUSES).filter(bool),
    certainties=some(*CERTAINTIES),
    each=st.sampled_from(("edge", "claim")),
    situations=st.booleans(),
    claims=st.booleans(),
)


@settings(max_examples=100, deadline=None)
@given(VIEWS)
def test_the_whole_graph_through_any_filters(view: View) -> None:
    """Edge for edge, with all that is said of each."""
    found = network(model().reader, view)
    assert {_said_by(edge) for edge in found.edges} == set(model().shown(view))
    assert list(found.nodes) == sorted({end for edge in found.edges for end in (edge.source, edge.target)})


@settings(max_examples=100, deadline=None)
@given(
    VIEWS,
    st.sampled_from(THINGS),
    st.integers(1, 3),
    st.sampled_from(("both", "out", "in")),
)
def test_what_is_near_a_thing_through_any_filters(view: View, thing: str, depth: int, direction: str) -> None:
    """Hubs and things of the rim alike: what can be reached along shown edges, and all shown edges among that."""
    near = replace(view, around=thing, depth=depth, direction=direction)
    assert {_said_by(edge) for edge in network(model().reader, near).edges} == model().near(near)
