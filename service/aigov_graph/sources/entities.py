"""New entities from a sheet: each is meant, none is made in passing, and none is made twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from aigov_graph.dataset import DataFolder, shorten
from aigov_graph.sources.cells import CellReader, read_text
from aigov_graph.sources.columns import ENTITY_COLUMNS, Column, split
from aigov_graph.sources.names import Names
from aigov_graph.sources.problems import CellError, SheetProblem
from aigov_graph.sources.rows import SheetRow
from aigov_graph.sources.statements import Things, read_things, text
from aigov_graph.vocabulary.namespaces import AIGOV, CONCEPT, ID, RDF, RDFS, SKOS

FILES: Final = {
    "Activity": "activities",
    "ActorGroup": "groups",
    "Agency": "agencies",
    "Aim": "aims",
    "Concern": "concerns",
    "Dimension": "dimensions",
    "Firm": "firms",
    "Government": "governments",
    "Party": "parties",
    "Person": "persons",
    "Policy": "policies",
    "PolicyInstrument": "policy-instruments",
    "Public": "publics",
    "Publication": "publications",
    "ResearchOrganization": "research-organizations",
    "InternationalOrganization": "international-organizations",
    "State": "states",
    "Subdivision": "subdivisions",
    "System": "systems",
    "Technology": "technologies",
    "Topic": "topics",
    "Place": "places",
    "Actor": "actors",
}
"""The file of graphs/entities/ that holds the things of a class and of those below it that have none."""

_SCHEMES: Final = {"Technology": "scheme-technology", "PolicyInstrument": "scheme-policy-instrument"}
_CONCEPTS: Final = ("Technology", "PolicyInstrument", "Dimension")


def slug_of(name: str) -> str:
    """A readable slug of a name: its letters without accents, digits and hyphens; empty if it has none."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss").replace("ø", "o").replace("&", " and "))
    ascii_only = plain.encode("ascii", "ignore").decode().replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")


def entity_file(folder: DataFolder, kind: str, names: Names) -> Path:
    """The file that holds the entities of a class."""
    line = (kind, *sorted(names.vocabulary.superclasses(kind), key=lambda k: -len(names.vocabulary.superclasses(k))))
    name = next((FILES[k.removeprefix(AIGOV)] for k in line if k.removeprefix(AIGOV) in FILES), "others")
    return folder.graphs / "entities" / f"{name}.ttl"


def describe_entity(iri: str, kind: str, label: str, description: str = "", also: Sequence[str] = ()) -> Things:
    """The statements of a new entity, with what its class asks for beside."""
    said = Things()
    said.add(iri, RDF.type, kind)
    said.add(iri, RDFS.label, text(label, "en"))
    local = kind.removeprefix(AIGOV)
    if local in _CONCEPTS:
        said.add(iri, RDF.type, SKOS.Concept)
        said.add(iri, SKOS.prefLabel, text(label, "en"))
    if local in _SCHEMES:
        said.add(iri, SKOS.inScheme, f"{CONCEPT}{_SCHEMES[local]}")
    if description:
        said.add(iri, "https://schema.org/description", text(description, "en"))
    for name in also:
        said.add(iri, SKOS.altLabel, read_text(name))
    return said


def read_entities(rows: Sequence[SheetRow], names: Names) -> tuple[Things, list[SheetProblem]]:
    """Read an entities sheet: what it says of new things, and what is wrong.

    A slug that is there already, of the same class, is taken as that entity and gets the further names.
    """
    found, problems = Things(), []
    announced = Things()
    for row in rows:
        try:
            iri, kind, _ = _identity(row, names)
            announced.add(iri, RDF.type, kind)
            announced.add(iri, RDFS.label, text(row["label"], "en"))
        except CellError:
            continue  # said of the row below
    cells = CellReader(names, "")
    seen: dict[str, int] = {}
    taken: dict[str, str] = {}
    for row in rows:
        try:
            iri, kind, there = _identity(row, names)
            if iri in seen:
                raise CellError(f"row {seen[iri]} has the same slug, {shorten(iri)}")
            if (twin := taken.get(row["label"].casefold())) is not None:
                raise CellError(f"another row has this label, as {shorten(twin)}")
        except CellError as error:
            at = "type" if "class" in error.what or not row["type"] else "label"
            problems.append(SheetProblem(row.number, at, error.what, error.nearest))
            continue
        seen[iri], taken[row["label"].casefold()] = row.number, iri
        said = Things() if there else describe_entity(iri, kind, row["label"])
        names.add(said)
        for column in ENTITY_COLUMNS:
            said_already = there and not column.many and names.things.values(iri, column.property)
            if column.kind != "special" and column.name != "label" and row[column.name] and not said_already:
                try:
                    _read_cell(cells, column, row, said, iri, announced)
                except CellError as error:
                    problems.append(SheetProblem(row.number, column.name, error.what, error.nearest))
        for name in split(row["names"]):
            literal = read_text(name)
            if literal.language == "en":
                what = f"{name!r} does not say its language; write it as in 华为@zh-Hans"
                problems.append(SheetProblem(row.number, "names", what))
            else:
                said.add(iri, RDFS.label, literal)
        for triple in said.triples():
            if isinstance(triple.object, ox.NamedNode | ox.Literal):
                found.add(iri, triple.predicate.value, triple.object)
    return found, problems


def _read_cell(cells: CellReader, column: Column, row: SheetRow, said: Things, iri: str, announced: Things) -> None:
    if column.name == "same as":
        for address in split(row[column.name]):
            if not re.fullmatch(r"https?://\S+", address):
                raise CellError(f"{address!r} is no address; write it in full, as in https://ror.org/00cwqg982")
            said.add(iri, column.property, address)
        return
    if column.kind == "thing" and (thing := f"{ID}{row[column.name]}") in announced:
        said.add(iri, column.property, thing)
        return
    for value in cells.values(column, row[column.name]):
        said.add(iri, column.property, value)


def _identity(row: SheetRow, names: Names) -> tuple[str, str, bool]:
    """The IRI and class of an entity, and whether it is there already."""
    if not row["label"]:
        raise CellError("the entity has no label")
    if not row["type"]:
        raise CellError("the entity has no class; write one such as Firm")
    kind = names.kind(row["type"])
    if AIGOV.Entity not in names.vocabulary.superclasses(kind):
        raise CellError(f"{shorten(kind)} is no class of entities")
    slug = row["slug"].removeprefix("id:") or slug_of(row["label"])
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise CellError(f"{slug!r} is no slug; use lower-case letters, digits and hyphens")
    iri = f"{ID}{slug}"
    if iri in names.things:
        if kind not in names.things.values(iri, RDF.type):
            own = ", ".join(shorten(k) for k in names.things.values(iri, RDF.type))
            raise CellError(f"{shorten(iri)} is there already, of class {own}; choose another slug")
        return iri, kind, True
    same = [other for other in names.named(row["label"]) if names.kinds(other) & {kind}]
    if same:
        raise CellError(
            f"{row['label']!r} is the name of {shorten(same[0])} already; use that slug, or tell them apart"
        )
    return iri, kind, False


def entity_files(folder: DataFolder, new: Things, names: Names) -> dict[Path, Things]:
    """The files of graphs/entities/ with new things added, read afresh."""
    files: dict[Path, Things] = {}
    kinds = Things([*names.things.triples(), *new.triples()])
    for iri in new.subjects():
        types = [k for k in kinds.values(iri, RDF.type) if k.startswith(AIGOV)]
        path = _where(folder, iri) or entity_file(folder, sorted(types)[0], names)
        things = files.setdefault(path, read_things(path))
        for predicate, values in new.of(iri).items():
            for value in values:
                things.add(iri, predicate, value)
    return files


def _where(folder: DataFolder, iri: str) -> Path | None:
    """The file of graphs/entities/ that describes a thing already."""
    local = f"id:{iri.removeprefix(ID)}\n"
    for path in sorted((folder.graphs / "entities").glob("*.ttl")):
        if local in path.read_text(encoding="utf-8"):
            return path
    return None
