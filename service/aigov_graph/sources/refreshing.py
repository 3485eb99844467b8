"""A table run again: what it says now beside what is claimed; changes are revisions, what is gone is withdrawn.

A row whose digest changed while a claim's content did not is added to that claim's evidence. A claim whose content
changed gets a successor that revises it. A claim that no row yields any more is withdrawn. Nothing is taken out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from aigov_graph.dataset import DataFolder
from aigov_graph.errors import DataError
from aigov_graph.sources.drafting import Draft, Drafter, content_of
from aigov_graph.sources.entities import entity_files
from aigov_graph.sources.folder import SourceFolder, next_number
from aigov_graph.sources.mapping import MAPPING_FILE, MappedRow, read_mapping, run_mapping
from aigov_graph.sources.matching import MATCHES_FILE, Matcher
from aigov_graph.sources.names import Names
from aigov_graph.sources.statements import Things, read_things, text, write_files
from aigov_graph.sources.tables import KEY_SEPARATOR, TableFile, digest_tables
from aigov_graph.vocabulary.namespaces import AIGOV, CLAIM, CONCEPT, DCTERMS, OA, PASSAGE, PROV, RDF, SKOS

ROWS_FILE = "rows.ttl"
_ACCEPTED = f"{CONCEPT}accepted"
_WITHDRAWN = f"{CONCEPT}withdrawn"
_GONE = "Withdrawn: the table with digest"

_LIKENESS = (
    (RDF.subject, RDF.predicate, RDF.object),
    (RDF.subject, RDF.object),
    (RDF.subject, RDF.predicate),
    (RDF.predicate, RDF.object),
)
"""What a claim of a row must share with what the row yields now to be the one that this revises, the likest first."""


@dataclass(slots=True)
class Refreshed:
    """What a refresh did."""

    kept: int = 0
    added: int = 0
    revised: int = 0
    withdrawn: int = 0
    entities: int = 0
    waiting: int = 0
    """Names that wait for a decision in the list for review."""
    files: list[Path] = field(default_factory=list)


def refresh_source(folder: DataFolder, name: str, tables: Sequence[TableFile], check: bool = False) -> Refreshed:
    """Bring the claims of a data set up to its tables.

    Args:
        folder: the data.
        name: the source's id; its folder holds the mapping.
        tables: all tables that the mapping describes.
        check: write nothing.

    Raises:
        DataError: the mapping or a table is wrong, or the source has no creator to hold its claims.
        FolderUnreadable: there is no such source, or a file cannot be written.
    """
    opened = SourceFolder.open(folder, name)
    names = Names(folder.load())
    creators = opened.source.values(opened.iri, DCTERMS.creator)
    if len(creators) != 1:
        raise DataError("the source has not exactly one creator, who holds its claims", name, "mend source.ttl")
    mapping = read_mapping(opened.path / MAPPING_FILE)
    matcher = Matcher(names, opened.path / MATCHES_FILE)
    drafter = Drafter(names, matcher, name, creators[0])
    rows = list(run_mapping(mapping, tables, name))
    run = _Refresh(opened, read_things(opened.path / ROWS_FILE), drafter, digest_tables(tables))
    done = run.run(rows)
    done.entities, done.waiting = len(matcher.new), len(matcher.undecided())
    if not check:
        files = {**opened.files(), opened.path / ROWS_FILE: run.rows, **entity_files(folder, matcher.new, names)}
        done.files = write_files(files)
        (opened.path / MATCHES_FILE).write_text(matcher.as_csv(), encoding="utf-8")
    return done


class _Refresh:
    def __init__(self, folder: SourceFolder, rows: Things, drafter: Drafter, digest: str) -> None:
        self.folder, self.rows, self.drafter, self.digest = folder, rows, drafter, digest
        self.done = Refreshed()
        self._withdrawn = [
            iri
            for iri in folder.claims.subjects(AIGOV.Claim)
            if folder.claims.value(iri, AIGOV.reviewStatus) == _WITHDRAWN
        ]
        self._next_claim = next_number(folder.claims, CLAIM, folder.name)
        self._next_row = next_number(rows, PASSAGE, folder.name)
        self._rows: dict[tuple[str, str], list[str]] = defaultdict(list)
        for iri in rows.subjects(AIGOV.Row):
            self._rows[rows.value(iri, AIGOV.table), rows.value(iri, AIGOV.key)].append(iri)

    def run(self, rows: Sequence[MappedRow]) -> Refreshed:
        active = self._active()
        for row in rows:
            drafts = list({draft.content(): draft for draft in self.drafter.drafts(row)}.values())
            evidence = self._row(row) if drafts else ""
            self._settle(drafts, active.pop((row.table, row.key), []), evidence)
        for claims in active.values():
            for iri in claims:
                self._withdraw(iri)
        amounts = self.drafter.amounts
        for iri in amounts.subjects():
            _copy(amounts, self.folder.situations, iri, iri)
        self._note_digest()
        return self.done

    def _active(self) -> dict[tuple[str, str], list[str]]:
        """The claims in force, by the table and key of the row they rest on."""
        claims = self.folder.claims
        revised = {old for iri in claims.subjects() for old in claims.values(iri, PROV.wasRevisionOf)}
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for iri in claims.subjects(AIGOV.Claim):
            rows = [e for e in claims.values(iri, AIGOV.evidence) if e in self.rows]
            if rows and iri not in revised and claims.value(iri, AIGOV.reviewStatus) != _WITHDRAWN:
                found[self.rows.value(rows[0], AIGOV.table), self.rows.value(rows[0], AIGOV.key)].append(iri)
        return found

    def _is_refused(self, draft: Draft, evidence: str) -> bool:
        """Whether a reader withdrew what the row, unchanged since, says: that decision holds until the row changes."""
        claims, said = self.folder.claims, self._placed(draft)
        return any(
            evidence in claims.values(iri, AIGOV.evidence)
            and not any(note.startswith(_GONE) for note in claims.values(iri, SKOS.editorialNote))
            and content_of(claims, iri) == said
            for iri in self._withdrawn
        )

    def _row(self, row: MappedRow) -> str:
        """The record of a row with this digest, made if there is none."""
        for iri in self._rows[row.table, row.key]:
            if self.rows.value(iri, AIGOV.textDigest) == row.digest:
                return iri
        iri = f"{PASSAGE}{self.folder.name}-{self._next_row:03d}"
        self._next_row += 1
        columns = KEY_SEPARATOR.join(row.key_columns)
        said = self.rows
        said.add(iri, RDF.type, AIGOV.Row)
        said.add(iri, OA.hasSource, self.folder.iri)
        said.add(iri, AIGOV.table, text(row.table))
        said.add(iri, AIGOV.keyColumn, text(columns))
        said.add(iri, AIGOV.key, text(row.key))
        said.add(iri, AIGOV.locator, text(f"{row.table}, row with {columns} {row.key}"))
        said.add(iri, AIGOV.textDigest, text(row.digest))
        self._rows[row.table, row.key].append(iri)
        return iri

    def _settle(self, drafts: list[Draft], claims: list[str], evidence: str) -> None:
        """Pair what a row yields with what is claimed of it, the likest first."""
        left = list(claims)
        open_drafts: list[tuple[Draft, str]] = []
        for draft in drafts:
            if self._is_refused(draft, evidence):
                self.done.kept += 1
                continue
            same = next((c for c in left if content_of(self.folder.claims, c) == self._placed(draft)), None)
            if same is None:
                open_drafts.append((draft, ""))
                continue
            left.remove(same)
            self.folder.claims.add(same, AIGOV.evidence, evidence)
            for target, said in draft.situations.items():
                self._situation(target, said, evidence)
            self.done.kept += 1
        for ends in _LIKENESS:
            for number, (draft, old) in enumerate(open_drafts):
                if not old and (found := self._like(draft, left, ends)):
                    left.remove(found)
                    open_drafts[number] = (draft, found)
        for draft, old in open_drafts:
            self._write(draft, old, evidence)
        for iri in left:
            self._withdraw(iri)

    def _like(self, draft: Draft, claims: Sequence[str], ends: Sequence[str]) -> str:
        said = self.folder.claims
        return next((c for c in claims if all(said.value(c, end) == draft.end(end) for end in ends)), "")

    def _placed(self, draft: Draft) -> frozenset[tuple[str, str]]:
        """What a draft says, with situations under the IRIs that hold their content already."""
        content = draft.content()
        for target, said in draft.situations.items():
            place = self._place(target, said)
            content = frozenset((p, v.replace(f"<{target}>", f"<{place}>")) for p, v in content)
        return content

    def _place(self, target: str, said: Things) -> str:
        """The IRI for a situation: that of one that says the same, else one that is free."""
        have, place, number = self.folder.situations, target, 1
        while place in have and content_of(have, place) | _types(have, place) != content_of(said, target) | _types(
            said, target
        ):
            number += 1
            place = f"{target}-r{number}"
        return place

    def _situation(self, target: str, said: Things, evidence: str) -> str:
        place = self._place(target, said)
        _copy(said, self.folder.situations, target, place)
        self.folder.situations.add(place, AIGOV.evidence, evidence)
        return place

    def _write(self, draft: Draft, old: str, evidence: str) -> None:
        iri = f"{CLAIM}{self.folder.name}-{self._next_claim:03d}"
        self._next_claim += 1
        places = {target: self._situation(target, said, evidence) for target, said in draft.situations.items()}
        claims = self.folder.claims
        for predicate, values in draft.said.of(Draft.IRI).items():
            for value in values:
                moved = places.get(value.value) if isinstance(value, ox.NamedNode) else None
                claims.add(iri, predicate, moved or value)
        claims.add(iri, AIGOV.evidence, evidence)
        status = claims.value(old, AIGOV.reviewStatus) if old else _ACCEPTED
        claims.add(iri, AIGOV.reviewStatus, status)
        if old:
            claims.add(iri, PROV.wasRevisionOf, old)
            self.done.revised += 1
        else:
            self.done.added += 1

    def _withdraw(self, iri: str) -> None:
        claims = self.folder.claims
        kept = claims.of(iri)
        claims.drop(iri)
        for predicate, values in kept.items():
            for value in values:
                if predicate != AIGOV.reviewStatus:
                    claims.add(iri, predicate, value)
        claims.add(iri, AIGOV.reviewStatus, _WITHDRAWN)
        note = f"{_GONE} {self.digest[:19]} no longer says it."
        claims.add(iri, SKOS.editorialNote, text(note, "en"))
        self.done.withdrawn += 1

    def _note_digest(self) -> None:
        source, iri = self.folder.source, self.folder.iri
        old = source.value(iri, AIGOV.textDigest)
        if old == self.digest:
            return
        kept = source.of(iri)
        source.drop(iri)
        for predicate, values in kept.items():
            for value in values:
                if predicate != AIGOV.textDigest:
                    source.add(iri, predicate, value)
        source.add(iri, AIGOV.textDigest, text(self.digest))
        if len(self.folder.claims) > self.done.added:
            note = f"Refreshed from an earlier table with digest {old}."
            source.add(iri, SKOS.editorialNote, text(note, "en"))


def _types(things: Things, iri: str) -> frozenset[tuple[str, str]]:
    return frozenset((RDF.type, f"<{kind}>") for kind in things.values(iri, RDF.type))


def _copy(source: Things, target: Things, old: str, new: str) -> None:
    for predicate, values in source.of(old).items():
        for value in values:
            target.add(new, predicate, value)
