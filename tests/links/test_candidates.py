"""Which registry a table is of, and which of its identifiers are that registry's."""

from __future__ import annotations

import pytest

from aigov_graph.errors import DataSyntaxError
from aigov_graph.links.candidates import object_of, target_of
from aigov_graph.links.finding import Row
from aigov_graph.links.targets import TARGETS


@pytest.mark.parametrize(
    ("identifier", "key", "where", "target"),
    [
        ("https://ror.org/012345678", "id", "table.csv", "ror"),
        ("http://www.wikidata.org/entity/Q7", "id", "ror.csv", "wikidata"),
        ("Q7", "wikidata", "table.csv", "wikidata"),
        ("7", "geonameid", "table.csv", "geonames"),
        ("156", "M49", "table.csv", "un-m49"),
        ("XN", "id", "data/iso-3166-1.csv", "iso-3166-1"),
        ("Q7", "id", "table.csv", None),
        ("7", "ror_or_wikidata", "table.csv", None),
    ],
)
def test_a_table_tells_its_registry(identifier: str, key: str, where: str, target: str | None) -> None:
    """Whole identifiers first, then the column's name, then the file's; two names are none."""
    found = target_of([Row(identifier, ("Norland",))], where, key)
    assert (found.name if found else None) == target


@pytest.mark.parametrize(
    ("target", "identifier", "iri"),
    [
        ("ror", "012345678", "https://ror.org/012345678"),
        ("ror", "https://ror.org/012345678", "https://ror.org/012345678"),
        ("ror", "ror.org/012345678/", "https://ror.org/012345678"),
        ("wikidata", "https://www.wikidata.org/wiki/Q7", "http://www.wikidata.org/entity/Q7"),
        ("iso-3166-1", "XN", "https://www.iso.org/obp/ui/#iso:code:3166:XN"),
        ("un-m49", "http://unstats.un.org/unsd/methods/m49/m49.htm#156", "http://unstats.un.org/unsd/methods/m49/m49.htm#156"),
        ("geonames", "7", "https://sws.geonames.org/7/"),
        ("geonames", "https://sws.geonames.org/7/", "https://sws.geonames.org/7/"),
        ("geonames", "https://www.geonames.org/7/norland.html", "https://sws.geonames.org/7/"),
        ("dpv", "https://w3id.org/dpv/tech#Thing", "https://w3id.org/dpv/tech#Thing"),
    ],
)  # fmt: skip
def test_an_identifier_becomes_the_registrys_iri(target: str, identifier: str, iri: str) -> None:
    """Bare, whole, or as a page of it is called."""
    assert object_of(Row(identifier, ("Norland",)), TARGETS[target], "table.csv") == iri


@pytest.mark.parametrize(("target", "identifier"), [("ror", "Q7"), ("wikidata", "Q07"), ("un-m49", "15"), ("ror", "/")])
def test_another_registrys_identifier_is_refused(target: str, identifier: str) -> None:
    """A row that a link file would not take is named at once."""
    with pytest.raises(DataSyntaxError, match="is no identifier of") as caught:
        object_of(Row(identifier, ("Norland",)), TARGETS[target], "table.csv")
    assert "--id" in caught.value.remedy
