"""Stores: what the built graph is kept in. `base` has the interfaces, `embedded` the versions on disk."""

from aigov_graph.stores.base import Beside, Lease, Publisher, Reader, Version, canonical_quads, named_quads, nquads
from aigov_graph.stores.embedded import VersionedStore

__all__ = [
    "Beside",
    "Lease",
    "Publisher",
    "Reader",
    "Version",
    "VersionedStore",
    "canonical_quads",
    "named_quads",
    "nquads",
]
