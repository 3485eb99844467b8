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
_TRIES: Final = 12
_TRIED_AT_MOST: Final = 200
"""Edges up to which a layout begins in several ways, which are quickly tried then."""
_PARTS: Final = (0.15, 0.3, 0.45, 0.6, 0.8, 1.0)
"""Of an edge, where it is asked whether it runs through its own node's label."""
_TOUCH: Final = 1e-6
"""So little may boxes lie on each other."""
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
        self.near: list[list[int]] = [[] for _ in part]
        for a, b in self.links.tolist():
            self.near[a].append(b)
            self.near[b].append(a)
        self.part = part
        self.chosen = [0] * len(part)

    def placed(self) -> tuple[list[Place], tuple[float, float]]:
        """The nodes' places above and right of (0, 0), and the size of the whole."""
        import numpy as np

        if len(self.part) == 1:
            places = np.zeros((1, 2))
        else:
            places = self._started()
            for _ in range(3):
                self.chosen = [self._least_crossed(node, places) for node in range(len(self.part))]
                places = self._apart(places)
            places = self._cleared(places)
        sizes, offsets = self._sizes(), self._offsets()
        low = (places + offsets - sizes / 2).min(axis=0)
        width, height = ((places + offsets + sizes / 2).max(axis=0) - low).tolist()
        found = [Place(x, y, box) for (x, y), box in zip((places - low).tolist(), self.chosen, strict=True)]
        return found, (width, height)

    def _started(self) -> Points:
        """Of some ways to begin the one with the fewest edges through boxes and across each other."""
        wanted = self._distances()
        tries = _TRIES if len(self.part) > 3 and len(self.links) <= _TRIED_AT_MOST else 1
        starts = [_turned(_stressed(wanted, self.seed, number)) for number in range(tries)]
        if tries == 1:
            return starts[0]
        cost = [3 * self._off_edges(start)[1] + _crossings(start, self.links) for start in starts]
        return starts[cost.index(min(cost))]

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
        ends = places[self.near[node]] - places[node]
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
        one, other = self.links[:, 0], self.links[:, 1]
        start, way = places[one], places[other] - places[one]
        long = np.hypot(way[:, 0], way[:, 1])
        long[long == 0] = 1.0
        normal = np.column_stack([-way[:, 1], way[:, 0]]) / long[:, None]
        # A row for each edge, a column for each node.
        from_x, from_y = centres[:, 0] - start[:, :1], centres[:, 1] - start[:, 1:]
        along = (from_x * way[:, :1] + from_y * way[:, 1:]) / (long**2)[:, None]
        aside = from_x * normal[:, :1] + from_y * normal[:, 1:]
        room = np.abs(normal) @ half.T - np.abs(aside)
        hit = (room > 0) & (along > 0) & (along < 1)
        each = np.arange(len(self.links))
        hit[each, one] = hit[each, other] = False
        edge, node = np.nonzero(hit)
        by = (room[hit] + 1) * np.where(aside[hit] >= 0, 0.5, -0.5)
        move = np.column_stack([np.bincount(node, by * normal[edge, axis], len(places)) for axis in (0, 1)])
        return move, len(edge)


def _near_pairs(centres: Points, sizes: Points, margin: float) -> Points:
    """Pairs of boxes no further from each other than a margin; found by sorting, so that far ones cost nothing."""
    import numpy as np

    left, right = centres[:, 0] - sizes[:, 0] / 2, centres[:, 0] + sizes[:, 0] / 2 + margin
    order = np.argsort(left, kind="stable")
    behind = np.searchsorted(left[order], right[order], side="right") - np.arange(1, len(order) + 1)
    # Each box by its rank with as many of those after it as reach it.
    rank = np.repeat(np.arange(len(order)), behind)
    step = np.arange(len(rank)) - np.repeat(np.cumsum(behind) - behind, behind)
    one, other = order[rank], order[rank + 1 + step]
    close = np.abs(centres[other, 1] - centres[one, 1]) - (sizes[other, 1] + sizes[one, 1]) / 2 < margin
    one, other = one[close], other[close]
    return np.column_stack([np.minimum(one, other), np.maximum(one, other)])


def _push(centres: Points, sizes: Points, pairs: Points) -> Points | None:
    """How far each box is pushed by those it lies on; None if none does."""
    import numpy as np

    one, other = pairs[:, 0], pairs[:, 1]
    along, up = centres[:, 0], centres[:, 1]
    wide, high = sizes[:, 0] / 2, sizes[:, 1] / 2
    between_x, between_y = along[other] - along[one], up[other] - up[one]
    over_x = wide[one] + wide[other] - np.abs(between_x)
    over_y = high[one] + high[other] - np.abs(between_y)
    hit = np.nonzero((over_x > _TOUCH) & (over_y > _TOUCH))[0]
    if not len(hit):
        return None
    one, other = one[hit], other[hit]
    sideways = over_x[hit] <= over_y[hit]
    shift_x = np.where(between_x[hit] < 0, -1.0, 1.0) * (over_x[hit] / 2 + 0.01) * sideways
    shift_y = np.where(between_y[hit] < 0, -1.0, 1.0) * (over_y[hit] / 2 + 0.01) * ~sideways
    count = len(sizes)
    many = np.maximum(np.bincount(one, minlength=count) + np.bincount(other, minlength=count), 1)
    pushed: Points = np.empty_like(centres)
    for axis, shift in ((0, shift_x), (1, shift_y)):
        pushed[:, axis] = np.bincount(other, shift, count) - np.bincount(one, shift, count)
    pushed *= 1.2 / many[:, None]
    return pushed


def _crossed(box: Box, ends: Points) -> int:
    """How many ways from the middle to these ends run through what a box has beyond the node itself."""
    import numpy as np

    near = min(box.left, box.right, box.above, box.below)
    x, y = np.outer(ends[:, 0], _PARTS), np.outer(ends[:, 1], _PARTS)
    inside = (-box.left < x) & (x < box.right) & (-box.below < y) & (y < box.above)
    return int((inside & (np.maximum(np.abs(x), np.abs(y)) > near)).any(axis=1).sum())


def _crossings(places: Points, links: Points) -> int:
    """How many pairs of edges cross."""
    import numpy as np

    start, end = places[links[:, 0]], places[links[:, 1]]
    way = end - start

    def side(points: Points) -> Points:
        """On which side of each edge (rows) each point (columns) lies."""
        across = way[:, :1] * (points[:, 1] - start[:, 1:]) - way[:, 1:] * (points[:, 0] - start[:, :1])
        sides: Points = np.sign(across)
        return sides

    apart = side(start) * side(end) < 0
    meeting = (links[:, None, :, None] == links[None, :, None, :]).any(axis=(2, 3))
    return int((apart & apart.T & ~meeting).sum()) // 2


def _stressed(wanted: Points, seed: int, number: int) -> Points:
    """Places whose distances are as near to those wanted as can be (SMACOF, near pairs weighing most).

    Args:
        wanted: how far apart each two should be.
        seed: of the picture.
        number: of the try.
    """
    import numpy as np

    count = len(wanted)
    places: Points = np.random.default_rng((seed % 2**32, number)).normal(size=(count, 2)) * wanted.mean()
    weights = (wanted + np.eye(count)) ** -2 * (1 - np.eye(count))
    # The pseudo-inverse of a Laplacian, by way of an inverse: pinv would decompose it, which takes many times as long.
    inverse = np.linalg.inv(np.diag(weights.sum(axis=1)) - weights + 1 / count) - 1 / count
    pull = weights * wanted
    ratio, across = np.empty_like(pull), np.empty_like(pull)
    for _ in range(_STEPS if count < 300 else _STEPS // 3):
        # In place, since for a thousand nodes getting memory takes longer than reckoning.
        np.subtract.outer(places[:, 0], places[:, 0], out=across)
        np.multiply(across, across, out=ratio)
        np.subtract.outer(places[:, 1], places[:, 1], out=across)
        np.multiply(across, across, out=across)
        np.add(ratio, across, out=ratio)
        np.sqrt(ratio, out=ratio)
        np.fill_diagonal(ratio, 1.0)
        np.maximum(ratio, 1e-9, out=ratio)
        np.divide(pull, ratio, out=ratio)
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
