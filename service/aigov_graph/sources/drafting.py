"""Claims and situations drafted from what a mapping describes, once names are matched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Final

from aigov_graph.dates import parse
from aigov_graph.errors import DataError
from aigov_graph.sources.cells import CellReader
from aigov_graph.sources.columns import CLAIM_COLUMNS, NOTE, SITUATION_COLUMNS, Column, qualifier_columns
from aigov_graph.sources.entities import slug_of
from aigov_graph.sources.mapping import END, SITUATION, START, Cell, Described, MappedRow
from aigov_graph.sources.matching import LeftOut, Matcher, Undecided
from aigov_graph.sources.names import Names
from aigov_graph.sources.problems import CellError
from aigov_graph.sources.statements import Things, boolean, edtf, text
from aigov_graph.vocabulary.namespaces import AIGOV, CONCEPT, DCTERMS, ID, PROV, RDF, RDFS

_ENDS: Final = (RDF.subject, RDF.predicate, RDF.object)
_SAID: Final = ("s", "d")


@dataclass(slots=True)
class Draft:
    """A claim without number and evidence: what is said of the placeholder `IRI`."""

    said: Things
    situations: dict[str, Things] = field(default_factory=dict)

    IRI = "urn:draft"

    def content(self) -> frozenset[tuple[str, str]]:
        """What it says, without its label and remarks."""
        return content_of(self.said, self.IRI)

    def end(self, predicate: str) -> str:
        """Subject, predicate or object."""
        return self.said.value(self.IRI, predicate)


def content_of(said: Things, iri: str) -> frozenset[tuple[str, str]]:
    """What a claim says: all but its label, evidence, status, remarks and history."""
    silent = {RDFS.label, AIGOV.evidence, AIGOV.reviewStatus, PROV.wasRevisionOf, NOTE.property, RDF.type}
    return frozenset((p, str(v)) for p, values in said.of(iri).items() if p not in silent for v in values)


class Drafter:
    """Drafts the claims of a source's rows."""

    def __init__(self, names: Names, matcher: Matcher, source: str, holder: str) -> None:
        self.names, self.matcher, self.source, self.holder = names, matcher, source, holder
        self.cells = CellReader(names, source)
        self._claim_columns = {c.property: c for c in (*CLAIM_COLUMNS, *qualifier_columns(names), NOTE)}
        self._situation_columns = {c.property: c for c in SITUATION_COLUMNS}

    def drafts(self, row: MappedRow) -> Iterator[Draft]:
        """The claims of a row; one that waits for a decision, or is left out by one, is not among them.

        Raises:
            DataError: a cell cannot be read as its property wants it.
        """
        situations = {
            thing.about: found
            for thing in row.things
            if thing.about.startswith(SITUATION) and (found := self._situation(thing, row)) is not None
        }
        for thing in row.things:
            if all(thing.values.get(end) for end in _ENDS):
                yield from self._claims(thing, row, situations)

    def _claims(self, thing: Described, row: MappedRow, situations: dict[str, Things]) -> Iterator[Draft]:
        for subject, predicate, value in product(*(thing.values[end] for end in _ENDS)):
            try:
                relation = self._relation(predicate)
                draft = Draft(Things())
                said, iri = draft.said, Draft.IRI
                said.add(iri, RDF.type, AIGOV.Claim)
                said.add(iri, RDF.predicate, relation)
                for end, cell in ((RDF.subject, subject), (RDF.object, value)):
                    if cell[0].startswith(SITUATION):
                        if cell[0] not in situations:
                            raise LeftOut(cell[0])
                        (target,) = situations[cell[0]].subjects()
                        draft.situations[target] = situations[cell[0]]
                    else:
                        target = self._end(cell, relation, end)
                    said.add(iri, end, target)
                self._fill(thing, said, iri, self._claim_columns, row)
                if when := self._when(thing):
                    said.add(iri, AIGOV.when, edtf(when))
            except (Undecided, LeftOut):
                continue
            self._defaults(draft)
            yield draft

    def _defaults(self, draft: Draft) -> None:
        said, iri = draft.said, Draft.IRI
        given = said.of(iri)
        if PROV.wasAttributedTo not in given:
            said.add(iri, PROV.wasAttributedTo, self.holder)
        if AIGOV.certainty not in given:
            said.add(iri, AIGOV.certainty, f"{CONCEPT}certain")
        if AIGOV.mode not in given:
            said.add(iri, AIGOV.mode, f"{CONCEPT}actual")
        if AIGOV.negated not in given:
            said.add(iri, AIGOV.negated, boolean(False))
        if self._is_still_to_come(said.value(iri, AIGOV.when)) and said.value(iri, AIGOV.mode) == f"{CONCEPT}actual":
            said.put(iri, AIGOV.mode, f"{CONCEPT}predicted")
        said.add(iri, PROV.hadPrimarySource, f"{ID}{self.source}")
        if RDFS.label not in given:
            said.add(iri, RDFS.label, text(self._sentence(draft), "en"))

    def _is_still_to_come(self, when: str) -> bool:
        """Whether what a table tells lies after the day that the table is of: such a cell is a plan, not a record."""
        earliest = parse(when).earliest if when else None
        issued = self.names.things.value(f"{ID}{self.source}", DCTERMS.issued)
        last = parse(issued).latest if issued else None
        return earliest is not None and last is not None and earliest > last

    def _sentence(self, draft: Draft) -> str:
        said, things = draft.said, self.names.things
        ends = [said.value(Draft.IRI, end) for end in _ENDS]
        subject, object_ = (
            things.label(e) or next((s.label(e) for s in draft.situations.values() if e in s), e)
            for e in (ends[0], ends[2])
        )
        verb = self.names.terms.label(ends[1])
        if not verb.split(" ", 1)[0].endswith(_SAID):
            verb = f"is {verb}"
        source = things.label(f"{ID}{self.source}")
        under = things.label(said.value(Draft.IRI, AIGOV.underPolicy))
        matter = things.label(said.value(Draft.IRI, AIGOV.matter))
        tail = (f" under {under}" if under else "") + (f", the matter being {matter}" if matter else "")
        if when := said.value(Draft.IRI, AIGOV.when):
            tail += f" ({when})"
        hedges = [
            said.value(Draft.IRI, axis).removeprefix(CONCEPT)
            for axis, plain in ((AIGOV.certainty, "certain"), (AIGOV.mode, "actual"))
            if said.value(Draft.IRI, axis) != f"{CONCEPT}{plain}"
        ]
        how = f", as {' and '.join(hedges)}," if hedges else ""
        negated = "it does not hold that " if said.value(Draft.IRI, AIGOV.negated) == "true" else ""
        return f"{source} says{how} that {negated}{subject} {verb} {object_}{tail}."

    def _relation(self, cell: Cell) -> str:
        if not cell[1]:
            return self.matcher.name("Relation", cell[0])
        return self.matcher.iri(cell[0])

    def _end(self, cell: Cell, relation: str, end: str) -> str:
        if cell[1]:
            return self.matcher.iri(cell[0])
        vocabulary = self.names.vocabulary
        of = vocabulary.domains if end == RDF.subject else vocabulary.ranges
        return self.matcher.name(of.get(relation, AIGOV.Relatum).removeprefix(AIGOV), cell[0])

    def _fill(self, thing: Described, said: Things, iri: str, columns: dict[str, Column], row: MappedRow) -> None:
        for predicate, cells in thing.values.items():
            if predicate in _ENDS or predicate in (RDF.type, START, END):
                continue
            column = columns.get(predicate)
            if column is None and predicate not in (AIGOV.negated, RDFS.label):
                raise DataError(f"nothing says what {predicate} is here", f"{row.table}, {row.key}", "mend the mapping")
            for value, is_iri in cells:
                try:
                    if predicate == RDFS.label:
                        said.add(iri, predicate, text(value, "en"))
                    elif column is None:
                        said.add(iri, predicate, boolean(value == "true"))
                    elif is_iri:
                        said.add(iri, predicate, self.matcher.iri(value))
                    elif column.kind == "thing":
                        said.add(iri, predicate, self.matcher.name(column.kinds[0].removeprefix(AIGOV), value))
                    else:
                        for read in self.cells.values(column, value):
                            said.add(iri, predicate, read)
                except CellError as error:
                    raise DataError(error.what, f"{row.table}, {row.key}", "mend the table or the mapping") from error

    @staticmethod
    def _when(thing: Described) -> str:
        """The interval of a thing's first and last day; an end that no cell gives is unknown."""
        start, end = ("".join(v for v, _ in thing.values.get(p, ())) for p in (START, END))
        if not start and not end:
            return ""
        return f"{start}/{end}" if start else f"../{end}"

    def _situation(self, thing: Described, row: MappedRow) -> Things | None:
        """A situation, under the IRI that its `aboutUrl` gives; None if it waits or is left out."""
        iri = f"{ID}{self.source}-{slug_of(thing.about.removeprefix(SITUATION))}"
        said = Things()
        try:
            for kind, _ in thing.values.get(RDF.type, ()):
                said.add(iri, RDF.type, kind)
            self._fill(thing, said, iri, self._situation_columns, row)
        except (Undecided, LeftOut):
            return None
        return said if RDF.type in said.of(iri) else None

    @property
    def amounts(self) -> Things:
        """The quantities that cells gave."""
        return self.cells.amounts
