"""Errors a user can meet. Each says what happened, where, and what to do about it.

AigovError
├── DataError            the data is wrong
│   ├── DataSyntaxError      a file does not parse
│   ├── BlankNodeFound       a curated file names a thing without an IRI
│   ├── DuplicateSubject     one IRI is described in two places
│   ├── DateError            a date cannot be read, or means no day
│   ├── PassageMismatch      a passage's words are not those its digest records
│   └── LossyFormat          writing a file would change what it says
├── FolderUnreadable     a folder or file cannot be found or read
├── StoreError           the store of versions cannot be opened or published
├── QueryError           a query cannot be answered
│   └── QuerySyntaxError     a query does not parse
└── BuildFailed          the data was read and found wrong; nothing was published
"""

from __future__ import annotations


class AigovError(Exception):
    """Base of all errors of this package.

    Args:
        what: what happened, in words a user understands.
        where: the file, IRI or address it happened at; with line and column as ``file:line:column`` where known.
        remedy: what to do about it.
    """

    def __init__(self, what: str, where: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        return "\n".join(part for part in (self.what, self.where and f"  at {self.where}", self.remedy) if part)


class DataError(AigovError):
    """The data is wrong."""


class DataSyntaxError(DataError):
    """A file does not parse. `line` and `column` count from 1; None where the parser gives none."""

    def __init__(
        self, what: str, where: str = "", remedy: str = "", *, line: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(what, where, remedy)
        self.line = line
        self.column = column


class BlankNodeFound(DataError):
    """A curated file holds a blank node."""


class DuplicateSubject(DataError):
    """One IRI is described in two places."""


class DateError(DataError):
    """A date is not one of EDTF level 1, or means no day."""


class PassageMismatch(DataError):
    """A passage leaves its text, or its words are not those its digest records."""


class LossyFormat(DataError):
    """Writing a file in canonical layout would change what it says."""


class FolderUnreadable(AigovError):
    """A folder or file cannot be found or read."""


class StoreError(AigovError):
    """The store of versions cannot be opened or published."""


class QueryError(AigovError):
    """A query cannot be answered."""


class QuerySyntaxError(QueryError):
    """A query does not parse."""


class BuildFailed(AigovError):
    """The data was read and found wrong; nothing was published."""
