"""Cells read as values of statements, and values written as cells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

import pyoxigraph as ox

from aigov_graph import dates
from aigov_graph.dataset import shorten
from aigov_graph.errors import DateError
from aigov_graph.sources.columns import Column, join, split
from aigov_graph.sources.names import Names, folded
from aigov_graph.sources.problems import CellError
from aigov_graph.sources.quantities import Amount, decimal_form, read_amount
from aigov_graph.sources.statements import Things, Value, boolean, edtf, text, typed
from aigov_graph.vocabulary.namespaces import AIGOV, CLAIM, CONCEPT, ID, RDF, RDFS, XSD

_TAGGED: Final = re.compile(r"(?s)(.*\S)@([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)")
_NAMED_AMOUNT: Final = re.compile(r"(.*?)\s*\[([a-z0-9-]+): (.*)\]")
_YES: Final = {"yes": True, "true": True, "1": True, "not": True, "no": False, "false": False, "0": False, "": False}
_SITUATION: Final = "situation:"
_ROW: Final = re.compile(r"row (\d+)")
BOUNDS: Final = ("exactly", "minimum", "maximum", "above", "below")


class CellReader:
    """Reads the cells of one source's sheet."""

    def __init__(self, names: Names, source: str) -> None:
        self.names = names
        self.source = source
        self.rows: dict[int, str] = {}
        """The claim that each row of the sheet is, by the row's number."""
        self.amounts = Things()
        """The quantities that cells gave."""

    def thing(self, cell: str, kinds: Iterable[str] = ()) -> str:
        """A thing: by name, slug, ``situation:slug``, ``claim:source-001`` or ``row 12``.

        Raises:
            CellError: there is no such thing, or it is of a wrong class.
        """
        if found := _ROW.fullmatch(folded(cell)):
            claim = self.rows.get(int(found[1]))
            if claim is None:
                raise CellError(f"row {found[1]} of this sheet holds no claim that can be taken")
            return self.names.thing(shorten(claim), kinds)
        if cell.startswith(_SITUATION):
            return self.names.thing(shorten(self.situation(cell.removeprefix(_SITUATION).strip())), kinds)
        return self.names.thing(cell, kinds)

    def situation(self, slug: str) -> str:
        """The IRI of a situation of this source, by its short name or its whole slug.

        Raises:
            CellError: it is no slug.
        """
        slug = slug.removeprefix("id:")
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
            raise CellError(f"{slug!r} is no short name; use lower-case letters, digits and hyphens")
        opening = f"{self.source}-"
        return f"{ID}{slug}" if slug.startswith(opening) else f"{ID}{opening}{slug}"

    def values(self, column: Column, cell: str) -> list[Value]:
        """What a cell says.

        Raises:
            CellError: it cannot be read as the column wants it.
        """
        parts = split(cell) if column.many else [cell.strip()]
        return [self._value(column, part) for part in parts if part]

    def _value(self, column: Column, cell: str) -> Value:
        match column.kind:
            case "thing":
                return ox.NamedNode(self.thing(cell, column.kinds))
            case "concept":
                return ox.NamedNode(self.names.concept(cell, column.scheme))
            case "edtf":
                try:
                    dates.parse(cell)
                except DateError as error:
                    raise CellError(f"{cell!r}: {error.what}; {error.remedy}") from error
                return edtf(cell)
            case "year":
                if not re.fullmatch(r"[0-9]{4}", cell):
                    raise CellError(f"{cell!r} is no year of four digits")
                return typed(cell, XSD.gYear)
            case "code":
                return text(cell)
            case "amount":
                return ox.NamedNode(self._amount(cell))
        return read_text(cell)

    def _amount(self, cell: str) -> str:
        named = _NAMED_AMOUNT.fullmatch(cell)
        amount = read_amount(named[1] if named else cell)
        label = named[3] if named else amount.words()
        iri = f"{ID}{named[2]}" if named else default_amount_iri(self.source, amount)
        said = describe_amount(iri, label, amount)
        for known in (self.amounts, self.names.things):
            if iri in known and known is self.amounts and not _same(known, said, iri):
                raise CellError(f"{shorten(iri)} is another amount in this sheet; give one of the two another slug")
        for triple in said.triples():
            if isinstance(triple.object, ox.NamedNode | ox.Literal):
                self.amounts.add(iri, triple.predicate.value, triple.object)
        return iri


def read_yes(cell: str) -> bool:
    """Yes or no.

    Raises:
        CellError: it is neither.
    """
    try:
        return _YES[folded(cell)]
    except KeyError:
        raise CellError(f"{cell!r} is neither yes nor no") from None


def read_text(cell: str) -> ox.Literal:
    """A text: English, or in the language that stands after an ``@`` at its end."""
    found = _TAGGED.fullmatch(cell)
    return text(found[1], found[2]) if found else text(cell, "en")


def write_text(literal: ox.Literal) -> str:
    """A text as `read_text` reads it."""
    language = literal.language or ""
    if language.lower() == "en" and not _TAGGED.fullmatch(literal.value):
        return literal.value
    return f"{literal.value}@{language}"


def write_cell(column: Column, values: Iterable[Value], things: Things, source: str) -> str:
    """Values as a cell that `CellReader.values` reads back."""
    cells = [_cell(column, value, things, source) for value in values]
    return join(sorted(cells)) if column.many else "".join(cells[:1])


def _cell(column: Column, value: Value, things: Things, source: str) -> str:
    match column.kind:
        case "thing":
            return write_thing(value.value)
        case "concept":
            return value.value.removeprefix(CONCEPT)
        case "amount":
            return write_amount(value.value, things, source)
    if isinstance(value, ox.Literal) and column.kind == "text":
        return write_text(value)
    return value.value


def write_thing(iri: str) -> str:
    """A thing as a cell names it."""
    return shorten(iri) if iri.startswith(CLAIM) else iri.removeprefix(ID)


def default_amount_iri(source: str, amount: Amount) -> str:
    """The IRI of an amount that a sheet gives no slug."""
    words = amount.words().replace("%", "percent").replace(".", "-point-")
    slug = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
    return f"{ID}{source}-amount-{slug}"


def describe_amount(iri: str, label: str, amount: Amount) -> Things:
    """The statements of a Quantity."""
    said = Things()
    said.add(iri, RDF.type, AIGOV.Quantity)
    said.add(iri, RDFS.label, text(label, "en"))
    for bound, number in amount.bounds:
        said.add(iri, AIGOV[bound], typed(decimal_form(number), XSD.decimal))
    if amount.approximate:
        said.add(iri, AIGOV.approximate, boolean(True))
    said.add(iri, AIGOV.unit, text(amount.unit))
    return said


def write_amount(iri: str, things: Things, source: str) -> str:
    """A Quantity in plain words; with slug and label where those are not what the words would give."""
    bounds = tuple((bound, Decimal(number)) for bound in BOUNDS if (number := things.value(iri, AIGOV[bound])))
    amount = Amount(things.value(iri, AIGOV.unit), bounds, things.value(iri, AIGOV.approximate) == "true")
    words, label = amount.words(), things.label(iri)
    if iri == default_amount_iri(source, amount) and label == words:
        return words
    return f"{words} [{iri.removeprefix(ID)}: {label}]"


def _same(known: Things, said: Things, iri: str) -> bool:
    return {p: set(v) for p, v in known.of(iri).items()} == {p: set(v) for p, v in said.of(iri).items()}
