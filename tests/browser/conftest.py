"""Chromium over a running service. `look` opens pages, and fails a test in which a page complained or asked elsewhere.

`ports` serves the small world of `ports.py`. Needs Chromium on the machine and the scripts built (`make ui`); the
tests are skipped where either is missing.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, sync_playwright

from aigov_graph.web.assets import built
from tests.browser.ports import publish_ports
from tests.live import Service

AXE = Path(__file__).parent.parent.parent / "service" / "ui" / "node_modules" / "axe-core" / "axe.min.js"
Scheme = Literal["light", "dark"]


@dataclass
class Look:
    """Opens pages of one service, and remembers what they complained of.

    Attributes:
        base: the address of the service.
        complaints: messages of the console, errors of scripts, and requests to other hosts.
    """

    browser: Browser
    base: str
    complaints: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()

    def at(
        self,
        path: str,
        width: int = 1440,
        scheme: Scheme = "light",
        *,
        scripts: bool = True,
    ) -> Page:
        """Open a page in a window of its own."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"a script failed: {error}"))
        page.on("dialog", self._opened)
        page.on("request", self._asked)
        page.goto(self.base + path, wait_until="networkidle")
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(text in message.text for text in self.expected):
            self.complaints.append(f"{message.type}: {message.text}")

    def _opened(self, dialog: Dialog) -> None:
        self.complaints.append("a dialog opened")
        dialog.dismiss()

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.base + "/", "data:", "blob:")):
            self.complaints.append(f"asked another host: {request.url}")


@pytest.fixture(scope="session")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service over the small world."""
    with Service.start(publish_ports(tmp_path_factory.mktemp("ports"))) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed")
    if not built() or not AXE.is_file():
        pytest.skip("the scripts are not built: run make ui")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def look(chromium: Browser, ports: Service) -> Iterator[Look]:
    """Pages of the small world; the test fails if one complained, unless it expected that."""
    looking = Look(chromium, ports.base)
    yield looking
    for context in chromium.contexts:
        context.close()
    assert looking.complaints == []


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong with a page, by WCAG 2.2 up to AA: rule, and the first element that breaks it."""
    page.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = page.evaluate(
        "() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    return [f"{item['id']}: {item['nodes'][0]['html'][:200]}" for item in found["violations"]]
