"""Measures of the exports: GraphML beside networkx's own writer, memory an edge, a neighbourhood, a picture.

    python -m tests.bench.exporting [--claims N]

Makes invented data of N claims (30,000 give a million triples), and prints a table.
"""

from __future__ import annotations

import argparse
import io
import random
import resource
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import BinaryIO

import networkx as nx

from aigov_graph.build import assemble
from aigov_graph.dataset import find_data
from aigov_graph.exports import FORMATS, Edge, Export, Network, Node, Reader, View, network
from aigov_graph.stores import VersionedStore
from aigov_graph.synthesis import synthesize
from aigov_graph.vocabulary.namespaces import AIGOV, CLAIM, EDGE, ID


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--claims", type=int, default=30_000)
    parser.add_argument("--edges", type=int, default=100_000)
    options = parser.parse_args()
    for line in (*graphml(options.edges), *store(options.claims)):
        print(line, flush=True)


def graphml(edges: int) -> list[str]:
    """Our whole way from a network to GraphML, and networkx's writer alone on the same graph."""
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    found = invented(edges)
    held = (tracemalloc.get_traced_memory()[0] - before) / edges
    tracemalloc.reset_peak()
    start = tracemalloc.get_traced_memory()[0]
    FORMATS["graphml"].write(Export(found, _NO_READER), _sink())
    written = (tracemalloc.get_traced_memory()[1] - start) / edges
    tracemalloc.stop()
    graph = found.graph(flat=True)
    ours, theirs = [], []
    for _ in range(3):
        ours.append(_timed(lambda: FORMATS["graphml"].write(Export(found, _NO_READER), _sink())))
        theirs.append(_timed(lambda: nx.write_graphml_lxml(graph, _sink(), named_key_ids=True)))
    share = median(ours) / median(theirs)
    return [
        f"GraphML, {edges} edges: ours {median(ours):.2f} s, networkx's {median(theirs):.2f} s, {share:.2f} times",
        f"memory an edge: the network {held:.0f} bytes, writing it {written:.0f} more at its peak",
    ]


def store(claims: int) -> list[str]:
    """A neighbourhood of depth 2, and a picture of a hundred nodes."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        synthesize(root / "data", find_data().load().vocabulary(), claims, 1)
        version = VersionedStore(root / "store").publish(assemble(find_data(root / "data")))
        with VersionedStore(root / "store").lease() as lease:
            reader = Reader(lease.store)
            lines = [f"store: {version.quads} statements of {claims} claims"]
            things = [f"invented-{n}" for n in random.Random(3).sample(range(1, claims // 5), 30)]
            for what in ("first asked", "asked again"):
                times = sorted(_timed(lambda t=thing: network(reader, View(around=t, depth=2))) for thing in things)  # type: ignore[misc]
                lines.append(
                    f"neighbourhood of depth 2, 30 things at random, {what}: median {times[15] * 1000:.0f} ms, "
                    f"slowest {times[-1] * 1000:.0f} ms"
                )
            hundred = _of_a_hundred(reader)
            spent = _timed(lambda: FORMATS["png"].write(Export(hundred, reader), io.BytesIO()))
            lines.append(f"picture of {len(hundred.nodes)} nodes and {len(hundred.edges)} edges: {spent:.2f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [*lines, f"largest the process was: {peak:.0f} MiB"]


def invented(count: int) -> Network:
    """A network of so many edges with all attributes, made without a store."""
    chance = random.Random(1)
    nodes = {
        ID[f"thing-{n}"]: Node(
            ID[f"thing-{n}"], f"thing number {n}", "en", "Firm", ("Firm",), frozenset({AIGOV.Firm}), "", ()
        )
        for n in range(count // 10)
    }
    names = list(nodes)
    relations = [(AIGOV[name],) for name in ("cooperatesWith", "exportedTo", "uses", "owns")]
    plain = ("fact",), ("certain",), ("actual",)
    holders, sources = (ID.somebody,), (ID["a-source"],)
    edges = []
    for n in range(count):
        start = names[min(int(chance.expovariate(8) * len(names)), len(names) - 1)]
        edges.append(
            Edge(
                EDGE[f"{chance.getrandbits(256):064x}"],
                start,
                chance.choice(names),
                relations[n % 4],
                "cooperates with",
                (CLAIM[f"a-source-{n:06}"],),
                *plain,
                False,
                n % 4 == 0,
                None,
                None,
                None,
                holders,
                sources,
                (f"paragraph {n // 4}",),
            )
        )
    return Network(nodes, edges)


def _of_a_hundred(reader: Reader) -> Network:
    """The neighbourhood whose size is nearest to a hundred, cut to that."""
    found = network(reader, View(around="invented-40"))
    kept = set(sorted(found.nodes)[:99]) | {ID["invented-40"]}
    edges = [edge for edge in found.edges if edge.source in kept and edge.target in kept]
    return Network({iri: found.nodes[iri] for iri in sorted(kept)}, edges, title="A hundred things")


def _timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


class _Sink(io.RawIOBase):
    """Takes everything and keeps nothing."""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        return len(data)  # type: ignore[arg-type]


def _sink() -> BinaryIO:
    return io.BufferedWriter(_Sink())


_NO_READER: Reader = None  # type: ignore[assignment]  # GraphML needs nothing but the network


if __name__ == "__main__":
    main()
