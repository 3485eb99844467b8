"""FollowTheMoney entities, one a line. That library drops what it cannot read without a word, so nothing doubtful is
written: ids are of the letters it allows, names no longer than it keeps, dates whole days.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from aigov_graph.errors import Unwritable
from aigov_graph.exports.model import Edge, Network, Node
from aigov_graph.exports.reader import Reader
from aigov_graph.exports.registry import Export
from aigov_graph.vocabulary.namespaces import AIGOV, BASE

_SCHEMATA: Final = (
    ("Person", "Person"),
    ("Firm", "Company"),
    ("State", "Territory"),
    ("Subdivision", "Territory"),
    ("Place", "Territory"),
    ("Government", "PublicBody"),
    ("Agency", "PublicBody"),
    ("Party", "Organization"),
    ("ResearchOrganization", "Organization"),
    ("InternationalOrganization", "Organization"),
    ("Actor", "LegalEntity"),
    ("Situation", "Event"),
    ("TechnologyOrSystem", "Asset"),
    ("Technology", "Asset"),
    ("System", "Asset"),
)
"""The first class that fits gives the schema; all else is a Note, the plainest thing there that has a name."""
_REST: Final = "Note"
_NAME_CHARACTERS: Final = 384
_TEXT_CHARACTERS: Final = 1024
_ID: Final = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?")
_WIKIDATA: Final = re.compile(r"https?://www\.wikidata\.org/(?:entity|wiki)/(Q\d+)")


def write(export: Export, out: BinaryIO) -> None:
    """Write things by their schema and edges as UnknownLink, whose status says how sure the edge is.

    Raises:
        Unwritable: a name, or a relation of joined edges, is longer than the library keeps.
    """
    for entity in _entities(export.reader, export.network):
        out.write(json.dumps(entity, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")


def entity_id(iri: str) -> str:
    """An IRI as an id that the library takes: readable for things of ours, else a digest."""
    name = "aigov-" + iri.removeprefix(BASE).removeprefix("id/").replace("/", "-").replace("#", "-")
    if iri.startswith(BASE) and _ID.fullmatch(name) and len(name) <= 200:
        return name
    return f"aigov-{hashlib.sha256(iri.encode()).hexdigest()}"


def _entities(reader: Reader, found: Network) -> Iterator[dict[str, Any]]:
    for node in found.nodes.values():
        yield _thing(node)
    for edge in found.edges:
        yield _link(reader, edge)


def _thing(node: Node) -> dict[str, Any]:
    name = _clean(node.label) or node.iri
    if len(name) > _NAME_CHARACTERS:
        raise Unwritable(
            f"a name of {len(name)} characters; FollowTheMoney keeps {_NAME_CHARACTERS}",
            node.iri,
            "shorten the label, or choose another format",
        )
    schema = next((schema for name, schema in _SCHEMATA if AIGOV[name] in node.classes), _REST)
    properties = {"name": [name], "keywords": list(node.types), "sourceUrl": [node.iri]}
    if description := _clean(node.description):
        properties["summary"] = [description]
    if found := sorted({match[1] for link in node.links if (match := _WIKIDATA.fullmatch(link))}):
        properties["wikidataId"] = found
    return {"id": entity_id(node.iri), "schema": schema, "properties": properties}


def _link(reader: Reader, edge: Edge) -> dict[str, Any]:
    role = _clean(edge.label)
    if len(role) > _TEXT_CHARACTERS:
        raise Unwritable(
            f"a relation of {len(role)} characters; FollowTheMoney keeps {_TEXT_CHARACTERS}",
            edge.iri,
            "leave edges apart, or choose another format",
        )
    properties = {
        "subject": [entity_id(edge.source)],
        "object": [entity_id(edge.target)],
        "role": [role],
        "status": list(edge.statuses),
        "recordId": list(edge.claims),
        "publisher": sorted({_clean(reader.sources[s].label) for s in edge.sources if s in reader.sources}),
        "sourceUrl": [edge.iri],
        "description": [_described(edge)],
    }
    if edge.earliest:
        properties["startDate"] = [edge.earliest.isoformat()]
    if edge.latest:
        properties["endDate"] = [edge.latest.isoformat()]
    return {
        "id": entity_id(edge.iri),
        "schema": "UnknownLink",
        "properties": {name: values for name, values in properties.items() if values},
    }


def _described(edge: Edge) -> str:
    """The rest of the edge's attributes, for which the schema has no property."""
    parts = (
        ("relation", edge.relation),
        ("certainty", "|".join(edge.certainties)),
        ("mode", "|".join(edge.modes)),
        ("negated", str(edge.negated).lower()),
        ("symmetric", str(edge.symmetric).lower()),
        ("holders", "|".join(edge.holders)),
        ("locators", "|".join(_clean(place) for place in edge.locators)),
    )
    return "; ".join(f"{name}: {value}" for name, value in parts if value)


def _clean(text: str) -> str:
    return " ".join("".join(c if c.isprintable() or c.isspace() else " " for c in text).split())
