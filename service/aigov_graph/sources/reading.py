"""Claims sheets into statements: every row is read before anything is said of any."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from aigov_graph.dataset import shorten
from aigov_graph.sources import columns as c
from aigov_graph.sources.cells import CellReader, read_yes
from aigov_graph.sources.columns import Column
from aigov_graph.sources.folder import PassageBook, SourceFolder, next_number
from aigov_graph.sources.names import Names, nearest
from aigov_graph.sources.problems import CellError, SheetProblem
from aigov_graph.sources.rows import SheetRow
from aigov_graph.sources.statements import Things, boolean, text
from aigov_graph.vocabulary.namespaces import AIGOV, CLAIM, CONCEPT, DCTERMS, ID, PROV, RDF, RDFS

_CLAIM_CELLS: Final = (c.SENTENCE.name, c.SUBJECT.name, c.RELATION.name, c.OBJECT.name)
_REQUIRED: Final = (*_CLAIM_CELLS, "certainty", "mode")


@dataclass(frozen=True, slots=True)
class ReadClaims:
    """What came of reading a sheet: the folder as it would be, and what is wrong."""

    folder: SourceFolder
    problems: tuple[SheetProblem, ...]
    claims: tuple[str, ...]
    passages: int


def read_claims(
    rows: Sequence[SheetRow], folder: SourceFolder, names: Names, text: str | None = None, status: str = "draft"
) -> ReadClaims:
    """Read the rows of a claims sheet into the folder's statements.

    Args:
        rows: the rows.
        folder: the source; changed in place, so that it is of use only if there are no problems.
        names: what the cells may name.
        text: the source's text, for passages that are not yet recorded.
        status: the review status of claims that do not state one.
    """
    return _Reading(rows, folder, names, text, status).run()


class _Reading:
    def __init__(
        self, rows: Sequence[SheetRow], folder: SourceFolder, names: Names, text: str | None, status: str
    ) -> None:
        self.rows, self.folder, self.names, self.status = rows, folder, names, status
        self.cells = CellReader(names, folder.name)
        self.book = PassageBook(folder.name, folder.passages, text)
        self.qualifiers = c.qualifier_columns(names)
        self.problems: list[SheetProblem] = []
        self.claims: list[str] = []

    def run(self) -> ReadClaims:
        before = len(self.folder.passages)
        self._announce()
        described: dict[str, int] = {}
        for row in self.rows:
            self._read(row, described)
        amounts = self.cells.amounts
        for iri in amounts.subjects():
            self.folder.situations.drop(iri)
            _copy(amounts, self.folder.situations, iri)
        _drop_unused_amounts(self.folder)
        return ReadClaims(self.folder, tuple(self.problems), tuple(self.claims), len(self.folder.passages) - before)

    def _announce(self) -> None:
        """Give every claim and situation its IRI and class, so that rows may name each other in any order."""
        number = next_number(self.folder.claims, CLAIM, self.folder.name)
        said = Things()
        for row in self.rows:
            given = row[c.CLAIM_NUMBER.name].removeprefix("claim:")
            if given:
                iri = f"{CLAIM}{given}"
                if iri not in self.folder.claims:
                    have = (claim.removeprefix(CLAIM) for claim in self.folder.claims.subjects())
                    near = nearest(given, have)
                    what = f"{self.folder.name} has no claim {given!r}; leave the cell empty for a new one"
                    self._wrong(row, c.CLAIM_NUMBER.name, CellError(what, near))
                    continue
                if iri in self.cells.rows.values():
                    self._wrong(row, c.CLAIM_NUMBER.name, CellError("another row has this number"))
                    continue
            elif any(row[name] for name in _CLAIM_CELLS):
                iri = f"{CLAIM}{self.folder.name}-{number:03d}"
                number += 1
            else:
                iri = ""
            if iri:
                self.cells.rows[row.number] = iri
                said.add(iri, RDF.type, AIGOV.Claim)
            if row[c.SITUATION.name] and row[c.SITUATION_TYPE.name]:
                try:
                    kind = self._situation_kind(row)
                    said.add(self.cells.situation(row[c.SITUATION.name]), RDF.type, kind)
                except CellError:
                    continue  # said of the row when it is read
        self.names.add(said)

    def _situation_kind(self, row: SheetRow) -> str:
        kind = self.names.kind(row[c.SITUATION_TYPE.name])
        if AIGOV.Situation not in self.names.vocabulary.superclasses(kind):
            below = sorted(
                k.removeprefix(AIGOV)
                for k in self.names.vocabulary.classes
                if AIGOV.Situation in self.names.vocabulary.superclasses(k)
            )
            raise CellError(f"{shorten(kind)} is no kind of situation", below)
        return kind

    def _wrong(self, row: SheetRow, column: str, error: CellError) -> None:
        self.problems.append(SheetProblem(row.number, column, error.what, error.nearest, error.unknown))

    def _read(self, row: SheetRow, described: dict[str, int]) -> None:
        claim = self.cells.rows.get(row.number, "")
        situation = row[c.SITUATION.name]
        if not claim and not situation:
            if not any(problem.row == row.number for problem in self.problems):
                self._wrong(row, "", CellError("the row holds neither a claim nor a situation"))
            return
        evidence = self._evidence(row)
        if claim:
            self._read_claim(row, claim, evidence)
        if situation:
            self._read_situation(row, evidence, described)
        elif filled := [name for name in row.cells if name.startswith("situation ")]:
            self._wrong(row, filled[0], CellError("the row describes a situation but column 'situation' is empty"))

    def _evidence(self, row: SheetRow) -> list[str]:
        first, last = row[c.FIRST_WORDS.name], row[c.LAST_WORDS.name]
        references = c.split(row[c.PASSAGE.name]) or [""]
        found: list[str] = []
        for reference in references:
            try:
                words = (first, last) if reference == references[-1] else ("", "")
                found.append(self.book.find(reference, *words))
            except CellError as error:
                column = c.FIRST_WORDS.name if first and "words" in error.what else c.PASSAGE.name
                self._wrong(row, column, error)
        return found

    def _read_claim(self, row: SheetRow, iri: str, evidence: list[str]) -> None:
        said = Things()
        said.add(iri, RDF.type, AIGOV.Claim)
        for name in _REQUIRED:
            if not row[name]:
                self._wrong(row, name, CellError("the cell is empty; every claim needs it"))
        if row[c.SENTENCE.name]:
            said.add(iri, RDFS.label, text(row[c.SENTENCE.name], "en"))
        for label in self.folder.claims.of(iri).get(RDFS.label, ()):
            if isinstance(label, ox.Literal) and label.language != "en":
                said.add(iri, RDFS.label, label)
        self._read_relation(row, iri, said)
        try:
            said.add(iri, AIGOV.negated, boolean(read_yes(row[c.NEGATED.name])))
        except CellError as error:
            self._wrong(row, c.NEGATED.name, error)
        self._cells(row, iri, said, (*c.CLAIM_COLUMNS, *self.qualifiers, c.NOTE, c.STATUS, c.REVISES))
        if not row["holder"]:
            self._default_holder(row, iri, said)
        if not row[c.STATUS.name]:
            said.add(iri, AIGOV.reviewStatus, f"{CONCEPT}{self.status}")
        said.add(iri, PROV.hadPrimarySource, self.folder.iri)
        for passage in evidence:
            said.add(iri, AIGOV.evidence, passage)
        if set(said.values(iri, AIGOV.relayedBy)) & set(said.values(iri, PROV.wasAttributedTo)):
            self._wrong(row, "relayed by", CellError("who holds a claim does not relay it as well"))
        self.folder.claims.drop(iri)
        _copy(said, self.folder.claims, iri)
        self.claims.append(iri)

    def _default_holder(self, row: SheetRow, iri: str, said: Things) -> None:
        creators = self.folder.source.values(self.folder.iri, DCTERMS.creator)
        if len(creators) == 1:
            said.add(iri, PROV.wasAttributedTo, creators[0])
        else:
            what = f"the cell is empty, and the source has {len(creators) or 'no'} creators to take its place"
            self._wrong(row, "holder", CellError(what))

    def _read_relation(self, row: SheetRow, iri: str, said: Things) -> None:
        relation, ends = "", {RDF.subject: (c.SUBJECT.name, ""), RDF.object: (c.OBJECT.name, "")}
        if row[c.RELATION.name]:
            try:
                relation = self.names.relation(row[c.RELATION.name])
                said.add(iri, RDF.predicate, relation)
            except CellError as error:
                self._wrong(row, c.RELATION.name, error)
        vocabulary = self.names.vocabulary
        lines = {relation, *vocabulary.super_relations(relation)} if relation else set()
        for predicate, (column, _) in ends.items():
            if not row[column]:
                continue
            of = vocabulary.domains if predicate == RDF.subject else vocabulary.ranges
            kinds = {of[line] for line in lines if line in of} or {AIGOV.Relatum}
            try:
                thing = self.cells.thing(row[column], kinds)
                said.add(iri, predicate, thing)
                ends[predicate] = (column, thing)
                if thing == iri:
                    self._wrong(row, column, CellError("a claim cannot speak of itself"))
            except CellError as error:
                self._wrong(row, column, error)
        subject, object_ = ends[RDF.subject][1], ends[RDF.object][1]
        if subject and subject == object_ and relation in vocabulary.irreflexive:
            self._wrong(row, c.OBJECT.name, CellError("nothing has this relation to itself"))

    def _cells(self, row: SheetRow, iri: str, said: Things, columns: Iterable[Column]) -> None:
        for column in columns:
            if row[column.name]:
                try:
                    for value in self.cells.values(column, row[column.name]):
                        said.add(iri, column.property, value)
                except CellError as error:
                    self._wrong(row, column.name, error)

    def _read_situation(self, row: SheetRow, evidence: list[str], described: dict[str, int]) -> None:
        try:
            iri = self.cells.situation(row[c.SITUATION.name])
        except CellError as error:
            self._wrong(row, c.SITUATION.name, error)
            return
        if iri in described:
            what = (
                f"row {described[iri]} describes this situation already; to name it write situation:{row['situation']}"
            )
            self._wrong(row, c.SITUATION.name, CellError(what))
            return
        described[iri] = row.number
        said = Things()
        for name in (c.SITUATION_TYPE.name, "situation label"):
            if not row[name]:
                self._wrong(row, name, CellError("the cell is empty; every situation needs it"))
        if row[c.SITUATION_TYPE.name]:
            try:
                said.add(iri, RDF.type, self._situation_kind(row))
            except CellError as error:
                self._wrong(row, c.SITUATION_TYPE.name, error)
        self._cells(row, iri, said, c.SITUATION_COLUMNS)
        for label in self.folder.situations.of(iri).get(RDFS.label, ()):
            if isinstance(label, ox.Literal) and label.language != "en":
                said.add(iri, RDFS.label, label)
        for passage in evidence:
            said.add(iri, AIGOV.evidence, passage)
        self.folder.situations.drop(iri)
        _copy(said, self.folder.situations, iri)


def _copy(source: Things, target: Things, iri: str) -> None:
    for predicate, values in source.of(iri).items():
        for value in values:
            target.add(iri, predicate, value)


def _drop_unused_amounts(folder: SourceFolder) -> None:
    """Quantities of the source that no claim or situation names any more."""
    used = {
        triple.object.value
        for part in (folder.claims, folder.situations)
        for triple in part.triples()
        if isinstance(triple.object, ox.NamedNode)
    }
    for iri in folder.situations.subjects(AIGOV.Quantity):
        if iri not in used and iri.startswith(f"{ID}{folder.name}-"):
            folder.situations.drop(iri)
