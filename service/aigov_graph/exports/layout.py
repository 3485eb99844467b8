"""Where nodes stand: connected parts by stress majorisation, drawn apart until no box lies on another, then packed.

Lengths are in points. The same network, boxes and seed give the same places on one machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import networkx as nx

from aigov_graph.exports.model import Network
from aigov_graph.exports.packing import packed

if TYPE_CHECKING:
    import numpy as np

    Points = np.ndarray[Any, np.dtype[Any]]

PLACED_AT_MOST: Final = 1500
"""Larger networks get no positions: the tools that read them have their own layouts."""
_EDGE: Final = 52.0
_GAP: Final = 7.0
_PART_GAP: Final = 24.0
_STEPS: Final = 150
_MARGIN: Final = 40.0
"""How near boxes are whose meeting is watched for."""
_CLEARED_AT_MOST: Final = 60_000
"""Pairs of a node and an edge up to which nodes are moved off the edges of others."""


@dataclass(frozen=True, slots=True)
class Box:
    """What a node takes up around its own place: to the left, right, above and below."""

    left: float = 12.0
    right: float = 12.0
    above: float = 12.0
    below: float = 12.0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height."""
        return self.left + self.right, self.above + self.below

    @property
    def offset(self) -> tuple[float, float]:
        """From the node's place to the middle of the box."""
        return (self.right - self.left) / 2, (self.above - self.below) / 2


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node stands, and which of its boxes was the best there."""

    x: float
    y: float
    box: int


def positions(found: Network, seed: int, boxes: Mapping[str, Sequence[Box]] | None = None) -> dict[str, Place]:
    """A place for each node, above and right of (0, 0).

    Args:
        found: the network.
        seed: another seed, another picture.
        boxes: what each node may take up, the box liked best first; the one is taken that its edges cross least.
            A small square where nothing is said.
    """
    boxes = boxes or {}
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(found.nodes)
    graph.add_edges_from((edge.source, edge.target) for edge in found.edges if edge.source != edge.target)
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    placed = [_Part(graph, part, [boxes.get(node) or (Box(),) for node in part], seed).placed() for part in parts]
    corners = packed([size for _, size in placed], _PART_GAP)
    return {
        node: Place(place.x + left, place.y + bottom, place.box)
        for part, (places, _), (left, bottom) in zip(parts, placed, corners, strict=True)
        for node, place in zip(part, places, strict=True)
    }


class _Part:
    """One connected part of a network."""

    def __init__(self, graph: nx.Graph[str], part: Sequence[str], choices: Sequence[Sequence[Box]], seed: int) -> None:
        import numpy as np

        self.choices, self.seed = choices, seed
        number = {node: index for index, node in enumerate(part)}
        # networkx's view of a part goes through it in the order of a set, which is another in each process.
        self.graph: nx.Graph[str] = nx.Graph()
        self.graph.add_nodes_from(part)
        self.graph.add_edges_from(sorted((min(a, b), max(a, b)) for a, b in graph.edges(part)))
        self.links = np.array([(number[a], number[b]) for a, b in self.graph.edges], dtype=int).reshape(-1, 2)
        self.part = part
        self.chosen = [0] * len(part)

    def placed(self) -> tuple[list[Place], tuple[float, float]]:
        """The nodes' places above and right of (0, 0), and the size of the whole."""
        import numpy as np

        if len(self.part) == 1:
            places = np.zeros((1, 2))
        else:
            places = _turned(_stressed(self._distances(), self.seed))
            for _ in range(3):
                self.chosen = [self._least_crossed(node, places) for node in range(len(self.part))]
                places = self._apart(places)
            places = self._cleared(places)
        sizes, offsets = self._sizes(), self._offsets()
        low = (places + offsets - sizes / 2).min(axis=0)
        width, height = ((places + offsets + sizes / 2).max(axis=0) - low).tolist()
        found = [Place(x, y, box) for (x, y), box in zip((places - low).tolist(), self.chosen, strict=True)]
        return found, (width, height)

    def _boxes(self) -> list[Box]:
        return [boxes[which] for boxes, which in zip(self.choices, self.chosen, strict=True)]

    def _sizes(self) -> Points:
        import numpy as np

        return np.array([box.size for box in self._boxes()])

    def _offsets(self) -> Points:
        import numpy as np

        return np.array([box.offset for box in self._boxes()])

    def _distances(self) -> Points:
        """How far apart the nodes should be: along the shortest path, longer where boxes are wide or edges many."""
        import numpy as np

        wide = {node: sum(boxes[0].size) / 2 for node, boxes in zip(self.part, self.choices, strict=True)}
        crowd = {node: min(self.graph.degree(node), 14) * 3.5 for node in self.part}
        inner: nx.Graph[str] = nx.Graph()
        for a, b in self.graph.edges:
            inner.add_edge(a, b, length=_EDGE + (wide[a] + wide[b]) * 0.25 + max(crowd[a], crowd[b]))
        found = np.zeros((len(self.part), len(self.part)))
        number = {node: index for index, node in enumerate(self.part)}
        ways = [[(number[b], about["length"]) for b, about in inner[a].items()] for a in self.part]
        for start in range(len(self.part)):
            # Along a way of the fewest hops: near enough to the shortest, and found far quicker.
            row, front, seen = found[start], [(start, 0.0)], {start}
            for node, so_far in front:
                row[node] = so_far
                for other, length in ways[node]:
                    if other not in seen:
                        seen.add(other)
                        front.append((other, so_far + length))
        return (found + found.T) / 2

    def _least_crossed(self, node: int, places: Points) -> int:
        """The box that the fewest of a node's own edges run through, the one liked best of several."""
        if len(self.choices[node]) == 1:
            return 0
        ends = [places[b if a == node else a] - places[node] for a, b in self.links if node in (a, b)]
        return min(range(len(self.choices[node])), key=lambda i: (_crossed(self.choices[node][i], ends), i))

    def _apart(self, places: Points) -> Points:
        """The boxes moved apart until none lies on another, each pair by as little as it takes."""
        import numpy as np

        offsets, sizes = self._offsets(), self._sizes() + _GAP
        centres = places + offsets
        pairs = _near_pairs(centres, sizes, _MARGIN)
        since = np.zeros(2)
        for step in range(4000):
            move = _push(centres, sizes, pairs)
            if move is None or np.abs(since).max() > _MARGIN / 2:
                # Only boxes that were near each other are watched; now and then that has to be found out again.
                pairs, since = _near_pairs(centres, sizes, _MARGIN), np.zeros(2)
                if move is None:
                    move = _push(centres, sizes, pairs)
                    if move is None:
                        break
            centres = centres + move
            since += np.abs(move).max(axis=0)
            if step % 200 == 199:
                centres, since = centres * 1.05, since + _MARGIN  # a knot that pushing alone does not undo
        apart: Points = centres - offsets
        return apart

    def _cleared(self, places: Points) -> Points:
        """Nodes moved off the edges of others, as far as that goes without end."""
        if len(self.links) * len(self.part) > _CLEARED_AT_MOST:
            return places
        for _ in range(24):
            move, count = self._off_edges(places)
            if not count:
                break
            places = self._apart(places + move)
        return places

    def _off_edges(self, places: Points) -> tuple[Points, int]:
        """How to move each node whose box an edge of others runs through, and how often one does."""
        import numpy as np

        centres, half = places + self._offsets(), self._sizes() / 2 + 2
        move, count = np.zeros_like(places), 0
        for a, b in self.links:
            start, way = places[a], places[b] - places[a]
            long = float(np.hypot(*way)) or 1.0
            along = ((centres - start) @ way) / long**2
            normal = np.array([-way[1], way[0]]) / long
            aside = (centres - start) @ normal
            room = half @ np.abs(normal) - np.abs(aside)
            hit = (room > 0) & (along > 0) & (along < 1)
            hit[[a, b]] = False
            for node in np.nonzero(hit)[0]:
                move[node] += normal * (room[node] + 1) * (1.0 if aside[node] >= 0 else -1.0) * 0.5
                count += 1
        return move, count


def _near_pairs(centres: Points, sizes: Points, margin: float) -> Points:
    """Pairs of boxes no further from each other than a margin; found by sorting, so that far ones cost nothing."""
    import numpy as np

    left, right = centres[:, 0] - sizes[:, 0] / 2, centres[:, 0] + sizes[:, 0] / 2 + margin
    order = np.argsort(left, kind="stable")
    reach = np.searchsorted(left[order], right[order], side="right")
    found = []
    for rank, node in enumerate(order):
        others = order[rank + 1 : reach[rank]]
        gap = np.abs(centres[others, 1] - centres[node, 1]) - (sizes[others, 1] + sizes[node, 1]) / 2
        close = others[gap < margin]
        found.append(np.column_stack([np.minimum(close, node), np.maximum(close, node)]))
    return np.concatenate(found) if found else np.zeros((0, 2), dtype=int)


def _push(centres: Points, sizes: Points, pairs: Points) -> Points | None:
    """How far each box is pushed by those it lies on; None if none does."""
    import numpy as np

    one, other = pairs[:, 0], pairs[:, 1]
    between = centres[other] - centres[one]
    over = (sizes[one] + sizes[other]) / 2 - np.abs(between)
    hit = np.nonzero(over.min(axis=1) > 1e-6)[0]
    if not len(hit):
        return None
    one, other, between, over = one[hit], other[hit], between[hit], over[hit]
    axis, each = over.argmin(axis=1), np.arange(len(hit))
    shift = np.zeros_like(over)
    shift[each, axis] = np.where(between[each, axis] < 0, -1.0, 1.0) * (over[each, axis] / 2 + 0.01)
    many = np.bincount(np.concatenate([one, other]), minlength=len(sizes))[:, None]
    move = np.zeros_like(centres)
    np.add.at(move, one, -shift)
    np.add.at(move, other, shift)
    pushed: Points = move / np.maximum(many, 1) * 1.2
    return pushed


def _crossed(box: Box, ends: Sequence[Points]) -> int:
    """How many ways from the middle to these ends run through what a box has beyond the node itself."""
    near = min(box.left, box.right, box.above, box.below)
    count = 0
    for x, y in ends:
        for part in (0.15, 0.3, 0.45, 0.6, 0.8, 1.0):
            u, v = x * part, y * part
            if max(abs(u), abs(v)) > near and -box.left < u < box.right and -box.below < v < box.above:
                count += 1
                break
    return count


def _stressed(wanted: Points, seed: int) -> Points:
    """Places whose distances are as near to those wanted as can be (SMACOF, near pairs weighing most)."""
    import numpy as np

    count = len(wanted)
    places: Points = np.random.default_rng(seed).normal(size=(count, 2)) * wanted.mean()
    weights = (wanted + np.eye(count)) ** -2 * (1 - np.eye(count))
    # The pseudo-inverse of a Laplacian, by way of an inverse: pinv would decompose it, which takes many times as long.
    inverse = np.linalg.inv(np.diag(weights.sum(axis=1)) - weights + 1 / count) - 1 / count
    pull = weights * wanted
    for _ in range(_STEPS if count < 300 else _STEPS // 3):
        actual = np.hypot(*(np.subtract.outer(places[:, i], places[:, i]) for i in (0, 1)))
        np.fill_diagonal(actual, 1.0)
        ratio = pull / np.maximum(actual, 1e-9)
        places = inverse @ (ratio.sum(axis=1)[:, None] * places - ratio @ places)
    return places


def _turned(places: Points) -> Points:
    """The same, with its longest extent across: labels run across, and pages are wide."""
    import numpy as np

    centred = places - places.mean(axis=0)
    (a, b), (_, c) = centred.T @ centred
    angle = 0.5 * np.arctan2(2 * b, a - c)
    turned: Points = centred @ np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    # A direction may come out either way round; settle it.
    settled: Points = turned * np.where(turned[np.abs(turned).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    return settled
