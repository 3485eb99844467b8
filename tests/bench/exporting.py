"""`make bench`, last part: GraphML beside networkx's own writer, memory an edge, neighbourhoods, a picture.

Makes invented data of N claims (30,000 give a million statements), prints a table and writes it to
tests/bench/EXPORTING.md.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tracemalloc
from collections import Counter
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
from aigov_graph.edge_index import BESIDE, opened, write_beside
from aigov_graph.exports import FORMATS, Edge, Export, Network, Node, Reader, View, network
from aigov_graph.exports.options import STATUSES
from aigov_graph.stores import VersionedStore
from aigov_graph.synthesis import synthesize
from aigov_graph.vocabulary.namespaces import AIGOV, CLAIM, EDGE, ID

HERE = Path(__file__).parent

PROCESSES = 5
"""Processes that read each neighbourhood, one after the other: each opens the store anew."""

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
    """How many statements there are; neighbourhoods of depth 2 in them, the whole network, and a picture."""
    with ExitStack() as open_:
        if built is None:
            root = Path(open_.enter_context(TemporaryDirectory()))
            synthesize(root / "data", find_data().load().vocabulary(), claims, 1)
            built = root / "store"
            VersionedStore(built).publish(assemble(find_data(root / "data")), {BESIDE: write_beside})
        lease = open_.enter_context(VersionedStore(built).lease())
        if opened(lease.version.beside(BESIDE)) is None:
            raise SystemExit(f"{built} has no index of edges as this release makes it; build it again")
        reader = Reader.of(lease)
        things = _by_degree(reader)
        asked = [
            ("the greatest hub", things[0]),
            ("the hundredth", things[99]),
            ("the median of all things", things[len(things) // 2]),
            ("the whole network", ""),
        ]
        rows = [_cold(built, what, thing) for what, thing in asked]
        hundred = _of_a_hundred(reader)
        drawn = _timed(lambda: FORMATS["png"].write(Export(hundred, reader), io.BytesIO()))
        picture = f"picture of {len(hundred.nodes)} nodes and {len(hundred.edges)} edges, in s"
        return len(lease.store), [*rows, (picture, f"{drawn:.1f}", "< 3", "placing and lettering")]


def _by_degree(reader: Reader) -> list[str]:
    """The things that edges touch, those with the most first."""
    ends = [end for edge in network(reader, View(statuses=STATUSES)).edges for end in {edge.source, edge.target}]
    return [thing for thing, _ in Counter(ends).most_common()]


_COLD = """
import json, sys
from pathlib import Path
from time import perf_counter, process_time
begun = process_time()
from aigov_graph.exports import Reader, View, network
from aigov_graph.exports.options import STATUSES
from aigov_graph.stores import VersionedStore
store, thing = sys.argv[1:]
with VersionedStore(Path(store)).lease() as lease:
    imported, clock = process_time(), perf_counter()
    found = network(Reader.of(lease), View(around=thing, depth=2) if thing else View())
    spent, clock = process_time() - imported, perf_counter() - clock
print(json.dumps([spent, clock, imported - begun, len(found.nodes), len(found.edges)]))
"""


def _cold(built: Path, what: str, thing: str) -> Row:
    """What a process that has just begun takes to open a store and read a neighbourhood: the median of some."""
    found = [
        json.loads(subprocess.run([sys.executable, "-c", _COLD, built, thing], capture_output=True, check=True).stdout)
        for _ in range(PROCESSES)
    ]
    spent, clock, imported = (median(run[part] for run in found) * 1000 for part in range(3))
    nodes, edges = found[0][3:]
    name = f"neighbourhood of depth 2 of {what}" if thing else what
    return (
        f"{name}, cold, in ms of processor time",
        f"{spent:,.0f}",
        "< 300" if thing else "-",
        f"{nodes:,} nodes, {edges:,} edges; {clock:,.0f} ms by the clock, {imported:,.0f} of imports before",
    )


def _table(rows: list[Row], statements: int, note: str) -> str:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    text = [
        "# Exporting",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, networkx {version('networkx')}, lxml {version('lxml')}, "
        f"pyoxigraph {version('pyoxigraph')}; neighbourhoods in a store of {statements:,} statements (each in its own "
        f"graph and in the union), read by {PROCESSES} new processes each, medians; this process took {peak:,.0f} MiB "
        f"at most. {note}".rstrip(),
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
    found = network(reader, View(around="invented-30"))
    kept = set(sorted(found.nodes)[:99]) | {ID["invented-30"]}
    edges = [edge for edge in found.edges if edge.source in kept and edge.target in kept]
    stated = {source for edge in found.edges for source in edge.sources}
    used = {source for edge in edges for source in edge.sources}
    lines = tuple(line for source, line in zip(sorted(stated), found.attribution, strict=True) if source in used)
    return Network({iri: found.nodes[iri] for iri in sorted(kept)}, edges, attribution=lines, title="A hundred things")


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
