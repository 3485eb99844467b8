"""A release: what its files hold, in readers that are not ours, and that it holds together."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pandas as pd
import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from aigov_graph.build import assemble
from aigov_graph.exports import FORMATS, Reader
from aigov_graph.release import CHECKSUMS, release
from aigov_graph.stores import VersionedStore
from aigov_graph.vocabulary.namespaces import DCAT, RDF, VOID
from tests.port_folder import port_folder

DCAT_AP = Path(__file__).parents[2] / "shared" / "data" / "schemas" / "dcat-ap-3.0.1" / "dcat-ap-SHACL.ttl"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the small world of ports, with a file taken along."""
    root = tmp_path_factory.mktemp("release")
    store = VersionedStore(root / "store")
    store.publish(assemble(port_folder(root / "data")))
    (root / "CITATION.cff").write_text("cff-version: 1.2.0\n")
    with store.lease() as lease:
        release(Reader(lease.store, 1, lease.version.digest), root / "out", [root / "CITATION.cff", root / "absent"])
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
    assert (package["profile"], package["version"]) == ("data-package", "1.2.3")
    for resource in package["resources"]:
        path = made / resource["path"]
        assert path.stat().st_size == resource["bytes"]
        assert resource["hash"] == f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names)
    table = next(resource for resource in package["resources"] if resource["path"] == "tables/edges.csv")
    frame = pd.read_csv(made / "tables" / "edges.csv")
    assert list(frame.columns) == [field["name"] for field in table["schema"]["fields"]]
    assert sorted(frame["status"]) == ["fact", "fact", "hedged"]


def test_the_catalog_and_the_bill_of_materials(made: Path) -> None:
    """VoID and DCAT; what the package stands on, with versions."""
    quads = list(ox.parse((made / "catalog.ttl").read_bytes(), format=ox.RdfFormat.TURTLE))
    types = {str(quad.object.value) for quad in quads if quad.predicate.value == RDF.type}
    assert {DCAT.Catalog, DCAT.Dataset, VOID.Dataset} <= types
    bill = json.loads((made / "sbom.cdx.json").read_text())
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    found = {component["name"]: component["purl"] for component in bill["components"]}
    assert found["pyoxigraph"] == f"pkg:pypi/pyoxigraph@{ox.__version__}"
    assert {"networkx", "matplotlib"} <= set(found)


@pytest.mark.skipif(not DCAT_AP.is_file(), reason="the folder shared/data/schemas is not beside this one")
def test_the_catalog_fits_dcat_ap(made: Path) -> None:
    """Version 3.0.1, by its own shapes."""
    data = rdflib.Graph().parse(made / "catalog.ttl", format="turtle")
    conforms, _, text = pyshacl.validate(data, shacl_graph=rdflib.Graph().parse(DCAT_AP), advanced=True)
    assert conforms, text


def test_what_is_taken_along(made: Path) -> None:
    """Files that are there, under their names."""
    assert (made / "CITATION.cff").read_text() == "cff-version: 1.2.0\n"
    assert not (made / "absent").exists()


def test_the_same_version_gives_the_same_release(made: Path, tmp_path: Path) -> None:
    """Byte for byte."""
    with VersionedStore(made.parent / "store").lease() as lease:
        release(Reader(lease.store, 1, lease.version.digest), tmp_path, [made / "CITATION.cff"])
    assert (tmp_path / CHECKSUMS).read_text() == (made / CHECKSUMS).read_text()
