"""The tree of classes as a picture: a line for each, its place under the class above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

_STEP_X: Final = 22
_STEP_Y: Final = 24


@dataclass(frozen=True, slots=True)
class Node:
    """A class in the picture; `again` says that it has stood above already, under another class."""

    iri: str
    x: int
    y: int
    parent_y: int
    again: bool


@dataclass(frozen=True, slots=True)
class Tree:
    """The picture."""

    nodes: list[Node]
    width: int
    height: int


def tree(tops: Sequence[str], below: Mapping[str, Sequence[str]]) -> Tree:
    """Lay a hierarchy out; what stands under several classes is drawn under each, its own tree under the first."""
    nodes: list[Node] = []
    seen: set[str] = set()
    deepest = 0
    waiting = [(iri, 0, 0) for iri in reversed(tops)]
    while waiting:
        iri, depth, parent_y = waiting.pop()
        y, again = 16 + len(nodes) * _STEP_Y, iri in seen
        nodes.append(Node(iri, 8 + depth * _STEP_X, y, parent_y, again))
        deepest = max(deepest, depth)
        if not again:
            seen.add(iri)
            waiting += [(child, depth + 1, y) for child in reversed(below[iri])]
    return Tree(nodes, 8 + deepest * _STEP_X + 300, 16 + len(nodes) * _STEP_Y)
