"""A small valid data folder (`fixtures/harbour`), and changes to it written as Turtle.

A change replaces all values of the properties it writes, subject by subject; `change:without` takes a property away.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from aigov_graph.dataset import DataFile, DataFolder, Dataset, Kind, LoadedFile, find_data, read_file, shorten
from aigov_graph.validation import Report, validate
from aigov_graph.vocabulary.namespaces import GRAPH, OWL, PREFIXES

HARBOUR = Path(__file__).parent / "fixtures" / "harbour"
CHANGE = "urn:change:"
HEADER = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in {**PREFIXES, "change": CHANGE}.items())

C1 = "claim:port-council-2024-001"
C2 = "claim:port-council-2024-002"
C3 = "claim:port-council-2024-003"
P1 = "passage:port-council-2024-001"
P2 = "passage:port-council-2024-002"


@dataclass(frozen=True)
class Case:
    """A change to the harbour's data, and each problem it must raise, as "shape component focus" in short names."""

    name: str
    change: str
    problems: tuple[str, ...]
    into: Kind


def case(name: str, change: str, *problems: str, into: Kind = "source") -> Case:
    """A change that must raise exactly these problems; what is new in it stands in a file of a kind."""
    return Case(name, change, problems, into)


@cache
def harbour() -> Dataset:
    """The valid data, under the package's whole ontology and its shapes."""
    return DataFolder(find_data().ontology, HARBOUR / "graphs").load()


def changed(change: str, into: Kind = "source") -> Dataset:
    """The harbour's data with a change made to it; what is new stands in its last file of a kind.

    Of the ontology only what data and change name, and what that rests on: the judge takes its time for every term.
    """
    added = list(ox.parse(HEADER + change, format=ox.RdfFormat.TURTLE))
    named: set[object] = {term for quad in (*added, *harbour().quads("entities", "source")) for term in quad}
    gone = {(q.subject, q.object) for q in added if q.predicate.value == f"{CHANGE}without"}
    added = [q for q in added if q.predicate.value != f"{CHANGE}without"]
    gone |= {(q.subject, q.predicate) for q in added}
    kept = _rests_on(named)
    files = [
        replace(
            loaded,
            quads=tuple(
                quad
                for quad in loaded.quads
                if (quad.subject, quad.predicate) not in gone
                and (loaded.file.kind != "ontology" or quad.subject in kept)
            ),
        )
        for loaded in harbour().files
    ]
    last = max(number for number, loaded in enumerate(files) if loaded.file.kind == into)
    for quad in added:
        homes = (number for number, loaded in enumerate(files) if quad.subject.value in loaded.lines)
        home = next(homes, last)
        statement = ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(files[home].file.graph))
        files[home] = replace(files[home], quads=(*files[home].quads, statement))
    return Dataset(tuple(files))


def written(folder: Path, kind: Kind, turtle: str) -> LoadedFile:
    """A further file of a kind, written into a folder and read."""
    path = folder / "more.ttl"
    path.write_text(HEADER + turtle, encoding="utf-8")
    return read_file(DataFile(path, f"graphs/{kind}/more.ttl", kind, GRAPH[kind]))


def _rests_on(named: set[object]) -> set[object]:
    """These terms and all that the ontology's statements lead to from them."""
    kept: set[object] = set()
    while named:
        kept |= named
        objects: set[object] = {q.object for term in named for q in _statements_by_subject().get(term, ())}
        named = objects - kept
    return kept


@cache
def _statements_by_subject() -> dict[object, list[ox.Quad]]:
    statements: dict[object, list[ox.Quad]] = defaultdict(list)
    for quad in harbour().quads("ontology"):
        if quad.predicate.value != OWL.disjointWith:
            statements[quad.subject].append(quad)
    return statements


def found(report: Report) -> set[str]:
    """A report's problems as "shape component focus" in short names."""
    return {
        " ".join(
            (
                shorten(problem.check).removeprefix("shape:"),
                shorten(problem.component)
                .removeprefix("sh:")
                .removesuffix("ConstraintComponent")
                .removeprefix("shape:"),
                problem.subject if problem.subject.startswith('"') else shorten(problem.subject),
            )
        )
        for problem in report.problems
    }


def problems_of(case: Case) -> set[str]:
    """What validation finds in the data of a case."""
    return found(validate(changed(case.change, case.into)))
