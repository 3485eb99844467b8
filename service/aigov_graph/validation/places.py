"""Where in the files a problem is to be mended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

import pyoxigraph as ox

from aigov_graph.dataset import Dataset, LoadedFile
from aigov_graph.validation.report import Problem
from aigov_graph.validation.terms import text_of


@dataclass(slots=True)
class _Block:
    """What one file says of a subject, and where."""

    file: str
    line: int
    said: set[tuple[str, str]] = field(default_factory=set)


def with_places(problems: Iterable[Problem], dataset: Dataset) -> Iterator[Problem]:
    """The problems with file and line: of the block that says what is wrong, else of the subject's last block (entities
    before reference before sources), else of the first block that names the subject."""
    found = tuple(problems)
    blocks = _blocks(dataset, {problem.subject for problem in found})
    users = _users(dataset, {problem.subject for problem in found} - blocks.keys())
    for problem in found:
        own = blocks.get(problem.subject) or users.get(problem.subject)
        if own is None:
            yield problem
            continue
        said = (problem.path.iri if problem.path else None, problem.value)
        block = next((block for block in own if said in block.said), own[-1])
        yield replace(problem, file=block.file, line=block.line)


def _blocks(dataset: Dataset, subjects: set[str]) -> dict[str, list[_Block]]:
    blocks: dict[str, list[_Block]] = defaultdict(list)
    for loaded in dataset.files:
        mine = {subject: _Block(loaded.file.name, loaded.lines[subject]) for subject in subjects & loaded.lines.keys()}
        for subject, quad in _named(loaded):
            if subject in mine:
                mine[subject].said.add((quad.predicate.value, text_of(quad.object)))
        for subject, block in mine.items():
            blocks[subject].append(block)
    return dict(blocks)


def _users(dataset: Dataset, objects: set[str]) -> dict[str, list[_Block]]:
    """The first block that names each of these, curated data before the ontology."""
    users: dict[str, list[_Block]] = {}
    for loaded in (
        sorted(dataset.files, key=lambda loaded: loaded.file.kind in ("ontology", "shapes")) if objects else ()
    ):
        for subject, quad in sorted(_named(loaded), key=lambda pair: loaded.lines.get(pair[0], 0)):
            text = text_of(quad.object)
            if text in objects and subject in loaded.lines:
                users.setdefault(text, [_Block(loaded.file.name, loaded.lines[subject])])
    return users


def _named(loaded: LoadedFile) -> Iterator[tuple[str, ox.Quad]]:
    for quad in loaded.quads:
        if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.BlankNode | ox.Triple):
            yield quad.subject.value, quad
