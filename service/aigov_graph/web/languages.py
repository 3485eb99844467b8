"""The languages of the interface: which one a request wants, and its messages, read from the .po files themselves."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Any, Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import g, request
from flask.sansio.app import App
from flask_babel import Babel, Domain
from flask_babel import gettext as _gettext
from flask_babel import lazy_gettext as _lazy_gettext
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

LANGUAGES: Final = {"en": "English", "zh-Hans": "中文"}
"""The languages of the interface by their tags, each by its own name; the first is the default."""

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
def translations(language: str) -> NullTranslations:
    """The messages of a language; for the language the pages are written in, there are none to look up."""
    if language not in LANGUAGES or language == _DEFAULT:
        return NullTranslations()
    path = files("aigov_graph.web") / "translations" / language.replace("-", "_") / "LC_MESSAGES" / "messages.po"
    catalogue, compiled = read_po(BytesIO(path.read_bytes()), locale=language.replace("-", "_")), BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


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


def install(app: App) -> None:
    """Let an app's templates say their messages in the request's language, and its links keep a language asked for."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", _DEFAULT)
    _Babel().init_app(app, locale_selector=lambda: language().replace("-", "_"))
    app.jinja_env.globals.update(language=language, languages=LANGUAGES)

    @app.url_defaults
    def keep(endpoint: str, values: dict[str, object]) -> None:
        if (
            not endpoint.startswith(("static", "api"))
            and "lang" not in values
            and request
            and request.args.get("lang") in LANGUAGES
        ):
            values["lang"] = request.args["lang"]
