"""What a query's text can be seen to contain without parsing it: the words outside strings, comments, IRIs and names.

The engine's grammar lets a keyword stand right beside what precedes it (`trueSERVICE<...>`), and only a parser knows
whether `<` opens an IRI or compares. So every reading is followed, and a word counts as soon as it contains the
keyword. That refuses a little too much, never too little; the operating system stands behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\r\n]*+)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*+>)
    | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*+\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*+'{3}
                | \"(?:[^"\\\r\n]|\\.)*+\" | '(?:[^'\\\r\n]|\\.)*+')
    | (?P<variable>[?$]\w++)
    | (?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)
    | (?P<prefixed>(?:_|[^\W\d_][\w.-]*+)?:(?:(?:[\w:%]|\\.)(?:[\w:%.-]|\\.)*+)?)
    | (?P<number>[0-9]++)
    | (?P<word>[A-Za-z_]\w*+)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_SURELY_IRI = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]*://|[^#]*$)")
_DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*):", re.IGNORECASE)

VOLATILE = frozenset(("NOW", "RAND", "UUID", "STRUUID", "BNODE", "SERVICE"))
"""Functions and clauses that give another answer to the same question."""


def unescape(text: str) -> str:
    r"""The text with its \u and \U escapes resolved; what names no character is left as it stands."""

    def character(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else match[0]

    return _ESCAPE.sub(character, text)


def tokens(text: str) -> Iterator[re.Match[str]]:
    """The tokens of every possible reading of a text, each once, not in order.

    `a<b:c#>` is a comparison and a comment, or an IRI, and what follows reads differently in each; where the IRI starts
    `scheme://` or holds no `#`, the other reading is no query or hides nothing.
    """
    seen: set[int] = set()
    waiting = [0]
    while waiting:
        at = waiting.pop()
        while at < len(text) and at not in seen:
            seen.add(at)
            match = _TOKEN.match(text, at)
            if match is None:
                at += 1
                continue
            yield match
            if match.lastgroup == "iri" and not _SURELY_IRI.match(match[0]):
                waiting.append(at + 1)
            at = match.end()


def words(text: str) -> set[str]:
    """The bare words of a query in capitals, and the prefixes of its prefixed names, as `EX:`."""
    found: set[str] = set()
    for match in tokens(text):
        if match.lastgroup == "word":
            found.add(match[0].upper())
        elif match.lastgroup == "prefixed":
            found.add(match[0].partition(":")[0].upper() + ":")
    return found


def asks_elsewhere(text: str) -> bool:
    """Whether the query may contain SERVICE or LOAD, however it is written."""
    return any(_elsewhere(variant) for variant in {text, unescape(text)})


def is_volatile(text: str) -> bool:
    """Whether the same query over the same data may answer differently, so that its answer must not be kept."""
    return any(keyword in word for variant in {text, unescape(text)} for word in words(variant) for keyword in VOLATILE)


def _elsewhere(text: str) -> bool:
    capitals = text.upper()
    if "SERVICE" not in capitals and "LOAD" not in capitals:
        return False
    declared = {name.upper() for name in _DECLARED.findall(text)}
    for word in words(text):
        if word.endswith(":"):
            # `service:x` is a name where that prefix is declared, but the keyword before `:x` where the empty one is.
            if "SERVICE" in word and ("" in declared or word[:-1] not in declared):
                return True
        elif "SERVICE" in word or word == "LOAD":
            return True
    return False


def redirect_services(text: str, listed: Mapping[str, str]) -> str | None:
    """The text with each SERVICE of a listed endpoint asking its substitute, or None where it asks anything else.

    What is left after taking these clauses' keywords away must ask nowhere in any reading.
    """
    redirected, masked, at = [], [], 0
    found = [match for match in _TOKEN.finditer(text) if match.lastgroup != "comment"]
    for index, match in enumerate(found):
        if match.lastgroup != "word" or match[0].upper() != "SERVICE":
            continue
        rest = found[index + 1 : index + 3]
        if rest and rest[0][0].upper() == "SILENT":
            rest = rest[1:]
        if not rest or rest[0].lastgroup != "iri" or rest[0][0][1:-1] not in listed:
            return None
        iri = rest[0]
        redirected += [text[at : iri.start()], f"<{listed[iri[0][1:-1]]}>"]
        masked += [text[at : match.start()], " ", text[match.end() : iri.start()], " "]
        at = iri.end()
    redirected.append(text[at:])
    masked.append(text[at:])
    return None if asks_elsewhere("".join(masked)) else "".join(redirected)
