"""Names that would do harm if they were markup, or if they were long enough: shown as the text that they are."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look
from tests.browser.ports import MARKUP
from tests.browser.test_query_page import PREFIXES, shared

pytestmark = pytest.mark.browser

PATHS = (
    "/id/markup",
    "/id/turned",
    "/id/long-name",
    "/claim/021",
    "/claim/023",
    "/explore?top=0#of=markup",
    "/explore?top=0#of=long-name",
    "/explore?around=long-name",
    "/search?q=img",
)


def unharmed(page: Page) -> None:
    """No script of a name ran, and no name became an element."""
    assert page.evaluate("window.harmed") is None
    assert page.locator("img[src='x']").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("width", [360, 1440])
def test_no_name_does_harm(look: Look, path: str, width: int) -> None:
    """Neither a tag, nor a change of direction, nor ten kilobytes: nothing runs, and nothing grows over the edge."""
    page = look.at(path, width)
    unharmed(page)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_panel_shows_them_as_text(look: Look) -> None:
    """In the panel, in its claims and in the suggestions of the finder."""
    page = look.at("/explore?top=0#of=markup")
    expect(page.locator(".panel h2")).to_have_text(MARKUP)
    expect(page.locator(".panel .sentence").first).to_contain_text("onerror")
    page.locator("#around").fill("img")
    expect(page.get_by_role("option")).to_have_text([MARKUP])
    unharmed(page)


@pytest.mark.parametrize("view", ["table", "network", "timeline", "raw"])
def test_answers_show_them_as_text(look: Look, view: str) -> None:
    """In every way an answer is shown."""
    query = PREFIXES + (
        'SELECT ?a ?b ?label (xsd:date("2020-01-01") AS ?day) WHERE '
        "{ ?a aigov:suppliedTo ?b . ?a <http://www.w3.org/2000/01/rdf-schema#label> ?label }"
    )
    page = look.at(shared("PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n" + query, view))
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator(".told")).to_contain_text("rows in")
    expect(page.locator(f"#tab-{view}")).to_have_attribute("aria-selected", "true")
    unharmed(page)
    if view in ("table", "timeline"):
        assert MARKUP in page.locator(".shown").inner_text()


def test_a_label_made_by_the_query_itself(look: Look) -> None:
    """A link of somebody who means harm brings no script along, even when it is run."""
    page = look.at(shared(f'SELECT ("{MARKUP}" AS ?x) (IRI("javascript:window.harmed=1") AS ?y) {{}}'))
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator(".told")).to_contain_text("1 row in")
    assert page.locator(".results td a").count() == 0
    unharmed(page)
