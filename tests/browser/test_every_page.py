"""Every kind of page: at three widths, light and dark, by axe-core, without scripts, and with nothing from elsewhere.

Screenshots go into the folder that AIGOV_GRAPH_SCREENSHOTS names, for who wants to look; else into a temporary one.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Look, Scheme, violations

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/questions/01-who-cooperates-with-the-chinese-government",
    "/id/harbour-ministry",
    "/claim/003",
    "/explore",
    "/explore?status=fact&status=hedged&status=denied&status=disputed&top=0#of=harbour-ministry",
    "/sparql",
    "/export",
    "/analysis",
    "/search?q=harbour",
    "/api",
    "/timeline",
    "/claims",
    "/disagreements",
    "/page/ontology",
    "/claims?lang=zh-Hans",
)
FURTHER = (
    "/sources",
    "/page/id/port-council-2024",
    "/compare?a=harbour-ministry&b=pilots-office",
    "/entities",
    "/edges",
    "/page/ontology/cooperatesWith",
    "/page/ontology/Agency",
    "/page/shapes",
    "/analysis?measure=centralities",
    "/page/passage/003",
    "/page/concept/badge-asserted",
    "/page/edge/0da9a9b7de4e9d3872227fa21b298c3af922431523d8afd9d03236319dec5af2",
    "/page/graph/facts",
    "/timeline/2020",
    "/page/id/harbour-ministry?lang=zh-Hans",
)
"""Kinds that are made of the same parts as those above: looked at where each is tightest, and in both schemes."""
RETIRED = "/page/id/old-portal"


def _first_load(look: Look, path: str) -> int:
    """Bytes that come over the line for a page in a fresh window."""
    context = look.browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    received: list[float] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    session.send("Network.enable")
    page.goto(look.base + path, wait_until="networkidle")
    return int(sum(received))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_it_fits_and_is_accessible(look: Look, path: str, scheme: Scheme, tmp_path: Path) -> None:
    """Nothing is wider than the window from 360 px up, and axe-core finds nothing wrong."""
    shots = Path(os.environ.get("AIGOV_GRAPH_SCREENSHOTS", "") or tmp_path)
    for width in (360, 768, 1440):
        page = look.at(path, width, scheme)
        page.screenshot(path=shots / f"{re.sub(r'[^a-z0-9]+', '-', path)}-{width}-{scheme}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, f"too wide at {width}"
        assert violations(page) == []


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1440, "light")])
@pytest.mark.parametrize("path", [*FURTHER, RETIRED])
def test_further_kinds_fit_and_are_accessible(
    look: Look, path: str, width: int, scheme: Scheme, tmp_path: Path
) -> None:
    """The same of every other kind of page, a retired thing's among them."""
    look.expected = ("410",) if path == RETIRED else ()
    shots = Path(os.environ.get("AIGOV_GRAPH_SCREENSHOTS", "") or tmp_path)
    page = look.at(path, width, scheme)
    page.screenshot(path=shots / f"{re.sub(r'[^a-z0-9]+', '-', path)}-{width}-{scheme}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert violations(page) == []


@pytest.mark.parametrize("path", [*PAGES, *FURTHER])
def test_it_is_whole_without_scripts(look: Look, path: str) -> None:
    """A heading, and something to read or fill in below it."""
    page = look.at(path, scripts=False)
    assert page.locator("h1").inner_text()
    assert len(page.locator("main").inner_text()) > 80


def test_a_page_that_is_not_there(look: Look) -> None:
    """A page says so, and axe-core finds nothing wrong with that either."""
    look.expected = ("404",)
    assert violations(look.at("/id/no-such-thing")) == []


@pytest.mark.parametrize("path", [path for path in (*PAGES, *FURTHER) if not path.startswith(("/explore", "/sparql"))])
def test_first_load(look: Look, path: str) -> None:
    """A first visit takes less than 150 kB, and loads no part of the explorer or the editor."""
    assert _first_load(look, path) < 150_000
    page = look.at(path)
    assert not page.locator("script[src*='cytoscape'], script[src*='query']").count()


def test_paper_has_dark_letters_and_the_numbers_of_claims(look: Look) -> None:
    """Printed from a dark window, what is plain and what is hedged have the colours that are read on white."""
    page = look.at("/id/harbour-ministry", scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    colours = page.evaluate(
        "['--ground', '--fact', '--hedged', '--denied'].map(n => "
        "getComputedStyle(document.documentElement).getPropertyValue(n).trim())"
    )
    assert colours == ["#fff", "#1d6b45", "#8a4b00", "#a02b2b"]
    after = "getComputedStyle(document.querySelector('.sentence'), '::after').content"
    assert re.fullmatch(r'" \[" "?\d{3}"? "\]"|" \[\d{3}\]"', page.evaluate(after))


def test_a_retired_thing_names_its_successor(look: Look) -> None:
    """The page says what took its place, and leads there."""
    look.expected = ("410",)
    page = look.at("/id/old-portal")
    assert page.locator("main a[href$='/id/permit-portal']").first.inner_text() == "permit portal"


def _tabbed_to(page: Page, wanted: str) -> bool:
    """Press Tab until what has the focus matches a selector, once round the page at most."""
    for _ in range(page.locator("a, button, input, select, summary, textarea, [tabindex]").count() + 5):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return True
    return False


@pytest.mark.parametrize(
    ("path", "wanted", "leads"),
    [
        ("/timeline", "main a[href*='/timeline/2020']", "/timeline/2020"),
        ("/disagreements", "main a[href*='/claim/']", "/claim/"),
        ("/page/ontology", "main a[href*='/page/ontology/cooperatesWith']", "/page/ontology/cooperatesWith"),
    ],
)
def test_links_are_reached_by_keys_alone(look: Look, path: str, wanted: str, leads: str) -> None:
    """Tab comes to what the page leads to, its focus is seen, and Enter follows it."""
    page = look.at(path)
    assert _tabbed_to(page, wanted)
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{leads}*")


def test_two_are_compared_by_keys_alone(look: Look) -> None:
    """The fields are filled and sent without a mouse."""
    page = look.at("/compare")
    assert _tabbed_to(page, "main input[name='a']")
    page.keyboard.type("harbour-ministry")
    assert _tabbed_to(page, "main input[name='b']")
    page.keyboard.type("pilots-office")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare?*b=pilots-office*")
    assert page.locator("main .sentence").count() > 0
