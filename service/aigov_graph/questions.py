"""Competency questions: the queries of `graphs/queries`, with what they ask in plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from aigov_graph.dataset import DataFolder
from aigov_graph.errors import DataSyntaxError, FolderUnreadable
from aigov_graph.headers import header_length, read_header

_FORM = re.compile(r"^\s*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """A query that users ask.

    Attributes:
        name: the file's name without its suffix, such as "02-what-was-exported-to-russia".
        title: what it asks, in a few words.
        question: what it asks, in one plain sentence.
        example: what an answer says.
        text: the file as it stands, header included: a query that can be run.
        form: SELECT, ASK, CONSTRUCT or DESCRIBE.
    """

    name: str
    title: str
    question: str
    example: str
    text: str
    form: str


def read_question(path: Path) -> Question:
    """Read one .rq file.

    Raises:
        FolderUnreadable: it cannot be opened.
        DataSyntaxError: it is no UTF-8, its header lacks a line, or no line begins a query; with file and line.
    """
    where = f"graphs/queries/{path.name}"
    try:
        text = path.read_bytes().decode()
    except OSError as error:
        raise FolderUnreadable(f"cannot be read: {error.strerror}", where, "check the file's permissions") from error
    except UnicodeDecodeError as error:
        raise DataSyntaxError("the file is no UTF-8", f"{where}:1", "save it as UTF-8", line=1) from error
    header, line = read_header(text), header_length(text) + 1
    for key in ("title", "question", "example"):
        if key not in header:
            remedy = (
                f"begin the file with the lines '# title:', '# question:' and '# example:'; '# {key}: ...' is absent"
            )
            raise DataSyntaxError(f"the header says no {key}", f"{where}:{line}", remedy, line=line)
    form = _FORM.search(text)
    if form is None:
        raise DataSyntaxError(
            "there is no query", f"{where}:{line}", "begin a line with SELECT, ASK, CONSTRUCT or DESCRIBE", line=line
        )
    return Question(path.stem, header["title"], header["question"], header["example"], text, form[1].upper())


def questions(folder: DataFolder) -> tuple[Question, ...]:
    """The questions of a data folder by name; the package's own where it has none.

    Raises:
        FolderUnreadable, DataSyntaxError: as `read_question` does.
    """
    return tuple(read_question(path) for path in folder.query_files("queries"))
