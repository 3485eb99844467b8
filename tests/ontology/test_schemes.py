"""The concept schemes: what a claim may choose from, named and explained."""

from __future__ import annotations

import re
from functools import cache

import pyoxigraph as ox
import pytest

from aigov_graph.vocabulary.namespaces import AIGOV, CONCEPT, RDF, RDFS, SKOS
from tests.ontology.support import Term, dataset

SCHEMES = {
    "certainty": "certain probable possible",
    "mode": "actual intended predicted required permitted evaluative",
    "modality": "badge-asserted badge-denied badge-reported badge-predicted badge-possible badge-intended "
    "badge-required badge-permitted badge-opinion",
    "stance": "opinion",
    "review-status": "draft accepted withdrawn",
    "direction": "increase decrease start stop continue",
    "edge-status": "fact disputed denied qualified hedged",
    "degree": "rare little partial",
    "technology": "",
    "policy-instrument": "",
}


@cache
def described() -> dict[str, dict[str, list[Term]]]:
    """What ontology/schemes/ says of each thing: predicate to values."""
    found: dict[str, dict[str, list[Term]]] = {}
    for loaded in dataset().files:
        if loaded.file.name.startswith("ontology/schemes/"):
            for quad in loaded.quads:
                assert isinstance(quad.subject, ox.NamedNode)
                found.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(quad.object)
    return found


def names(term: str, predicate: str) -> dict[str, str]:
    """The texts of a property by language, one each."""
    texts = {value.language: value.value for value in described()[term][predicate] if isinstance(value, ox.Literal)}
    assert len(texts) == len(described()[term][predicate])
    return {str(language): text for language, text in texts.items()}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_scheme_holds_its_concepts(scheme: str) -> None:
    """Those and no others; those of technologies and instruments are things in graphs/entities/."""
    iri = ox.NamedNode(CONCEPT[f"scheme-{scheme}"])
    members = {term for term, said in described().items() if iri in said.get(SKOS.inScheme, [])}
    assert members == {CONCEPT[name] for name in SCHEMES[scheme].split()}
    assert described()[iri.value][RDF.type] == [ox.NamedNode(SKOS.ConceptScheme)]


@pytest.mark.parametrize("term", sorted(described()), ids=lambda term: term.removeprefix(CONCEPT))
def test_schemes_and_concepts_are_explained(term: str) -> None:
    """Names in two languages, a definition of one sentence, and for a concept a case."""
    said = described()[term]
    if said[RDF.type] == [ox.NamedNode(AIGOV.BadgeRule)]:
        return
    assert names(term, RDFS.label) == names(term, SKOS.prefLabel)
    assert set(names(term, RDFS.label)) == {"en", "zh-hans"}
    [definition] = names(term, SKOS.definition).values()
    assert re.fullmatch(r"[A-Z](?:[^.]|\.(?=\S))*\.", definition)
    if said[RDF.type] == [ox.NamedNode(SKOS.Concept)]:
        assert said[SKOS.example]
        assert said[SKOS.topConceptOf] == said[SKOS.inScheme]


def test_badges_and_other_concepts_share_no_label_within_their_scheme() -> None:
    """A reader must be able to tell the choices apart."""
    for scheme, members in SCHEMES.items():
        for language in ("en", "zh-hans"):
            labels = [names(CONCEPT[name], RDFS.label)[language] for name in members.split()]
            assert len(labels) == len(set(labels)), (scheme, language)
