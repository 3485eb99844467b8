"""`make bench`, second part: how long validating and building take at the size of a grown corpus, and what memory.

Prints a table and writes it to tests/bench/BUILDING.md. Each run is a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from aigov_graph.build import build
from aigov_graph.dataset import find_data
from aigov_graph.stores import VersionedStore
from aigov_graph.validation import validate
from tests.bench.corpus import write

HERE = Path(__file__).parent

MUST = {"validate": (10.0, 1024), "build": (20.0, 1024)}
"""Seconds and MiB that each may take, on two cores that do nothing else."""

Run = dict[str, float]


def main() -> None:
    """Measure, print, write; or, with a folder, be one of the processes measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--note", default="", help="a remark for the table, such as what else the machine was doing")
    parser.add_argument("--no-write", action="store_true", help="leave BUILDING.md as it is")
    parser.add_argument("--run", nargs=2, metavar=("WHAT", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        print(json.dumps(_run(options.run[0], Path(options.run[1]))))
        return
    with TemporaryDirectory() as folder:
        claims = write(Path(folder) / "data", options.claims)
        found = {what: [_measured(what, Path(folder) / "data") for _ in range(options.rounds)] for what in MUST}
    text = _table(claims, found, options.rounds, options.note)
    print(text)
    if not options.no_write:
        (HERE / "BUILDING.md").write_text(text, encoding="utf-8")


def _run(what: str, data: Path) -> Run:
    folder = find_data(data)
    if what == "build":
        with TemporaryDirectory() as store:
            return _timed(lambda: build(folder, VersionedStore(Path(store))).quads)
    dataset = folder.load()
    return _timed(lambda: sum(1 for _ in dataset.quads()) if validate(dataset).conforms else 0)


def _timed(work: Callable[[], int]) -> Run:
    def cpu() -> float:
        used = resource.getrusage(resource.RUSAGE_SELF)
        return used.ru_utime + used.ru_stime

    started, before = time.perf_counter(), cpu()
    statements = work()
    return {
        "seconds": time.perf_counter() - started,
        "cpu": cpu() - before,
        "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "statements": statements,
    }


def _measured(what: str, data: Path) -> Run:
    command = [sys.executable, "-m", "tests.bench.building", "--run", what, str(data)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: Run = json.loads(done.stdout)
    print(f"{what}: {found['seconds']:.1f} s, {found['cpu']:.1f} s of one core, {found['mib']:.0f} MiB", flush=True)
    return found


def _table(claims: int, found: dict[str, list[Run]], rounds: int, note: str) -> str:
    def middle(what: str, measure: str) -> float:
        return median(run[measure] for run in found[what])

    text = [
        "# Building",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, pyshacl {version('pyshacl')}, pyoxigraph {version('pyoxigraph')}; "
        f"{claims:,} claims, {found['validate'][0]['statements']:,} statements in files, "
        f"{found['build'][0]['statements']:,} in the built graph; medians of {rounds} runs. {note}".rstrip(),
        "",
        "| what | seconds | must | of them computing | MiB at most | must |",
        "| --- | ---: | --- | ---: | ---: | --- |",
        *(
            f"| {what} | {middle(what, 'seconds'):.1f} | < {seconds:g} | {middle(what, 'cpu'):.1f} "
            f"| {middle(what, 'mib'):.0f} | < {mib} |"
            for what, (seconds, mib) in MUST.items()
        ),
        "",
    ]
    return "\n".join(text)


if __name__ == "__main__":
    main()
