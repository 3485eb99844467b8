"""A release: what its files hold, in readers that are not ours, and that it holds together."""

from __future__ import annotations

import gzip
import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import frictionless
import mlcroissant
import pandas as pd
import pyoxigraph as ox
import pytest
import rdflib

from aigov_graph.build import assemble
from aigov_graph.dataset import find_data
from aigov_graph.exports import FORMATS, Reader
from aigov_graph.release import CHECKSUMS, Terms, release
from aigov_graph.stores import VersionedStore
from aigov_graph.vocabulary.namespaces import AIGOV, DCAT, DCTERMS, ID, RDF, VOID
from tests.dcat_ap import judged, needs_dcat_ap
from tests.port_folder import port_folder

DAY = date(2026, 3, 4)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the small world of ports, with a file taken along."""
    root = tmp_path_factory.mktemp("release")
    store = VersionedStore(root / "store")
    store.publish(assemble(port_folder(root / "data")))
    (root / "CITATION.cff").write_text("cff-version: 1.2.0\n")
    with store.lease() as lease:
        taken = [root / "CITATION.cff", root / "absent"]
        release(Reader(lease.store, 1, lease.version.digest), root / "out", taken, issued=DAY)
    return root / "out"


def test_the_dumps_say_what_the_graph_says(made: Path) -> None:
    """N-Quads and TriG all of it, Turtle all but the shapes and without graphs."""
    data = sorted((made.parent / "data").rglob("*.ttl"))
    assert data
    with VersionedStore(made.parent / "store").lease() as lease:
        named = {quad for quad in lease.store if not isinstance(quad.graph_name, ox.DefaultGraph)}
        union = {quad for quad in lease.store if isinstance(quad.graph_name, ox.DefaultGraph)}

    def read(name: str, form: ox.RdfFormat) -> set[ox.Quad]:
        return set(ox.parse(gzip.decompress((made / name).read_bytes()), format=form))

    assert read("aigov-graph.nq.gz", ox.RdfFormat.N_QUADS) == named
    assert len(read("aigov-graph.trig.gz", ox.RdfFormat.TRIG)) == len(named)
    assert read("aigov-graph.ttl.gz", ox.RdfFormat.TURTLE) == union


def test_every_export_is_there(made: Path) -> None:
    """Of the facts."""
    names = {path.name for path in (made / "exports").iterdir()}
    assert names == {f"facts{form.suffix}" for form in FORMATS.values()}


def test_the_checksums_hold(made: Path) -> None:
    """For every file but their own, in the layout that sha256sum reads."""
    said = (line.split("  ") for line in (made / CHECKSUMS).read_text().splitlines())
    lines = {name: digest for digest, name in said}
    files = {path.relative_to(made).as_posix(): path for path in made.rglob("*") if path.is_file()}
    assert set(lines) == set(files) - {CHECKSUMS}
    assert all(hashlib.sha256(files[name].read_bytes()).hexdigest() == digest for name, digest in lines.items())


def test_the_data_package_describes_the_files(made: Path) -> None:
    """Sizes and digests are true; a table's fields are those that pandas reads."""
    package = json.loads((made / "datapackage.json").read_text())
    assert (package["version"], package["created"]) == ("1.2.3", "2026-03-04T00:00:00Z")
    assert package["licenses"] == [{"path": "https://creativecommons.org/licenses/by/4.0/", "name": "CC-BY-4.0"}]
    for resource in package["resources"]:
        path = made / resource["path"]
        assert path.stat().st_size == resource["bytes"]
        assert resource["hash"] == f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names)
    for name in ("things", "edges", "claims"):
        table = next(resource for resource in package["resources"] if resource["path"] == f"tables/{name}.csv")
        frame = pd.read_csv(made / "tables" / f"{name}.csv")
        assert list(frame.columns) == [field["name"] for field in table["schema"]["fields"]]
        assert all(field["description"] for field in table["schema"]["fields"])
    assert sorted(pd.read_csv(made / "tables" / "edges.csv")["status"]) == ["fact", "fact", "hedged"]


def test_frictionless_finds_nothing_wrong(made: Path, tmp_path: Path) -> None:
    """Files, digests, types, keys and references, judged by its own library, which does see what is wrong."""
    report = frictionless.Package(made / "datapackage.json").validate()
    assert report.valid, report.to_summary()
    (broken := tmp_path / "broken").mkdir()
    for path in ("datapackage.json", "tables"):
        (broken / path).symlink_to(made / path)
    package = json.loads((made / "datapackage.json").read_text())
    package["resources"] = [r for r in package["resources"] if r["path"].startswith("tables/")]
    (broken / "datapackage.json").unlink()
    (broken / "datapackage.json").write_text(json.dumps(package))
    assert frictionless.Package(broken / "datapackage.json").validate().valid
    (broken / "tables").unlink()
    (broken / "tables").mkdir()
    for name in ("things", "edges", "claims"):
        text = (made / "tables" / f"{name}.csv").read_text()
        (broken / "tables" / f"{name}.csv").write_text(text.replace(ID["pilots-office"] + ",Pilots", "x,Pilots"))
    found = {
        error.type
        for task in frictionless.Package(broken / "datapackage.json").validate().tasks
        for error in task.errors
    }
    assert {"foreign-key", "hash-count"} <= found


def test_croissant_reads_the_tables(made: Path) -> None:
    """Its own library has neither error nor warning, and gives the claims with their types."""

    def records(name: str) -> list[dict[str, Any]]:
        # A data set of its own for each: the library mixes up what it read for two.
        return list(mlcroissant.Dataset(jsonld=made / "croissant.json").records(name))

    data = mlcroissant.Dataset(jsonld=made / "croissant.json")
    issues = data.metadata.ctx.issues
    assert (set(issues.errors), set(issues.warnings)) == (set(), set())
    assert str(data.metadata.version) == "1.2.3"
    claims = {record["claims/claim"].decode(): record for record in records("claims")}
    assert len(claims) == 3
    hedged = claims["https://w3id.org/aigov-graph/claim/003"]
    assert (hedged["claims/certainty"], hedged["claims/negated"], hedged["claims/status"]) == (
        b"possible",
        False,
        b"hedged",
    )
    ends = {(record["edges/source"].decode(), record["edges/target"].decode()) for record in records("edges")}
    assert {end for pair in ends for end in pair} == {record["things/iri"].decode() for record in records("things")}


def test_the_catalog_and_the_bill_of_materials(made: Path) -> None:
    """VoID and DCAT; what the package stands on, with versions."""
    quads = list(ox.parse((made / "catalog.ttl").read_bytes(), format=ox.RdfFormat.TURTLE))
    types = {str(quad.object.value) for quad in quads if quad.predicate.value == RDF.type}
    assert {DCAT.Catalog, DCAT.Dataset, VOID.Dataset} <= types
    said = {(quad.predicate.value, getattr(quad.object, "value", "")) for quad in quads}
    assert (DCTERMS.issued, "2026-03-04") in said
    dumps = {value.rpartition("/")[2] for predicate, value in said if predicate == VOID.dataDump}
    assert dumps == {path.name for path in made.glob("aigov-graph.*")}
    bill = json.loads((made / "sbom.cdx.json").read_text())
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    found = {component["name"]: component["purl"] for component in bill["components"]}
    assert found["pyoxigraph"] == f"pkg:pypi/pyoxigraph@{ox.__version__}"
    assert {"networkx", "matplotlib"} <= set(found)
    assert bill["metadata"]["component"]["name"] == "aigov-graph"


def test_every_file_of_data_is_a_distribution(made: Path) -> None:
    """Dumps, exports and tables, each with its address, true size, kind and terms."""
    graph = rdflib.Graph().parse(made / "catalog.ttl", format="turtle")
    dcat = rdflib.DCAT
    base = "https://w3id.org/aigov-graph/release/1.2.3/"
    found = {str(node).removeprefix(base): node for node in graph.subjects(rdflib.RDF.type, dcat.Distribution)}
    paths = [*made.glob("aigov-graph.*"), *(made / "exports").iterdir(), *(made / "tables").iterdir()]
    assert set(found) == {path.relative_to(made).as_posix() for path in paths}
    assert set(graph.objects(None, dcat.distribution)) == set(found.values())
    kinds = {}
    for path, node in found.items():
        assert str(graph.value(node, rdflib.DCTERMS.title)) == path
        assert graph.value(node, dcat.accessURL) == node
        assert int(str(graph.value(node, dcat.byteSize))) == (made / path).stat().st_size
        assert str(graph.value(node, rdflib.DCTERMS.license)) == "https://creativecommons.org/licenses/by/4.0/"
        kinds[path] = str(graph.value(node, dcat.mediaType)).partition("/media-types/")[2]
    assert "application/octet-stream" not in kinds.values()
    assert {kinds[f"tables/{name}.csv"] for name in ("things", "edges", "claims")} == {"text/csv"}
    assert (kinds["exports/facts.csv.zip"], kinds["exports/facts.png"]) == ("application/zip", "image/png")
    assert (kinds["exports/facts.nanopub.trig"], kinds["aigov-graph.nq.gz"]) == (
        "application/trig",
        "application/n-quads",
    )


def test_the_contents_name_every_file(made: Path) -> None:
    """For people; and what could not be written is said."""
    text = (made / "CONTENTS.md").read_text()
    files = {path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file()}
    rows = {line.split("|")[1].strip() for line in text.splitlines() if line.startswith("| ")} - {"file", "---"}
    assert rows == files - {"CONTENTS.md"}
    assert "Port Council 2024, all rights reserved" in text


def test_the_terms_are_compared_with_a_release_before(made: Path, tmp_path: Path) -> None:
    """The first version says so; the next one is compared with the folder of the first."""
    assert "The first version" in (made / "TERMS.md").read_text()
    before = Terms.read(made)
    assert (before.version, AIGOV.interestedIn in before.said) == ("1.2.3", True)
    with VersionedStore(made.parent / "store").lease() as lease:
        release(Reader(lease.store, 1, lease.version.digest), tmp_path, before=before)
    text = (tmp_path / "TERMS.md").read_text()
    assert "Compared with version 1.2.3: 0 added, 0 removed, 0 deprecated, 0 changed." in text


@needs_dcat_ap
def test_the_catalog_fits_dcat_ap(made: Path) -> None:
    """Version 3.0.1, by its own shapes."""
    data = rdflib.Graph().parse(made / "catalog.ttl", format="turtle")
    conforms, text = judged(data)
    assert conforms, text


def test_what_is_taken_along(made: Path) -> None:
    """Files that are there, under their names."""
    assert (made / "CITATION.cff").read_text() == "cff-version: 1.2.0\n"
    assert not (made / "absent").exists()


def test_the_same_version_gives_the_same_release(made: Path, tmp_path: Path) -> None:
    """Byte for byte."""
    with VersionedStore(made.parent / "store").lease() as lease:
        release(Reader(lease.store, 1, lease.version.digest), tmp_path, [made / "CITATION.cff"], issued=DAY)
    assert (tmp_path / CHECKSUMS).read_text() == (made / CHECKSUMS).read_text()


def test_the_citation_names_the_version() -> None:
    """The version stands in the ontology; who cites must not be told another."""
    ontology = find_data().ontology
    version = next(
        line.partition('"')[2].partition('"')[0]
        for line in (ontology / "aigov.ttl").read_text().splitlines()
        if "owl:versionInfo" in line
    )
    assert f"version: {version}\n" in (ontology.parent / "CITATION.cff").read_text()
