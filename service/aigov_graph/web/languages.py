"""The languages of the interface: which one a request wants, and its messages, read from the .po files themselves."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Response, g, request
from flask.sansio.app import App
from flask_babel import Babel, Domain
from flask_babel import gettext as _gettext
from flask_babel import lazy_gettext as _lazy_gettext
from jinja2 import pass_context
from jinja2.runtime import Context
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

LANGUAGES: Final = {"en": "English", "zh-Hans": "中文"}
"""The languages of the interface by their tags, each by its own name; the first is the default."""

VARY: Final = "Accept, Accept-Language"
"""Of an address that is a page for people, in their language, and data for programs."""

_DEFAULT: Final = "en"
_CHINESE: Final = ("zh-hans", "zh-cn", "zh-sg", "zh")
"""How browsers name what is shown as zh-Hans; traditional Chinese is served too, before a reader is given English."""


@lru_cache(maxsize=1024)
def best_language(accept_language: str) -> str:
    """The language that an Accept-Language header likes best among those there are."""
    for tag, quality in parse_accept_header(accept_language, LanguageAccept):
        if quality <= 0:
            continue
        lower = tag.lower()
        if lower in _CHINESE or lower.startswith("zh-"):
            return "zh-Hans"
        if lower == "*" or lower.split("-")[0] == "en":
            return _DEFAULT
    return _DEFAULT


@lru_cache(maxsize=8)
def catalogue(language: str) -> Catalog:
    """The messages of a language as they are written; none for the language the pages are written in."""
    if language not in LANGUAGES or language == _DEFAULT:
        return Catalog()
    path = files("aigov_graph.web") / "translations" / language.replace("-", "_") / "LC_MESSAGES" / "messages.po"
    return read_po(BytesIO(path.read_bytes()), locale=language.replace("-", "_"))


@lru_cache(maxsize=8)
def translations(language: str) -> NullTranslations:
    """The messages of a language, to look up; for the language the pages are written in, there are none."""
    if language not in LANGUAGES or language == _DEFAULT:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, catalogue(language))
    compiled.seek(0)
    return Translations(compiled)


@lru_cache(maxsize=32)
def messages(language: str, context: str) -> dict[str, str]:
    """All messages of a context of the catalogue, by their English texts."""
    return {str(one.id): str(one.string) for one in catalogue(language) if one.id and one.context == context}


class _Catalogue(Domain):  # type: ignore[misc]
    """Messages by language, with nothing compiled beforehand."""

    def get_translations(self) -> NullTranslations:
        """The messages of the request's language."""
        return translations(language())


class _Babel(Babel):  # type: ignore[misc]
    """Looks its messages up where they are."""

    domain_instance = _Catalogue()


def language() -> str:
    """The language of this request: what its address says, else what its headers like best."""
    found: str | None = g.get("language")
    if found is None:
        asked = request.args.get("lang", "")
        found = g.language = asked if asked in LANGUAGES else best_language(request.headers.get("Accept-Language", ""))
    return found


def gettext(text: str, **values: object) -> str:
    """A message in the request's language, with values in it."""
    return str(_gettext(text, **values))


def lazy_gettext(text: str) -> Any:
    """A message that is put into the language of whichever request shows it."""
    return _lazy_gettext(text)


def said(text: str, context: str = "") -> str:
    """A text of a table of ours (an option's help, a format's name) in the request's language; nothing enters it.

    Args:
        text: in English, as the table has it.
        context: of the catalogue: what the text is, where the same words mean different things.
    """
    if not text:
        return text
    found = translations(language())
    return str(found.upgettext(context, text) if context else found.ugettext(text))


def install(app: App) -> None:
    """Let an app's templates say their messages in the request's language, and its links keep a language asked for."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", _DEFAULT)
    _Babel().init_app(app, locale_selector=lambda: language().replace("-", "_"))
    app.jinja_env.globals.update(language=language, languages=LANGUAGES, script_words=_script_words)
    app.jinja_env.filters["said"] = _said_in_template

    @app.after_request
    def tell(response: Response) -> Response:
        """A page is of one language, and what stands between must know it by that."""
        if response.mimetype == "text/html" and response.status_code != 304:
            response.headers["Content-Language"] = language()
            response.vary.add("Accept-Language")
        return response

    @app.url_defaults
    def keep(endpoint: str, values: dict[str, object]) -> None:
        if (
            not endpoint.startswith(("static", "assets", "api"))
            and "lang" not in values
            and request
            and request.args.get("lang") in LANGUAGES
        ):
            values["lang"] = request.args["lang"]


@pass_context  # else a text that stands in a template would be translated once, when the template is compiled
def _said_in_template(_: Context, text: str, context: str = "") -> str:
    return said(text, context)


def _script_words() -> dict[str, str]:
    """What the scripts say, in the language of the page; they have the English themselves."""
    return messages(language(), "script")
