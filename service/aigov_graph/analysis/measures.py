"""The measures. A new one is a function and a line in `MEASURES`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import networkx as nx

from aigov_graph.analysis.answer import Answer
from aigov_graph.analysis.ties import Ties, betweenness, closeness, pagerank
from aigov_graph.errors import RequestError
from aigov_graph.exports import Reader, View, network
from aigov_graph.exports.options import suggest

_SEED: Final = 1


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: its name, what it asks in a sentence, how many things it is asked about, and its function."""

    name: str
    question: str
    things: int
    run: Callable[[Ties, Sequence[str]], Answer]


def analyse(reader: Reader, measure: str, view: View | None = None, things: Sequence[str] = ()) -> Answer:
    """Measure the part of the graph that a view shows.

    Args:
        reader: the graph.
        measure: one of `MEASURES`.
        view: which part; facts between entities if not given.
        things: for a path, from where to where; names as a view takes them.

    Raises:
        RequestError: there is no such measure, thing or option, or too few or many things are named.
        ExtraMissing: the measure needs a part of the package that is not installed.
    """
    if measure not in MEASURES:
        raise RequestError(f"there is no measure {measure!r}", "measure", suggest(measure, MEASURES))
    chosen = MEASURES[measure]
    if len(things) != chosen.things:
        wanted = f"{chosen.things} things" if chosen.things else "no thing"
        raise RequestError(f"{measure} is asked about {wanted}, not {len(things)}", "thing", "name as many as it takes")
    found = network(reader, view)
    return chosen.run(Ties.of(found), [reader.find(thing, "thing") for thing in things])


def _centralities(ties: Ties, things: Sequence[str]) -> Answer:
    graph, between, near = ties.directed, betweenness(ties.undirected), closeness(ties.undirected)
    rank = pagerank(graph)
    rows = [
        [
            iri,
            ties.label(iri),
            len(set(graph.predecessors(iri)) | set(graph.successors(iri))),
            graph.in_degree(iri),
            graph.out_degree(iri),
            between[iri],
            near[iri],
            rank[iri],
        ]
        for iri in graph
    ]
    return _answer(
        ties,
        "centralities",
        "Which things stand in the middle",
        "Neighbours, by direction; how often a thing lies on the shortest ways between others; how near it is to the "
        "rest; how much points at it.",
        ("thing", "label", "neighbours", "in", "out", "betweenness", "closeness", "pagerank"),
        sorted(rows, key=lambda row: (-row[5], -row[2], row[0])),
    )


def _communities(ties: Ties, things: Sequence[str]) -> Answer:
    graph = ties.undirected
    found = nx.community.louvain_communities(graph, seed=_SEED) if graph.number_of_edges() else []
    groups = sorted((sorted(group) for group in found if len(group) > 1), key=lambda group: (-len(group), group))
    rows = [[number, len(group), group, [ties.label(iri) for iri in group]] for number, group in enumerate(groups, 1)]
    facts = {"modularity": nx.community.modularity(graph, found)} if found else {}
    return _answer(
        ties,
        "communities",
        "Which things keep to themselves",
        "Groups with more ties inside than between them (Louvain); a modularity near 0 means that there are none.",
        ("community", "size", "things", "labels"),
        rows,
        facts,
    )


def _brokers(ties: Ties, things: Sequence[str]) -> Answer:
    graph = ties.undirected
    between = betweenness(graph)
    cuts = set(nx.articulation_points(graph))
    rows = [
        [iri, ties.label(iri), between[iri], _parts_without(graph, iri) if iri in cuts else 1]
        for iri in graph
        if between[iri] > 0
    ]
    return _answer(
        ties,
        "brokers",
        "Which things others meet through",
        "How often a thing lies on the shortest ways between others, and into how many parts what hangs on it would "
        "fall without it.",
        ("thing", "label", "betweenness", "parts"),
        sorted(rows, key=lambda row: (-row[2], row[0])),
    )


def _parts_without(graph: nx.Graph[str], iri: str) -> int:
    """Into how many parts a thing's connected part falls without it."""
    left = list(graph[iri])
    seen: set[str] = {iri}
    parts = 0
    for neighbour in left:
        if neighbour not in seen:
            parts += 1
            front = [neighbour]
            seen.add(neighbour)
            while front:
                for other in graph[front.pop()]:
                    if other not in seen:
                        seen.add(other)
                        front.append(other)
    return parts


def _components(ties: Ties, things: Sequence[str]) -> Answer:
    groups = sorted((sorted(part) for part in nx.connected_components(ties.undirected)), key=lambda p: (-len(p), p))
    rows = [[number, len(group), group, [ties.label(iri) for iri in group]] for number, group in enumerate(groups, 1)]
    return _answer(
        ties,
        "components",
        "What hangs together",
        "Things that lead to one another along ties in any direction, the largest part first.",
        ("component", "size", "things", "labels"),
        rows,
    )


def _reciprocity(ties: Ties, things: Sequence[str]) -> Answer:
    """Of the ties that have a direction: what holds both ways by its nature says nothing of give and take."""
    pairs: dict[tuple[str, str], list[str]] = {}
    for edges in ties.edges.values():
        for edge in edges:
            if not edge.symmetric:
                pairs.setdefault((edge.source, edge.target), []).extend(edge.iris)
    mutual = sorted(pair for pair in pairs if pair[0] < pair[1] and pair[::-1] in pairs)
    rows = [
        [a, ties.label(a), b, ties.label(b), [*pairs[a, b], *pairs[b, a]]] for a, b in mutual
    ]  # fmt: skip
    share = 2 * len(mutual) / len(pairs) if pairs else 0.0
    return _answer(
        ties,
        "reciprocity",
        "What is returned",
        "The share of ties with a direction whose other end says or does something back, and the pairs.",
        ("thing", "label", "other", "otherLabel", "edges"),
        rows,
        {"reciprocity": share, "ties": len(pairs)},
    )


def _path(ties: Ties, things: Sequence[str]) -> Answer:
    """The shortest way between two things; of several the one whose IRIs come first."""
    start, end = things
    graph = ties.undirected
    hops = list(pairwise(_first_shortest(graph, start, end)))
    rows = []
    used: list[str] = []
    for number, (a, b) in enumerate(hops, 1):
        for edge in ties.edges[frozenset((a, b))]:
            used.extend(edge.iris)
            rows.append(
                [
                    number,
                    ties.label(edge.source),
                    edge.label,
                    ties.label(edge.target),
                    edge.status,
                    list(edge.claims),
                    list(edge.locators),
                    edge.source,
                    edge.target,
                    edge.iri,
                ]
            )
    names = [ties.network.nodes[iri].label if iri in ties.network.nodes else iri for iri in things]
    return Answer(
        "path",
        f"How {names[0]} and {names[1]} are linked",
        "Each hop with everything that is said between its two ends, and the claims that say it; direction aside.",
        ("hop", "from", "relation", "to", "status", "claims", "locators", "source", "target", "edge"),
        rows,
        ties.network,
        tuple(used),
        {"found": bool(hops) or start == end, "hops": len(hops)},
        frozenset({"source", "target", "edge"}),
    )


def _first_shortest(graph: nx.Graph[str], start: str, end: str) -> list[str]:
    """Of all shortest ways the one whose IRIs come first; [] if there is none."""
    if start not in graph or end not in graph:
        return []
    left = nx.single_source_shortest_path_length(graph, end)
    if start not in left:
        return []
    way = [start]
    while way[-1] != end:
        way.append(min(other for other in graph[way[-1]] if left.get(other) == left[way[-1]] - 1))
    return way


def _answer(
    ties: Ties,
    measure: str,
    title: str,
    reading: str,
    columns: tuple[str, ...],
    rows: Iterable[Sequence[Any]],
    facts: dict[str, Any] | None = None,
) -> Answer:
    aside = frozenset({"things", "edges"}) & set(columns)
    return Answer(measure, title, reading, columns, list(rows), ties.network, ties.used, facts or {}, aside)


MEASURES: Final = {
    measure.name: measure
    for measure in (
        Measure("centralities", "Which things stand in the middle?", 0, _centralities),
        Measure("communities", "Which things keep to themselves?", 0, _communities),
        Measure("brokers", "Which things do others meet through?", 0, _brokers),
        Measure("path", "How are two things linked, and who says so?", 2, _path),
        Measure("components", "What hangs together?", 0, _components),
        Measure("reciprocity", "What is returned?", 0, _reciprocity),
    )
}
