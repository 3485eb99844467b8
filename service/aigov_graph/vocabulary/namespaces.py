"""Namespaces and the terms that code names. Everything else is data in the ontology."""

from __future__ import annotations

from typing import Final

BASE: Final = "https://w3id.org/aigov-graph/"


class Namespace(str):
    """A namespace IRI; an attribute or item of it is an IRI in it: ``AIGOV.Claim``, ``AIGOV["when"]``."""

    __slots__ = ()

    def __getattr__(self, name: str) -> str:
        if name.startswith("__"):
            raise AttributeError(name)
        return f"{self}{name}"

    def __getitem__(self, name: object) -> str:
        return f"{self}{name}"


AIGOV: Final = Namespace(BASE + "ontology#")
SHAPE: Final = Namespace(BASE + "shapes#")
ID: Final = Namespace(BASE + "id/")
CLAIM: Final = Namespace(BASE + "claim/")
PASSAGE: Final = Namespace(BASE + "passage/")
GRAPH: Final = Namespace(BASE + "graph/")
CONCEPT: Final = Namespace(BASE + "concept/")
EDGE: Final = Namespace(BASE + "edge/")
ONTOLOGY: Final = BASE + "ontology"

RDF: Final = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS: Final = Namespace("http://www.w3.org/2000/01/rdf-schema#")
OWL: Final = Namespace("http://www.w3.org/2002/07/owl#")
XSD: Final = Namespace("http://www.w3.org/2001/XMLSchema#")
SKOS: Final = Namespace("http://www.w3.org/2004/02/skos/core#")
DCTERMS: Final = Namespace("http://purl.org/dc/terms/")
PROV: Final = Namespace("http://www.w3.org/ns/prov#")
OA: Final = Namespace("http://www.w3.org/ns/oa#")
SCHEMA: Final = Namespace("https://schema.org/")
SH: Final = Namespace("http://www.w3.org/ns/shacl#")
ORG: Final = Namespace("http://www.w3.org/ns/org#")
FOAF: Final = Namespace("http://xmlns.com/foaf/0.1/")
DCAT: Final = Namespace("http://www.w3.org/ns/dcat#")
VOID: Final = Namespace("http://rdfs.org/ns/void#")
ELI: Final = Namespace("http://data.europa.eu/eli/ontology#")
DQV: Final = Namespace("http://www.w3.org/ns/dqv#")
EDTF: Final = Namespace("http://id.loc.gov/datatypes/")

EDTF_DATATYPE: Final = EDTF["edtf"]
"""Datatype of `aigov:when` and `aigov:statedOn` (Extended Date/Time Format, ISO 8601-2)."""

PREFIXES: Final[dict[str, str]] = {
    "aigov": AIGOV,
    "claim": CLAIM,
    "concept": CONCEPT,
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "dqv": DQV,
    "edge": EDGE,
    "edtf": EDTF,
    "eli": ELI,
    "foaf": FOAF,
    "graph": GRAPH,
    "id": ID,
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "passage": PASSAGE,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sh": SH,
    "shape": SHAPE,
    "skos": SKOS,
    "void": VOID,
    "xsd": XSD,
}
"""The prefixes of every file, query and page of the project."""
