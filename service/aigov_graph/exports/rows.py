"""The rows that a version of the store is read as."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """All that claims say of the same two things."""

    iri: str
    subject: str
    relation: str
    object: str
    status: str
    earliest: date | None
    latest: date | None
    ongoing: bool | None
    source_count: int


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
class Ground:
    """A claim that bears on an edge, and whether it is among those that decide the edge's status."""

    claim: str
    decides: bool


@dataclass(frozen=True, slots=True)
class Thing:
    """What is said of a thing itself. Labels by language tag, "" for none; types with those above them."""

    iri: str
    labels: dict[str, str]
    types: frozenset[str]
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
class Held:
    """All edges and claims in memory."""

    edges: dict[str, EdgeRow]
    grounds: dict[str, list[Ground]]
    claims: dict[str, ClaimRow]
    locators: dict[str, list[str]]
    begin: dict[str, set[str]]
    end: dict[str, set[str]]
