"""Scripts in Chinese: what they write into a page is in its language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Look
from tests.live import Service
from tests.web.foreign_letters import latin_words, publish_foreign

pytestmark = pytest.mark.browser

QUERY = """\
PREFIX aigov: <https://w3id.org/aigov-graph/ontology#>
SELECT ?ж ?й ?ш WHERE { ?ш aigov:when ?й . ?ж aigov:interestedIn ?е } LIMIT 300"""

IRI = re.compile(r"(?:id|claim|concept|edtf|aigov):[\w-]*$")


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The ports, all texts of which are in letters that no word of the interface has."""
    root = tmp_path_factory.mktemp("foreign")
    data = publish_foreign(root)
    with Service.start(root / "store", data=data) as running:
        yield running


@pytest.fixture
def abroad(chromium: Browser, foreign: Service) -> Iterator[Look]:
    """Its pages; the test fails if one complained."""
    looking = Look(chromium, foreign.base)
    yield looking
    for context in chromium.contexts:
        context.close()
    assert looking.complaints == []


def english_in(page: Page, parts: str = "body") -> list[str]:
    """What parts of a page say in English now, after scripts wrote into them; names of things are shortened IRIs."""
    shown = "\n".join(page.locator(parts).evaluate_all("parts => parts.map(part => part.outerHTML)"))
    return [text for text in latin_words(shown, "zh-Hans") if not IRI.match(text)]


def test_the_explorer_speaks_chinese(abroad: Look) -> None:
    """Its tools, its tables, its panel about a thing and about an edge, and what it says while one walks."""
    page = abroad.at("/explore?lang=zh-Hans&status=fact&status=hedged&status=disputed&around=harbour-ministry")
    assert page.get_by_role("button", name="放大").is_visible()
    assert page.locator("[data-count]").inner_text().endswith("条关系边。")
    assert english_in(page) == []
    page.locator("details.as-table[data-table=nodes] summary").click()
    page.locator("[data-table=nodes] button.pick").first.click()
    page.get_by_role("button", name="显示其附近的内容").click()
    page.get_by_role("button", name="隐藏所添加的内容").wait_for()
    page.locator(".panel .said-list").first.wait_for()
    assert english_in(page) == []
    page.locator("details.as-table[data-table=edges] summary").click()
    page.locator("[data-table=edges] button.pick").first.click()
    page.locator(".panel .said-list").first.wait_for()
    assert english_in(page) == []
    assert "lang=zh-Hans" in page.url


def test_the_query_page_speaks_chinese(abroad: Look) -> None:
    """Its buttons, the ways it shows an answer, and what it says of it."""
    page = abroad.at(f"/sparql?lang=zh-Hans#{urlencode({'query': QUERY})}")
    assert "尚未运行" in page.locator(".told").inner_text()
    page.get_by_role("button", name="运行").click()
    page.get_by_text("用时").wait_for()
    for way in ("表格", "网络", "时间线"):
        page.get_by_role("tab", name=way).click()
        page.locator("#shown > *").wait_for()
        assert english_in(page, ".doings, .told, .results") == []
    page.get_by_text("用 curl、Python 或 R 查询").click()
    page.get_by_role("button", name="复制 Python").wait_for()
    assert page.get_by_role("button", name="复制链接").is_visible()


def test_an_explorer_asked_for_in_english_stays_in_it(abroad: Look) -> None:
    """Though the browser likes Chinese: what the address asks for is kept when the script writes it anew."""
    page = abroad.at("/explore?lang=en&around=harbour-ministry")
    page.get_by_role("button", name="Nearer").wait_for()
    page.locator("input[name=status][value=denied]").check()
    page.wait_for_url("**status=denied**")
    assert "lang=en" in page.url
