"""Turtle in canonical layout: pyoxigraph has read, rdflib's long Turtle writes.

rdflib never interprets a literal: it would turn ``"PT72H"`` into ``P3D`` and ``03`` into ``3``, and so make one
statement of two.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any, Final

import pyoxigraph as ox
from rdflib import BNode, Graph, URIRef
from rdflib.plugins.serializers.longturtle import OBJECT, VERB, LongTurtleSerializer
from rdflib.term import Identifier, Node

from aigov_graph.vocabulary.namespaces import AIGOV, DCTERMS, OA, PREFIXES, PROV, RDF, RDFS, SH, SKOS, XSD

FIRST: Final = (
    RDF.type,
    RDFS.label,
    SKOS.prefLabel,
    SKOS.altLabel,
    SKOS.definition,
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    RDFS.domain,
    RDFS.range,
    RDF.subject,
    RDF.predicate,
    RDF.object,
    AIGOV.certainty,
    AIGOV.mode,
    AIGOV.negated,
    AIGOV.when,
    AIGOV.statedOn,
    DCTERMS.title,
    DCTERMS.creator,
    OA.hasSource,
    OA.start,
    OA.end,
    AIGOV.locator,
    SH.targetClass,
    SH.path,
)
"""Predicates that open a block, in this order; those in neither list stand between, by IRI."""

LAST: Final = (
    SKOS.example,
    SKOS.scopeNote,
    RDFS.isDefinedBy,
    SH.severity,
    SH.message,
    PROV.wasAttributedTo,
    AIGOV.relayedBy,
    AIGOV.stance,
    PROV.hadPrimarySource,
    AIGOV.evidence,
    AIGOV.reviewStatus,
    PROV.wasRevisionOf,
    SKOS.editorialNote,
)
"""Predicates that close a block, in this order."""

_RANK: Final = {p: i for i, p in enumerate(FIRST)} | {p: len(FIRST) + 1 + i for i, p in enumerate(LAST)}

_BARE: Final = {
    XSD.integer: re.compile(r"-?(?:0|[1-9][0-9]*)"),
    XSD.decimal: re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+"),
    XSD.boolean: re.compile(r"true|false"),
}
"""Lexical forms that may stand without quotes: no reader spells them otherwise."""

_LOCAL_NAME: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_ESCAPES: Final = {"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t"}
_INVISIBLE: Final = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff"
_ONE_LINE: Final = re.compile(rf'[\\"\n\t{_INVISIBLE}]')
_MANY_LINES: Final = re.compile(rf'\\|"(?="|\Z)|[{_INVISIBLE}]')

_Key = tuple[int, str, tuple[Any, ...]]


def write(dataset: ox.Dataset, prefixes: Mapping[str, str]) -> bytes:
    """The statements of a dataset's default graph as Turtle.

    Args:
        dataset: statements of RDF 1.1, their blank nodes labelled by what is said of them.
        prefixes: a file's own prefixes; those that it uses are declared, after ours.
    """
    graph = Graph(bind_namespaces="none")
    for quad in dataset:
        subject, value = _node(quad.subject), _node(quad.object)
        graph.add((subject, URIRef(quad.predicate.value), value))
    writer = _Canonical(graph, prefixes)
    blocks = io.BytesIO()
    writer.serialize(blocks, encoding="utf-8")
    header = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(writer.namespaces.items()))
    return header.encode() + (blocks.getvalue() if header else blocks.getvalue().removeprefix(b"\n"))


class _Exact(Identifier):
    """A literal as it was read, in a coat that rdflib does not open."""

    literal: ox.Literal

    @classmethod
    def of(cls, literal: ox.Literal) -> _Exact:
        node = cls(str(literal))
        node.literal = literal
        return node


def _node(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Identifier:
    match term:
        case ox.NamedNode():
            return URIRef(term.value)
        case ox.BlankNode():
            return BNode(term.value)
        case ox.Literal():
            return _Exact.of(term)
    raise TypeError(f"no term of RDF 1.1: {term}")


class _Canonical(LongTurtleSerializer):
    """rdflib's long Turtle with an order that does not depend on how often a thing is referred to."""

    def __init__(self, graph: Graph, prefixes: Mapping[str, str]) -> None:
        super().__init__(graph)
        others = {name: iri for name, iri in prefixes.items() if name not in PREFIXES}
        # The longest namespace that fits wins; of two names for one namespace, ours does.
        known = [(str(iri), name) for name, iri in (*PREFIXES.items(), *sorted(others.items()))]
        self._known = sorted(known, key=lambda pair: -len(pair[0]))

    def preprocessTriple(self, triple: Any) -> None:
        self._references[triple[OBJECT]] += 1
        self._subjects[triple[0]] = True

    def startDocument(self) -> None:
        """Nothing yet: which prefixes are used is known when the blocks are written."""

    def label(self, node: Node, position: int) -> str:
        """A term as the file spells it; notes the prefix that it uses."""
        if isinstance(node, _Exact):
            return self._literal(node.literal)
        if isinstance(node, BNode):
            return f"_:{node}"
        if position == VERB and str(node) == RDF.type:
            return "a"
        if position != VERB and str(node) == RDF.nil:
            return "()"
        return self._iri(str(node))

    def _iri(self, iri: str) -> str:
        for namespace, name in self._known:
            if iri.startswith(namespace) and _LOCAL_NAME.fullmatch(iri, len(namespace)):
                self.namespaces[name] = URIRef(namespace)
                return f"{name}:{iri[len(namespace) :]}"
        return f"<{iri}>"

    def _literal(self, literal: ox.Literal) -> str:
        text, datatype = literal.value, literal.datatype.value
        if datatype in _BARE and _BARE[datatype].fullmatch(text):
            return text
        many = "\n" in text
        quoted = f'"""{_MANY_LINES.sub(_escape, text)}"""' if many else f'"{_ONE_LINE.sub(_escape, text)}"'
        if literal.language:
            return f"{quoted}@{_language_tag(literal.language)}"
        return quoted if datatype == XSD.string else f"{quoted}^^{self._iri(datatype)}"

    def orderSubjects(self) -> list[Any]:
        named = sorted((node for node in self._subjects if not isinstance(node, BNode)), key=str)
        blank = [node for node in self._subjects if isinstance(node, BNode)]
        # One that is referred to once is written inside its referrer, which must therefore come first.
        return named + sorted(blank, key=lambda n: (self._references[n] == 1, self._references[n], *self._order(n)))

    def sortProperties(self, properties: Mapping[Any, list[Any]]) -> list[Any]:
        for values in properties.values():
            values.sort(key=self._order)
        return sorted(properties, key=_predicate_order)

    def _order(self, node: Node) -> tuple[_Key, str]:
        return self._key(node, frozenset()), str(node)

    def _key(self, node: Node, within: frozenset[Node]) -> _Key:
        """Sorts by what a term says: IRIs, literals by language, blank nodes by their content."""
        if isinstance(node, _Exact):
            literal = node.literal
            return 1, literal.language or "", ((0, literal.value, (literal.datatype.value,)),)
        if not isinstance(node, BNode):
            return 0, str(node), ()
        if self._references[node] > 1 or node in within:
            return 4, str(node), ()
        within |= {node}
        if (items := self._list_items(node)) is not None:
            return 2, "", tuple(self._key(item, within) for item in items)
        properties = self.buildPredicateHash(node)
        content = (
            (*_predicate_order(predicate), tuple(sorted(self._key(value, within) for value in properties[predicate])))
            for predicate in sorted(properties, key=_predicate_order)
        )
        return 3, "", tuple(content)

    def s_squared(self, subject: Node) -> bool:
        if not isinstance(subject, BNode) or self._references[subject]:
            return False
        self.write("\n[]\n")
        self.predicateList(subject)
        self.write("\n.")
        return True

    def objectList(self, objects: list[Any]) -> None:
        if len(objects) == 1 and not self._is_nested(objects[0]):
            self.path(objects[0], OBJECT)
            return
        self.depth += 1
        for number, node in enumerate(objects):
            self.write(" ,\n" if number else "\n")
            self.write(self.indent(1))
            self.path(node, OBJECT, newline=True)
        self.depth -= 1

    def _is_nested(self, node: Node) -> bool:
        return isinstance(node, BNode) and node not in self._serialized and self._references[node] == 1

    def p_squared(self, node: Node, position: int) -> bool:
        if position != OBJECT or not self._is_nested(node):
            return False
        items = self._list_items(node)
        if items is not None:
            self.write("(")
            self.depth += 1
            for cell in self._cells(node):
                self.subjectDone(cell)
            for item in items:
                self.write("\n" + self.indent(1))
                self.path(item, OBJECT, newline=True)
            self.depth -= 1
            self.write("\n" + self.indent(1) + ")")
            return True
        self.subjectDone(node)
        if node not in self._subjects:
            self.write("[]")
            return True
        self.write("[\n")
        self.depth += 1
        self.predicateList(node)
        self.depth -= 1
        self.write("\n" + self.indent(1) + "]")
        return True

    def _cells(self, node: Node) -> list[Node]:
        cells = [node]
        while (rest := self.store.value(cells[-1], URIRef(RDF.rest))) is not None and str(rest) != RDF.nil:
            cells.append(rest)
        return cells

    def _list_items(self, node: Node) -> list[Node] | None:
        """What a list holds; None if the node starts none that the short form in parentheses could tell whole."""
        items: list[Node] = []
        seen: set[Node] = set()
        while str(node) != RDF.nil:
            properties = self.buildPredicateHash(node)
            first, rest = properties.get(URIRef(RDF.first), []), properties.get(URIRef(RDF.rest), [])
            alone = isinstance(node, BNode) and self._references[node] == 1 and node not in seen
            if not alone or len(properties) != 2 or len(first) != 1 or len(rest) != 1:
                return None
            seen.add(node)
            items.append(first[0])
            node = rest[0]
        return items or None


def _predicate_order(predicate: Node) -> tuple[int, str]:
    return _RANK.get(str(predicate), len(FIRST)), str(predicate)


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"


def _language_tag(tag: str) -> str:
    """A language tag in the case that BCP 47 advises (RFC 5646, section 2.1.1)."""
    parts = tag.lower().split("-")
    for number, part in enumerate(parts[1:], start=1):
        if len(parts[number - 1]) == 1:
            break  # what follows an extension or a private use subtag stays in lower case
        if len(part) == 4 and part.isalpha():
            parts[number] = part.title()
        elif len(part) == 2 and part.isalpha():
            parts[number] = part.upper()
    return "-".join(parts)
