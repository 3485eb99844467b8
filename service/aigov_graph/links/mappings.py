"""A mapping: what one thing of ours is to one of elsewhere, who says so and how sure that is; and a set of them."""

from __future__ import annotations

from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from aigov_graph.vocabulary.namespaces import SKOS

SSSOM: Final = "https://w3id.org/sssom/"
SEMAPV: Final = "https://w3id.org/semapv/vocab/"
NO_TERM_FOUND: Final = SSSOM + "NoTermFound"
"""The object of a row that says: looked for there, and not found."""

PREDICATES: Final = tuple(
    SKOS[name] for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
)
"""What a link may say. `owl:sameAs` is none of them: it would let all that is said there be said of ours."""

JUSTIFICATIONS: Final = tuple(
    SEMAPV + name
    for name in (
        "BackgroundKnowledgeBasedMatching",
        "CompositeMatching",
        "InstanceBasedMatching",
        "LexicalMatching",
        "LexicalSimilarityThresholdMatching",
        "LogicalReasoning",
        "ManualMappingCuration",
        "MappingChaining",
        "MappingInversion",
        "MappingReview",
        "SemanticSimilarityThresholdMatching",
        "StructuralMatching",
        "UnspecifiedMatching",
    )
)
"""How a link may have been found: the terms of the Semantic Mapping Vocabulary."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """One row. IRIs are written out.

    Attributes:
        subject: a thing of ours.
        subject_label: its English label when the row was written.
        predicate: one of `PREDICATES`.
        object: the thing elsewhere, or `NO_TERM_FOUND`.
        object_label: what it is called there; empty if nothing was found.
        justification: one of `JUSTIFICATIONS`: how the two were found to fit.
        source: the registry or table in which the identifier stands, or in which it was looked for; empty where no
            table that could be opened has things of this kind.
        date: when the row was last looked at.
        confidence: from 0 to 1; None where nothing could be looked for.
        negated: the link was considered and found wrong, so that nobody draws it again.
        tool: the command that writes and rewrites the row; empty if a person wrote it.
        comment: what a reader should know.
        line: of its file, from 1; 0 if it is in none yet.
    """

    subject: str
    subject_label: str
    predicate: str
    object: str
    object_label: str
    justification: str
    source: str
    date: date
    confidence: Decimal | None
    negated: bool = False
    tool: str = ""
    comment: str = ""
    line: int = field(default=0, compare=False)

    @property
    def found(self) -> bool:
        """Whether the row links two things: neither negated nor a search in vain."""
        return not self.negated and self.object != NO_TERM_FOUND

    @property
    def order(self) -> tuple[str, int, str, bool]:
        """Rows stand in this order in a file: by subject, the closest match first."""
        return self.subject, PREDICATES.index(self.predicate), self.object, self.negated


@dataclass(frozen=True, slots=True)
class MappingSet:
    """One file of mappings, all to the same target.

    Attributes:
        name: the target's, and the file's without `.sssom.tsv`.
        where: the file, as messages call it.
        header: what stands above the rows, but the prefixes: slots of SSSOM's mapping set, in the file's order.
        prefixes: namespaces by prefix, of the rows' and header's compact IRIs.
        mappings: the rows in their order.
    """

    name: str
    where: str
    header: Lookup[str, str]
    prefixes: Lookup[str, str]
    mappings: tuple[Mapping, ...]

    @property
    def links(self) -> tuple[Mapping, ...]:
        """The rows that link two things."""
        return tuple(mapping for mapping in self.mappings if mapping.found)
