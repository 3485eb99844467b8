"""How soon a page is there: its largest part painted, by Chromium's own trace, on a processor made four times slower.

Run by `make bench`; needs Chromium. Writes tests/bench/PAGES.md, and fails where a page takes longer or weighs more
than it may.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final
from urllib.parse import urljoin

from playwright.sync_api import Browser, sync_playwright

from aigov_graph.build import assemble
from aigov_graph.dataset import find_data
from aigov_graph.stores import VersionedStore
from tests.bench.entity_pages import processor_ms
from tests.live import Service

HERE: Final = Path(__file__).parent
SLOWER: Final = 4
ROUNDS: Final = 5
LARGEST_PAINT_MS: Final = 1000
FIRST_LOAD_BYTES: Final = 150_000
PAGES: Final = {
    "the landing page": "/",
    "an entity": "/id/china",
    "a claim": "/claim/zeng-2021-001",
    "a question": "/questions/01-who-cooperates-with-the-chinese-government",
    "the query page": "/sparql",
    "the explorer": "/explore",
}
LARGEST: Final = "NavStartToLargestContentfulPaint::Candidate::AllFrames::UKM"
"""What the trace says each time something larger than before was painted."""

PAINTED: Final = """() => new Promise(resolve => {
  const seen = new PerformanceObserver(() => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  seen.observe({ type: 'largest-contentful-paint', buffered: true });
})"""
"""Waits until the browser has said what was largest; the trace has it then too."""

WITH_SCRIPTS: Final = ("the query page", "the explorer")
"""Pages that may weigh more, for what they load."""


@dataclass(frozen=True)
class Measured:
    """A page: when its largest part was painted in the median, the bytes of a first visit, and what the service worked.

    The work is processor time a visit, which says what a page costs on a busy machine too.
    """

    name: str
    paint_ms: float
    size: int
    worked_ms: float

    @property
    def within(self) -> bool:
        """Whether it keeps its budgets."""
        light = self.name in WITH_SCRIPTS or self.size < FIRST_LOAD_BYTES
        return light and self.paint_ms < LARGEST_PAINT_MS


def largest_paint_ms(trace: dict[str, Any]) -> float:
    """When the largest part of the page was painted, after the navigation began."""
    painted = [event for event in trace["traceEvents"] if event["name"] == LARGEST]
    last = max(painted, key=lambda event: int(event["ts"]))
    return float(last["args"]["data"]["durationInMilliseconds"])


def visit(browser: Browser, address: str) -> tuple[float, int]:
    """A first visit: milliseconds to the largest paint, and bytes received."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.goto(urljoin(address, "/health"))  # the browser's process for this service is there, nothing else is
    session = context.new_cdp_session(page)
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    session.send("Network.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    browser.start_tracing(page=page, categories=["loading", "blink.user_timing", "devtools.timeline"])
    page.goto(address, wait_until="networkidle")
    page.evaluate(PAINTED)
    page.wait_for_timeout(1500)  # what was painted goes from one process of the browser to the other once a second
    trace = json.loads(browser.stop_tracing())
    context.close()
    return largest_paint_ms(trace), int(sum(sizes))


def measure(store: Path) -> list[Measured]:
    """All pages over a store, the first visit to each left out: it finds the service cold."""
    program = shutil.which("chromium")
    if program is None:
        sys.exit("chromium is not installed")
    found = []
    with Service.start(store) as service, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name, path in PAGES.items():
            visit(browser, service.base + path)
            before = processor_ms(service.process.pid)
            visits = [visit(browser, service.base + path) for _ in range(ROUNDS)]
            worked = (processor_ms(service.process.pid) - before) / ROUNDS
            found.append(Measured(name, median(ms for ms, _ in visits), max(size for _, size in visits), worked))
        browser.close()
    return found


def report(found: list[Measured]) -> str:
    """The measurements as a table."""
    lines = [
        f"| {page.name} | {page.paint_ms:.0f} ms | {page.size / 1000:.0f} kB | {page.worked_ms:.0f} ms |"
        for page in found
    ]
    about = (
        f"Largest contentful paint by Chromium's trace, on loopback, processor made {SLOWER} times slower, median of "
        f"{ROUNDS} first visits; bytes received, compressed as sent. Budgets: {LARGEST_PAINT_MS} ms, and "
        f"{FIRST_LOAD_BYTES // 1000} kB for pages without the explorer or the editor."
    )
    return "\n".join(
        [
            "# How soon a page is there",
            "",
            about,
            "",
            "| page | largest paint | first visit | processor time of the service |",
            "| --- | --- | --- | --- |",
            *lines,
            "",
        ]
    )


def main() -> None:
    """Measure, write the table, and fail where a budget is not kept."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--store", type=Path, help="a published store; without it the project's own data is built")
    parser.add_argument("--output", type=Path, default=HERE / "PAGES.md")
    given = parser.parse_args()
    if shutil.which("npm"):
        subprocess.run(["make", "ui"], cwd=HERE.parent.parent, check=True)
    with TemporaryDirectory() as folder:
        store = given.store
        if store is None:
            store = Path(folder)
            VersionedStore(store).publish(assemble(find_data()))
        found = measure(store)
    text = report(found)
    given.output.write_text(text, "utf-8")
    print(text)
    if over := [page.name for page in found if not page.within]:
        sys.exit(f"over budget: {', '.join(over)}")


if __name__ == "__main__":
    main()
