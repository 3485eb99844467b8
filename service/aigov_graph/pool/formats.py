"""The formats an answer can have, one line each. Knows names and media types; the query process does the writing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Family = Literal["results", "graph"]


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write an answer.

    `family` is what it can hold: tables and yes or no, or a graph. `engine` is the engine's own name of it.
    `iri` names it in service descriptions.
    """

    name: str
    media_type: str
    family: Family
    engine: str
    iri: str
    also: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    text: bool = False

    @property
    def content_type(self) -> str:
        """The value of a Content-Type header; every format is written in UTF-8."""
        return f"{self.media_type}; charset=utf-8" if self.text else self.media_type


_W3C = "http://www.w3.org/ns/formats/"

FORMATS: tuple[Format, ...] = (
    Format(
        "json",
        "application/sparql-results+json",
        "results",
        "JSON",
        _W3C + "SPARQL_Results_JSON",
        ("application/json",),
        ("srj",),
    ),
    Format(
        "xml",
        "application/sparql-results+xml",
        "results",
        "XML",
        _W3C + "SPARQL_Results_XML",
        ("application/xml", "text/xml"),
        ("srx",),
    ),
    Format("csv", "text/csv", "results", "CSV", _W3C + "SPARQL_Results_CSV", text=True),
    Format("tsv", "text/tab-separated-values", "results", "TSV", _W3C + "SPARQL_Results_TSV", text=True),
    Format(
        "turtle",
        "text/turtle",
        "graph",
        "TURTLE",
        _W3C + "Turtle",
        ("application/x-turtle",),
        ("ttl", "n3"),
        text=True,
    ),
    Format("ntriples", "application/n-triples", "graph", "N_TRIPLES", _W3C + "N-Triples", ("text/plain",), ("nt",)),
    Format("rdfxml", "application/rdf+xml", "graph", "RDF_XML", _W3C + "RDF_XML", (), ("rdf", "rdf+xml")),
    Format("jsonld", "application/ld+json", "graph", "JSON_LD", _W3C + "JSON-LD", ("application/json",), ("json-ld",)),
    Format("trig", "application/trig", "graph", "TRIG", _W3C + "TriG"),
    Format("nquads", "application/n-quads", "graph", "N_QUADS", _W3C + "N-Quads", (), ("nq",)),
)

ASKED: dict[str, tuple[str, str]] = {
    **{
        name: ((f.name, "") if f.family == "results" else ("", f.name))
        for f in FORMATS
        for name in (f.name, *f.other_names)
    },
    "xml": ("xml", "rdfxml"),
    "json": ("json", "jsonld"),
}
"""For each name a person may type: the format it means for a table, and for a graph; "" where it means none."""

BY_NAME: dict[str, Format] = {name: f for f in FORMATS for name in (f.name, *f.other_names)}
"""Every short name, and the other spellings of it that people type."""


def of_family(family: Family) -> tuple[Format, ...]:
    """The formats that can hold this kind of answer, the preferred one first."""
    return tuple(f for f in FORMATS if f.family == family)
