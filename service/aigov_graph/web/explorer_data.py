"""What the explorer shows, as JSON: the network of a view, the claims about a thing, and what one may filter by.

Runs in the process that makes exports, where all edges are in memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

import pyoxigraph as ox

from aigov_graph.exports import Reader, View, network
from aigov_graph.exports.looks import LINES, LOOKS, look_of
from aigov_graph.exports.model import Edge, Network, local
from aigov_graph.exports.options import CERTAINTIES, MODES
from aigov_graph.vocabulary.namespaces import AIGOV, CONCEPT, ID, SKOS, XSD

MOST_CLAIMS: Final = 200
"""So many claims of one thing; its own page has them all."""

_BADGES: Final = tuple(
    f"badge-{name}"
    for name in (
        "asserted",
        "denied",
        "reported",
        "predicted",
        "possible",
        "intended",
        "required",
        "permitted",
        "opinion",
    )
)
_PLAIN: Final = frozenset({"asserted", "denied"})
_ABSTRACT: Final = frozenset({AIGOV.Relatum, AIGOV.Entity, AIGOV.Claim})


def shown(reader: Reader, view: View) -> dict[str, Any]:
    """The network of a view, with the names of holders and sources in place of their IRIs.

    Raises:
        RequestError: the view names something that is not there.
    """
    found = network(reader, view)
    looks = [look.name for look in LOOKS]
    here = Counter(end for edge in found.edges for end in {edge.source, edge.target})
    nodes = [
        {
            "id": node.iri,
            "label": node.label,
            "language": node.language,
            "type": node.type,
            "look": looks.index(look_of(node).name),
            "description": node.description,
            "here": here[node.iri],
            "degree": reader.degree(reader.number(node.iri)),
        }
        for node in found.nodes.values()
    ]
    return {
        "title": found.title,
        "version": reader.version,
        "attribution": list(found.attribution),
        "nodes": nodes,
        "edges": [_edge(reader, view, edge) for edge in found.edges],
    }


def claims(reader: Reader, view: View, thing: str, other: str = "") -> dict[str, Any]:
    """The claims that a view shows about a thing, or about it and another thing.

    Args:
        reader: of the version.
        view: whose filters hold here too; how much of the network it shows does not matter.
        thing: by IRI or local name.
        other: the same, or "".

    Raises:
        RequestError: there is no such thing.
    """
    iri, partner = reader.find(thing, "of"), reader.find(other, "with") if other else ""
    near = replace(
        view, around=iri, depth=1, direction="both", each="claim", merge=False, largest=False, top=0, also=()
    )
    found = network(reader, near)
    about = [e for e in found.edges if iri in (e.source, e.target) and (not partner or partner in (e.source, e.target))]
    about.sort(key=lambda edge: (tuple(LINES).index(edge.status), edge.label, edge.source, edge.target, edge.iri))
    label, language = reader.thing(iri).label(view.language)
    return {
        "of": {"id": iri, "label": label, "language": language},
        "total": len(about),
        "claims": [_claim(reader, view, found, edge) for edge in about[:MOST_CLAIMS]],
    }


def facets(reader: Reader, language: str) -> dict[str, Any]:
    """What edges can be filtered by: relations, classes and sources, each with how often it occurs, the most first.
    Beside them the names of concepts and of the ways in which things and edges are drawn.
    """
    tally = reader.tally()
    classes = Counter({c: n for c, n in tally.classes.items() if c.startswith(AIGOV) and c not in _ABSTRACT})
    return {
        "relation": _counted(reader, tally.relations, language),
        "type": _counted(reader, classes, language),
        "source": _counted(reader, tally.sources, language),
        "concepts": {
            name: reader.thing(CONCEPT[name]).label(language)[0].removeprefix("badge-")
            for name in (*CERTAINTIES, *MODES, *_BADGES)
        },
        "statuses": [{"name": name, "words": line.words} for name, line in LINES.items()],
        "looks": [{"name": look.name, "colour": look.colour, "shape": look.dot_shape} for look in LOOKS],
    }


def _edge(reader: Reader, view: View, edge: Edge) -> dict[str, Any]:
    return {
        "id": edge.iri,
        "source": edge.source,
        "target": edge.target,
        "relation": edge.relation,
        "label": edge.label,
        "status": edge.status,
        "certainty": list(edge.certainties),
        "symmetric": edge.symmetric,
        "earliest": edge.earliest.isoformat() if edge.earliest else "",
        "latest": edge.latest.isoformat() if edge.latest else "",
        "ongoing": edge.ongoing,
        "holders": _names(reader, edge.holders, view.language),
        "sources": _names(reader, edge.sources, view.language),
        "locators": list(edge.locators),
        "claims": len(edge.claims),
    }


def _claim(reader: Reader, view: View, found: Network, edge: Edge) -> dict[str, Any]:
    row, places = reader.claim(edge.iri)
    sentence, language = reader.thing(edge.iri).label(view.language)
    return {
        "id": edge.iri,
        "sentence": sentence,
        "language": language,
        "subject": {"id": edge.source, "label": found.nodes[edge.source].label},
        "relation": edge.label,
        "object": {"id": edge.target, "label": found.nodes[edge.target].label},
        "standing": _standing(reader, edge, row.badge),
        "badge": row.badge.removeprefix("badge-"),
        "certainty": row.certainty,
        "mode": row.mode,
        "negated": row.negated,
        "earliest": row.earliest.isoformat() if row.earliest else "",
        "latest": row.latest.isoformat() if row.latest else "",
        "ongoing": row.ongoing,
        "holder": {"id": row.holder, "label": reader.thing(row.holder).label(view.language)[0]},
        "source": {"id": row.source, "label": reader.thing(row.source).label(view.language)[0]},
        "locators": places,
    }


def _standing(reader: Reader, edge: Edge, badge: str) -> str:
    """How one claim stands: what is a fact by another claim may be hedged in this one."""
    eligible = ox.Quad(
        ox.NamedNode(edge.iri), ox.NamedNode(AIGOV.eligible), ox.Literal("true", datatype=ox.NamedNode(XSD.boolean))
    )
    if eligible in reader.store:
        return "disputed" if edge.status == "disputed" else "denied" if edge.negated else "fact"
    return "qualified" if badge.removeprefix("badge-") in _PLAIN else "hedged"


def _names(reader: Reader, iris: Iterable[str], language: str) -> list[str]:
    return [reader.thing(iri).label(language)[0] for iri in iris]


def _counted(reader: Reader, found: Counter[str], language: str) -> list[dict[str, Any]]:
    def definition(iri: str) -> str:
        quads = reader.store.quads_for_pattern(
            ox.NamedNode(iri), ox.NamedNode(SKOS.definition), None, ox.DefaultGraph()
        )
        said = {q.object.language: q.object.value for q in quads if isinstance(q.object, ox.Literal)}
        return said.get(language.lower()) or said.get("en", "")

    return [
        {"name": _short(iri), "label": reader.thing(iri).label(language)[0], "count": count, "help": definition(iri)}
        for iri, count in sorted(found.items(), key=lambda item: (-item[1], item[0]))
    ]


def _short(iri: str) -> str:
    """A name that a view reads back: local for the ontology and for things of ours."""
    return local(iri).removeprefix(ID)
