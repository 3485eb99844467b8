"""`make bench`, a part: how long a name is looked up at a hundred thousand entities.

Prints a table and writes it to tests/bench/SEARCHING.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from aigov_graph.search import Finder, Index, Name, Thing, Wanted
from aigov_graph.search.index import write
from aigov_graph.vocabulary.namespaces import AIGOV, ID

HERE = Path(__file__).parent
ENTITIES = 100_000
LOOKED_UP = 400
SEED = 20261124

SYLLABLES = "ba den fo gar hi kel lo mar nu pol qui ras sen tor ul vex wim yar zo chen dao gong hai long ming".split()  # noqa: SIM905
KINDS = ("Ministry of", "Department of", "Institute for", "Agency for", "Council of", "Office of", "University of", "")
FORMS = ("Ltd", "Inc", "Group", "Holdings", "")
HAN = "中华海天龙明信科技电子通讯国家北南东西大新安平建设金融数据智能云图光远达博通"


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-write", action="store_true", help="leave SEARCHING.md as it is")
    options = parser.parse_args()
    choose = random.Random(SEED)
    things = [_thing(choose, number) for number in range(ENTITIES)]
    with TemporaryDirectory() as folder:
        started = time.process_time()
        write(things, Path(folder))
        written_s = time.process_time() - started
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
        finder = Finder(Index.open(Path(folder)))
        rows = [_measure(finder, choose, things, *kind) for kind in _kinds()]
    text = _table(rows, written_s, size / 1024**2)
    print(text)
    if not options.no_write:
        (HERE / "SEARCHING.md").write_text(text, encoding="utf-8")


def _kinds() -> list[tuple[str, Callable[[random.Random, Thing], str], bool]]:
    return [
        ("a name spelt right", lambda _, thing: thing.label, False),
        ("a name with a slip", lambda choose, thing: _slip(choose, thing.label), False),
        ("one word of a name", lambda choose, thing: choose.choice(thing.label.split()), False),
        ("a Chinese name", lambda _, thing: thing.names[-1].text, False),
        ("the beginning of a name, for suggestions", lambda choose, thing: thing.label[: choose.randint(2, 9)], True),
    ]


def _measure(
    finder: Finder, choose: random.Random, things: list[Thing], kind: str, ask: Callable[[random.Random, Thing], str],
    begins: bool,
) -> tuple[str, float, float, float]:  # fmt: skip
    """The median in ms, by the clock and of the processor, and how often the thing meant was among the first ten."""
    times, own, right = [], [], 0
    for thing in choose.sample([one for one in things if len(one.names) > 1], LOOKED_UP):
        name = ask(choose, thing)
        started, used = time.perf_counter(), time.process_time()
        found = finder.find(Wanted(name, (AIGOV.Actor,), begins))
        times.append((time.perf_counter() - started) * 1000)
        own.append((time.process_time() - used) * 1000)
        right += any(thing.iri == one.thing.iri for one in found)
    return kind, median(times), median(own), right / LOOKED_UP


def _thing(choose: random.Random, number: int) -> Thing:
    own = " ".join("".join(choose.choices(SYLLABLES, k=choose.randint(2, 4))).title() for _ in range(2))
    label = f"{choose.choice(KINDS)} {own} {choose.choice(FORMS)}".strip()
    names = [Name(label, "en")]
    if choose.random() < 0.5:
        names.append(Name("".join(choose.choices(HAN, k=choose.randint(2, 6))), "zh"))
    return Thing(f"{ID}body-{number}", label, tuple(names), (AIGOV.Firm,), (AIGOV.Firm, AIGOV.Actor, AIGOV.Entity))


def _slip(choose: random.Random, name: str) -> str:
    at = choose.randrange(1, len(name) - 1)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def _table(rows: list[tuple[str, float, float, float]], written_s: float, size: float) -> str:
    return "\n".join(
        [
            "# Searching",
            "",
            f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.machine()},",
            f"Python {platform.python_version()}, tantivy {version('tantivy')}, {ENTITIES:,} entities,",
            f"{LOOKED_UP} look-ups of each kind, one at a time. The index is written in {written_s:.1f} s of processor",
            f"time and takes {size:.0f} MiB on disk. Processor time is what a look-up takes when nothing else runs.",
            "",
            "| looked up | median in ms | the same in processor time | among the first ten | must |",
            "| --- | ---: | ---: | ---: | --- |",
            *(f"| {kind} | {half:.1f} | {own:.1f} | {right:.0%} | median < 10 |" for kind, half, own, right in rows),
            "",
        ]
    )


if __name__ == "__main__":
    main()
