"""The bill of materials: who needs whom, under which terms, and which files the lock allows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aigov_graph.release.materials import bill_of_materials

LOCK = """\
# made by a tool
networkx==3.0 \\
    --hash=sha256:{old}
{name}=={version} ; python_version >= "3.11" \\
    --hash=sha256:{two} \\
    --hash=sha256:{one}
    # via aigov-graph (pyproject.toml)
"""
ONE, TWO, OLD = "1" * 64, "2" * 64, "0" * 64


def parts(bill: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The components by name."""
    return {part["name"]: part for part in bill["components"]}


def test_who_needs_whom() -> None:
    """Each component has its line, and all are reached from the package itself."""
    bill = bill_of_materials("1.2.3")
    needs = {line["ref"]: line["dependsOn"] for line in bill["dependencies"]}
    root = bill["metadata"]["component"]["bom-ref"]
    assert set(needs) == {root, *(part["bom-ref"] for part in bill["components"])}
    reached = [root]
    for reference in reached:
        reached += [other for other in needs[reference] if other not in reached]
    assert set(reached) == set(needs)
    found = parts(bill)
    assert found["werkzeug"]["bom-ref"] in needs[found["flask"]["bom-ref"]]
    assert needs[found["markupsafe"]["bom-ref"]] == []


def test_every_part_has_its_licence() -> None:
    """By the expression, the classifier or the field, whichever its makers filled in."""
    bill = bill_of_materials("1.2.3")
    found = parts(bill)
    assert [name for name, part in found.items() if not part.get("licenses")] == []
    assert found["flask"]["licenses"] == [{"expression": "BSD-3-Clause"}]
    assert found["pyoxigraph"]["licenses"] == [{"expression": "MIT OR Apache-2.0"}]
    assert found["pyshacl"]["licenses"] == [{"license": {"id": "Apache-2.0"}}]
    assert found["itsdangerous"]["licenses"] == [{"license": {"name": "BSD License"}}]
    assert bill["metadata"]["component"]["licenses"] == [{"expression": "Apache-2.0"}]


def test_the_digests_of_the_lock() -> None:
    """Of the version that is installed, not of another; without a lock there are none."""
    flask = parts(bill_of_materials("1.2.3"))["flask"]
    assert "externalReferences" not in flask
    lock = LOCK.format(name="Flask", version=flask["version"], one=ONE, two=TWO, old=OLD)
    found = parts(bill_of_materials("1.2.3", lock))
    (reference,) = found["flask"]["externalReferences"]
    assert reference["type"] == "distribution"
    assert reference["hashes"] == [{"alg": "SHA-256", "content": digest} for digest in (ONE, TWO)]
    assert "externalReferences" not in found["networkx"]


def test_the_lock_of_this_package_is_understood() -> None:
    """It has several files of nearly every component."""
    lock = (Path(__file__).parents[2] / "requirements.lock").read_text()
    found = parts(bill_of_materials("1.2.3", lock))
    without = [name for name, part in found.items() if "externalReferences" not in part]
    assert len(without) < len(found) / 2
    assert len(found["flask"]["externalReferences"][0]["hashes"]) == 2


def test_the_serial_number_follows_from_what_is_said() -> None:
    """The same bill has the same one; another version or other digests give another."""
    number = bill_of_materials("1.2.3")["serialNumber"]
    assert number.startswith("urn:uuid:")
    assert bill_of_materials("1.2.3")["serialNumber"] == number
    assert bill_of_materials("1.2.4")["serialNumber"] != number
    version = parts(bill_of_materials("1.2.3"))["flask"]["version"]
    lock = LOCK.format(name="flask", version=version, one=ONE, two=TWO, old=OLD)
    assert bill_of_materials("1.2.3", lock)["serialNumber"] != number
