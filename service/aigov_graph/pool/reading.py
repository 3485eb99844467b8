"""A query's text as the engine reads it: its tokens, and what its prologue and its FROM clauses name.

The engine looks for an operator after a value and for an IRI elsewhere, so that `?a<?b&&?c>?d` compares in a FILTER and
`?s<p>?o` is a triple pattern. Where values stand is told by the brackets. Nothing here judges whether a query is right,
or guards anything: that it asks nowhere else is for `lexing`, which follows every reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

_UCHAR = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_IRI = re.compile(rf"<(?:[^<>\"{{}}|^`\\\x00-\x20]|{_UCHAR})*+>")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_OTHER = re.compile(
    r"""
      (?P<space>\s++)
    | (?P<comment>\#[^\r\n]*+)
    | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*+\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*+'{3}
                | \"(?:[^"\\\r\n]|\\.)*+\" | '(?:[^'\\\r\n]|\\.)*+')
    | (?P<variable>[?$]\w++)
    | (?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)
    | (?P<prefixed>(?:_|[^\W\d_][\w.-]*+)?:(?:(?:[\w:%]|\\.)(?:[\w:%.-]|\\.)*+)?)
    | (?P<number>(?:[0-9]++\.?[0-9]*+|\.[0-9]++)(?:[eE][+-]?[0-9]++)?)
    | (?P<word>(?i:true|false)(?=(?i:filter|bind)\b)|[A-Za-z_]\w*+)
    | (?P<sign>\^\^|&&|\|\||[<>!]=|<<|>>|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_VALUES = frozenset(("variable", "number", "string", "language", "prefixed", "iri"))
_BEFORE_VALUES_ONCE = frozenset(("FILTER", "BIND"))
_BEFORE_VALUES = frozenset(("SELECT", "HAVING", "BY"))
_BEFORE_NO_VALUES = frozenset(("FROM", "WHERE", "LIMIT", "OFFSET", "VALUES"))
_PAIRS = {")": "(", "]": "[", "}": "{", ">>": "<<"}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a text. `kind`: comment, string, iri, variable, language, prefixed, number, word or sign."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the next one may start."""
        return self.start + len(self.text)

    @property
    def word(self) -> str:
        """A bare word in capitals; "" for everything else."""
        return self.text.upper() if self.kind == "word" else ""


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a query in their order, comments too; what is no token comes as signs."""
    at = 0
    brackets = _Brackets()
    while at < len(text):
        iri = _IRI.match(text, at) if text[at] == "<" and not brackets.after_value else None
        if iri:
            token = Token("iri", iri[0], at)
        else:
            found = _OTHER.match(text, at)
            if found is None:
                raise AssertionError("the last alternative takes any character")
            token = Token(found.lastgroup or "", _without_more(found[0], brackets), at)
        at = token.end
        if token.kind == "space":
            continue
        yield token
        if token.kind != "comment":
            brackets.note(token)


def _without_more(found: str, brackets: _Brackets) -> str:
    """What was found without what belongs to the next token: a name ends in no dot, and after a value `<` compares."""
    if found == "<<" and brackets.after_value:
        return "<"
    while ":" in found and found.endswith(".") and not found.endswith("\\.") and found[0] not in "\"'#":
        found = found[:-1]
    return found


class _Brackets:
    """Which brackets are open, whether values stand between them, and whether one was just read."""

    def __init__(self) -> None:
        self.after_value = False
        self._open: list[tuple[str, bool, bool]] = []
        self._values = False
        self._expected = False
        self._once = False

    def note(self, token: Token) -> None:
        text = token.text
        if text in ("(", "[", "{", "<<") and token.kind == "sign":
            self._open.append((text, self._values, self._expected and not self._once))
            self._values = text == "(" and (self._values or self._expected)
            self._expected = False
            self.after_value = False
            return
        if text in _PAIRS and token.kind == "sign":
            self._close(_PAIRS[text])
            return
        if word := token.word:
            self._note_word(word)
        self.after_value = self._values and (token.kind in _VALUES or token.word in {"TRUE", "FALSE"})

    def _close(self, opener: str) -> None:
        if any(text == opener for text, _, _ in self._open):
            while True:
                text, self._values, self._expected = self._open.pop()
                if text == opener:
                    break
        if opener == "{":
            self._expected = False
        self.after_value = self._values

    def _note_word(self, word: str) -> None:
        if self._values:
            return
        if word in _BEFORE_VALUES_ONCE or word in _BEFORE_VALUES:
            self._expected, self._once = True, word in _BEFORE_VALUES_ONCE
        elif word in _BEFORE_NO_VALUES:
            self._expected = False


def resolved(reference: str, base: str) -> str | None:
    """What the text between `<` and `>` means under a base IRI, by the engine's own resolution; None if nothing."""
    if not _IRI.fullmatch(f"<{reference}>"):
        return None
    if _SCHEME.match(reference) and "\\" not in reference:
        return reference
    try:
        for triple in ox.parse(f"<{reference}> <x:x> <x:x> .", format=ox.RdfFormat.N3, base_iri=base or None):
            if isinstance(triple.subject, ox.NamedNode):
                return triple.subject.value
    except (SyntaxError, ValueError):
        return None
    return None


@dataclass
class Prologue:
    """The base and the prefixes that hold at a place in a query; `note` each token in turn.

    `declares` says whether the token noted last belongs to a declaration, BASE or PREFIX.
    """

    base: str
    prefixes: dict[str, str | None] = field(default_factory=dict)
    declares: str = ""
    _words: list[str] = field(default_factory=list)

    def note(self, token: Token) -> None:
        """Take the next token."""
        words, self._words = self._words, []
        self.declares = ""
        if token.word in {"BASE", "PREFIX"}:
            self._words = [token.word]
        elif words == ["PREFIX"] and token.kind == "prefixed" and token.text.endswith(":"):
            self._words = [*words, token.text]
            self.declares = "PREFIX"
        elif words and token.kind == "iri":
            iri = resolved(token.text[1:-1], self.base)
            self.declares = words[0]
            if words == ["BASE"]:
                self.base = iri or self.base
            elif len(words) == 2:
                self.prefixes[words[1][:-1]] = iri

    def iri(self, token: Token) -> str | None:
        """The IRI that a token stands for, None if it stands for none."""
        if token.kind == "iri":
            return resolved(token.text[1:-1], self.base)
        if token.kind == "prefixed":
            prefix, _, local = token.text.partition(":")
            namespace = self.prefixes.get(prefix)
            return None if namespace is None else namespace + re.sub(r"\\(.)", r"\1", local)
        return None


def from_clauses(text: str, base: str) -> tuple[list[str], list[str]] | None:
    """The graphs of a query's FROM and of its FROM NAMED clauses, in order; None where one names no IRI."""
    found = [token for token in tokens(text) if token.kind != "comment"]
    prologue = Prologue(base)
    default: list[str] = []
    named: list[str] = []
    for index, token in enumerate(found):
        prologue.note(token)
        if token.word != "FROM":
            continue
        rest = found[index + 1 : index + 3]
        chosen = named if rest and rest[0].word == "NAMED" else default
        if chosen is named:
            rest = rest[1:]
        iri = prologue.iri(rest[0]) if rest else None
        if iri is None:
            return None
        chosen.append(iri)
    return default, named
