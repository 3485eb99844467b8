"""What is asked of a query process, and what it says before the first byte of an answer."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["query", "graph", "dump", "move"]


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work.

    Args:
        kind: a query; one graph; the whole dataset; or only to move on to the newest version.
        text: the query, for a graph its IRI or "" for the default graph.
        results, graph: names of the formats the answer may have if it is a table or yes or no, and if it is a graph;
            "" where none is acceptable.
        coding: the content coding to write it in, "" for none.
        default_graphs, named_graphs: the dataset of the request; None leaves it to the query and the operator.
        base_iri: what relative IRIs in the query are resolved against.
        own_base: the service's own address, under which our graphs have a second name.
        bindings: values for variables of the query, as N-Triples.
        timeout_s: a shorter deadline than the operator's; 0 for that one.
        head_only: whether an answer that is not ready in one piece is given up once its head is known.
        unlimited: for work of the service's own, such as dumps: no limit of size, a long deadline.
    """

    text: str
    kind: Kind = "query"
    results: str = "json"
    graph: str = "turtle"
    coding: str = ""
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    base_iri: str = ""
    own_base: str = ""
    bindings: tuple[tuple[str, str], ...] = ()
    timeout_s: float = 0.0
    head_only: bool = False
    unlimited: bool = False

    def message(self, version: int) -> dict[str, Any]:
        """What is sent to the process."""
        return {
            "kind": self.kind,
            "text": self.text,
            "results": self.results,
            "graph": self.graph,
            "coding": self.coding,
            "default_graphs": self.default_graphs,
            "named_graphs": self.named_graphs,
            "base_iri": self.base_iri,
            "own_base": self.own_base,
            "bindings": self.bindings,
            "head_only": self.head_only,
            "unlimited": self.unlimited,
            "version": version,
        }

    @property
    def digest(self) -> str:
        """SHA-256 of the query as asked, by which a query that crashed is known again."""
        asked = json.dumps([self.kind, self.text, self.default_graphs, self.named_graphs])
        return hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of an answer when its first byte is: its format, coding and dataset version.

    `keep` says that the same question over this version has the same answer; `total` is the length where it is known.
    """

    format: str
    coding: str
    version: int
    digest: str
    keep: bool
    total: int | None = None
