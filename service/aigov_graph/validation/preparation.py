"""Shapes and data made ready for pyshacl: the same verdicts, for less work.

What takes pyshacl its time is judging node by node. A property shape with targets of its own is judged once for all
its focus nodes, one that a node shape asks for by sh:property once for each; and a query is asked again for each focus
node, so that here a faster engine asks it first and leaves to pyshacl only the nodes where it finds something.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox
from rdflib import RDF, RDFS, SH, BNode, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from aigov_graph.validation.graph import JudgedGraph

_TARGETS: Final = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
_MORE_THAN_THIS: Final = re.compile(r"[$?](PATH|shapesGraph|currentShape)|(?i:\b(GRAPH|SERVICE|FROM)\b)")
_THIS: Final = ox.Variable("this")
_FOCUS: Final = {
    SH.targetClass: f"?this a/<{RDFS.subClassOf}>* <{{}}>",
    SH.targetSubjectsOf: "?this <{}> ?any",
    SH.targetObjectsOf: "?any <{}> ?this",
}
_BESIDE_SPARQL: Final = frozenset({*_FOCUS, RDF.type, SH.sparql, SH.severity, SH.message})


def hoist(shapes: JudgedGraph) -> None:
    """Give each property shape the targets of the node shapes that ask for it, which then need not ask.

    A closed node shape goes on to admit the properties.
    """
    for node in set(shapes.subjects(SH.property, None)):
        targets = [(kind, value) for kind in _TARGETS for value in shapes.objects(node, kind)]
        parts = list(shapes.objects(node, SH.property))
        if not targets or _asks_for_more(shapes, node, parts):
            continue
        for part in parts:
            for kind, value in targets:
                shapes.add((part, kind, value))
        shapes.remove((node, SH.property, None))
        if (node, SH.closed, None) in shapes:
            _admit(shapes, node, (path for part in parts for path in shapes.objects(part, SH.path)))


def _asks_for_more(shapes: JudgedGraph, node: Node, parts: Iterable[Node]) -> bool:
    """Whether what a node shape asks for is more than what its parts say of its targets, each for itself.

    It is where other shapes refer to it, it is a class and so its instances are targets too, it is switched off, or a
    part counts what its siblings leave.
    """
    return (
        (None, None, node) in shapes
        or (node, RDF.type, RDFS.Class) in shapes
        or (node, SH.deactivated, None) in shapes
        or any((part, SH.qualifiedValueShapesDisjoint, None) in shapes for part in parts)
    )


def _admit(shapes: JudgedGraph, node: Node, paths: Iterable[Node]) -> None:
    admitted: dict[Node, None] = {path: None for path in paths if isinstance(path, URIRef)}
    for head in shapes.objects(node, SH.ignoredProperties):
        admitted.update(dict.fromkeys(shapes.items(head)))
    head = BNode()
    Collection(shapes, head, list(admitted))
    shapes.remove((node, SH.ignoredProperties, None))
    shapes.add((node, SH.ignoredProperties, head))


def narrow(shapes: JudgedGraph, data: Iterable[ox.Quad]) -> None:
    """Leave to each shape that is nothing but queries only those focus nodes for which they find something.

    One focus node always stays, so that pyshacl refuses a query that SHACL forbids, whatever the data.
    """
    asked = {shape: _queries(shapes, shape) for shape in set(shapes.subjects(SH.sparql, None))}
    if not any(asked.values()):
        return
    store = ox.Store()
    store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in data)
    for shape, queries in asked.items():
        focus = _focus_nodes(shapes, shape, store) if queries else []
        if focus:
            found = [node for node in focus if any(_finds(store, query, node) for query in queries)]
            for kind in _TARGETS:
                shapes.remove((shape, kind, None))
            for node in found or focus[:1]:
                shapes.add((shape, SH.targetNode, URIRef(node.value)))


def _queries(shapes: JudgedGraph, shape: Node) -> list[str]:
    """The queries of a shape, with their prefixes; none if it holds more than queries, or they need more than $this."""
    if any(predicate not in _BESIDE_SPARQL for predicate, _ in shapes.predicate_objects(shape)):
        return []
    texts: list[str] = []
    for constraint in shapes.objects(shape, SH.sparql):
        prefixes = "".join(
            f"PREFIX {shapes.value(entry, SH.prefix)}: <{shapes.value(entry, SH.namespace)}>\n"
            for owner in shapes.objects(constraint, SH.prefixes)
            for entry in shapes.objects(owner, SH.declare)
        )
        texts.extend(f"{prefixes}{query}" for query in shapes.objects(constraint, SH.select))
    return [] if any(_MORE_THAN_THIS.search(text) for text in texts) else texts


def _focus_nodes(shapes: JudgedGraph, shape: Node, store: ox.Store) -> list[ox.NamedNode]:
    """A shape's focus nodes; none where one of them has no IRI by which a target could name it."""
    patterns = [f"{{ {_FOCUS[kind].format(value)} }}" for kind in _FOCUS for value in shapes.objects(shape, kind)]
    rows = store.query(f"SELECT DISTINCT ?this WHERE {{ {' UNION '.join(patterns)} }}")
    assert isinstance(rows, ox.QuerySolutions)  # noqa: S101  # for the type checker: it is a SELECT
    found = {row["this"] for row in rows}
    named = [node for node in found if isinstance(node, ox.NamedNode)]
    return sorted(named, key=str) if len(named) == len(found) else []


def _finds(store: ox.Store, query: str, node: ox.NamedNode) -> bool:
    """Whether a query yields anything for a focus node, which takes the place of $this as SHACL has it."""
    rows = store.query(query, substitutions={_THIS: node})
    return not isinstance(rows, ox.QuerySolutions) or next(iter(rows), None) is not None
