"""How long the service takes to make the page of an actor that some 200 claims speak of, at a million statements.

    python -m tests.bench.entity_pages [--claims N] [--store DIR]

Makes invented data of N claims unless a store is given, serves it, asks for each page once, so that none comes from a
cache, and writes tests/bench/ENTITY_PAGES.md. Fails where half of the pages take longer than they may, or one weighs
more than it may.
"""

from __future__ import annotations

import argparse
import http.client
import os
import sys
from collections import Counter
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

import pyoxigraph as ox

from aigov_graph.build import assemble
from aigov_graph.dataset import find_data
from aigov_graph.stores import VersionedStore
from aigov_graph.synthesis import synthesize
from aigov_graph.vocabulary.namespaces import AIGOV, ID, RDF
from tests.live import Service

HERE: Final = Path(__file__).parent
MOST_MS: Final = 30.0
MOST_BYTES: Final = 150_000
_UNION: Final = ox.DefaultGraph()


def main() -> None:
    """Measure, write, and fail if a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--claims", type=int, default=28_000)
    parser.add_argument("--store", type=Path)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        store = options.store or Path(folder) / "store"
        if options.store is None:
            synthesize(Path(folder) / "data", find_data().load().vocabulary(), options.claims, 1)
            VersionedStore(store).publish(assemble(find_data(Path(folder) / "data")))
        version = VersionedStore(store).current()
        names = spoken_of(store, 120, 280)
        with Service.start(store) as service:
            port = service.address[1]
            before = processor_ms(service.process.pid)
            times, sizes = asked(port, names)
            worked = (processor_ms(service.process.pid) - before) / len(names)
    found = median(times)
    text = (
        "# Entity pages\n\n"
        f"{len(times)} pages of actors that 120 to 280 claims speak of, each asked once over loopback, nothing cached; "
        f"{version.quads if version else 0} statements, {os.cpu_count()} cores. Written by "
        "`python -m tests.bench.entity_pages`.\n\n"
        "| | found | may be |\n| --- | ---: | ---: |\n"
        f"| p50, ms | {found:.1f} | {MOST_MS:.0f} |\n"
        f"| p90, ms | {quantiles(times, n=10)[-1]:.1f} | |\n"
        f"| processor time a page, ms | {worked:.1f} | |\n"
        f"| load of the machine meanwhile | {os.getloadavg()[0]:.1f} | |\n"
        f"| largest as sent, kB | {max(sizes) / 1000:.1f} | {MOST_BYTES / 1000:.0f} |\n"
    )
    (HERE / "ENTITY_PAGES.md").write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    if found > MOST_MS or max(sizes) > MOST_BYTES:
        sys.exit("a page takes longer or weighs more than it may")


def spoken_of(store: Path, least: int, most: int) -> list[str]:
    """Local names of the things that so many claims have at an end."""
    counted: Counter[str] = Counter()
    with VersionedStore(store).lease() as lease:
        claim = ox.NamedNode(AIGOV.Claim)
        claims = {q.subject for q in lease.store.quads_for_pattern(None, ox.NamedNode(RDF.type), claim, _UNION)}
        for place in (RDF.subject, RDF.object):
            for quad in lease.store.quads_for_pattern(None, ox.NamedNode(place), None, _UNION):
                if quad.subject in claims and isinstance(quad.object, ox.NamedNode):
                    counted[quad.object.value] += 1
    return [iri[len(ID) :] for iri, number in counted.items() if least <= number <= most and iri.startswith(ID)]


def processor_ms(parent: int) -> float:
    """Processor time that a process and those below it have taken so far."""
    ticks, below = 0.0, {parent}
    for stat in sorted(Path("/proc").glob("[0-9]*/stat"), key=lambda path: int(path.parent.name)):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        if int(stat.parent.name) == parent or int(fields[1]) in below:
            below.add(int(stat.parent.name))
            ticks += int(fields[11]) + int(fields[12])
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")


def asked(port: int, names: list[str]) -> tuple[list[float], list[int]]:
    """Milliseconds and bytes of each page; the first page of all, which opens the store, is not counted."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    times, sizes = [], []
    for name in ("nobody", *names):
        started = perf_counter()
        headers = {"Accept": "text/html", "Accept-Encoding": "gzip"}
        connection.request("GET", f"/page/id/{name}", headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        if name != "nobody":
            times.append((perf_counter() - started) * 1000)
            sizes.append(len(body))
    connection.close()
    return times, sizes


if __name__ == "__main__":
    main()
