"""The ontology and the shapes, read from the graph itself: every term with its meaning, its place and its use."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import pyoxigraph as ox
from flask import Blueprint, abort, render_template

from aigov_graph.vocabulary.namespaces import AIGOV, DCTERMS, GRAPH, ONTOLOGY, OWL, RDF, RDFS, SHAPE, SKOS
from aigov_graph.web.pages.about import thing_of
from aigov_graph.web.pages.shapes import read_shapes
from aigov_graph.web.pages.site import Site
from aigov_graph.web.pages.tree import Tree, tree
from aigov_graph.web.reader import Row, Snapshot

_KINDS: Final = (
    ("classes", OWL.Class),
    ("relations", AIGOV.Relation),
    ("restrictive", AIGOV.RestrictiveQualifier),
    ("additive", AIGOV.AdditiveQualifier),
    ("properties", OWL.ObjectProperty),
    ("values", OWL.DatatypeProperty),
)
"""The parts of the list of terms; a term stands in the first that fits."""

_TRAITS: Final = (OWL.SymmetricProperty, OWL.IrreflexiveProperty, OWL.TransitiveProperty, OWL.FunctionalProperty)


@dataclass(slots=True)
class Term:
    """A term by its place among the others."""

    iri: str
    types: set[str] = field(default_factory=set)
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    deprecated: bool = False
    uses: int = 0

    @property
    def name(self) -> str:
        """Its local name."""
        return self.iri[len(AIGOV) :]


def add(room: Blueprint, site: Site) -> None:
    """Add these pages to the room."""

    @room.get("/page/ontology")
    def terms() -> str:
        """Every term with its definition and use, the tree of classes, and the versions."""
        found = site.once("terms", _terms)
        return render_template(
            "ontology.html",
            header=thing_of(site, ONTOLOGY),
            parts=[(part, [term for term in found.values() if _part(term) == part]) for part, _ in _KINDS],
            diagram=site.once("class tree", lambda _: _diagram(found)),
            schemes=_schemes(site.snapshot.rows("schemes")),
            versions=_versions(site),
            definition=lambda iri: next((value.value for value in site.snapshot.values(iri, SKOS.definition)), ""),
        )

    @room.get("/page/ontology/<name>")
    def term(name: str) -> str:
        """A term: what it means, what it applies to, how often it is used, and a claim that uses it."""
        found = site.once("terms", _terms)
        iri = AIGOV + name
        if iri not in found:
            abort(404)
        chosen = found[iri]
        of_class = OWL.Class in chosen.types
        snapshot = site.snapshot
        examples = [] if of_class else snapshot.rows("term-example", this=iri)
        examples.sort(key=lambda row: (row["eligible"].value != "true", row["claim"].value))
        values = {prop: snapshot.values(iri, prop) for prop in (RDFS.domain, RDFS.range, SKOS.definition,
                  SKOS.example, SKOS.scopeNote, DCTERMS.isReplacedBy, OWL.inverseOf, OWL.disjointWith)}  # fmt: skip
        shown = {*values, RDF.type, RDFS.subClassOf, RDFS.subPropertyOf}
        about = thing_of(site, iri)
        return render_template(
            "term.html",
            term=chosen,
            thing=about,
            of_class=of_class,
            of_things=AIGOV.Entity in _wider(found, iri),
            relation=AIGOV.Relation in chosen.types,
            kinds=[part for part, kind in _KINDS if kind in chosen.types],
            traits=[trait for trait in _TRAITS if trait in chosen.types],
            values=values,
            details=[(prop, found) for prop, found in about.details if prop not in shown],
            example=examples[0]["claim"].value if examples else "",
            structured=_structured(about.title, chosen, values[SKOS.definition]),
            members=[row["thing"].value for row in snapshot.rows("term-members", this=iri)] if of_class else [],
            terms=snapshot.rows("term-ranges", this=iri) if of_class else [],
        )

    @room.get("/page/shapes")
    def shapes() -> str:
        """What the data must be like, shape by shape, in words."""
        found = site.once("shapes", read_shapes)
        return render_template("shapes.html", shapes=found, prefix=SHAPE, graph=GRAPH.shapes)


def _terms(snapshot: Snapshot) -> dict[str, Term]:
    found: dict[str, Term] = {}
    for row in snapshot.rows("terms"):
        term = found.setdefault(row["term"].value, Term(row["term"].value))
        prop, value = row["property"].value, row["value"].value
        if prop == RDF.type:
            term.types.add(value)
        elif prop == OWL.deprecated:
            term.deprecated = value in ("true", "1")
        elif value.startswith(AIGOV):
            term.above.append(value)
    for name in ("uses-of-classes", "uses-of-properties"):
        for row in snapshot.rows(name):
            if (term_used := found.get(row["term"].value)) is not None:
                term_used.uses += int(row["uses"].value)
    for term in found.values():
        for above in term.above:
            if above in found:
                found[above].below.append(term.iri)
    for term in found.values():
        term.above.sort()
        term.below.sort()
    return dict(sorted(found.items(), key=lambda item: item[0].lower()))


def _structured(title: str, term: Term, definitions: list[ox.NamedNode | ox.Literal]) -> dict[str, Any]:
    """A term as schema.org."""
    return {
        "@context": "https://schema.org",
        "@id": term.iri,
        "@type": "DefinedTerm",
        "name": title,
        "termCode": term.name,
        "description": " ".join(text.value for text in definitions),
        "inDefinedTermSet": {"@type": "DefinedTermSet", "@id": ONTOLOGY},
    }


def _wider(terms: dict[str, Term], iri: str) -> set[str]:
    """A term and all above it."""
    found, left = set(), [iri]
    while left:
        if (at := left.pop()) not in found:
            found.add(at)
            left += terms[at].above if at in terms else ()
    return found


def _part(term: Term) -> str:
    return next((part for part, kind in _KINDS if kind in term.types), "")


def _diagram(terms: dict[str, Term]) -> Tree:
    classes = {iri: term for iri, term in terms.items() if OWL.Class in term.types}
    below = {iri: [child for child in term.below if child in classes] for iri, term in classes.items()}
    tops = [iri for iri, term in classes.items() if not any(above in classes for above in term.above)]
    return tree(sorted(tops, key=lambda iri: (not below[iri], iri)), below)


def _schemes(rows: list[Row]) -> list[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["scheme"].value, []).append(row["concept"].value)
    return list(found.items())


def _versions(site: Site) -> list[tuple[str, list[ox.NamedNode | ox.Literal]]]:
    """The version that this is and the ones before it, as the ontology's header tells them."""
    wanted = (OWL.versionInfo, OWL.versionIRI, OWL.priorVersion, OWL.backwardCompatibleWith, OWL.incompatibleWith,
              DCTERMS.modified, SKOS.historyNote, SKOS.changeNote, SKOS.editorialNote)  # fmt: skip
    found = [(prop, site.snapshot.values(ONTOLOGY, prop)) for prop in wanted]
    return [(prop, values) for prop, values in found if values]
