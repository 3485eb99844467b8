"""The rules: SPARQL CONSTRUCT files whose header says what they make and into which graph it goes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from aigov_graph.errors import DataSyntaxError, FolderUnreadable
from aigov_graph.headers import read_header
from aigov_graph.vocabulary.namespaces import GRAPH


@dataclass(frozen=True, slots=True)
class Rule:
    """A CONSTRUCT query, what it makes in a few words, and the IRI of the graph that this goes into."""

    name: str
    title: str
    graph: str
    query: str


def read_rules(files: Iterable[Path]) -> tuple[Rule, ...]:
    """Read rules in the order of their files' names, which is the order they run in.

    Raises:
        FolderUnreadable: a file cannot be read, or there is none.
        DataSyntaxError: a file lacks the `# title:` or the `# into:` line of its header.
    """
    rules = tuple(_read_rule(file) for file in sorted(files, key=lambda file: file.name))
    if not rules:
        raise FolderUnreadable("there are no rules", "graphs/rules", "put the .rq files of graphs/rules there")
    return rules


def _read_rule(file: Path) -> Rule:
    where = f"graphs/rules/{file.name}"
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise FolderUnreadable(f"cannot be read: {error.strerror}", where, "check the file's permissions") from error
    header = read_header(text)
    title, into = header.get("title"), re.fullmatch(r"graph:([\w-]+)", header.get("into", ""))
    if title is None or into is None:
        raise DataSyntaxError(
            "the rule's header is incomplete",
            where,
            "begin it with the lines '# title: what it makes' and '# into: graph:name'",
        )
    return Rule(file.name, title, GRAPH[into[1]], text)
