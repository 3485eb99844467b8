"""The SPARQL of a list: what its page, its files and its programming interface run, and what a reader is shown.

Values enter as terms written by the engine's own library, never as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

import pyoxigraph as ox

from aigov_graph.vocabulary.namespaces import PREFIXES, XSD
from aigov_graph.web.filters import SORTS, Filters, Kind

COLUMNS: Final[dict[Kind, tuple[str, ...]]] = {
    "entities": ("thing", "name", "claims"),
    "claims": (
        *("claim", "sentence", "subject", "relation", "object", "status", "certainty", "mode", "negated"),
        *("when", "holder", "source"),
    ),
    "edges": ("edge", "subject", "relation", "object", "status", "sources", "earliest", "latest", "ongoing"),
}
"""The variables of each list's rows; the first is the thing, claim or edge itself."""

_ORDERS: Final[dict[tuple[str, str], str]] = {
    ("entities", "claims"): "DESC(?claims) LCASE(STR(?name))",
    ("entities", "name"): "LCASE(STR(?name))",
    ("claims", "source"): "",
    ("claims", "date"): "DESC(?earliest)",
    ("edges", "sources"): "DESC(?sources)",
    ("edges", "date"): "DESC(?earliest)",
}
_CHOSEN: Final = {
    "holder": "prov:wasAttributedTo",
    "source": "prov:hadPrimarySource",
    "certainty": "aigov:certainty",
    "mode": "aigov:mode",
}


def select(filters: Filters, *, paged: bool = True) -> str:
    """The query of a list's rows, with the variables of `COLUMNS`: one page of them, or all."""
    return _query(_select(filters, paged))


def count(filters: Filters) -> str:
    """The query of how many rows there are, as `?rows`."""
    first = COLUMNS[filters.kind][0]
    return _query([f"SELECT (COUNT(DISTINCT ?{first}) AS ?rows) WHERE {{", *_rows(filters, counting=True), "}"])


def construct(filters: Filters, *, paged: bool = True) -> str:
    """The query of all statements about a list's rows: one page of them, or all."""
    first = COLUMNS[filters.kind][0]
    inner = [f"SELECT ?{first} WHERE {{", *_select(filters, paged)[1:]]
    return _query(
        [
            f"CONSTRUCT {{ ?{first} ?property ?value }} WHERE {{",
            *_indented(["{", *_indented(inner), "}", f"?{first} ?property ?value ."]),
            "}",
        ]
    )


def _select(filters: Filters, paged: bool) -> list[str]:
    columns = COLUMNS[filters.kind]
    order = f"{_ORDERS[filters.kind, filters.sort or SORTS[filters.kind][0]]} ?{columns[0]}".strip()
    limit = f"LIMIT {filters.size} OFFSET {(filters.page - 1) * filters.size}"
    variables = " ".join(f"?{name}" for name in columns)
    rows = _rows(filters, counting=False)
    return [f"SELECT {variables} WHERE {{", *rows, "}", f"ORDER BY {order}", *([limit] if paged else [])]


def _rows(filters: Filters, *, counting: bool) -> list[str]:
    rows = {"entities": _things, "claims": _claims, "edges": _edges}[filters.kind]
    return _indented(rows(filters, counting))


def _things(filters: Filters, counting: bool) -> list[str]:
    claims = [*_chosen_of(filters), *_relation(filters, "?claim"), *_held(filters, "claim"), *_firm(filters)]
    counted = [
        "SELECT ?thing (COUNT(DISTINCT ?claim) AS ?mentions) WHERE {",
        *_indented(["?claim rdf:subject|rdf:object ?thing ; a aigov:Claim .", *claims]),
        "}",
        "GROUP BY ?thing",
    ]
    types = filters.types
    several = f"FILTER EXISTS {{ {_values('type', types)} ?thing a ?type }}"
    return [
        f"?thing a {_written(types[0]) if len(types) == 1 else 'aigov:Relatum' if types else 'aigov:Entity'} ;",
        "  rdfs:label ?name .",
        'FILTER(LANG(?name) = "en")',
        *([several] if len(types) > 1 else []),
        *_containing("name", filters.words),
        *([_values("thing", filters.about)] if filters.about else []),
        *([f"{'' if claims else 'OPTIONAL '}{{", *_indented(counted), "}"] if claims or not counting else []),
        *([] if counting else ["BIND(COALESCE(?mentions, 0) AS ?claims)"]),
    ]


def _claims(filters: Filters, counting: bool) -> list[str]:
    timed = bool(filters.start or filters.end)
    return [
        "?claim a aigov:Claim ;",
        "  rdfs:label ?sentence ;",
        "  rdf:subject ?subject ;",
        "  rdf:predicate ?relation ;",
        "  rdf:object ?object ;",
        "  aigov:certainty ?certainty ;",
        "  aigov:mode ?mode ;",
        "  aigov:negated ?negated ;",
        "  prov:wasAttributedTo ?holder ;",
        "  prov:hadPrimarySource ?source .",
        'FILTER(LANG(?sentence) = "en")',
        *_containing("sentence", filters.words),
        *_chosen_of(filters, asked=True),
        *_relation(filters, ""),
        *_ends(filters),
        *_held(filters, "claim"),
        *([] if counting else ["OPTIONAL { ?claim aigov:when ?when }"]),
        *([] if counting or timed or filters.sort != "date" else ["OPTIONAL { ?claim aigov:earliest ?earliest }"]),
        *(_firm(filters, asked=True) if filters.statuses else [] if counting else _standing()),
    ]


def _edges(filters: Filters, counting: bool) -> list[str]:
    claims, timed = _chosen_of(filters), bool(filters.start or filters.end)
    return [
        "?edge a aigov:Edge ;",
        "  rdf:subject ?subject ;",
        "  rdf:predicate ?relation ;",
        "  rdf:object ?object ;",
        "  aigov:status ?status .",
        *([_values("status", [f"concept:{status}" for status in filters.statuses])] if filters.statuses else []),
        *_relation(filters, ""),
        *_ends(filters),
        *_named_ends(filters),
        *(["FILTER EXISTS {", *_indented(["?claim aigov:onEdge ?edge .", *claims]), "}"] if claims else []),
        *_held(filters, "edge"),
        *([] if counting or timed else [_open("edge")]),
        *([] if counting else ["OPTIONAL { ?edge aigov:ongoing ?ongoing }"]),
        *([] if counting else ["OPTIONAL { ?edge aigov:sourceCount ?sources }"]),
    ]


def _chosen_of(filters: Filters, *, asked: bool = False) -> list[str]:
    """What a claim must be; `asked` says that its own list names it all already."""
    lines = []
    for name, property_name in _CHOSEN.items():
        values = getattr(filters, {"certainty": "certainties"}.get(name, f"{name}s"))
        if values:
            terms = values if name in ("holder", "source") else [f"concept:{value}" for value in values]
            lines += [*([] if asked else [f"?claim {property_name} ?{name} ."]), _values(name, terms)]
    return lines


def _relation(filters: Filters, claim: str) -> list[str]:
    if not filters.relations:
        return []
    below = f"{_values('chosen', filters.relations)} ?relation rdfs:subPropertyOf* ?chosen"
    return [
        f"{{ SELECT DISTINCT ?relation WHERE {{ {below} }} }}",
        *([f"{claim} rdf:predicate ?relation ."] if claim else []),
    ]


def _ends(filters: Filters) -> list[str]:
    lines = []
    if filters.about:
        listed = ", ".join(_written(iri) for iri in filters.about)
        lines.append(f"FILTER(?subject IN ({listed}) || ?object IN ({listed}))")
    if filters.types:
        either = "{ ?subject a ?type } UNION { ?object a ?type }"
        lines.append(f"FILTER EXISTS {{ {_values('type', filters.types)} {either} }}")
    return lines


def _named_ends(filters: Filters) -> list[str]:
    if not filters.words:
        return []
    named = ["{ ?subject rdfs:label ?name } UNION { ?object rdfs:label ?name }", *_containing("name", filters.words)]
    return ["FILTER EXISTS {", *_indented(named), "}"]


def _held(filters: Filters, name: str) -> list[str]:
    if not (filters.start or filters.end):
        return []
    tests = [] if filters.undated else ["(BOUND(?earliest) || BOUND(?latest))"]
    if filters.start:
        tests.append(f"(!BOUND(?latest) || ?latest >= {_on(filters.start)})")
    if filters.end:
        tests.append(f"(!BOUND(?earliest) || ?earliest <= {_on(filters.end)})")
    return [_open(name), f"FILTER({' && '.join(tests)})"]


def _open(name: str) -> str:
    return f"OPTIONAL {{ ?{name} aigov:earliest ?earliest }} OPTIONAL {{ ?{name} aigov:latest ?latest }}"


def _firm(filters: Filters, *, asked: bool = False) -> list[str]:
    if not filters.statuses:
        return []
    needed = ["?claim aigov:certainty ?certainty ; aigov:mode ?mode ; aigov:negated ?negated ."]
    among = ", ".join(str(ox.Literal(status)) for status in filters.statuses)
    return [*([] if asked else needed), *_standing(), f"FILTER(?status IN ({among}))"]


def _standing() -> list[str]:
    """How a claim stands: its edge's status alone does not say it, for what is a fact may be hedged elsewhere."""
    return [
        "OPTIONAL { ?claim aigov:onEdge/aigov:status ?edgeStatus }",
        "OPTIONAL { ?claim aigov:eligible ?eligible }",
        "OPTIONAL { ?claim aigov:stance ?stance }",
        "BIND(EXISTS { ?claim aigov:relayedBy ?relayer } AS ?relayed)",
        "BIND(COALESCE(?eligible, false) AS ?counts)",
        'BIND(IF(!BOUND(?edgeStatus), "", IF(?counts, IF(?edgeStatus = concept:disputed, "disputed",',
        '  IF(?negated, "denied", "fact")), IF(?certainty = concept:certain && ?mode = concept:actual',
        '  && !BOUND(?stance) && !?relayed, "qualified", "hedged"))) AS ?status)',
    ]


def _written(iri: str) -> str:
    """A term as a query has it: by prefix where that is plain, else in full."""
    if iri.startswith("concept:"):
        return iri
    for prefix in ("aigov", "id"):
        local = iri.removeprefix(PREFIXES[prefix])
        if local != iri and re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", local):
            return f"{prefix}:{local}"
    return str(ox.NamedNode(iri))


def _values(variable: str, iris: Iterable[str]) -> str:
    return f"VALUES ?{variable} {{ {' '.join(_written(iri) for iri in iris)} }}"


def _containing(variable: str, words: str) -> list[str]:
    if not words:
        return []
    return [f"FILTER(CONTAINS(LCASE(STR(?{variable})), {ox.Literal(words.lower())}))"]


def _on(day: date) -> str:
    return str(ox.Literal(day.isoformat(), datatype=ox.NamedNode(XSD.date)))


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _query(lines: Iterable[str]) -> str:
    body = "\n".join(lines)
    used = sorted(prefix for prefix in PREFIXES if re.search(rf"(?<![\w<]){prefix}:", body))
    return "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in used) + body + "\n"
