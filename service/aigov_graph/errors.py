"""Errors a user can meet. Each says what happened, where, and what to do about it.

AigovError
├── DataError            the data is wrong
│   ├── DataSyntaxError      a file does not parse
│   ├── BlankNodeFound       a curated file names a thing without an IRI
│   ├── DuplicateSubject     one IRI is described in two places
│   ├── DateError            a date cannot be read, or means no day
│   ├── PassageMismatch      a passage's words are not those its digest records
│   ├── LossyFormat          writing a file would change what it says
│   ├── LinkFileWrong        a file of links cannot be taken
│   └── SheetWrong           rows of a sheet cannot be taken
├── FolderUnreadable     a folder or file cannot be found or read
├── StoreError           the store of versions cannot be opened or published
├── QueryError           a query cannot be answered
│   ├── QuerySyntaxError     a query does not parse
│   ├── RequestError         a parameter of the request is missing, repeated or malformed
│   ├── QueryTooLong         the text is longer than the operator allows
│   ├── QueryRefused         the query asks for what this service never does
│   ├── QueryCrashed         the engine's process died on this query
│   ├── QueryTimeout         the deadline passed
│   ├── QueryOutOfMemory     the memory limit was reached
│   ├── ResultTooLarge       the answer is larger than the operator allows
│   ├── NotAcceptable        no format that the request accepts can hold this answer
│   ├── GraphNotFound        the dataset has no such graph
│   ├── ServiceFailed        an endpoint that the query asks did not answer as it should
│   └── PoolBusy             too many queries wait already
├── ExportError          the network cannot be written
│   ├── Unwritable           the format cannot hold something in it
│   └── ExtraMissing         a part of the package that it needs is not installed
└── BuildFailed          the data was read and found wrong; nothing was published
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


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


class LinkFileWrong(DataError):
    """The header or a row of a file of links cannot be taken; with file and line."""


class SheetWrong(DataError):
    """Rows of a sheet cannot be taken, so nothing was written. `problems` is what is wrong with them, by row."""

    def __init__(self, what: str, where: str = "", remedy: str = "", *, problems: Sequence[Any] = ()) -> None:
        super().__init__(what, where, remedy)
        self.problems = tuple(problems)


class FolderUnreadable(AigovError):
    """A folder or file cannot be found or read."""


class StoreError(AigovError):
    """The store of versions cannot be opened or published."""


class QueryError(AigovError):
    """A query cannot be answered."""


class QuerySyntaxError(QueryError):
    """A query does not parse. `line` and `column` count from 1; None where the engine gives none."""

    def __init__(
        self, what: str, where: str = "", remedy: str = "", *, line: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(what, where, remedy)
        self.line = line
        self.column = column


class RequestError(QueryError):
    """A parameter of the request is missing, repeated or malformed."""


class QueryTooLong(QueryError):
    """The query's text is longer than the operator allows."""


class QueryRefused(QueryError):
    """The query asks for what this service never does."""


class QueryCrashed(QueryError):
    """The engine's process died on this query, now or a short while ago."""


class QueryTimeout(QueryError):
    """The query's deadline passed."""


class QueryOutOfMemory(QueryError):
    """The query needs more memory than the operator allows."""


class ResultTooLarge(QueryError):
    """The answer is larger than the operator allows."""


class NotAcceptable(QueryError):
    """No format that the request accepts can hold this answer."""


class GraphNotFound(QueryError):
    """The dataset has no such graph."""


class ServiceFailed(QueryError):
    """An endpoint that the query asks did not answer as it should."""


class PoolBusy(QueryError):
    """Too many queries wait already, or a query waited for its whole deadline."""


class ExportError(AigovError):
    """The network cannot be written."""


class Unwritable(ExportError):
    """The format cannot hold something in the network."""


class ExtraMissing(ExportError):
    """A part of the package that this needs is not installed."""


class BuildFailed(AigovError):
    """The data was read and found wrong; nothing was published. `problems` is what validation found, worst first."""

    def __init__(self, what: str, where: str = "", remedy: str = "", *, problems: Sequence[Any] = ()) -> None:
        super().__init__(what, where, remedy)
        self.problems = tuple(problems)
