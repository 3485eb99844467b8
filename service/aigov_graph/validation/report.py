"""What validation found: problems, and the report that holds them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from aigov_graph.validation.paths import Path

Severity = Literal["Violation", "Warning", "Info"]

SEVERITIES: Final[tuple[Severity, ...]] = ("Violation", "Warning", "Info")
"""The worst first."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in the data.

    Terms are strings: an IRI as it is, a literal in N-Triples (``"2019/2018"^^<http://id.loc.gov/datatypes/edtf>``).

    Attributes:
        severity: only a Violation keeps data from being published.
        subject: the thing that is wrong.
        path: the property, or path of properties, that leads to what is wrong; None where it is the thing as a whole.
        value: what stands there and should not; None where something is missing.
        check: IRI of the shape, key or check in ``ontology/shapes.ttl`` that found it.
        component: IRI of the kind of constraint, as in SHACL; the check itself where code made it.
        message: what is wrong, in words.
        remedy: how to mend it, in words.
        file: name of the file, relative to the data folder; None where nothing in the files names the subject.
        line: line in that file, from 1.
    """

    severity: Severity
    subject: str
    path: Path | None
    value: str | None
    check: str
    component: str
    message: str
    remedy: str
    file: str | None = None
    line: int | None = None

    def order(self) -> tuple[object, ...]:
        """Sorts by severity, place and subject."""
        return (
            SEVERITIES.index(self.severity),
            self.file or "",
            self.line or 0,
            self.subject,
            str(self.path or ""),
            self.value or "",
            self.check,
            self.component,
            self.message,
        )


@dataclass(frozen=True, slots=True)
class Report:
    """All problems of a data folder, the worst first, then by file and line."""

    problems: tuple[Problem, ...]

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> Report:
        """A report of these problems, each once, in order."""
        return cls(tuple(sorted(set(problems), key=Problem.order)))

    @property
    def conforms(self) -> bool:
        """Whether the data may be published: there is no Violation."""
        return not self.count("Violation")

    def count(self, severity: Severity) -> int:
        """How many problems are of this severity."""
        return sum(problem.severity == severity for problem in self.problems)
