"""The bill of materials: what the package stands on, as it is installed here."""

from __future__ import annotations

from importlib.metadata import Distribution, distribution
from typing import Any


def bill_of_materials() -> dict[str, Any]:
    """The package's own dependencies and theirs, with versions and licences, as CycloneDX 1.5 has it."""
    found = _installed("aigov-graph")
    own = found.pop("aigov-graph")
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": _reference("aigov-graph", own),
                "name": "aigov-graph",
                "version": own.version,
            }
        },
        "components": [_component(name, part) for name, part in sorted(found.items())],
    }


def _installed(root: str) -> dict[str, Distribution]:
    """A distribution and all that it needs; what is not installed is no part of it."""
    seen: dict[str, Distribution] = {}
    front = [root]
    for name in front:
        if name in seen:
            continue
        try:
            seen[name] = distribution(name)
        except ModuleNotFoundError:
            continue
        front += [_name(line) for line in seen[name].requires or [] if "extra ==" not in line or name == root]
    return seen


def _component(name: str, part: Distribution) -> dict[str, Any]:
    reference = _reference(name, part)
    found = {"type": "library", "bom-ref": reference, "name": name, "version": part.version, "purl": reference}
    expression = next(iter(part.metadata.get_all("License-Expression") or ()), "")
    return found | ({"licenses": [{"expression": expression}]} if expression else {})


def _reference(name: str, part: Distribution) -> str:
    return f"pkg:pypi/{name}@{part.version}"


def _name(requirement: str) -> str:
    name = requirement
    for mark in " ;[<>=!~(":
        name = name.partition(mark)[0]
    return name.lower().replace("_", "-").replace(".", "-")
