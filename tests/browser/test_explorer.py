"""The explorer: filters, expanding, what the address keeps, keys, what it hands out, and its tables."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from aigov_graph.vocabulary.namespaces import ID
from tests.browser.conftest import Look
from tests.live import Service

pytestmark = pytest.mark.browser

ALL = "/explore?status=fact&status=disputed&status=denied&status=qualified&status=hedged&top=0"


def count(page: Page, things: int, edges: int) -> None:
    """Wait until so many are shown."""
    expect(page.locator("[data-count]")).to_have_text(f"{things} things, {edges} edges.")


def words(page: Page) -> dict[str, list[str]]:
    """What the address says."""
    return parse_qs(urlsplit(page.url).query)


def things(page: Page) -> set[str]:
    """The names in the table of things."""
    page.locator("[data-table=nodes]").evaluate("table => table.open = true")
    return set(page.locator("[data-table=nodes] .pick").all_text_contents())


def test_it_begins_with_actors_and_facts(look: Look) -> None:
    """Facts between actors, without the portal, which is none; a hedge is shown only on request."""
    page = look.at("/explore")
    count(page, 5, 5)
    assert "permit portal" not in things(page)
    assert page.locator("[data-table=edges] .mark").all_text_contents() == ["Stated plainly"] * 5


def test_another_language_is_the_same_view(look: Look) -> None:
    """The language of the interface is that of the names too, and changes nothing else."""
    page = look.at("/explore?lang=zh-Hans")
    expect(page.locator("[data-count]")).to_have_text("5 个事物，5 条关系边。")
    assert "港务部" in things(page)


def test_a_filter_changes_picture_tables_address_and_downloads(look: Look, ports: Service) -> None:
    """Ticking hedged edges brings them in, marked in words; the file holds exactly what is on screen."""
    page = look.at("/explore")
    page.get_by_label("hedged: possible, planned, relayed").check()
    count(page, 5, 6)
    assert words(page) == {"type": ["Actor"], "top": ["80"], "status": ["fact", "hedged"]}
    page.locator("[data-table=edges]").evaluate("table => table.open = true")
    marks = page.locator("[data-table=edges] .mark").all_text_contents()
    assert sorted(marks) == ["Hedged", *["Stated plainly"] * 5]
    link = page.locator("[data-format=cytoscape]").get_attribute("href") or ""
    elements = ports.get(link).json["elements"]
    assert (len(elements["nodes"]), len(elements["edges"])) == (5, 6)  # type: ignore[index]


@pytest.mark.parametrize(
    ("filters", "things_shown", "edges"),
    [
        ("relation=suppliedTo&top=0", 5, 4),
        ("source=port-council-2024&type=System&top=0", 0, 0),
        ("from=2021&to=2021&top=0", 3, 2),
        ("status=denied&top=0", 2, 1),
        ("around=permit-portal", 2, 1),
        ("around=Permit Portal", 2, 1),
        ("top=2", 2, 2),
    ],
)
def test_an_address_is_the_whole_state(look: Look, filters: str, things_shown: int, edges: int) -> None:
    """The same address shows the same, with scripts and without; a name does in place of an identifier."""
    for scripts in (True, False):
        page = look.at(f"/explore?{filters}", scripts=scripts)
        assert page.locator("[data-count]").inner_text() == (
            f"{things_shown} things, {edges} edges." if edges or not scripts else "Nothing fits what you chose to see."
        )


def test_expanding_shows_neighbours_and_claims_and_can_be_shared(look: Look) -> None:
    """Enter opens a thing: what is near it appears, its claims are listed, and the address brings all of it back."""
    page = look.at("/explore?around=permit-portal#of=permit-portal")
    count(page, 2, 1)
    page.locator(".canvas").focus()
    for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
        if "Harbour Ministry" not in (page.locator(".voice").text_content() or ""):
            page.keyboard.press(key)
    page.keyboard.press("Enter")
    count(page, 6, 6)
    assert words(page)["also"] == ["harbour-ministry"]
    shared = urlsplit(page.url)
    page = look.at(f"{shared.path}?{shared.query}#{shared.fragment}")
    count(page, 6, 6)
    expect(page.locator(".panel h2")).to_have_text("Harbour Ministry")
    assert page.locator("[data-table=nodes] tbody tr").count() == 6


def test_the_panel_says_who_holds_it_how_surely_and_where(look: Look) -> None:
    """Each claim leads to its page, its holder and its source; hedged ones stand apart from what is plainly stated."""
    page = look.at(f"{ALL}#of=harbour-ministry")
    panel = page.locator(".panel")
    expect(panel.locator("h3.fact")).to_be_visible()
    plain = panel.locator(".said-list.fact li").filter(has_text="Claim 001.")
    expect(plain.locator(".axes")).to_contain_text("held by Port Council")
    expect(plain.locator(".axes")).to_contain_text("certain, since 2019")
    expect(plain.locator(".axes")).to_contain_text("Port Council, annual report 2024, page 1")
    assert plain.locator(".sentence").get_attribute("href") == "/page/claim/001"
    hedged = panel.locator(".said-list.hedged li")
    assert hedged.locator(".sentence").all_text_contents() == ["Claim 003."]
    assert panel.locator(".said-list.fact").get_by_text("Claim 003.").count() == 0


def test_what_was_expanded_can_be_hidden_again(look: Look) -> None:
    """Hiding takes away what expanding brought."""
    page = look.at("/explore?around=permit-portal#of=harbour-ministry")
    count(page, 2, 1)
    page.get_by_role("button", name="Show what is near it").click()
    count(page, 6, 6)
    assert words(page)["also"] == ["harbour-ministry"]
    page.get_by_role("button", name="Hide what was added").click()
    count(page, 2, 1)
    assert "also" not in words(page)


def test_an_edge_opens_what_both_say_of_each_other(look: Look) -> None:
    """From the table of edges one comes to the claims between the two things."""
    page = look.at(ALL)
    page.locator("[data-table=edges] summary").click()
    row = page.locator("[data-table=edges] tr").filter(has=page.locator(".mark.disputed"))
    row.locator(".pick").click()
    expect(page.locator(".panel .mark")).to_have_text("Disputed")
    expect(page.locator(".panel .said-list.disputed .sentence")).to_have_text(["Claim 004.", "Claim 005."])


def test_by_keys_alone(look: Look) -> None:
    """Find a thing by its name, walk to its neighbour, open it, follow a claim to its page."""
    page = look.at("/explore")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.locator("#around").focus()
    page.keyboard.type("permit")
    expect(page.get_by_role("option", name="permit portal")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#around")).to_have_value("permit portal")
    for box in page.locator("input[name=type]:checked").all():
        box.evaluate("box => { box.closest('details').open = true; box.focus() }")
        page.keyboard.press("Space")
    count(page, 2, 1)
    page.locator(".canvas").focus()
    heard = page.locator(".voice")
    first = heard.inner_text()
    for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
    assert first
    expect(heard).to_contain_text("edges here.")
    page.keyboard.press("Enter")
    sentence = page.locator(".panel .sentence").first
    expect(sentence).to_be_visible()
    sentence.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/claim/*")
    assert page.locator("h1").inner_text()


def test_the_tables_are_walked_by_arrows(look: Look) -> None:
    """Down and up go from row to row, and Enter opens the thing."""
    page = look.at("/explore")
    page.locator("[data-table=nodes] summary").click()
    picks = page.locator("[data-table=nodes] .pick")
    picks.first.focus()
    page.keyboard.press("ArrowDown")
    expect(picks.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(picks.last).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(page.locator(".panel h2")).to_have_text(picks.first.inner_text())


def test_what_cannot_be_shown_is_said(look: Look) -> None:
    """A year that is none is answered in words, and what was on screen stays."""
    look.expected = ("400",)
    page = look.at("/explore")
    count(page, 5, 5)
    page.get_by_label("From").fill("soon")
    page.get_by_label("From").press("Enter")
    expect(page.locator(".voice.problem")).to_contain_text("write a day, month or year")
    count(page, 5, 5)


def test_without_scripts_the_form_and_the_drawing_do(look: Look) -> None:
    """A drawing, a table of every edge with its status in words, and a form that asks anew."""
    page = look.at("/explore", scripts=False)
    assert page.locator("figure.drawing img").count() == 1
    page.get_by_label("hedged: possible, planned, relayed").check()
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/explore?*")
    assert page.locator("[data-count]").inner_text() == "5 things, 6 edges."
    assert page.locator("[data-table=edges] .mark.hedged").count() == 1


def test_the_data_is_what_the_page_shows(look: Look, ports: Service) -> None:
    """The block that scripts read is the network that the address asks for."""
    page = look.at("/explore?around=permit-portal", scripts=False)
    given = json.loads(page.locator("#explorer-data").text_content() or "")
    assert given["network"] == ports.get("/explore/network?around=permit-portal").json
    assert {node["id"] for node in given["network"]["nodes"]} == {ID["permit-portal"], ID["harbour-ministry"]}
