"""The ties to other vocabularies point at terms that exist."""

from __future__ import annotations

import re
from functools import cache

import pyoxigraph as ox
import pytest
from rdflib import namespace as listed

from aigov_graph.vocabulary.namespaces import AIGOV, ELI, FOAF, OA, ORG, PROV, RDF, RDFS, SCHEMA, SKOS
from tests.ontology.support import FOLDER, terms, triples

SHARED = FOLDER.ontology.parent.parent / "shared" / "data"
AI_VOCABULARIES = {
    "https://w3id.org/airo#": SHARED / "airo-vair" / "airo.ttl",
    "https://w3id.org/vair#": SHARED / "airo-vair" / "vair.ttl",
    "https://w3id.org/dpv/ai#": SHARED / "w3c-dpv-2.3" / "ai.ttl",
    "https://w3id.org/dpv/tech#": SHARED / "w3c-dpv-2.3" / "tech.ttl",
}
LISTED = ("DCAT", "DCTERMS", "FOAF", "ORG", "PROV", "RDF", "SDO", "SKOS")
UNLISTED = {ELI, OA}


@cache
def ties() -> tuple[tuple[str, str, str], ...]:
    """Term of ours, how it is tied, term of another vocabulary."""
    return tuple(
        (t.subject.value, t.predicate.value, t.object.value)
        for t in triples("ontology/alignments.ttl")
        if isinstance(t.subject, ox.NamedNode)
        and isinstance(t.object, ox.NamedNode)
        and t.subject.value.startswith(AIGOV)
    )


def split(iri: str) -> tuple[str, str]:
    """Namespace and local name."""
    match = re.fullmatch(r"(.*[#/])([^#/]+)", iri)
    assert match is not None
    return match[1], match[2]


def test_ties_start_at_our_terms_and_end_elsewhere() -> None:
    """With a class below another, or a match; a tie that implies nothing is a match."""
    assert {start for start, _, _ in ties()} <= set(terms())
    assert not any(end.startswith(AIGOV) for _, _, end in ties())
    assert {how for _, how, _ in ties()} == {RDFS.subClassOf, SKOS.closeMatch, SKOS.broadMatch}


def test_the_ties_that_others_rely_on_are_there() -> None:
    """A claim is a statement, an actor an agent, a technology a concept; a reader of those vocabularies finds ours."""
    below = {(start.removeprefix(AIGOV), end) for start, how, end in ties() if how == RDFS.subClassOf}
    assert {
        ("Claim", RDF.Statement),
        ("Claim", PROV.Entity),
        ("Actor", PROV.Agent),
        ("Person", FOAF.Person),
        ("Government", ORG.FormalOrganization),
        ("Document", SCHEMA.CreativeWork),
        ("Technology", SKOS.Concept),
        ("Law", ELI.LegalResource),
    } <= below


def test_terms_of_common_vocabularies_exist() -> None:
    """As rdflib lists them; a misspelt one is found."""
    checked = set()
    for _, _, end in ties():
        namespace, name = split(end)
        for closed in (getattr(listed, name) for name in LISTED):
            if namespace == str(closed):
                assert name in closed, end
                checked.add(end)
    rest = {split(end)[0] for _, _, end in ties() if end not in checked}
    assert rest == UNLISTED | set(AI_VOCABULARIES)
    assert "Agnet" not in listed.PROV


@pytest.mark.parametrize("namespace", AI_VOCABULARIES)
def test_terms_of_ai_vocabularies_exist(namespace: str) -> None:
    """In those vocabularies' own files, and tied as close matches only."""
    file = AI_VOCABULARIES[namespace]
    if not file.is_file():
        pytest.skip("the folder shared/data with copies of these vocabularies is not beside the checkout")
    declared = {str(quad.subject) for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE)}
    ours = [(how, end) for _, how, end in ties() if end.startswith(namespace)]
    assert ours
    assert {how for how, _ in ours} == {SKOS.closeMatch}
    assert {f"<{end}>" for _, end in ours} <= declared
