"""Whether a store's derived statements are exactly those that the claims yield: the equality of two sets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from aigov_graph.vocabulary.namespaces import GRAPH

DERIVED_GRAPHS: Final = frozenset({GRAPH.facts, GRAPH.inferred, GRAPH.disputed, GRAPH.edges})
"""The graphs that hold nothing but what is derived from claims."""


@dataclass(frozen=True, slots=True)
class FactsReport:
    """How a store's derived statements differ from those that its claims yield.

    Attributes:
        missing: statements that the claims yield and the store lacks, as N-Quads, sorted.
        extra: statements that the store has and no claim yields, as N-Quads, sorted.
    """

    missing: tuple[str, ...]
    extra: tuple[str, ...]

    @property
    def conforms(self) -> bool:
        """Whether the two sets are equal."""
        return not self.missing and not self.extra


def validate_facts(stored: Iterable[ox.Quad], derived: Iterable[ox.Quad]) -> FactsReport:
    """Compare a store's derived graphs with a fresh derivation.

    Args:
        stored: the store's quads; those outside the derived graphs are passed over.
        derived: what `derivation.derive` makes of the same data.
    """
    have, want = _in_derived_graphs(stored), _in_derived_graphs(derived)
    return FactsReport(missing=_lines(want - have), extra=_lines(have - want))


def _in_derived_graphs(quads: Iterable[ox.Quad]) -> frozenset[ox.Quad]:
    return frozenset(
        q for q in quads if isinstance(q.graph_name, ox.NamedNode) and q.graph_name.value in DERIVED_GRAPHS
    )


def _lines(quads: frozenset[ox.Quad]) -> tuple[str, ...]:
    return tuple(sorted(f"{quad} ." for quad in quads))
