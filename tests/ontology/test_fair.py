"""What the checklist for findable and reusable ontologies (FOOPS!) asks of the file; what it asks of the service is in
tests/web/test_fair.py. Registration with others' registries (FIND3) is not of this repository's making."""

from __future__ import annotations

import re
from datetime import date

import pytest

from aigov_graph.vocabulary.namespaces import AIGOV, BASE, ONTOLOGY, OWL, RDF, RDFS, SKOS
from tests.ontology.support import FOLDER, terms, triples, values

DCTERMS = "http://purl.org/dc/terms/"
VANN = "http://purl.org/vocab/vann/"


def test_purl1_the_name_is_persistent() -> None:
    """Behind w3id.org, by https, and the file is about that name."""
    assert ONTOLOGY.startswith("https://w3id.org/")
    assert OWL.Ontology in values(ONTOLOGY, RDF.type)
    assert f"{ONTOLOGY}#" == AIGOV
    assert BASE in ONTOLOGY


def test_ver1_the_version_has_a_name_of_its_own() -> None:
    """Under the ontology's, with the number the header gives."""
    [version], [name] = values(ONTOLOGY, OWL.versionInfo), values(ONTOLOGY, OWL.versionIRI)
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert name == f"{ONTOLOGY}/{version}"


@pytest.mark.parametrize(
    "wanted",
    [
        *(f"{DCTERMS}{name}" for name in ("title", "description", "license", "creator", "publisher", "created")),
        f"{DCTERMS}bibliographicCitation",
        f"{VANN}preferredNamespacePrefix",
        f"{VANN}preferredNamespaceUri",
        OWL.versionInfo,
    ],
)
def test_om_the_header_says_whose_and_what_it_is(wanted: str) -> None:
    """Minimal, recommended and provenance metadata."""
    assert values(ONTOLOGY, wanted)


def test_om_the_header_agrees_with_itself() -> None:
    """The citation names the version and the ontology, and the day is one."""
    [citation] = values(ONTOLOGY, f"{DCTERMS}bibliographicCitation")
    [version] = values(ONTOLOGY, OWL.versionInfo)
    assert f"version {version}" in citation
    assert citation.endswith(ONTOLOGY)
    assert date.fromisoformat(values(ONTOLOGY, f"{DCTERMS}created")[0])


def test_om4_the_licence_is_one_that_machines_know() -> None:
    """By its address, the one that the repository's licence file names for data."""
    [licence] = values(ONTOLOGY, f"{DCTERMS}license")
    assert licence == "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize("vocabulary", [DCTERMS, VANN, SKOS, RDFS, OWL])
def test_voc1_metadata_is_said_in_known_vocabularies(vocabulary: str) -> None:
    """Each is used."""
    assert [t for t in triples("ontology/aigov.ttl") if t.predicate.value.startswith(vocabulary)]


@pytest.mark.parametrize(
    "vocabulary", ["http://www.w3.org/ns/prov#", "http://www.w3.org/ns/org#", "https://schema.org/"]
)
def test_voc2_terms_are_tied_to_known_vocabularies(vocabulary: str) -> None:
    """By the alignments."""
    assert [t for t in triples("ontology/alignments.ttl") if str(t.object).startswith(f"<{vocabulary}")]


def test_voc3_voc4_terms_have_labels_and_definitions() -> None:
    """All of them."""
    for wanted in (RDFS.label, SKOS.definition):
        assert [term for term in terms() if not values(term, wanted)] == []


def test_the_citation_file_says_the_same_version() -> None:
    """What the citation file of the repository names."""
    [version] = values(ONTOLOGY, OWL.versionInfo)
    assert f"\nversion: {version}\n" in (FOLDER.ontology.parent / "CITATION.cff").read_text(encoding="utf-8")
