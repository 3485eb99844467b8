"""Readings of claims, and how far two of them agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from aigov_graph.dataset import DataFolder
from aigov_graph.errors import AigovError
from aigov_graph.sources.folder import SourceFolder
from aigov_graph.sources.names import folded
from aigov_graph.sources.problems import SheetProblem, refuse
from aigov_graph.sources.rows import SheetRow, read_csv, rows_of, write_csv
from aigov_graph.sources.statements import Things, read_things
from aigov_graph.vocabulary.namespaces import AIGOV, CLAIM, CONCEPT, ID, OA, PASSAGE, PROV, RDF

AXES: Final = ("relation", "certainty", "mode", "negated", "holder")
VERDICTS: Final = ("right", "wrong", "unsure")
COLUMNS: Final = ("claim", *AXES, "verdict", "note")
FOLDER: Final = "reviews"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A claim to be read: where it stands, its words if a text was given, and what the first reading made of it."""

    claim: str
    source: str
    locator: str
    words: str
    sentence: str
    subject: str
    object: str
    axes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two readings agree on one axis: the share of same values, and Cohen's kappa (1.0 if nothing varies)."""

    axis: str
    claims: int
    same: int
    kappa: float
    apart: tuple[tuple[str, str, str], ...]
    """Claims read differently, with the two values."""


def sample(
    folder: DataFolder, sources: Sequence[str], texts: Mapping[str, str], size: int | None, seed: int
) -> list[Reviewed]:
    """Claims in force of some sources, in their order; `size` of them drawn at random, the same for the same seed.

    Raises:
        FolderUnreadable: there is no such source.
    """
    found = [item for name in sources for item in _of_source(SourceFolder.open(folder, name), texts.get(name))]
    if size is None or size >= len(found):
        return found
    chosen = Random(seed).sample(range(len(found)), size)  # noqa: S311  # a sample, no secret
    return [found[number] for number in sorted(chosen)]


def _of_source(opened: SourceFolder, text: str | None) -> Iterable[Reviewed]:
    said = opened.claims
    rows = read_things(opened.path / "rows.ttl")
    for iri in said.subjects(AIGOV.Claim):
        if said.value(iri, AIGOV.reviewStatus) == f"{CONCEPT}withdrawn":
            continue
        places, words = [], []
        for evidence in said.values(iri, AIGOV.evidence):
            holder = opened.passages if evidence in opened.passages else rows
            places.append(holder.value(evidence, AIGOV.locator))
            if text is not None and holder is opened.passages:
                start, end = holder.value(evidence, OA.start), holder.value(evidence, OA.end)
                words.append(text[int(start) : int(end)])
        yield Reviewed(
            iri.removeprefix(CLAIM),
            opened.name,
            "; ".join(dict.fromkeys(places)),
            " … ".join(words),
            said.label(iri),
            _short(said.value(iri, RDF.subject)),
            _short(said.value(iri, RDF.object)),
            axes_of(said, iri),
        )


def axes_of(said: Things, iri: str) -> dict[str, str]:
    """What a claim says on each axis, in short names."""
    properties = (RDF.predicate, AIGOV.certainty, AIGOV.mode, AIGOV.negated, PROV.wasAttributedTo)
    return {axis: _short(said.value(iri, p)) for axis, p in zip(AXES, properties, strict=True)}


def _short(iri: str) -> str:
    for namespace in (AIGOV, CONCEPT, ID, CLAIM, PASSAGE):
        if iri.startswith(namespace):
            return iri.removeprefix(namespace)
    return iri


def read_reading(raw: bytes, where: str) -> list[SheetRow]:
    """The rows of a reading.

    Raises:
        SheetWrong: a row names no claim, names one twice, or has a verdict that is none.
        DataSyntaxError: it is no CSV.
    """
    rows = rows_of(
        read_csv(raw, where), (*COLUMNS, "source", "locator", "words", "sentence", "subject", "object"), where
    )
    problems: list[SheetProblem] = []
    seen: set[str] = set()
    for row in rows:
        if not row["claim"] or row["claim"] in seen:
            problems.append(SheetProblem(row.number, "claim", "the row names no claim, or one that was named before"))
        seen.add(row["claim"])
        if row["verdict"] and row["verdict"] not in VERDICTS:
            problems.append(SheetProblem(row.number, "verdict", f"{row['verdict']!r} is none of {', '.join(VERDICTS)}"))
    if problems:
        raise refuse(where, problems)
    return rows


def record(folder: DataFolder, rows: Sequence[SheetRow], reader: str) -> list[Path]:
    """Keep a reading with the sources it read, under the reader's name; words of the source are not kept.

    Raises:
        AigovError: a row's claim is in no source.
    """
    by_source: dict[str, list[SheetRow]] = {}
    for row in rows:
        source = row["claim"].rpartition("-")[0]
        if not (folder.graphs / "sources" / source / "claims.ttl").exists():
            raise AigovError(f"no source has the claim {row['claim']!r}", f"row {row.number}", "mend the number")
        by_source.setdefault(source, []).append(row)
    written: list[Path] = []
    for source, mine in sorted(by_source.items()):
        path = folder.graphs / "sources" / source / FOLDER / f"{reader}.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_text(write_csv(COLUMNS, ({c: row[c] for c in COLUMNS} for row in mine)), encoding="utf-8")
        written.append(path)
    return written


def readings(folder: DataFolder, reader: str) -> dict[str, dict[str, str]]:
    """All that a reader recorded, by claim.

    Raises:
        AigovError: there is nothing of this reader.
    """
    paths = sorted((folder.graphs / "sources").glob(f"*/{FOLDER}/{reader}.csv"))
    if not paths:
        raise AigovError(f"nothing is recorded of a reader {reader!r}", str(folder.graphs), "record a reading first")
    return {row["claim"]: row.cells for path in paths for row in read_reading(path.read_bytes(), str(path))}


def as_claimed(folder: DataFolder, claims: Iterable[str]) -> dict[str, dict[str, str]]:
    """What the claims themselves say: the first reading."""
    found: dict[str, dict[str, str]] = {}
    opened: dict[str, Things] = {}
    for claim in claims:
        source = claim.rpartition("-")[0]
        if source not in opened:
            opened[source] = SourceFolder.open(folder, source).claims
        found[claim] = axes_of(opened[source], f"{CLAIM}{claim}")
    return found


def agreement(first: Mapping[str, Mapping[str, str]], second: Mapping[str, Mapping[str, str]]) -> list[Agreement]:
    """Agreement on each axis, over the claims that both readings read and gave a value."""
    found: list[Agreement] = []
    for axis in AXES:
        pairs = [
            (claim, folded(first[claim].get(axis, "")), folded(second[claim].get(axis, "")))
            for claim in sorted(set(first) & set(second))
            if first[claim].get(axis) and second[claim].get(axis)
        ]
        if pairs:
            same = sum(a == b for _, a, b in pairs)
            apart = tuple(pair for pair in pairs if pair[1] != pair[2])
            found.append(Agreement(axis, len(pairs), same, kappa([(a, b) for _, a, b in pairs]), apart))
    return found


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa of two readings; 1.0 where both give one and the same value throughout."""
    total = len(pairs)
    observed = sum(a == b for a, b in pairs) / total
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    expected = sum(left[value] * right[value] for value in left) / total**2
    return 1.0 if expected == 1 else (observed - expected) / (1 - expected)
