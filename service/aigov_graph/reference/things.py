"""Our places: which of them the registries' entries are, by decision, identifier or exact name, and new IRIs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from aigov_graph.dataset import Dataset
from aigov_graph.errors import LinkFileWrong
from aigov_graph.links.mappings import PREDICATES
from aigov_graph.sources.entities import slug_of
from aigov_graph.sources.statements import Things
from aigov_graph.vocabulary.namespaces import AIGOV, ID, RDF, SKOS

COLUMNS: Final = ("place", "target", "identifier", "predicate", "comment")
"""Columns of places.csv."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Somebody decided what a place of ours is in a registry."""

    place: str
    target: str
    identifier: str
    predicate: str
    comment: str


def read_decisions(text: str, where: str) -> tuple[Decision, ...]:
    """The rows of places.csv.

    Raises:
        LinkFileWrong: the columns are others, or a predicate is none of a link; with its line.
    """
    reader = csv.DictReader(io.StringIO(text))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise LinkFileWrong("the columns are others", f"{where}:1", f"name them {', '.join(COLUMNS)}")
    found = []
    for row in reader:
        predicate = SKOS[row["predicate"]]
        if predicate not in PREDICATES or not all(row[name] for name in ("place", "target", "identifier")):
            remedy = "write a slug, a target, an identifier and exactMatch, closeMatch, broadMatch or narrowMatch"
            raise LinkFileWrong("the decision cannot be read", f"{where}:{reader.line_num}", remedy)
        found.append(
            Decision(ID[row["place"]], row["target"], row["identifier"], predicate, (row["comment"] or "").strip())
        )
    return tuple(found)


@dataclass
class Places:
    """Our places, and the IRIs of those that are new.

    Args:
        dataset: the data; what stands in reference/ is made anew and read nowhere.
        known: subjects of earlier runs by target and identifier: what once got an IRI keeps it.
    """

    dataset: Dataset
    known: dict[tuple[str, str], str]
    things: Things = field(init=False)
    matched: dict[str, list[str]] = field(default_factory=dict)
    """Things of ours that were met, by how they were."""
    _labels: dict[str, str] = field(default_factory=dict)
    _codes: dict[str, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)
    _kinds: dict[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.things = Things(self.dataset.quads("entities"))
        self._taken = set(self.things.subjects()) | set(Things(self.dataset.quads("source")).subjects())
        for iri in self.things.subjects():
            self._kinds[iri] = frozenset(self.things.values(iri, RDF.type))
            if self._kinds[iri] & _PLACES:
                self._labels.setdefault(self.things.label(iri).casefold(), iri)
                for code in self.things.values(iri, AIGOV.isoAlpha2):
                    self._codes[code] = iri

    def polity(self, alpha2: str, name: str) -> str | None:
        """The polity of ours with this code of ISO 3166-1, or of this very name."""
        if found := self._codes.get(alpha2):
            return self._met(found, "by its ISO code")
        found = self._labels.get(name.casefold())
        return self._met(found, "by its exact name") if found and self._kinds.get(found, _NONE) & _POLITIES else None

    def place(self, name: str) -> str | None:
        """The place of ours of this very name that is no state."""
        found = self._labels.get(name.casefold(), "")
        if found in self._kinds and not self._kinds[found] & {AIGOV.State, AIGOV.Polity}:
            return self._met(found, "by its exact name")
        return None

    def decided(self, iri: str) -> str:
        """A place that a decision names."""
        if iri not in self.things:
            raise LinkFileWrong(f"nothing describes <{iri}>", "graphs/reference/places.csv", "mend its slug")
        return self._met(iri, "by decision")

    def mint(self, name: str, kind: str, identifiers: Iterable[tuple[str, str]]) -> tuple[str, str]:
        """An IRI and a label for what we have not: the kind in brackets where the name is another place's."""
        label = name if name.casefold() not in self._labels else f"{name} ({kind})"
        known = next((self.known[each] for each in identifiers if each in self.known), None)
        iri = known if known and known not in self._taken else ID[slug_of(label)]
        if iri in self._taken:
            iri = ID[slug_of(f"{name} {kind}")]
        self._taken.add(iri)
        self._labels[label.casefold()] = iri
        return self._met(iri, f"new, as {kind}"), label

    def _met(self, iri: str, how: str) -> str:
        self.matched.setdefault(how, []).append(iri)
        return iri


_NONE: Final[frozenset[str]] = frozenset()
_POLITIES: Final = frozenset({AIGOV.Polity, AIGOV.State, AIGOV.Subdivision})
_PLACES: Final = frozenset({*_POLITIES, AIGOV.Place})
