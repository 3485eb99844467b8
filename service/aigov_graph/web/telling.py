"""Errors as a page tells them, in the reader's language.

Errors are raised in English, for programs and logs, by parts that know nothing of languages. The catalogue has their
texts under the context `error`, with names where values stand: "there is no option %(name)s". A text is found by
being of such a form. One that is of none is shown as it is, marked as English.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from flask import Response, render_template

from aigov_graph.errors import AigovError
from aigov_graph.web.languages import language, lazy_gettext, messages
from aigov_graph.web.problems import headers_of, status_of

_PHRASES: Final = {
    400: lazy_gettext("The request cannot be read"),
    403: lazy_gettext("Not done here"),
    404: lazy_gettext("Not found"),
    405: lazy_gettext("Not possible here"),
    406: lazy_gettext("Not on offer"),
    413: lazy_gettext("Too large"),
    415: lazy_gettext("Not read here"),
    422: lazy_gettext("Cannot be written so"),
    500: lazy_gettext("The service failed"),
    501: lazy_gettext("Not installed here"),
    502: lazy_gettext("Another service failed"),
    503: lazy_gettext("Not now"),
}
"""What an error's status means, above what happened."""

_VALUE: Final = re.compile(r"%\\\(([a-z]+)\\\)s")


@dataclass(frozen=True, slots=True)
class Told:
    """A text, and its language where that is not the page's."""

    text: str
    language: str = ""


def told(text: str, context: str = "error") -> Told:
    """What an error says, or another text with values in it, in the language of the request if the catalogue has it."""
    spoken = language()
    if spoken == "en" or not text:
        return Told(text)
    same = messages(spoken, context)
    if text in same:
        return Told(same[text])
    for form, translated in _forms(spoken, context):
        if found := form.fullmatch(text):
            values = {name: same.get(value, value) for name, value in found.groupdict().items()}
            return Told(translated % values)
    return Told(text, "en")


def error_page(error: AigovError) -> Response:
    """An error for people: what happened, where, what to do, and a way on."""
    return page_of(status_of(error), error.what, error.where, error.remedy, dict(headers_of(error)))


def page_of(status: int, what: str, where: str, remedy: str, headers: dict[str, str]) -> Response:
    """The page of an error.

    Args:
        status: of HTTP.
        what: happened.
        where: it happened, as an address or a name.
        remedy: what to do.
        headers: more fields.
    """
    phrase = _PHRASES.get(status, "")
    page = render_template(
        "message.html", status=status, phrase=phrase, what=told(what), where=where, remedy=told(remedy)
    )
    return Response(page, status, headers, content_type="text/html; charset=utf-8")


@lru_cache(maxsize=8)
def _forms(spoken: str, context: str) -> list[tuple[re.Pattern[str], str]]:
    """The forms of texts with values in them, the most telling first."""
    found = [(english, other) for english, other in messages(spoken, context).items() if "%(" in english]
    found.sort(key=lambda pair: (-len(_VALUE.sub("", re.escape(pair[0]))), pair[0]))
    return [(re.compile(_VALUE.sub(r"(?P<\1>.+?)", re.escape(english)), re.DOTALL), other) for english, other in found]
