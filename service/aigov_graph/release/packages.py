"""What a release says of itself to programs: a Frictionless data package, and Croissant metadata."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from aigov_graph.exports import FORMATS
from aigov_graph.release.tables import Column, Kind, Table
from aigov_graph.vocabulary.namespaces import BASE

MAKER: Final = "aigov-graph maintainers"

_LICENSES: Final = {"https://creativecommons.org/licenses/by/4.0/": "CC-BY-4.0"}
_CROISSANT_TYPES: Final[dict[Kind, str]] = {
    "string": "sc:Text",
    "boolean": "sc:Boolean",
    "integer": "sc:Integer",
    "date": "sc:Date",
}
_MEDIA_TYPES: Final = {
    **{form.suffix: form.media_type.partition(";")[0] for form in FORMATS.values()},
    ".csv": "text/csv",
    ".gz": "application/gzip",
    ".json": "application/json",
    ".md": "text/markdown",
    ".nq": "application/n-quads",
    ".ttl": "text/turtle",
}
_CONTEXT: Final[dict[str, Any]] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""As version 1.0 of Croissant has it."""


@dataclass(frozen=True, slots=True)
class About:
    """What holds of a whole release.

    Attributes:
        title, description: of the data set.
        version: of the ontology and the data.
        issued: its day.
        license: IRI of the licence of what was written for it, or "".
        attribution: what has to be said of its sources, a line each.
    """

    title: str
    description: str
    version: str
    issued: date
    license: str
    attribution: tuple[str, ...]

    @property
    def citation(self) -> str:
        """How to cite it, in a line."""
        return f"{MAKER} ({self.issued.year}): {self.title}, version {self.version}. {BASE}"


@dataclass(frozen=True, slots=True)
class File:
    """A file of a release: its path in it, size and digest."""

    path: str
    size: int
    sha256: str

    @classmethod
    def of(cls, path: Path, folder: Path) -> File:
        """Read a file's size and digest."""
        data = path.read_bytes()
        return cls(path.relative_to(folder).as_posix(), len(data), hashlib.sha256(data).hexdigest())

    @property
    def name(self) -> str:
        """Its path as a name of lower-case letters."""
        return self.path.lower().replace("/", "-").replace("_", "-")

    @property
    def media_type(self) -> str:
        """By its suffix, the longest that is known."""
        return _media_type(Path(self.path).name)

    @property
    def unpacked_media_type(self) -> str:
        """That of what a gzip file holds; of other files their own."""
        return _media_type(Path(self.path).name.removesuffix(".gz"))


def _media_type(name: str) -> str:
    suffixes = [f".{'.'.join(name.split('.')[n:])}" for n in range(1, name.count(".") + 1)]
    return next((_MEDIA_TYPES[suffix] for suffix in suffixes if suffix in _MEDIA_TYPES), "application/octet-stream")


def data_package(about: About, files: Sequence[File], tables: Sequence[Table]) -> dict[str, Any]:
    """A Frictionless data package (version 1): each file, the tables with their columns, keys and references."""
    by_path = {table.path: table for table in tables}
    license_name = _LICENSES.get(about.license)
    return {
        "profile": "data-package",
        "name": "aigov-graph",
        "title": about.title,
        "description": about.description,
        "homepage": BASE,
        "version": about.version,
        "created": f"{about.issued.isoformat()}T00:00:00Z",
        "licenses": [{"path": about.license} | ({"name": license_name} if license_name else {})]
        if about.license
        else [],
        "contributors": [{"title": MAKER, "role": "author"}],
        "sources": [{"title": line} for line in about.attribution],
        "resources": [_resource(file, by_path.get(file.path)) for file in files],
    }


def _resource(file: File, table: Table | None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": file.name,
        "type": "file",
        "path": file.path,
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }
    if table is None:
        return found
    key = table.columns[0].name
    references = [
        {"fields": column.name, "reference": {"resource": f"tables-{column.refers}.csv", "fields": "iri"}}
        for column in table.columns
        if column.refers
    ]
    return found | {
        "name": f"tables-{table.name}.csv",
        "type": "table",
        "profile": "tabular-data-resource",
        "description": table.help,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_schema_field(column, column.name == key) for column in table.columns],
            "missingValues": [""],
            "primaryKey": key,
            "foreignKeys": references,
        },
    }


def _schema_field(column: Column, key: bool) -> dict[str, Any]:
    found = {"name": column.name, "type": column.kind, "description": column.help}
    return found | ({"constraints": {"required": True, "unique": True}} if key else {})


def croissant(about: About, files: Sequence[File], tables: Sequence[Table]) -> dict[str, Any]:
    """Croissant metadata (version 1.0): each file, and the tables as record sets whose fields refer to each other."""
    terms = {"license": about.license} if about.license else {}
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "name": "aigov-graph",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "description": about.description,
        "url": BASE,
        "version": about.version,
        "datePublished": about.issued.isoformat(),
        "citeAs": about.citation,
        "creator": {"@type": "sc:Organization", "name": MAKER},
        **terms,
        "isLiveDataset": False,
        "distribution": [_file_object(file) for file in files],
        "recordSet": [_record_set(table) for table in tables],
    }


def _file_object(file: File) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.name,
        "contentUrl": file.path,
        "contentSize": f"{file.size} B",
        "encodingFormat": file.media_type,
        "sha256": file.sha256,
    }


def _record_set(table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.help,
        "key": {"@id": f"{table.name}/{table.columns[0].name}"},
        "field": [_field(table, column) for column in table.columns],
    }


def _field(table: Table, column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": column.help,
        "dataType": _CROISSANT_TYPES[column.kind],
        "source": {"fileObject": {"@id": table.path}, "extract": {"column": column.name}},
    }
    return found | ({"references": {"field": {"@id": f"{column.refers}/iri"}}} if column.refers else {})
