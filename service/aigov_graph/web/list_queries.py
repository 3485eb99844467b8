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
_RANKS: Final = {("claims", "date"): "earliest", ("edges", "sources"): "sources", ("edges", "date"): "earliest"}
"""What claims and edges are ordered by, the greatest first, before their IRIs."""
_CHOSEN: Final = {
    "holder": "prov:wasAttributedTo",
    "source": "prov:hadPrimarySource",
    "certainty": "aigov:certainty",
    "mode": "aigov:mode",
}


def select(filters: Filters) -> str:
    """The query of a list's rows, all of them, with the variables of `COLUMNS`."""
    return _query(_select(filters))


def construct(filters: Filters) -> str:
    """The query of all statements about a list's rows."""
    first = COLUMNS[filters.kind][0]
    inner = [f"SELECT ?{first} WHERE {{", *_select(filters)[1:]]
    return _query(
        [
            f"CONSTRUCT {{ ?{first} ?property ?value }} WHERE {{",
            *_indented(["{", *_indented(inner), "}", f"?{first} ?property ?value ."]),
            "}",
        ]
    )


def keys(filters: Filters) -> str:
    """The query of the claims or edges of a list alone: all of them, with `?rank`, which they are ordered by.

    It asks of each only what the filters and the order need, not what the shapes let none be without: a pattern more
    costs a look at the index for every claim there is. Those of one rank come in no order, for the engine reads an IRI
    anew each time it compares it.
    """
    first, kind = COLUMNS[filters.kind][0], filters.kind
    write = {"claims": _which_claims, "edges": _which_edges}[kind]
    rank = _RANKS.get((kind, filters.sort or SORTS[kind][0]), "")
    variables, order = (f"?{first} (?{rank} AS ?rank)", [f"ORDER BY DESC(?{rank})"]) if rank else (f"?{first}", [])
    return _query([f"SELECT {variables} WHERE {{", *_indented(write(filters)), "}", *order])


def rows_of(kind: Kind, iris: Sequence[str]) -> str:
    """The query of the rows of these claims or edges, in no order."""
    rows = _rows(Filters(kind))
    return _query([f"SELECT {_variables(kind)} WHERE {{", f"  {_values(COLUMNS[kind][0], iris)}", *rows, "}"])


def statements_of(iris: Iterable[str]) -> str:
    """The query of all statements about these things."""
    return _query(["CONSTRUCT { ?this ?property ?value } WHERE {", f"  {_values('this', iris)}",
                   "  ?this ?property ?value .", "}"])  # fmt: skip


def _select(filters: Filters) -> list[str]:
    return [f"SELECT {_variables(filters.kind)} WHERE {{", *_rows(filters), "}", f"ORDER BY {_order(filters)}"]


def _variables(kind: Kind) -> str:
    return " ".join(f"?{name}" for name in COLUMNS[kind])


def _order(filters: Filters) -> str:
    return f"{_ORDERS[filters.kind, filters.sort or SORTS[filters.kind][0]]} ?{COLUMNS[filters.kind][0]}".strip()


def _rows(filters: Filters) -> list[str]:
    rows = {"entities": _things, "claims": _claims, "edges": _edges}[filters.kind]
    return _indented(rows(filters))


def _things(filters: Filters) -> list[str]:
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
        f"{'' if claims else 'OPTIONAL '}{{",
        *_indented(counted),
        "}",
        "BIND(COALESCE(?mentions, 0) AS ?claims)",
    ]


def _claims(filters: Filters) -> list[str]:
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
        "OPTIONAL { ?claim aigov:when ?when }",
        *([] if timed or filters.sort != "date" else ["OPTIONAL { ?claim aigov:earliest ?earliest }"]),
        *(_firm(filters, asked=True) if filters.statuses else _standing()),
    ]


def _edges(filters: Filters) -> list[str]:
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
        *_claimed(claims),
        *_held(filters, "edge"),
        *([] if timed else [_open("edge")]),
        "OPTIONAL { ?edge aigov:ongoing ?ongoing }",
        "OPTIONAL { ?edge aigov:sourceCount ?sources }",
    ]


def _which_claims(filters: Filters) -> list[str]:
    timed, ends = bool(filters.start or filters.end), bool(filters.about or filters.types)
    return [
        "?claim a aigov:Claim .",
        *(['?claim rdfs:label ?sentence . FILTER(LANG(?sentence) = "en")'] if filters.words else []),
        *_containing("sentence", filters.words),
        *_chosen_of(filters),
        *_relation(filters, "?claim"),
        *(["?claim rdf:subject ?subject ; rdf:object ?object ."] if ends else []),
        *_ends(filters),
        *_held(filters, "claim"),
        *([] if timed or filters.sort != "date" else ["OPTIONAL { ?claim aigov:earliest ?earliest }"]),
        *_firm(filters),
    ]


def _which_edges(filters: Filters) -> list[str]:
    claims, timed = _chosen_of(filters), bool(filters.start or filters.end)
    ends = bool(filters.about or filters.types or filters.words)
    statuses = [f"concept:{status}" for status in filters.statuses]
    return [
        "?edge a aigov:Edge .",
        *(["?edge aigov:status ?status .", _values("status", statuses)] if statuses else []),
        *_relation(filters, "?edge"),
        *(["?edge rdf:subject ?subject ; rdf:object ?object ."] if ends else []),
        *_ends(filters),
        *_named_ends(filters),
        *_claimed(claims),
        *_held(filters, "edge"),
        *([] if timed or filters.sort != "date" else ["OPTIONAL { ?edge aigov:earliest ?earliest }"]),
        *([] if filters.sort == "date" else ["OPTIONAL { ?edge aigov:sourceCount ?sources }"]),
    ]


def _claimed(claims: list[str]) -> list[str]:
    """Edges that such a claim is on; told once for all, for a test edge by edge reads all such claims each time."""
    if not claims:
        return []
    inner = ["SELECT DISTINCT ?edge WHERE {", *_indented(["?claim aigov:onEdge ?edge .", *claims]), "}"]
    return ["{", *_indented(inner), "}"]


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
