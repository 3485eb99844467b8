"""`make bench`, a part: how long a name is looked up at a hundred thousand entities, and what memory that takes.

Looked up in the process itself, then over HTTP in a real service on the same index. Prints a table and writes it to
tests/bench/SEARCHING.md.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import platform
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import pyoxigraph as ox

from aigov_graph.search import BESIDE, Finder, Index, Name, Thing, Wanted
from aigov_graph.search.index import write
from aigov_graph.stores import VersionedStore
from aigov_graph.vocabulary.namespaces import AIGOV, GRAPH, ID, RDF, RDFS
from tests.bench.servers import memory_bytes
from tests.live import Service

HERE = Path(__file__).parent
ENTITIES = 100_000
LOOKED_UP = 400
SEED = 20261124

SYLLABLES = "ba den fo gar hi kel lo mar nu pol qui ras sen tor ul vex wim yar zo chen dao gong hai long ming".split()  # noqa: SIM905
KINDS = ("Ministry of", "Department of", "Institute for", "Agency for", "Council of", "Office of", "University of", "")
FORMS = ("Ltd", "Inc", "Group", "Holdings", "")
HAN = "中华海天龙明信科技电子通讯国家北南东西大新安平建设金融数据智能云图光远达博通"


Ask = Callable[[random.Random, Thing], str]


@dataclass(frozen=True)
class Kind:
    """A kind of look-up: what is typed for a thing, and whether it is only begun."""

    name: str
    ask: Ask
    begins: bool = False


@dataclass(frozen=True)
class Row:
    """A line of the table: medians in ms by the clock and of the processor, and how often the answer was right."""

    name: str
    clock: float
    own: float
    right: float


LOOK_UPS = (
    Kind("a name spelt right", lambda _, thing: thing.label),
    Kind("a name with a slip", lambda choose, thing: _slip(choose, thing.label)),
    Kind("one word of a name", lambda choose, thing: choose.choice(thing.label.split())),
    Kind("a Chinese name", lambda _, thing: thing.names[-1].text),
    Kind("the beginning of a name, for suggestions", lambda choose, thing: thing.label[: choose.randint(2, 9)], True),
    Kind("more of the beginning", lambda choose, thing: thing.label[: choose.randint(10, 20)], True),
)


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-write", action="store_true", help="leave SEARCHING.md as it is")
    options = parser.parse_args()
    choose = random.Random(SEED)
    things = [_thing(choose, number) for number in range(ENTITIES)]
    asked = [one for one in things if len(one.names) > 1]
    with TemporaryDirectory() as folder:
        started = time.process_time()
        version = VersionedStore(Path(folder)).publish(
            _quads(things), {BESIDE: lambda _, beside: write(things, beside)}
        )
        written_s = time.process_time() - started
        beside = version.beside(BESIDE)
        size = sum(file.stat().st_size for file in beside.iterdir())
        finder = Finder(Index.open(beside))
        rows = [_within(finder, choose, asked, kind) for kind in LOOK_UPS]
        memory = _memory(beside)
        with Service.start(Path(folder)) as service:
            served = [_over_http(service, choose, asked, kind) for kind in LOOK_UPS]
            whole = memory_bytes(service.process.pid) / 1024**2
    text = _table(rows, served, written_s, size / 1024**2, memory, whole)
    print(text)
    if not options.no_write:
        (HERE / "SEARCHING.md").write_text(text, encoding="utf-8")


def _within(finder: Finder, choose: random.Random, things: list[Thing], kind: Kind) -> Row:
    """Looked up in this process."""

    def look(name: str) -> list[tuple[str, str]]:
        found = finder.find(Wanted(name, (AIGOV.Actor,), kind.begins))
        return [(one.thing.iri, one.name.text) for one in found]

    return _measure(look, time.process_time, choose, things, kind)


def _over_http(service: Service, choose: random.Random, things: list[Thing], kind: Kind) -> Row:
    """Asked of a service on one connection; its processor time is that of all its processes."""
    connection = http.client.HTTPConnection(*service.address, timeout=30)
    path = "/search/suggest?" if kind.begins else "/search?"
    few = "suggestions" if kind.begins else "results"

    def look(name: str) -> list[tuple[str, str]]:
        connection.request("GET", path + urlencode({"q": name, "type": "Actor", "limit": 10}))
        found = json.loads(connection.getresponse().read())[few]
        return [(one["iri"], one["name"] or one["label"] if kind.begins else "") for one in found]

    row = _measure(look, lambda: _processor_s(service.process.pid), choose, things, kind, each=False)
    connection.close()
    return row


def _measure(
    look: Callable[[str], list[tuple[str, str]]], used: Callable[[], float], choose: random.Random,
    things: list[Thing], kind: Kind, *, each: bool = True,
) -> Row:  # fmt: skip
    """Look many names up; the processor time is the median, or the mean where its clock is too coarse for each."""
    times, own, right = [], [], 0
    look("warm")
    before = used()
    for thing in choose.sample(things, LOOKED_UP):
        name = kind.ask(choose, thing)
        started, at = time.perf_counter(), used() if each else 0.0
        found = look(name)
        times.append((time.perf_counter() - started) * 1000)
        own.append((used() - at) * 1000 if each else 0.0)
        if kind.begins:
            right += bool(found) and name.strip().casefold() in found[0][1].casefold()
        else:
            right += any(thing.iri == iri for iri, _ in found)
    spent = median(own) if each else (used() - before) * 1000 / LOOKED_UP
    return Row(kind.name, median(times), spent, right / LOOKED_UP)


def _processor_s(pid: int) -> float:
    """What a process and all below it have used of the processor."""
    total, waiting = 0.0, [pid]
    while waiting:
        one = waiting.pop()
        try:
            waiting += [int(child) for child in Path(f"/proc/{one}/task/{one}/children").read_text().split()]
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


_HOLDS = """
import re, sys
from pathlib import Path
from aigov_graph.search import Finder, Index, Wanted

def said():
    text = Path("/proc/self/smaps_rollup").read_text()
    return [int(re.search(rf"^{name}:\\s+(\\d+)", text, re.M)[1]) / 1024 for name in ("Rss", "Anonymous")]

before = said()
finder = Finder(Index.open(Path(sys.argv[1])))
for line in sys.stdin:
    finder.find(Wanted(line.strip()))
after = said()
print(*before, *after)
"""


def _memory(folder: Path) -> list[float]:
    """In MiB, resident and of these anonymous: a process with the package loaded, then with the index open and used."""
    choose = random.Random(SEED + 1)
    names = "\n".join("".join(choose.choices(SYLLABLES, k=3)) for _ in range(LOOKED_UP))
    command = [sys.executable, "-c", _HOLDS, str(folder)]
    said = subprocess.run(command, input=names, capture_output=True, text=True, check=True).stdout
    return [float(number) for number in re.findall(r"[0-9.]+", said)]


def _quads(things: list[Thing]) -> Iterator[ox.Quad]:
    """The things as statements, with the few of the ontology that a service needs to know their class."""
    graph, ontology = ox.NamedNode(GRAPH.entities), ox.NamedNode(GRAPH.ontology)
    firm, kind = ox.NamedNode(AIGOV.Firm), ox.NamedNode(RDF.type)
    owl_class = ox.NamedNode("http://www.w3.org/2002/07/owl#Class")
    for name in ("Firm", "Actor", "Entity"):
        yield ox.Quad(ox.NamedNode(AIGOV[name]), kind, owl_class, ontology)
        yield ox.Quad(ox.NamedNode(AIGOV[name]), ox.NamedNode(RDFS.label), ox.Literal(name, language="en"), ontology)
    for thing in things:
        yield ox.Quad(ox.NamedNode(thing.iri), kind, firm, graph)
        for text, language, _ in thing.names:
            said = ox.Literal(text, language=language)
            yield ox.Quad(ox.NamedNode(thing.iri), ox.NamedNode(RDFS.label), said, graph)


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


def _table(rows: list[Row], served: list[Row], written_s: float, size: float, memory: list[float], whole: float) -> str:
    resident, anonymous, resident_open, anonymous_open = memory
    columns = [
        "| looked up | median in ms | processor time in ms | right | must |",
        "| --- | ---: | ---: | ---: | --- |",
    ]
    return "\n".join(
        [
            "# Searching",
            "",
            f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores (load {os.getloadavg()[0]:.1f}),",
            f"{platform.machine()}, Python {platform.python_version()}, tantivy {version('tantivy')},",
            f"{ENTITIES:,} entities, {LOOKED_UP} look-ups of each kind, one at a time. Version and index take",
            f"{written_s:.1f} s of processor time to write; the index is {size:.0f} MiB on disk. Processor time is",
            "what a look-up takes when nothing else runs; the clock is longer on a busy machine. Right is: the thing",
            "meant is among the first ten, where one word or two Chinese letters are the name of more than ten things;",
            "of a beginning, what is suggested first has it.",
            "",
            "In the process itself, processor time as the median:",
            "",
            *columns,
            *(f"| {row.name} | {row.clock:.1f} | {row.own:.1f} | {row.right:.0%} | median < 10 |" for row in rows),
            "",
            "Over HTTP, on one connection; processor time of all the service's processes, as the mean:",
            "",
            *columns,
            *(f"| {row.name} | {row.clock:.1f} | {row.own:.1f} | {row.right:.0%} | median < 10 |" for row in served),
            "",
            f"Memory: a process with the package loaded has {resident:.0f} MiB resident, {anonymous:.0f} of them",
            f"its own; with the index open and {LOOKED_UP} names looked up {resident_open:.0f} and",
            f"{anonymous_open:.0f}.",
            "The index is mapped, not read: what is resident but not the process's own are pages of files, the index's",
            "among them, which all processes share and the system may drop. The service with all its processes holds",
            f"{whole:.0f} MiB, shared pages counted once.",
            "",
        ]
    )


if __name__ == "__main__":
    main()
