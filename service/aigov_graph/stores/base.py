"""What every store offers: published versions that never change, each with a number and a digest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class Version:
    """One published state of the graph.

    Attributes:
        number: grows with each publication and is never used twice; caches and ETags are keyed by it.
        path: its folder, opened only by `pyoxigraph.Store.read_only`.
        digest: ``sha256:`` and the SHA-256 of the sorted N-Quads of the named graphs: the same statements, the same
            digest.
        quads: how many statements the named graphs hold.
    """

    number: int
    path: Path
    digest: str
    quads: int

    def beside(self, name: str) -> Path:
        """The folder of something made of this version and kept as long: an index. It may be absent."""
        return self.path.with_name(f"{self.path.name}.{name}")


Beside = Callable[[list[ox.Quad], Path], None]
"""Makes something of a version's statements in an empty folder, which then lies beside the version."""

NOTHING: Mapping[str, Beside] = {}


class Lease(Protocol):
    """A version in use: it stays on disk until the lease is closed."""

    @property
    def version(self) -> Version:
        """Which version it is."""

    @property
    def store(self) -> ox.Store:
        """The version, opened for reading; its default graph is the union of the named graphs without the shapes."""

    def close(self) -> None:
        """Give the version back."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Reader(Protocol):
    """Whoever reads what was published."""

    def current(self) -> Version | None:
        """The version published last; None if there is none yet.

        Raises:
            StoreError: the store is damaged.
        """

    def lease(self, version: Version | None = None) -> Lease:
        """Take a version into use: the current one, unless another is named.

        Raises:
            StoreError: nothing was published yet, the version named is gone, or the store is damaged.
        """


class Publisher(Protocol):
    """Whoever makes the next version."""

    def publish(self, quads: Iterable[ox.Quad], beside: Mapping[str, Beside] = NOTHING) -> Version:
        """Make these statements the current version, whole or not at all.

        Args:
            quads: statements of named graphs.
            beside: what else is made of them, by name, and comes and goes with the version.

        Raises:
            StoreError: it cannot be written; the version before stays current.
        """


def canonical_quads(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """The statements once each, sorted as N-Quads, with blank node labels that depend on nothing but what is said."""
    found = set(quads)
    # A blank node's label follows from the statements it stands in: the others, nearly all, need not be looked at.
    unlabelled = {quad for quad in found if ox.BlankNode in (type(quad.subject), type(quad.object))}
    if unlabelled:
        dataset = ox.Dataset(unlabelled)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        found = (found - unlabelled).union(dataset)
    return sorted(found, key=str)


def nquads(quads: Iterable[ox.Quad]) -> Iterator[bytes]:
    """Statements as lines of N-Quads, in the order given."""
    for quad in quads:
        yield f"{quad} .\n".encode()


def digest_of(quads: Iterable[ox.Quad]) -> str:
    """The digest of statements that `canonical_quads` has put in order."""
    state = hashlib.sha256()
    for line in nquads(quads):
        state.update(line)
    return f"sha256:{state.hexdigest()}"


def named_quads(store: ox.Store) -> Iterator[ox.Quad]:
    """The statements of a store's named graphs, sorted as N-Quads: what a dump holds."""
    return iter(sorted((quad for quad in store if not isinstance(quad.graph_name, ox.DefaultGraph)), key=str))
