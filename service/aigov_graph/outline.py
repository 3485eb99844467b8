"""Where things stand in a Turtle text: the lines of its subjects, its remarks and its blank nodes.

RDF parsers tell statements, not where they stood. This reads no meaning: whether the text is Turtle at all is for
the parser to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<remark>\#[^\n\r]*)
    | (?P<string>\"{3}(?:\"{0,2}(?:[^\"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
               | \"(?:[^\"\\\n\r]|\\.)*\" | '(?:[^'\\\n\r]|\\.)*')
    | (?P<iri><(?:[^\x00-\x20<>\"{}|^`\\]|\\[uU][0-9A-Fa-f]+)*>)
    | (?P<word>(?:\.(?=\d)|@)?(?:[^\s\"'<>;,.()\[\]{}\#\\@^|]|\\.|\.+(?=[^\s\"'<>;,.()\[\]{}\#@^|]))+)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_ESCAPED = re.compile(r"\\([_~.!$&'()*+,;=/?#@%-])")


@dataclass(frozen=True, slots=True)
class Outline:
    """Lines count from 1.

    Attributes:
        subjects: each block's subject, as a full IRI, and the line it starts at, in the text's order.
        remarks: the lines that hold a ``#`` comment.
        blank: the line of the first blank node, or None.
    """

    subjects: tuple[tuple[str, int], ...]
    remarks: tuple[int, ...]
    blank: int | None


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    line: int


def outline(text: str) -> Outline:
    """Find the lines of a Turtle text's subjects, remarks and blank nodes; of a text that is no Turtle, what it can."""
    tokens = list(_tokens(text))
    remarks = tuple(token.line for token in tokens if token.kind == "remark")
    tokens = [token for token in tokens if token.kind not in ("space", "remark")]
    return Outline(tuple(_subjects(tokens)), remarks, _first_blank(tokens))


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for match in _TOKEN.finditer(text):
        found = match.group()
        yield _Token(match.lastgroup or "", found, line)
        line += found.count("\n")


def _first_blank(tokens: list[_Token]) -> int | None:
    for token, after in pairwise([*tokens, _Token("end", "", 0)]):
        empty_list = token.text == "(" and after.text == ")"
        if token.text == "[" or (token.text == "(" and not empty_list) or token.text.startswith("_:"):
            return token.line
    return None


def _subjects(tokens: list[_Token]) -> Iterator[tuple[str, int]]:
    prefixes: dict[str, str] = {}
    position = 0
    while position < len(tokens):
        token = tokens[position]
        directive = token.text.lower()
        if directive in ("prefix", "@prefix") and position + 2 < len(tokens):
            prefixes[tokens[position + 1].text] = _unescape(tokens[position + 2].text[1:-1])
        if directive in ("prefix", "base"):
            position += 3 if directive == "prefix" else 2
            continue
        if token.kind == "iri":
            yield _unescape(token.text[1:-1]), token.line
        elif token.kind == "word" and (colon := token.text.find(":") + 1) and token.text[:colon] in prefixes:
            yield prefixes[token.text[:colon]] + _ESCAPED.sub(r"\1", token.text[colon:]), token.line
        while position < len(tokens) and tokens[position].text != ".":
            position += 1
        position += 1


def _unescape(iri: str) -> str:
    return _CODE_POINT.sub(lambda match: chr(int(match[1] or match[2], 16)), iri)
