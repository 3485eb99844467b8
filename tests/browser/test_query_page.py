"""The query page: running, the three ways to show an answer, mistakes, completion, the gallery, links and programs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look

pytestmark = pytest.mark.browser

PREFIXES = "PREFIX aigov: <https://w3id.org/aigov-graph/ontology#>\nPREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>\n"
FACTS = PREFIXES + (
    "PREFIX graph: <https://w3id.org/aigov-graph/graph/>\n"
    "SELECT ?subject ?object WHERE { GRAPH graph:facts { ?subject aigov:suppliedTo ?object } } ORDER BY ?subject"
)
DATED = PREFIXES + (
    "SELECT ?edge ?earliest ?latest WHERE { ?edge a aigov:Edge ; aigov:earliest ?earliest "
    "OPTIONAL { ?edge aigov:latest ?latest } } ORDER BY ?earliest"
)
BUILT = PREFIXES + "CONSTRUCT { ?s aigov:uses ?o } WHERE { ?s aigov:interestedIn ?o }"


def shared(query: str, view: str = "table") -> str:
    """The address that brings a query along."""
    return f"/sparql#query={quote(query)}&view={view}"


def run(page: Page, rows: int) -> None:
    """Press Run and wait for so many rows."""
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator(".told")).to_contain_text(re.compile(rf"^{rows} (row|statement)s? in \d+ ms"))


def test_a_query_that_came_with_a_link_waits_to_be_run(look: Look) -> None:
    """Nothing is asked before Run is pressed; then the table leads to the pages of what it names."""
    page = look.at(shared(FACTS))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    expect(page.locator(".told")).to_contain_text("was not run")
    assert page.locator(".results").is_hidden()
    run(page, 4)
    assert [urlsplit(url).path for url in asked if "/sparql" in url] == ["/sparql"]
    first = page.locator(".results tbody tr").last.locator("a")
    assert first.all_inner_texts() == ["id:turned", "id:harbour-ministry"]
    assert first.first.get_attribute("href") == "/page/id/turned"


def test_an_answer_as_network_and_timeline(look: Look) -> None:
    """Two columns of things make a network, dates a timeline; the choice is kept in the address."""
    page = look.at(shared(FACTS))
    run(page, 4)
    assert page.get_by_role("tab").all_inner_texts() == ["Table", "Network", "As sent"]
    page.get_by_role("tab", name="Network").click()
    expect(page.locator(".shown .hint")).to_contain_text("5 things, 4 edges")
    assert page.locator(".canvas canvas").count() > 0
    assert parse_qs(urlsplit(page.url).fragment)["view"] == ["network"]
    page = look.at(shared(DATED, "timeline"))
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_role("tab", name="Timeline")).to_have_attribute("aria-selected", "true")
    assert page.locator(".timeline .when").first.inner_text() == "2019-01-01"


def test_a_graph_and_a_verdict(look: Look) -> None:
    """CONSTRUCT gives a table of statements, ASK a word."""
    page = look.at(shared(BUILT))
    run(page, 1)
    assert page.locator(".results tbody td").all_inner_texts() == [
        "id:harbour-ministry",
        "aigov:uses",
        "id:permit-portal",
    ]
    page = look.at(shared("ASK { ?s ?p ?o }"))
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator(".verdict")).to_have_text("Yes.")


def test_columns_sort(look: Look) -> None:
    """A click on a column's name sorts by it, another turns the order round."""
    page = look.at(shared(FACTS))
    run(page, 4)
    ordered = ["id:harbour-ministry", "id:long-name", "id:markup", "id:turned"]
    sort = page.locator(".results .sort").first
    for wanted in (ordered, ordered[::-1]):
        sort.click()
        assert page.locator(".results tbody td:first-child").all_inner_texts() == wanted


def test_a_mistake_is_marked_where_it_is(look: Look) -> None:
    """Line and column are said, the place is marked, and the button beside it leads there."""
    look.expected = ("400",)
    page = look.at(shared("SELECT *\nWHERE { ?s ?p }"))
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator(".told.problem")).to_contain_text("Line 2, column")
    expect(page.locator(".cm-lintRange-error")).to_be_visible()
    page.locator(".told button").click()
    expect(page.locator(".cm-content")).to_be_focused()


def test_terms_and_things_are_completed(look: Look) -> None:
    """A relation is found by its name without the prefix, a thing by its label."""
    page = look.at(shared(" "))
    editor = page.locator(".cm-content")
    editor.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("suppl")
    expect(page.locator(".cm-tooltip-autocomplete")).to_contain_text("aigov:suppliedTo")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+A")
    page.keyboard.type("id:permit")
    expect(page.locator(".cm-tooltip-autocomplete")).to_contain_text("id:permit-portal")


def test_a_question_of_the_gallery(look: Look) -> None:
    """Words narrow the gallery; a question fills the editor and is answered."""
    page = look.at("/sparql")
    entries = page.locator(".gallery li:visible")
    everything = entries.count()
    page.get_by_label("Find a question").fill("great firewall")
    assert 0 < entries.count() < everything
    entries.first.locator("a").click()
    expect(page.locator(".told")).to_contain_text(" in ")
    expect(page.locator(".cm-content")).to_contain_text("# title: ")
    assert page.locator(".gallery [aria-current]").count() == 1


def test_by_keys_alone(look: Look) -> None:
    """Tab leaves the editor, Control and Enter run from within it, arrows choose how the answer is shown."""
    page = look.at(shared(FACTS))
    page.locator(".cm-content").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run", exact=True)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".told")).to_contain_text("4 rows")
    page.get_by_role("tab", name="Table").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Network")).to_be_focused()
    expect(page.get_by_role("tab", name="Network")).to_have_attribute("aria-selected", "true")


def test_the_query_as_a_program(look: Look) -> None:
    """What the page gives for a shell and for Python runs as it stands, and gives the same rows."""
    page = look.at(shared(FACTS))
    page.get_by_text("As curl, Python or R").click()
    texts = dict(zip(("curl", "python", "r"), page.locator(".snippets pre").all_inner_texts(), strict=True))
    by_shell = subprocess.run(["bash", "-c", texts["curl"]], capture_output=True, text=True, check=True).stdout
    assert by_shell.splitlines()[0] == "subject,object"
    assert len(by_shell.splitlines()) == 5
    by_python = subprocess.run(
        [sys.executable, "-c", texts["python"]], capture_output=True, text=True, check=True
    ).stdout
    assert by_python.count("harbour-ministry") == 4


def test_the_query_as_a_program_in_r(look: Look) -> None:
    """What the page gives for R runs as it stands, and gives the same rows."""
    program = shutil.which("Rscript")
    asked = [program or "", "-e", "if (!requireNamespace('httr2', quietly = TRUE)) quit(status = 1)"]
    if program is None or subprocess.run(asked, check=False, capture_output=True).returncode:
        pytest.skip("R with httr2 is not installed; Debian: r-base-core and r-cran-httr2")
    page = look.at(shared(FACTS))
    page.get_by_text("As curl, Python or R").click()
    text = page.locator(".snippets pre").all_inner_texts()[2]
    by_r = subprocess.run([program, "-e", text], capture_output=True, text=True, check=True).stdout
    assert by_r.count("harbour-ministry") == 4


def test_a_link_copies(look: Look) -> None:
    """The link brings the query back, without running it."""
    page = look.at(shared(FACTS))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert parse_qs(urlsplit(link).fragment)["query"] == [FACTS]


def test_without_scripts_the_form_answers(look: Look) -> None:
    """A question from the gallery fills the plain field, and the form gets its answer in a chosen format."""
    page = look.at("/sparql", scripts=False)
    page.locator(".gallery a").first.click()
    page.wait_for_url("**example=*")
    assert "# title:" in page.locator("#query").input_value()
    page.select_option("#format", "csv")
    page.locator("#query").fill(FACTS)
    with page.expect_response("**/sparql?*") as answered:
        page.get_by_role("button", name="Get the answer").click(no_wait_after=True)
    assert answered.value.headers["content-type"].startswith("text/csv")


def test_each_answer_has_a_nonce_of_its_own(look: Look) -> None:
    """Style sheets that the editor makes carry a number that no other answer has; nothing inline is let in besides."""
    seen = set()
    for _ in range(2):
        page = look.at("/sparql")
        seen.add(page.locator(".asking").get_attribute("data-nonce"))
    assert len(seen) == 2
