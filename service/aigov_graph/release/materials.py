"""The bill of materials: what the package stands on, as it is installed here."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from aigov_graph.vocabulary.namespaces import BASE

_ROOT: Final = "aigov-graph"
_EXTRA: Final = re.compile(r"""extra\s*==\s*['"]([\w.-]+)['"]""")
_PINNED: Final = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)|--hash=sha256:(?P<digest>[0-9a-f]{64})", re.M)
_SPDX: Final = frozenset({
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MPL-2.0", "PSF-2.0", "Unlicense",
    "W3C-20150513", "Zlib",
})  # fmt: skip
"""Identifiers that the older, free field for the licence is trusted with."""
_CLASSIFIED: Final = {
    "Apache Software License": "Apache-2.0",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
"""Classifiers that mean one licence; "BSD License" means several, so it stays a name."""
_NAME_CHARACTERS: Final = 64
"""A longer text in the field for the licence is the licence itself, not its name."""

Needs = dict[str, set[str]]


def bill_of_materials(version: str, lock: str = "") -> dict[str, Any]:
    """The package's own dependencies and theirs, as CycloneDX 1.5 has it: versions, licences, who needs whom.

    Args:
        version: of the release; the serial number is made of it and of what the bill says.
        lock: requirements with hashes, whose digests are told of the versions that are installed.
    """
    found, needs = _installed()
    digests = _digests(lock)
    references = {name: _reference(name, part) for name, part in found.items()}
    own = found[_ROOT]
    said = {
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": references[_ROOT],
                "name": _ROOT,
                "version": own.version,
                **_licensed(own),
            }
        },
        "components": [
            _component(name, part, digests.get((name, part.version), ()))
            for name, part in sorted(found.items())
            if name != _ROOT
        ],
        "dependencies": [
            {"ref": references[name], "dependsOn": sorted(references[other] for other in needs[name] if other in found)}
            for name in sorted(found)
        ],
    }
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": uuid5(NAMESPACE_URL, f"{BASE}release/{version}/sbom.cdx.json#{digest}").urn,
        "version": 1,
        **said,
    }


def _installed() -> tuple[dict[str, Distribution], Needs]:
    """The package and all that it needs, and who needs whom; what is not installed is no part of it."""
    found: dict[str, Distribution] = {}
    needs: Needs = {}
    front: list[tuple[str, frozenset[str]]] = [(_ROOT, frozenset())]
    for name, extras in front:
        try:
            part = found.setdefault(name, distribution(name))
        except ModuleNotFoundError:
            continue
        for other, others in _required(part, extras):
            if other not in needs.setdefault(name, set()) or others:
                needs[name].add(other)
                if (other, others) not in front:
                    front.append((other, others))
        needs.setdefault(name, set())
    return found, needs


def _required(part: Distribution, extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """What a distribution needs with these extras, each with the extras wanted of it; the package itself with all."""
    for line in part.requires or ():
        wanted = set(_EXTRA.findall(line))
        if wanted and not wanted & extras and part.name != _ROOT:
            continue
        requirement = line.partition(";")[0]
        words = re.match(r"\s*([\w.-]+)\s*(?:\[([^\]]*)\])?", requirement)
        if words:
            yield _name(words[1]), frozenset(word.strip() for word in (words[2] or "").split(",") if word.strip())


def _digests(lock: str) -> dict[tuple[str, str], list[str]]:
    """The digests of a lock by name and version."""
    found: dict[tuple[str, str], list[str]] = {}
    of: list[str] = []
    for line in _PINNED.finditer(lock):
        if line["name"]:
            of = found.setdefault((_name(line["name"]), line["version"]), [])
        else:
            of.append(line["digest"])
    return found


def _component(name: str, part: Distribution, digests: list[str] | tuple[()]) -> dict[str, Any]:
    reference = _reference(name, part)
    found = {
        "type": "library",
        "bom-ref": reference,
        "name": name,
        "version": part.version,
        "purl": reference,
        **_licensed(part),
    }
    if digests:
        # A version has several files, so the digests are of what can be fetched, not of the component.
        found["externalReferences"] = [
            {
                "type": "distribution",
                "url": f"https://pypi.org/project/{name}/{part.version}/#files",
                "comment": "the files that the lock allows",
                "hashes": [{"alg": "SHA-256", "content": digest} for digest in sorted(digests)],
            }
        ]
    return found


def _licensed(part: Distribution) -> dict[str, Any]:
    """The licence as an expression where the metadata has one, else by its classifiers, else by its name."""
    expression, free = (
        next(iter(part.metadata.get_all(field) or ()), "").strip() for field in ("License-Expression", "License")
    )
    for text in (expression, free):
        if text and (text != free or set(re.split(r" (?:AND|OR) ", text)) <= _SPDX):
            return {"licenses": [{"expression": text}]}
    names = [
        line.rpartition(" :: ")[2]
        for line in part.metadata.get_all("Classifier") or ()
        if line.startswith("License :: ") and not line.endswith(":: OSI Approved")
    ]
    if not names and free and "\n" not in free and len(free) <= _NAME_CHARACTERS:
        names = [free]
    if not names:
        return {}
    return {
        "licenses": [
            {"license": {"id": _CLASSIFIED[name]} if name in _CLASSIFIED else {"name": name}} for name in names
        ]
    }


def _reference(name: str, part: Distribution) -> str:
    return f"pkg:pypi/{name}@{part.version}"


def _name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
