"""What a list of things, claims or edges may be asked for, and the SPARQL that asks it.

Pages, downloads and the programming interface read the same parameters and run the same queries, so that a list seen,
its file and its query never differ. Values enter a query as terms written by the engine's own library, never as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, Final, Literal, get_args

import pyoxigraph as ox

from aigov_graph.dates import DateError, parse
from aigov_graph.errors import RequestError
from aigov_graph.exports.options import CERTAINTIES, MODES, STATUSES, suggest
from aigov_graph.vocabulary.namespaces import AIGOV, ID, PREFIXES, Namespace

Kind = Literal["entities", "claims", "edges"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
SORTS: Final[dict[str, tuple[str, ...]]] = {
    "entities": ("claims", "name"),
    "claims": ("source", "date"),
    "edges": ("sources", "date"),
}
"""The orders each list comes in, the first unless another is asked for."""

MOST_ROWS: Final = 500
"""The longest page of a list."""

_NAME: Final = re.compile(r"[^\x00-\x20<>\"{}|^`\\]+")
"""What an IRI may be made of: nothing that could end it within a query."""
_SWITCH: Final = {"": True, "true": True, "1": True, "yes": True, "on": True, "false": False, "0": False, "no": False}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its name in an address, the field that holds it, how it is read, the lists that know it."""

    name: str
    field: str
    read: Callable[[str, str], Any]
    many: bool
    kinds: tuple[Kind, ...]
    choices: tuple[str, ...]
    help: str


def _thing(text: str, name: str) -> str:
    return iri_of(text, ID, name)


def _term(text: str, name: str) -> str:
    return iri_of(text, AIGOV, name)


def _among(*choices: str) -> Callable[[str, str], str]:
    def read(text: str, name: str) -> str:
        if text not in choices:
            raise RequestError(f"{text[:80]!r} is no {name}", name, f"choose from: {', '.join(choices)}")
        return text

    return read


def _number(most: int) -> Callable[[str, str], int]:
    def read(text: str, name: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= most):
            raise RequestError(f"{text[:80]!r} is no whole number from 1 to {most}", name, "write it in digits")
        return int(text)

    return read


def _switch(text: str, name: str) -> bool:
    if text.lower() not in _SWITCH:
        raise RequestError(f"{text[:80]!r} is neither true nor false", name, "say true or false")
    return _SWITCH[text.lower()]


def _day(text: str, name: str) -> date:
    try:
        span = parse(text)
    except DateError as error:
        raise RequestError(f"{text[:80]!r}: {error.what}", name, "write a day, month or year: 2019-06-30") from error
    day = span.earliest if name == "from" else span.latest
    if day is None:
        raise RequestError(f"{text[:80]!r} is open at that end", name, "write a day, month or year: 2019-06-30")
    return day


def _words(text: str, name: str) -> str:
    if len(text) > 200 or "\x00" in text:
        raise RequestError("the words to look for are too many", name, "write at most 200 characters")
    return text


def _parameter(
    default: Any,
    read: Callable[[str, str], Any],
    help_text: str,
    *,
    name: str = "",
    many: bool = False,
    kinds: tuple[Kind, ...] = KINDS,
    choices: tuple[str, ...] = (),
) -> Any:
    meta = {"name": name, "read": read, "many": many, "kinds": kinds, "choices": choices, "help": help_text}
    return field(default=default, metadata=meta)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which things, claims or edges a list holds. Things and terms are IRIs here, whatever way they were given."""

    kind: Kind
    words: str = _parameter("", _words, "Only what has these words in its name or sentence.", name="q")
    types: tuple[str, ...] = _parameter(
        (), _term, "Only things of this class, or what has one at an end.", name="type", many=True
    )
    relations: tuple[str, ...] = _parameter(
        (), _term, "Only this relation and those below it.", name="relation", many=True
    )
    about: tuple[str, ...] = _parameter((), _thing, "Only what has this thing at an end.", many=True)
    statuses: tuple[str, ...] = _parameter(
        (), _among(*STATUSES), "How firmly it stands.", name="status", many=True, choices=STATUSES
    )
    certainties: tuple[str, ...] = _parameter(
        (), _among(*CERTAINTIES), "How sure its holder is.", name="certainty", many=True, choices=CERTAINTIES
    )
    modes: tuple[str, ...] = _parameter(
        (), _among(*MODES), "Whether it is so, is meant to be, is expected or demanded.", name="mode", many=True,
        choices=MODES,
    )  # fmt: skip
    holders: tuple[str, ...] = _parameter((), _thing, "Only what this actor holds.", name="holder", many=True)
    sources: tuple[str, ...] = _parameter((), _thing, "Only what this source says.", name="source", many=True)
    start: date | None = _parameter(None, _day, "Only what held on or after this day, month or year.", name="from")
    end: date | None = _parameter(None, _day, "Only what held on or before this day, month or year.", name="to")
    undated: bool = _parameter(False, _switch, "Keep what has no date, though a time is asked for.")
    sort: str = _parameter("", _words, "The order.")
    page: int = _parameter(1, _number(1_000_000), "Which page.")
    size: int = _parameter(50, _number(MOST_ROWS), "How many on a page.")

    @classmethod
    def read(cls, kind: Kind, given: Mapping[str, Sequence[str]]) -> Filters:
        """Filters from the parameters of a request; an empty field of a form says nothing.

        Args:
            kind: which list.
            given: for each parameter's name the texts given for it, in order.

        Raises:
            RequestError: there is no such parameter, one is given twice that may be once, or a text cannot be read.
        """
        found: dict[str, Any] = {}
        for name, texts in given.items():
            if name not in PARAMETERS:
                raise RequestError(f"there is no filter {name[:80]!r}", name[:80], suggest(name, PARAMETERS))
            parameter = PARAMETERS[name]
            said = [text.strip() for text in texts if text.strip()]
            if len(said) > 1 and not parameter.many:
                raise RequestError(f"{name} is given {len(said)} times", name, "give it once")
            values = [parameter.read(text, name) for text in said]
            if values:
                found[parameter.field] = tuple(dict.fromkeys(values)) if parameter.many else values[0]
        filters = cls(kind, **found)
        if filters.start and filters.end and filters.end < filters.start:
            raise RequestError("the time ends before it begins", "to", "swap from and to")
        if filters.sort not in ("", *SORTS[kind]):
            raise RequestError(
                f"{kind} have no order {filters.sort[:80]!r}", "sort", f"choose from: {', '.join(SORTS[kind])}"
            )
        return filters

    def given(self, *, paged: bool = False) -> dict[str, list[str]]:
        """The parameters that differ from their defaults, as `read` takes them; things and terms by short names."""
        said: dict[str, list[str]] = {}
        for parameter in PARAMETERS.values():
            value = getattr(self, parameter.field)
            if parameter.name == "page" and not paged:
                continue
            if value != _DEFAULTS[parameter.field]:
                values = value if parameter.many else (value,)
                said[parameter.name] = [_short(item) for item in values]
        return said

    def at(self, page: int) -> Filters:
        """The same list at another page."""
        return replace(self, page=page)

    @property
    def narrowed(self) -> bool:
        """Whether it is less than everything."""
        return bool(set(self.given()) - {"sort", "size"})


PARAMETERS: Final[dict[str, Parameter]] = {
    (f.metadata["name"] or f.name): Parameter(field=f.name, **{**f.metadata, "name": f.metadata["name"] or f.name})
    for f in fields(Filters)
    if f.metadata
}
"""Every parameter by its name in an address."""
_DEFAULTS: Final[dict[str, Any]] = {f.name: f.default for f in fields(Filters)}


def iri_of(text: str, namespace: Namespace, name: str) -> str:
    """The IRI that a text means: a full one, a prefixed name, or a local name in a namespace.

    Raises:
        RequestError: it cannot be one.
    """
    prefix, colon, local = text.partition(":")
    if len(text) > 500 or not _NAME.fullmatch(text):
        raise RequestError(f"{text[:80]!r} names nothing", name, "give a name as in an address, or a full IRI")
    iri = text if "://" in text else PREFIXES[prefix] + local if colon and prefix in PREFIXES else namespace + text
    try:
        return ox.NamedNode(iri).value
    except ValueError as error:
        raise RequestError(f"{text[:80]!r} is no IRI", name, "give a name as in an address, or a full IRI") from error


def _short(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    for namespace in (ID, AIGOV):
        if text.startswith(namespace) and ":" not in text[len(namespace) :]:
            return text[len(namespace) :]
    return text
