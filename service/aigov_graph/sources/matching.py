"""Names of tables matched to entities: by decision, by identifier, by exact name and class; the rest is for a person.

``matches.csv`` in a source's folder is the list for review. A line is a name that a row gave, and a decision:

- empty: not decided; the claims that need the name wait
- a slug: it is that entity (or, for a relation, that relation)
- ``new Firm``, ``new Firm the-slug`` or ``new Firm the-slug = The Label``: add it as a new entity of that class
- ``-``: leave it out, with its claims
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from aigov_graph.dataset import shorten
from aigov_graph.errors import DataError
from aigov_graph.sources.entities import describe_entity, slug_of
from aigov_graph.sources.mapping import ISO3166, NAME
from aigov_graph.sources.names import Names, folded
from aigov_graph.sources.problems import CellError
from aigov_graph.sources.rows import read_csv, rows_of, write_csv
from aigov_graph.sources.statements import Things
from aigov_graph.vocabulary.namespaces import AIGOV, BASE, ID, SCHEMA, SKOS

MATCHES_FILE: Final = "matches.csv"
COLUMNS: Final = ("class", "name", "decision", "nearest", "note")
_NEW: Final = re.compile(r"new (\w+)(?: ([a-z0-9-]+))?(?: = (.+))?")
_KEY: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
"""A table's own key, which is no name that anybody calls the thing by."""
_RELATION: Final = "Relation"
_CONCEPT: Final = "concept-"


@dataclass(frozen=True, slots=True)
class Decision:
    """A line of the list."""

    kind: str
    name: str
    decision: str = ""
    nearest: str = ""
    note: str = ""


class Undecided(Exception):  # no error: the claim waits
    """A name waits for a decision."""


class LeftOut(Exception):  # no error: the decision says so
    """A name is to be left out."""


@dataclass
class Matcher:
    """Matches the names of one source's tables."""

    names: Names
    path: Path
    new: Things = field(default_factory=Things)
    """The entities that decisions add."""
    _decisions: dict[tuple[str, str], Decision] = field(default_factory=dict)
    _codes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        if self.path.exists():
            cells = read_csv(self.path.read_bytes(), str(self.path))
            for row in rows_of(cells, COLUMNS, str(self.path)):
                line = Decision(*(row[name] for name in COLUMNS))
                self._decisions[line.kind, line.name] = line
        things = self.names.things
        for predicate in (AIGOV.isoAlpha2, AIGOV.isoAlpha3, SKOS.exactMatch, SCHEMA.sameAs):
            for iri in things.subjects():
                for code in things.values(iri, predicate):
                    self._codes[code].append(iri)

    def iri(self, value: str) -> str:
        """The thing that an IRI of a mapping stands for.

        Raises:
            Undecided, LeftOut: nobody has said what it stands for, or that it stands for nothing.
        """
        if value.startswith(NAME):
            kind, _, name = value.removeprefix(NAME).partition("/")
            return self.name(kind, unquote(name))
        if value.startswith(ISO3166):
            code = unquote(value.removeprefix(ISO3166))
            return self._by_code("Polity", code, code)
        if value.startswith(BASE):
            return value
        return self._by_code("Entity", value, value)

    def name(self, kind: str, name: str) -> str:
        """The thing of a class that a name stands for.

        Raises:
            Undecided, LeftOut: nobody has said what it stands for, or that it stands for nothing.
        """
        if kind == _RELATION:
            return self._relation(name)
        if kind.startswith(_CONCEPT):
            return self._concept(kind, name)
        if (decided := self._decided(kind, name)) is not None:
            return decided
        try:
            return self.names.thing(name, [AIGOV[kind]])
        except CellError as error:
            self._ask(kind, name, error.nearest)
            raise Undecided(name) from error

    def _relation(self, name: str) -> str:
        """``default/anything``: the relation decided for the whole, else the default."""
        line = self._decisions.get((_RELATION, name))
        chosen = line.decision if line and line.decision else name.partition("/")[0]
        if chosen == "-":
            raise LeftOut(name)
        try:
            return self.names.relation(chosen)
        except CellError:
            self._ask(_RELATION, name, ())
            raise Undecided(name) from None

    def _concept(self, kind: str, name: str) -> str:
        """A concept of the scheme that the class names, as in ``concept-certainty``."""
        line = self._decisions.get((kind, name))
        try:
            return self.names.concept(line.decision if line and line.decision else name, kind.removeprefix(_CONCEPT))
        except CellError as error:
            self._ask(kind, name, error.nearest)
            raise Undecided(name) from error

    def _by_code(self, kind: str, code: str, shown: str) -> str:
        if (decided := self._decided(kind, shown)) is not None:
            return decided
        found = self._codes.get(code, [])
        if len(found) == 1:
            return found[0]
        self._ask(kind, shown, map(shorten, found))
        raise Undecided(shown)

    def _decided(self, kind: str, name: str) -> str | None:
        line = self._decisions.get((kind, name))
        if line is None or not line.decision:
            return None
        if line.decision == "-":
            raise LeftOut(name)
        if found := _NEW.fullmatch(line.decision):
            return self._add(found[1], _slug(found, line), found[3] or name, line)
        iri = f"{ID}{line.decision.removeprefix('id:')}"
        if iri not in self.names.things:
            for other in self._decisions.values():
                if (found := _NEW.fullmatch(other.decision)) and iri == f"{ID}{_slug(found, other)}":
                    return self._add(found[1], _slug(found, other), found[3] or other.name, other)
            raise DataError(f"{line.decision!r} is no entity", f"{self.path}, {name}", "mend the decision, or say new")
        return iri

    def _add(self, kind: str, slug: str, label: str, line: Decision) -> str:
        iri = f"{ID}{slug}"
        if iri not in self.names.things:
            try:
                wanted = self.names.kind(kind)
            except CellError as error:
                raise DataError(error.what, f"{self.path}, {line.name}", "name a class of entities") from error
            twins = [t for t in self.names.named(label) if wanted in self.names.kinds(t)]
            if twins:
                what = f"{label!r} is the name of {shorten(twins[0])} already"
                raise DataError(what, f"{self.path}, {line.name}", "decide for that slug, or choose another label")
            spoken = not _KEY.fullmatch(line.name) and line.name not in self._codes
            also = [line.name] if spoken and folded(line.name) != folded(label) else []
            said = describe_entity(iri, wanted, label, line.note, also)
            self.names.add(said)
            for predicate, values in said.of(iri).items():
                for value in values:
                    self.new.add(iri, predicate, value)
        return iri

    def _ask(self, kind: str, name: str, nearest: Iterable[str]) -> None:
        line = self._decisions.get((kind, name), Decision(kind, name))
        hint = "; ".join(nearest)
        self._decisions[kind, name] = Decision(kind, name, line.decision, line.nearest or hint, line.note)

    def undecided(self) -> list[Decision]:
        """The lines that wait for a decision."""
        return [line for line in self._decisions.values() if not line.decision]

    def as_csv(self) -> str:
        """The list, sorted, with what was asked since it was read."""
        lines = sorted(self._decisions.values(), key=lambda line: (line.kind, line.name))
        rows = (dict(zip(COLUMNS, (d.kind, d.name, d.decision, d.nearest, d.note), strict=True)) for d in lines)
        return write_csv(COLUMNS, rows)


def _slug(found: re.Match[str], line: Decision) -> str:
    """The slug of the entity that a decision adds."""
    return found[2] or slug_of(found[3] or line.name)
