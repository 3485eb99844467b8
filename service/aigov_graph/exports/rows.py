"""The rows that a version of the store is read as."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

EDGE_COLUMNS: Final = (
    *("subject", "object", "relation", "iri", "symmetric", "claims", "status", "certainties", "modes", "negated"),
    *("earliest", "latest", "ongoing", "holders", "sources", "locators", "source_count"),
)
"""Of the index: what a row says of an edge, or of one of its claims."""
SUBJECT: Final = 0
OBJECT: Final = 1
EDGE_IRI: Final = 3
SYMMETRIC: Final = 4
EdgeRow = tuple[int, int, int, str, int, *tuple[Any, ...]]
"""The values of these columns. Sorted as they are, rows are in the order of the IRIs of subject, object, relation and
edge, for things are numbered in that order."""


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim. Concepts by their local names."""

    iri: str
    subject: str
    relation: str
    object: str
    certainty: str
    mode: str
    negated: bool
    holder: str
    source: str
    badge: str
    earliest: date | None
    latest: date | None
    ongoing: bool | None


@dataclass(frozen=True, slots=True)
class Kind:
    """What things of the same classes have in common.

    Attributes:
        special: the ontology's classes among theirs that no other is below.
        classes: all of them, with those above.
    """

    special: tuple[str, ...]
    classes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Thing:
    """What is said of a thing itself. Labels by language tag, "" for none."""

    iri: str
    labels: dict[str, str]
    description: str
    links: tuple[str, ...]

    def label(self, language: str) -> tuple[str, str]:
        """Its label and that label's language: the one asked for, else English, else any, else the IRI's last part."""
        for wanted in (language.lower(), "en", ""):
            for tag in sorted(self.labels):
                if tag.lower() == wanted or (wanted and tag.lower().startswith(wanted + "-")):
                    return self.labels[tag], tag
        for tag in sorted(self.labels):
            return self.labels[tag], tag
        return self.iri.rpartition("/")[2].rpartition("#")[2] or self.iri, ""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source as a line under a picture names it."""

    iri: str
    label: str
    issued: str
    license: str
    rights: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many edges there are of each relation, things at their ends of each class, and claims of each source."""

    relations: Counter[str]
    classes: Counter[str]
    sources: Counter[str]
