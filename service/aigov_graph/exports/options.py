"""What one may ask of a network: declared once, for the command line, HTTP and Python alike."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Final, Literal

from aigov_graph.dates import DateError, parse
from aigov_graph.errors import RequestError

STATUSES: Final = ("fact", "disputed", "denied", "qualified", "hedged")
CERTAINTIES: Final = ("certain", "probable", "possible")
MODES: Final = ("actual", "intended", "predicted", "required", "permitted", "evaluative")

Kind = Literal["text", "choice", "date", "number", "switch"]


@dataclass(frozen=True, slots=True)
class Option:
    """One option: its name outside, how its words are read, and what it does.

    Attributes:
        name: as a parameter of HTTP and, with two hyphens, an option of the command line.
        field: the field of `View` that holds it.
        kind: how its text is read.
        many: whether it may be given several times.
        choices: the words allowed, for a choice.
        least: the smallest number allowed, for a number.
        most: the largest number allowed; of a text, how many letters are kept.
        help: one sentence.
    """

    name: str
    field: str
    kind: Kind
    many: bool
    choices: tuple[str, ...]
    least: int
    most: int
    help: str


def _option(
    default: Any,
    kind: Kind,
    help_text: str,
    *,
    name: str = "",
    many: bool = False,
    choices: Iterable[str] = (),
    least: int = 0,
    most: int = 999_999,
) -> Any:
    meta = {"name": name, "kind": kind, "many": many, "choices": tuple(choices), "help": help_text}
    meta |= {"least": least, "most": most}
    return field(default=default, metadata=meta)


@dataclass(frozen=True, slots=True)
class View:
    """Which part of the graph a network shows, and how. Things and terms by local name, prefixed name or IRI."""

    relations: tuple[str, ...] = _option(
        (), "text", "Only this relation and those below it.", name="relation", many=True
    )
    types: tuple[str, ...] = _option((), "text", "Only nodes of this class or one below it.", name="type", many=True)
    sources: tuple[str, ...] = _option((), "text", "Only what this source says.", name="source", many=True)
    holders: tuple[str, ...] = _option((), "text", "Only what this actor holds.", name="holder", many=True)
    start: date | None = _option(None, "date", "Only what held on or after this day, month or year.", name="from")
    end: date | None = _option(None, "date", "Only what held on or before this day, month or year.", name="to")
    undated: bool = _option(False, "switch", "Keep what has no date, though a time is asked for.")
    statuses: tuple[str, ...] = _option(
        ("fact",), "choice", "Edges of this status.", name="status", many=True, choices=STATUSES
    )
    certainties: tuple[str, ...] = _option(
        (), "choice", "Only what somebody is this sure of.", name="certainty", many=True, choices=CERTAINTIES
    )
    around: str = _option("", "text", "Only what is near this thing.")
    depth: int = _option(1, "number", "How many edges away is still near.", least=1)
    direction: str = _option(
        "both", "choice", "Which edges lead from a thing to those near it.", choices=("both", "out", "in")
    )
    largest: bool = _option(False, "switch", "Only the largest connected part.")
    top: int = _option(0, "number", "Only this many things, those with the most edges; 0 for all.")
    also: tuple[str, ...] = _option((), "text", "And what is one edge away from this thing.", many=True)
    most: int = _option(30, "number", "At most this many things near each of those, the best connected first.", least=1)
    merge: bool = _option(
        False, "switch", "Join the edges of one status between the same two things, with their number as weight."
    )
    each: str = _option(
        "edge",
        "choice",
        "What an edge of the network is: all that is said of the same two things, or one claim.",
        choices=("edge", "claim"),
    )
    situations: bool = _option(False, "switch", "Show situations, such as events and trends, as nodes.")
    claims: bool = _option(False, "switch", "Show claims that others speak of as nodes.")
    language: str = _option("en", "text", "Language of the labels, with English where it is missing.", name="lang")

    @classmethod
    def read(cls, given: Mapping[str, Sequence[str]]) -> View:
        """A view from words, as a request or a command line gives them.

        Args:
            given: for each option's name the texts given for it, in order; a switch is on for "true", "1", "yes",
                "on" and the empty text.

        Raises:
            RequestError: there is no such option, one is given twice that may be once, or a text cannot be read.
        """
        view = cls(**_values(OPTIONS, given))
        if view.start and view.end and view.end < view.start:
            raise RequestError("the time ends before it begins", "to", "swap from and to")
        return view

    def words(self) -> dict[str, list[str]]:
        """The options that differ from their defaults, as `read` takes them."""
        said: dict[str, list[str]] = {}
        for option in OPTIONS:
            value = getattr(self, option.field)
            if value != next(f.default for f in fields(self) if f.name == option.field):
                values = value if option.many else (value,)
                said[option.name] = [str(item).lower() if isinstance(item, bool) else str(item) for item in values]
        return said


@dataclass(frozen=True, slots=True)
class How:
    """How a format is written; most formats need none of it."""

    spreadsheet: bool = _option(False, "switch", "Make plain text of CSV cells that a spreadsheet would run.")
    seed: int = _option(1, "number", "Another seed, another picture.", most=999_999_999)
    title: str = _option("", "text", "Title of a picture, instead of what it shows.", most=200)


def _declared(kind: type[View] | type[How]) -> tuple[Option, ...]:
    return tuple(Option(field=f.name, **{**f.metadata, "name": f.metadata["name"] or f.name}) for f in fields(kind))


OPTIONS: Final = _declared(View)
HOW_OPTIONS: Final = _declared(How)


def read(given: Mapping[str, Sequence[str]]) -> tuple[View, How]:
    """What to show and how to write it, of one set of options.

    Args:
        given: as `View.read` takes it, with the options of `How` among them.

    Raises:
        RequestError: there is no such option, one is given twice that may be once, or a text cannot be read.
    """
    names = {option.name for option in HOW_OPTIONS}
    how = How(**_values(HOW_OPTIONS, {name: texts for name, texts in given.items() if name in names}))
    return View.read({name: texts for name, texts in given.items() if name not in names}), how


def _values(options: Sequence[Option], given: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    known = {option.name: option for option in options}
    found: dict[str, Any] = {}
    for name, texts in given.items():
        if name not in known:
            raise RequestError(f"there is no option {name!r}", name, suggest(name, known))
        option = known[name]
        if len(texts) > 1 and not option.many:
            raise RequestError(f"{name} is given {len(texts)} times", name, "give it once")
        values = [_read(option, text.strip()) for text in texts]
        if values:
            found[option.field] = tuple(dict.fromkeys(values)) if option.many else values[0]
    return found


def suggest(name: str, known: Iterable[str], most: int = 3) -> str:
    """A remedy for a name that is none: the closest known ones, or the first few."""
    names = sorted(known)
    close = difflib.get_close_matches(name, names, most, 0.7)
    if close:
        return f"did you mean {' or '.join(close)}?"
    return f"known: {', '.join(names[:20])}{', ...' if len(names) > 20 else ''}"


def _read(option: Option, text: str) -> Any:
    match option.kind:
        case "switch":
            words = {"": True, "true": True, "1": True, "yes": True, "on": True}
            words |= {"false": False, "0": False, "no": False, "off": False}
            if text.lower() not in words:
                raise RequestError(f"{text!r} is neither true nor false", option.name, "say true or false")
            return words[text.lower()]
        case "choice":
            if text not in option.choices:
                raise RequestError(
                    f"{text!r} is no {option.name}", option.name, f"choose from: {', '.join(option.choices)}"
                )
            return text
        case "number":
            if not (text.isascii() and text.isdigit() and len(text) < 10 and option.least <= int(text) <= option.most):
                raise RequestError(
                    f"{text!r} is no whole number from {option.least} to {option.most}",
                    option.name,
                    "write it in digits",
                )
            return int(text)
        case "date":
            return _day(option, text)
        case "text":
            if not text:
                raise RequestError(f"{option.name} is empty", option.name, "say what, or leave the option out")
            return text[: option.most]


def _day(option: Option, text: str) -> date:
    try:
        span = parse(text)
    except DateError as error:
        raise RequestError(f"{text!r}: {error.what}", option.name, "write a day, month or year: 2019-06-30") from error
    day = span.earliest if option.field == "start" else span.latest
    if day is None:
        raise RequestError(f"{text!r} is open at that end", option.name, "write a day, month or year: 2019-06-30")
    return day
