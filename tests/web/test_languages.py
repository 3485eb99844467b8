"""The interface in Chinese: no page says a word of its own in English, and what keeps pages knows their languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import cast
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from aigov_graph.dataset import find_data
from aigov_graph.pool.engine import Engine
from aigov_graph.questions import questions
from aigov_graph.settings import Settings
from aigov_graph.web import create_app
from aigov_graph.web.described import account_of
from aigov_graph.web.pages.wording import english
from aigov_graph.web.properties import PROPERTIES
from aigov_graph.web.telling import told
from tests.live import Reply, Service
from tests.web.foreign_letters import PAGES, latin_words, publish_foreign

PACKAGE = Path(str(files("aigov_graph")))
WEB = PACKAGE / "web"
SCRIPTS = PACKAGE.parent / "ui" / "src"
NO_ENGINE = cast(Engine, None)
ADDRESSES = [path for paths in PAGES.values() for path in paths]
TOLD_ON_PAGES = (
    *(path for path in (WEB / "pages").glob("*.py")),
    *(WEB / f"{name}.py" for name in ("exports", "explorer", "search", "filters", "workshop")),
    *(path for path in (PACKAGE / "exports").glob("*.py")),
    PACKAGE / "analysis" / "measures.py",
)
"""Where errors are raised that a page may tell."""
FOR_OPERATORS = ("StoreError", "TypeError", "ValueError", "DateError")
"""Those that only a broken installation meets, or that another error's text contains."""


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    """The texts in simplified Chinese."""
    path = WEB / "translations" / "zh_Hans" / "LC_MESSAGES" / "messages.po"
    return read_po(BytesIO(path.read_bytes()), locale="zh_Hans")


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The ports, all texts of which are in letters that no word of the interface has."""
    root = tmp_path_factory.mktemp("foreign")
    data = publish_foreign(root)
    with Service.start(root / "store", data=data) as running:
        yield running


def page_at(service: Service, path: str, language: str) -> Reply:
    """A page as a browser gets it that likes a language best, redirects followed."""
    wanted = {"accept": "text/html", "accept_language": language}
    reply = service.get(quote(path, safe="/?=&%"), **wanted)
    while reply.status == 303:
        parts = urlsplit(reply.headers["location"])
        reply = service.get(f"{parts.path}?{parts.query}".rstrip("?"), **wanted)
    assert reply.headers["content-type"].startswith("text/html"), path
    return reply


def _said_in_templates() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for template in (WEB / "templates").glob("*.html"):
        found = extract("jinja2.ext:babel_extract", BytesIO(template.read_bytes()), options={"silent": "false"})
        yield from ((template.name, text) for _, text, _, _ in found)


def _said_in_modules() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for module in WEB.rglob("*.py"):
        found = extract("python", BytesIO(module.read_bytes()), keywords={"gettext": None, "lazy_gettext": None})
        yield from ((module.name, text) for _, text, _, _ in found)


def test_every_message_is_translated_and_none_is_left_over(catalogue: Catalog) -> None:
    """What templates and modules say has a text in simplified Chinese; the catalogue has no other without a context."""
    said = {(text if isinstance(text, str) else text[:2]) for _, text in (*_said_in_templates(), *_said_in_modules())}
    known = {one.id if isinstance(one.id, str) else tuple(one.id) for one in catalogue if one.id and not one.context}
    assert said == known


def test_a_translation_has_the_values_of_its_message(catalogue: Catalog) -> None:
    """No number or name is lost on the way, and no text is empty."""
    for message in catalogue:
        if message.id:
            ids, texts = (
                [part] if isinstance(part, str) else list(part) for part in (message.id, message.string or "")
            )
            assert all(texts), ids
            values = [set(re.findall(r"%\(\w+\)s|\{\w+\}", text)) for text in (ids[-1], *texts)]
            assert all(one == values[0] for one in values), ids


def test_the_scripts_say_nothing_untranslated(catalogue: Catalog) -> None:
    """Each text that a script asks for by its English is in the catalogue."""
    asked = {
        text
        for script in SCRIPTS.rglob("*.ts")
        for text in re.findall(r'\bt\(\s*"((?:[^"\\]|\\.)*)"', script.read_text("utf-8"))
    }
    assert len(asked) > 50
    assert [text for text in sorted(asked) if catalogue.get(text, context="script") is None] == []


def test_properties_of_the_preview_card_are_translated(catalogue: Catalog) -> None:
    """A card shows any of them."""
    names = [one.name for one in PROPERTIES.values()]
    left = [name for name in names if catalogue.get(name, context="property") is None]
    assert left == ["GeoNames", "Schema.org", "Wikidata"]


def test_columns_of_the_questions_are_translated(catalogue: Catalog) -> None:
    """The heads of the tables that the questions of the data folder answer with."""
    names = {
        english(variable.value)
        for question in questions(find_data())
        if isinstance(answer := ox.Store().query(question.text), ox.QuerySolutions)
        for variable in answer.variables
    }
    assert [name for name in sorted(names) if catalogue.get(name, context="term") is None] == []


def test_errors_that_pages_tell_are_translated() -> None:
    """What happened and what to do, of each error that is raised on the way to a page."""
    app = create_app(Settings(), NO_ENGINE)
    with app.test_request_context("/?lang=zh-Hans"):
        texts = [text for path in TOLD_ON_PAGES for text in _texts_of_errors(path)]
        assert len(texts) > 50
        assert [text for text in texts if told(text).language] == []


def _texts_of_errors(path: Path) -> Iterator[str]:
    """The texts of errors raised in a module, with a word for each value in them."""
    tree = ast.parse(path.read_text("utf-8"))
    raised = [node.exc for node in ast.walk(tree) if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)]
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    aborts = [call for call in calls if getattr(call.func, "id", "") == "abort"]
    for call in (*raised, *aborts):
        name = getattr(call.func, "id", "")
        if name in FOR_OPERATORS:
            continue
        given = call.args[1:] if name in ("HttpError", "abort") else [*call.args[:1], *call.args[2:]]
        for text in (*given, *(keyword.value for keyword in call.keywords if keyword.arg == "remedy")):
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield text.value
            elif isinstance(text, ast.JoinedStr):
                yield "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in text.values)


def test_there_is_a_page_of_every_route() -> None:
    """A new route whose answer is a page is looked at too."""
    app = create_app(Settings(), NO_ENGINE)
    routes = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and "text/html" in account_of(app.view_functions[rule.endpoint]).media
    }
    assert routes - set(PAGES) == {"static", "assets.send", "pages.annotation"}


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_page_in_chinese_has_no_english_words(foreign: Service, path: str) -> None:
    """But names, code, and what it marks as English itself."""
    page = page_at(foreign, path, "zh-CN")
    assert page.status < 500
    assert '<html lang="zh-Hans">' in page.body.decode()
    assert latin_words(page.body.decode(), "zh-Hans") == []


@pytest.mark.parametrize("path", ADDRESSES)
def test_pages_of_two_languages_are_kept_apart(foreign: Service, path: str) -> None:
    """A cache between is told that the language makes a difference, and no tag stands for both."""
    pages = [page_at(foreign, path, language) for language in ("en", "zh-CN")]
    assert [page.headers["content-language"] for page in pages] == ["en", "zh-Hans"]
    for page in pages:
        assert "accept-language" in page.headers["vary"].lower()
    tags = [page.headers.get("etag") for page in pages]
    assert tags[0] is None or tags[0] != tags[1]


def test_a_page_known_in_english_is_sent_anew_in_chinese(foreign: Service) -> None:
    """A tag of the English page does not make the Chinese one unchanged."""
    path = "/analysis?measure=components&format=html"
    known = foreign.get(path, accept="text/html", accept_language="en").headers["etag"]
    again = [
        foreign.get(path, accept="text/html", accept_language=language, if_none_match=known).status
        for language in ("en", "zh-CN")
    ]
    assert again == [304, 200]


def test_terms_are_named_in_the_language_of_the_page(foreign: Service) -> None:
    """Who completes a query in Chinese sees the Chinese names."""
    names = {}
    for language in ("en", "zh-Hans"):
        terms = foreign.get(f"/sparql/terms?lang={language}").json["terms"]
        names[language] = {term["name"]: term["label"] for term in terms}  # type: ignore[attr-defined]
    assert names["zh-Hans"]["aigov:cooperatesWith"] == "与……合作"
    assert names["en"]["aigov:cooperatesWith"] == "жжжжжжжжжж жжжж"


def test_data_at_the_address_of_a_page_is_in_no_language(foreign: Service) -> None:
    """JSON is for programs: whoever asks gets the same."""
    for path in ("/analysis?measure=components", "/search?q=%D0%B6%D0%B6", "/explore/network?top=0"):
        found = [foreign.get(path, accept="application/json", accept_language=tag).body for tag in ("en", "zh-CN")]
        assert found[0] == found[1]
