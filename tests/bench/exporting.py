"""`make bench`, last part: GraphML beside networkx's own writer, memory an edge, a neighbourhood, a picture.

Makes invented data of N claims (30,000 give a million statements), prints a table and writes it to
tests/bench/EXPORTING.md.
"""

from __future__ import annotations

import argparse
import io
import os
import platform
import random
import resource
import tracemalloc
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from importlib.metadata import version
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

HERE = Path(__file__).parent

THINGS = 12
"""Things at random whose neighbourhoods are asked for; each once by a reader that has read nothing yet."""

SMALL = 250
"""Edges up to which a neighbourhood counts as small in the table."""

Row = tuple[str, str, str, str]
"""What was measured, what was found, what it must be, and what bounds it."""


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--claims", type=int, default=30_000)
    parser.add_argument("--edges", type=int, default=100_000)
    parser.add_argument("--store", type=Path, help="a folder with a store of such data, built before")
    parser.add_argument("--note", default="", help="a remark for the table, such as what else the machine was doing")
    parser.add_argument("--no-write", action="store_true", help="leave EXPORTING.md as it is")
    options = parser.parse_args()
    rows = graphml(options.edges)
    statements, more = store(options.claims, options.store)
    text = _table([*rows, *more], statements, options.note)
    print(text)
    if not options.no_write:
        (HERE / "EXPORTING.md").write_text(text, encoding="utf-8")


def graphml(edges: int) -> list[Row]:
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
        (
            f"GraphML of {edges:,} edges, beside networkx's lxml writer on the same graph",
            f"{share:.2f}",
            "< 1.3",
            f"{median(ours):.1f} s beside {median(theirs):.1f} s, medians of 3",
        ),
        (
            "memory an edge, in bytes: the network, and the peak of writing it",
            f"{held + written:.0f}",
            "< 1,500",
            f"the network holds {held:.0f} an edge, writing adds {written:.0f}",
        ),
    ]


def store(claims: int, built: Path | None) -> tuple[int, list[Row]]:
    """How many statements there are; neighbourhoods of depth 2 in them, and a picture of a hundred nodes."""
    with ExitStack() as open_:
        if built is None:
            root = Path(open_.enter_context(TemporaryDirectory()))
            synthesize(root / "data", find_data().load().vocabulary(), claims, 1)
            built = root / "store"
            VersionedStore(built).publish(assemble(find_data(root / "data")))
        opened = open_.enter_context(VersionedStore(built).lease()).store
        warm = Reader(opened)
        warm.hold()
        cold_small: list[tuple[float, int]] = []
        cold_large: list[tuple[float, int]] = []
        again: list[tuple[float, int]] = []
        for number in random.Random(3).sample(range(1, claims // 5), THINGS):
            view, reader = View(around=f"invented-{number}", depth=2), Reader(opened)
            spent = _timed(lambda r=reader, v=view: network(r, v))  # type: ignore[misc]
            edges = len(network(warm, view).edges)
            (cold_small if edges <= SMALL else cold_large).append((spent, edges))
            again.append((_timed(lambda v=view: network(warm, v)), edges))  # type: ignore[misc]
        hundred = _of_a_hundred(warm)
        drawn = _timed(lambda: FORMATS["png"].write(Export(hundred, warm), io.BytesIO()))
        picture = f"picture of {len(hundred.nodes)} nodes and {len(hundred.edges)} edges, in s"
        what = "neighbourhood of depth 2, in ms, median and slowest"
        rows = [
            (f"{what}: warm", *_spread(again), "< 300", "making nodes and edges of all that was reached"),
            (
                f"{what}: cold, up to {SMALL} edges",
                *_spread(cold_small),
                "< 300",
                "looking up edge, claims and evidence one by one, about a millisecond an edge",
            ),
            (
                f"{what}: cold, more edges",
                *_spread(cold_large),
                "< 300",
                "beyond 600 looked up, all edges of the store are read once and kept",
            ),
        ]
        return len(opened), [
            *((name, found, must, f"{size}; {why}") for name, found, size, must, why in rows),
            (picture, f"{drawn:.1f}", "< 3", "placing and lettering"),
        ]


def _spread(found: list[tuple[float, int]]) -> tuple[str, str]:
    """Median and slowest, and of how many neighbourhoods of what size."""
    if not found:
        return "none", "no neighbourhood of this size"
    times, sizes = [spent * 1000 for spent, _ in found], [edges for _, edges in found]
    return f"{median(times):,.0f}, {max(times):,.0f}", f"{len(found)} of {min(sizes):,} to {max(sizes):,} edges"


def _table(rows: list[Row], statements: int, note: str) -> str:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    text = [
        "# Exporting",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, networkx {version('networkx')}, lxml {version('lxml')}, "
        f"pyoxigraph {version('pyoxigraph')}; neighbourhoods in a store of {statements:,} statements (each in its own "
        f"graph and in the union), of things at random; the process took {peak:,.0f} MiB at most. {note}".rstrip(),
        "",
        "| what | found | must | bounded by |",
        "| --- | ---: | --- | --- |",
        *(f"| {' | '.join(row)} |" for row in rows),
        "",
    ]
    return "\n".join(text)


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
