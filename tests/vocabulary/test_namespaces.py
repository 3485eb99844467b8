"""Namespaces: names that code uses for IRIs."""

from __future__ import annotations

import pytest

from aigov_graph.vocabulary.namespaces import AIGOV, CLAIM, EDTF_DATATYPE, PREFIXES, SCHEMA, Namespace


def test_an_attribute_or_item_of_a_namespace_is_an_iri_in_it() -> None:
    """Items are for names that Python or `str` has taken."""
    assert AIGOV.Claim == "https://w3id.org/aigov-graph/ontology#Claim"
    assert CLAIM["zeng-2021-042"] == "https://w3id.org/aigov-graph/claim/zeng-2021-042"
    assert SCHEMA["title"] == "https://schema.org/title"
    assert EDTF_DATATYPE == "http://id.loc.gov/datatypes/edtf"


def test_a_namespace_has_no_made_up_protocols() -> None:
    """Else copying or pickling it would ask an IRI to do so."""
    with pytest.raises(AttributeError):
        _ = Namespace("http://example.org/").__deepcopy__


def test_prefixes_are_sorted_and_name_each_namespace_once() -> None:
    """The formatter, queries and pages write them in this order; an IRI is shortened in one way."""
    assert list(PREFIXES) == sorted(PREFIXES)
    assert len(set(PREFIXES.values())) == len(PREFIXES)
    assert all(namespace.endswith(("/", "#")) for namespace in PREFIXES.values())
