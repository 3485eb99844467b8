"""Property paths as shapes spell them: read from a shapes graph, told in SPARQL's words, written into a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rdflib import RDF, SH, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from aigov_graph.dataset import shorten

_MARKS: Final[dict[Node, str]] = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


@dataclass(frozen=True, slots=True)
class Path:
    """A property path. Printed, it is a path of SPARQL with prefixed names: ``aigov:evidence/oa:hasSource``.

    Attributes:
        operator: None for a single property; "/" for a sequence, "|" for alternatives, "^", "*", "+" or "?".
        parts: the paths it is made of; for a single property, its IRI.
    """

    operator: str | None
    parts: tuple[Path | str, ...]

    @classmethod
    def of(cls, iri: str) -> Path:
        """The path of a single property."""
        return cls(None, (iri,))

    @classmethod
    def read(cls, graph: Graph, node: Node) -> Path:
        """The path that a node of a shapes graph or report stands for.

        Raises:
            ValueError: the node is no path.
        """
        if isinstance(node, URIRef):
            return cls.of(str(node))
        if (node, RDF.first, None) in graph:
            return cls("/", tuple(cls.read(graph, part) for part in Collection(graph, node)))
        for predicate, value in graph.predicate_objects(node):
            if predicate == SH.alternativePath:
                return cls("|", tuple(cls.read(graph, part) for part in Collection(graph, value)))
            if predicate == SH.inversePath:
                return cls("^", (cls.read(graph, value),))
            if (mark := _MARKS.get(predicate)) is not None:
                return cls(mark, (cls.read(graph, value),))
        raise ValueError(f"{node} is no property path")

    @property
    def iri(self) -> str | None:
        """The property's IRI; None if the path has more than one step or an operator."""
        return str(self.parts[0]) if self.operator is None else None

    def __str__(self) -> str:
        if self.operator is None:
            return shorten(str(self.parts[0]))
        texts = [f"({part})" if isinstance(part, Path) and part.operator else str(part) for part in self.parts]
        if self.operator in "/|":
            return self.operator.join(texts)
        return self.operator + texts[0] if self.operator == "^" else texts[0] + self.operator

    def write(self, graph: Graph) -> Node:
        """Add the path to a graph, as SHACL spells it, and return its node."""
        if self.operator is None:
            return URIRef(str(self.parts[0]))
        nodes = [part.write(graph) for part in self.parts if isinstance(part, Path)]
        node = BNode()
        if self.operator == "/":
            Collection(graph, node, nodes)
        elif self.operator == "|":
            members = BNode()
            Collection(graph, members, nodes)
            graph.add((node, SH.alternativePath, members))
        else:
            marks: dict[str, Node] = {mark: predicate for predicate, mark in _MARKS.items()}
            graph.add((node, marks.get(self.operator, SH.inversePath), nodes[0]))
        return node
