"""Smaller networks out of large ones: the largest part, the best connected things, parallel edges joined in one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import networkx as nx

from aigov_graph.exports.options import CERTAINTIES, MODES
from aigov_graph.exports.rows import OBJECT, SUBJECT, EdgeRow

if TYPE_CHECKING:
    from aigov_graph.exports.model import Edge


def best_connected(rows: Iterable[EdgeRow], most: int) -> set[int]:
    """The things that most edges touch, of several with as many the first by IRI; all of them if `most` is 0."""
    touching = Counter(end for row in rows for end in {row[SUBJECT], row[OBJECT]})
    ordered = sorted(touching, key=lambda thing: (-touching[thing], thing))
    return set(ordered[: most or None])


def ranked(found: set[str], order: Sequence[str]) -> tuple[str, ...]:
    """Those of these words that were found, in their order."""
    return tuple(word for word in order if word in found)


def sorted_words(words: Iterable[str]) -> tuple[str, ...]:
    """Each word once, in order."""
    return tuple(sorted(set(words)))


def largest(rows: Sequence[EdgeRow]) -> list[EdgeRow]:
    """The edges of the largest connected part; of several the one with the first IRI."""
    graph: nx.Graph[int] = nx.Graph((row[SUBJECT], row[OBJECT]) for row in rows)
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    return [row for row in rows if row[SUBJECT] in parts[0]] if parts else []


def joined(edges: list[Edge]) -> Iterator[Edge]:
    """One edge for those between the same two things that run alike and have one status.

    A fact is never joined with a hedge, nor what is so both ways with what is so in one: either would be lost.
    """
    together: dict[tuple[str, str, bool, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        together[edge.source, edge.target, edge.symmetric, edge.status].append(edge)
    for group in together.values():
        starts, ends = [edge.earliest for edge in group], [edge.latest for edge in group]
        known = [edge.ongoing for edge in group if edge.ongoing is not None]
        yield replace(
            group[0],
            relations=sorted_words(relation for edge in group for relation in edge.relations),
            label=", ".join(sorted({edge.label for edge in group})),
            claims=sorted_words(claim for edge in group for claim in edge.claims),
            certainties=ranked({word for edge in group for word in edge.certainties}, CERTAINTIES),
            modes=ranked({word for edge in group for word in edge.modes}, MODES),
            negated=all(edge.negated for edge in group),
            earliest=min((day for day in starts if day), default=None) if all(starts) else None,
            latest=max((day for day in ends if day), default=None) if all(ends) else None,
            ongoing=any(known) if known else None,
            holders=sorted_words(holder for edge in group for holder in edge.holders),
            sources=sorted_words(source for edge in group for source in edge.sources),
            locators=sorted_words(place for edge in group for place in edge.locators),
            joined=tuple(sorted(edge.iri for edge in group)),
            weight=sum(edge.weight for edge in group),
            source_count=len({source for edge in group for source in edge.sources}),
        )
