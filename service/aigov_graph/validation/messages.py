"""Messages of the shapes: what is wrong, how to mend it, and the terms they name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from aigov_graph.dataset import shorten
from aigov_graph.vocabulary.namespaces import BASE

_OUR_IRI: Final = re.compile(re.escape(BASE) + r"[\w/#-]+")


def split_message(text: str) -> tuple[str, str]:
    """A message as what is wrong (its first sentence) and how to mend it (the rest)."""
    message, stop, remedy = text.partition(". ")
    return (f"{message}." if stop else message), remedy


def fill(text: str, values: Mapping[str, str]) -> str:
    """A message with each ``{?name}`` in it replaced by a value, as SPARQL-based constraints do."""
    for name, value in values.items():
        text = text.replace(f"{{?{name}}}", value)
    return text


def with_short_names(text: str) -> str:
    """A message with our IRIs in it as prefixed names."""
    return _OUR_IRI.sub(lambda match: shorten(match.group()), text)
