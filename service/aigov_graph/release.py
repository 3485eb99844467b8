"""A release: a folder that needs no service to be of use. Dumps, every export, what it is and whose, and checksums."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable, Iterable
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from aigov_graph.catalog import DATASET
from aigov_graph.errors import ExportError
from aigov_graph.exports import FORMATS, Export, Network, Reader, View, network
from aigov_graph.exports.options import STATUSES
from aigov_graph.exports.rdf import serialized
from aigov_graph.stores import named_quads, nquads
from aigov_graph.vocabulary.namespaces import BASE, DCAT, DCTERMS, FOAF, GRAPH, ID, ONTOLOGY, OWL, PROV, RDF, XSD

CHECKSUMS: Final = "SHA256SUMS"
_CSV_TYPES: Final = {"negated": "boolean", "symmetric": "boolean", "ongoing": "boolean", "Weight": "integer"}

Tell = Callable[[str], None]


def release(reader: Reader, folder: Path, more: Iterable[Path] = (), tell: Tell = lambda line: None) -> list[Path]:
    """Write a release of one version.

    Args:
        reader: the version.
        folder: made; what stands there under the same names is written over.
        more: files to take along, such as the citation and the licence.
        tell: told of each file, and of what could not be written.

    Returns:
        The files, the checksums last.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found = network(reader)
    dumps = _dumps(reader, folder)
    files = [
        *dumps,
        *_exports(reader, folder / "exports", found, tell),
        _tables(reader, folder / "tables"),
        _written(folder / "catalog.ttl", _catalog(reader, dumps)),
        _written(folder / "sbom.cdx.json", _json(_bill_of_materials())),
    ]
    files += [Path(shutil.copy(path, folder / path.name)) for path in more if path.is_file()]
    files.append(_written(folder / "datapackage.json", _json(_data_package(reader, folder, files, found))))
    for path in files:
        tell(path.relative_to(folder).as_posix())
    sums = "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in sorted(files)
    )
    return [*files, _written(folder / CHECKSUMS, sums.encode())]


def _dumps(reader: Reader, folder: Path) -> list[Path]:
    """Everything, in the three syntaxes that people load."""
    quads = list(named_quads(reader.store))
    shapes = ox.NamedNode(GRAPH.shapes)
    union = sorted({ox.Quad(q.subject, q.predicate, q.object) for q in quads if q.graph_name != shapes}, key=str)
    return [
        _packed(folder / "aigov-graph.nq.gz", b"".join(nquads(quads))),
        _packed(folder / "aigov-graph.trig.gz", serialized(quads, ox.RdfFormat.TRIG)),
        _packed(folder / "aigov-graph.ttl.gz", serialized(union, ox.RdfFormat.TURTLE)),
    ]


def _exports(reader: Reader, folder: Path, found: Network, tell: Tell) -> list[Path]:
    folder.mkdir(exist_ok=True)
    written = []
    for form in FORMATS.values():
        out = io.BytesIO()
        try:
            form.write(Export(found, reader), out)
        except ExportError as error:
            tell(f"{form.label} left out: {error.what}")
            continue
        written.append(_written(folder / f"facts{form.suffix}", out.getvalue()))
    return written


def _tables(reader: Reader, folder: Path) -> Path:
    """All edges between entities, whatever their status, as one table of plain CSV."""
    folder.mkdir(exist_ok=True)
    out = io.BytesIO()
    FORMATS["csv"].write(Export(network(reader, View(statuses=STATUSES)), reader), out)
    with zipfile.ZipFile(out) as archive:
        return _written(folder / "edges.csv", archive.read("gephi/edges.csv"))


def _catalog(reader: Reader, dumps: Iterable[Path]) -> bytes:
    """The catalog's graph, VoID and DCAT, and what DCAT-AP asks for beyond it: descriptions, publisher, dumps."""
    graph = ox.NamedNode(GRAPH.catalog)
    statements = {
        (q.subject, q.predicate.value, q.object) for q in reader.store.quads_for_pattern(None, None, None, graph)
    }
    described = {subject for subject, predicate, _ in statements if predicate == DCTERMS.description}
    found: set[tuple[Any, str, Any]] = set()
    for subject, predicate, value in statements:
        # There, a source is another data set; ours are texts.
        found.add((subject, PROV.wasDerivedFrom if predicate == DCTERMS.source else predicate, value))
        if predicate == DCTERMS["title"] and subject not in described:
            found.add((subject, DCTERMS.description, value))
    publisher, whole = ox.NamedNode(ID["aigov-graph-maintainers"]), ox.NamedNode(DATASET)
    found |= {
        (graph, DCTERMS.publisher, publisher),
        (whole, DCTERMS.publisher, publisher),
        (publisher, RDF.type, ox.NamedNode(FOAF.Agent)),
        (publisher, FOAF["name"], ox.Literal("aigov-graph maintainers", language="en")),
    }
    for path in dumps:
        dump = ox.NamedNode(f"{BASE}release/{path.name}")
        size = ox.Literal(str(path.stat().st_size), datatype=ox.NamedNode(XSD.nonNegativeInteger))
        found |= {
            (whole, DCAT.distribution, dump),
            (dump, RDF.type, ox.NamedNode(DCAT.Distribution)),
            (dump, DCTERMS["title"], ox.Literal(path.name, language="en")),
            (dump, DCAT.accessURL, dump),
            (dump, DCAT.byteSize, size),
        }
    quads = (ox.Quad(subject, ox.NamedNode(predicate), value) for subject, predicate, value in found)
    return serialized(sorted(quads, key=str), ox.RdfFormat.TURTLE)


def _data_package(reader: Reader, folder: Path, files: list[Path], found: Network) -> dict[str, Any]:
    """A Frictionless data package (version 1): each file, the tables with their fields."""
    version = next(
        (
            quad.object.value
            for quad in reader.store.quads_for_pattern(
                ox.NamedNode(ONTOLOGY), ox.NamedNode(OWL.versionInfo), None, ox.DefaultGraph()
            )
            if isinstance(quad.object, ox.Literal)
        ),
        "0",
    )
    resources = []
    for path in sorted(files):
        data = path.read_bytes()
        name = path.relative_to(folder).as_posix()
        resource: dict[str, Any] = {
            "name": name.lower().replace("/", "-").replace("_", "-"),
            "path": name,
            "bytes": len(data),
            "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        }
        if path.suffix == ".csv":
            header = data.decode().splitlines()[0].split(",")
            fields = [{"name": column, "type": _CSV_TYPES.get(column, "string")} for column in header]
            resource |= {"profile": "tabular-data-resource", "schema": {"fields": fields, "missingValues": [""]}}
        resources.append(resource)
    return {
        "profile": "data-package",
        "name": "aigov-graph",
        "title": "AI governance graph",
        "version": version,
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "sources": [{"title": line} for line in found.attribution],
        "resources": resources,
    }


def _bill_of_materials() -> dict[str, Any]:
    """What the package stands on, as CycloneDX 1.5: its own dependencies and theirs, as they are installed here."""
    seen: dict[str, Distribution] = {}
    front = ["aigov-graph"]
    for name in front:
        if name in seen:
            continue
        try:
            seen[name] = distribution(name)
        except ModuleNotFoundError:
            continue
        front += [_name(line) for line in seen[name].requires or [] if "extra ==" not in line or name == "aigov-graph"]
    components = [
        {
            "type": "library",
            "bom-ref": f"pkg:pypi/{name}@{found.version}",
            "name": name,
            "version": found.version,
            "purl": f"pkg:pypi/{name}@{found.version}",
        }
        for name, found in sorted(seen.items())
        if name != "aigov-graph"
    ]
    about = {"type": "application", "name": "aigov-graph", "version": distribution("aigov-graph").version}
    return {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": {"component": about}} | {
        "components": components
    }


def _name(requirement: str) -> str:
    name = requirement
    for mark in " ;[<>=!~(":
        name = name.partition(mark)[0]
    return name.lower().replace("_", "-").replace(".", "-")


def _json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _packed(path: Path, data: bytes) -> Path:
    return _written(path, gzip.compress(data, mtime=0))


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
