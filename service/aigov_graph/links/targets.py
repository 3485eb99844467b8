"""The registries that things are linked to: one line each. A file `NAME.sssom.tsv` holds the links to target `NAME`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Target:
    """A registry whose identifiers our things are linked to.

    Attributes:
        name: of its file, without `.sssom.tsv`.
        label: what people call it.
        homepage: the IRI that stands for it as a data set.
        prefixes: the namespaces of its identifiers by the prefix that its file declares.
        pattern: what the part of an identifier behind its namespace looks like, as a regular expression.
        rights: what is known of the terms on which the identifiers may be used.
        part_of: what people call the data set, where the target is one part of it.
        suffix: what stands behind an identifier in its IRI.
    """

    name: str
    label: str
    homepage: str
    prefixes: dict[str, str]
    pattern: str
    rights: str
    part_of: str = ""
    suffix: str = ""

    def iri(self, identifier: str) -> str:
        """The IRI of an identifier, in the first of the target's namespaces."""
        return next(iter(self.prefixes.values())) + identifier + self.suffix

    def identifier(self, iri: str) -> str | None:
        """The identifier that an IRI holds; None if it is of another registry."""
        for space in self.prefixes.values():
            if iri.startswith(space) and iri.endswith(self.suffix):
                return iri[len(space) : len(iri) - len(self.suffix)]
        return None


_TARGETS: Final = (
    Target(
        "dpv",
        "Data Privacy Vocabulary, its extensions on AI and technology",
        "https://w3id.org/dpv",
        {
            "dpv-ai": "https://w3id.org/dpv/ai#",
            "dpv-aiact": "https://w3id.org/dpv/legal/eu/aiact#",
            "dpv-tech": "https://w3id.org/dpv/tech#",
        },
        r"[A-Za-z][A-Za-z0-9-]*",
        "Data Privacy Vocabulary 2.3, W3C Software and Document License 2023.",
    ),
    Target(
        "geonames",
        "GeoNames",
        "https://www.geonames.org/",
        {"geonames": "https://sws.geonames.org/"},
        r"[0-9]+",
        "GeoNames, www.geonames.org, Creative Commons Attribution 4.0. The IRIs are those of its things in RDF, which "
        "end with a slash; https://www.geonames.org/ and the number is the page of each.",
        suffix="/",
    ),
    Target(
        "iso-3166-1",
        "ISO 3166-1, codes of countries",
        "https://www.iso.org/iso-3166-country-codes.html",
        {"iso3166-1": "https://www.iso.org/obp/ui/#iso:code:3166:"},
        r"[A-Z]{2}",
        "Codes as pycountry gives them, made from iso-codes, LGPL-2.1; the standard is that of ISO.",
        "ISO 3166",
    ),
    Target(
        "iso-3166-2",
        "ISO 3166-2, codes of subdivisions",
        "https://www.iso.org/iso-3166-country-codes.html",
        {"iso3166-2": "urn:iso:std:iso:3166:-2#"},
        r"[A-Z]{2}-[A-Z0-9]{1,3}",
        "Codes as pycountry gives them, made from iso-codes, LGPL-2.1; the standard is that of ISO.",
        "ISO 3166",
    ),
    Target(
        "ror",
        "Research Organization Registry",
        "https://ror.org/",
        {"ror": "https://ror.org/"},
        r"0[a-z0-9]{8}",
        "Research Organization Registry, CC0 1.0.",
    ),
    Target(
        "schema-org",
        "Schema.org",
        "https://schema.org/",
        {"schema": "https://schema.org/"},
        r"[A-Z][A-Za-z]*",
        "Terms of Schema.org, as rdflib lists them.",
    ),
    Target(
        "un-m49",
        "UN M49, codes of countries and regions",
        "http://unstats.un.org/unsd/methods/m49/m49.htm",
        {"m49": "http://unstats.un.org/unsd/methods/m49/m49.htm#"},
        r"[0-9]{3}",
        "Codes as github.com/datasets/country-codes gives them, Open Data Commons Public Domain Dedication and "
        "License; the standard is that of the United Nations, which serves nothing for a single code: the IRI is the "
        "name that HL7 FHIR gives the system of codes, an earlier address of its page, with the code as fragment.",
    ),
    Target(
        "vair",
        "Vocabulary of AI Risks",
        "https://w3id.org/vair",
        {"vair": "https://w3id.org/vair#"},
        r"[A-Za-z][A-Za-z0-9-]*",
        "Vocabulary of AI Risks, Delaram Golpayegani, ADAPT Centre, Trinity College Dublin, "
        "Creative Commons Attribution 4.0.",
    ),
    Target(
        "wikidata",
        "Wikidata",
        "https://www.wikidata.org/",
        {"wikidata": "http://www.wikidata.org/entity/"},
        r"Q[1-9][0-9]*",
        "Identifiers of Wikidata as github.com/datasets/country-codes (Open Data Commons Public Domain Dedication and "
        "License), the Research Organization Registry (CC0 1.0) and, for three, github.com/rapideditor/country-coder "
        "(ISC) give them.",
    ),
)

TARGETS: Final[dict[str, Target]] = {target.name: target for target in _TARGETS}
"""The targets by name. A file of another name is read as well, without regard to what its identifiers look like."""
