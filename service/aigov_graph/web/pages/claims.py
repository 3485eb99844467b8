"""The page of a claim: its sentence, its axes in words, its evidence, who agrees, and how to cite it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

import pyoxigraph as ox
from flask import render_template

from aigov_graph.vocabulary.namespaces import AIGOV, CONCEPT, DCTERMS, PROV, RDF, RDFS, SCHEMA, SKOS
from aigov_graph.web.languages import gettext, lazy_gettext
from aigov_graph.web.pages.citations import cited, of_claim
from aigov_graph.web.pages.site import Site
from aigov_graph.web.pages.statements import AT_ENDS, statements
from aigov_graph.web.pages.wording import STATUSES, badge_of, local
from aigov_graph.web.reader import Row

_AXES: Final = (
    (AIGOV.certainty, lazy_gettext("certainty")),
    (AIGOV.mode, lazy_gettext("mode")),
    (AIGOV.stance, lazy_gettext("stance")),
    (PROV.wasAttributedTo, lazy_gettext("held by")),
    (AIGOV.relayedBy, lazy_gettext("passed on by")),
    (AIGOV.when, lazy_gettext("when it holds")),
    (AIGOV.statedOn, lazy_gettext("stated on")),
    (AIGOV.reviewStatus, lazy_gettext("review")),
    (SKOS.editorialNote, lazy_gettext("note")),
)
"""What a claim page says of how a claim is made, in order."""

_APART: Final = frozenset(
    (
        *(RDF.type, RDFS.label, RDF.subject, RDF.predicate, RDF.object),
        *(AIGOV.evidence, AIGOV.negated, PROV.hadPrimarySource, PROV.wasRevisionOf),
        *(AIGOV.modality, AIGOV.eligible, AIGOV.onEdge, AIGOV.decides),
        *(AIGOV.earliest, AIGOV.latest, AIGOV.ongoing),
        *(prop for prop, _ in _AXES),
    )
)
"""What a claim page shows elsewhere, or what is derived from what it shows."""

_SAYS: Final = {
    "certain": "",
    "probable": lazy_gettext("it is likely that"),
    "possible": lazy_gettext("it is possible that"),
}
_MODES: Final = {
    "intended": lazy_gettext("it is intended that"),
    "predicted": lazy_gettext("it is expected that"),
    "required": lazy_gettext("it is required that"),
    "permitted": lazy_gettext("it is permitted that"),
    "evaluative": lazy_gettext("it is a matter of judgement that"),
}

Value = ox.NamedNode | ox.Literal


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place in a source, and where a browser finds it, if the source is public."""

    iri: str
    row: Row
    source: str
    title: str
    issued: str
    link: str


def page(site: Site, iri: str) -> str:
    """The page of a claim."""
    values: dict[str, list[Value]] = {}
    for row in site.snapshot.rows("claim", this=iri):
        values.setdefault(row["property"].value, []).append(row["value"])
    edge = _first(values, AIGOV.onEdge)
    relation = _first(values, RDF.predicate)
    fellows = statements(site, edge, (AIGOV.onEdge,)) if edge else []
    own = next((fellow for fellow in fellows if fellow.claim == iri), None)
    standing = own.standing if own else ""
    negated = _first(values, AIGOV.negated) in ("true", "1")
    evidence = evidence_of(site, iri)
    reference = of_claim(site, iri, evidence)
    badge = badge_of(_first(values, AIGOV.modality), _first(values, AIGOV.certainty))
    heading, meaning = STATUSES[standing] if standing else (gettext("Withdrawn, draft or superseded"), "")
    if standing == "hedged":
        meaning = gettext(
            "What keeps it from being stated plainly: %(hedges)s.", hedges=", ".join(_hedges(site, values))
        )
    return render_template(
        "claim.html",
        iri=iri,
        title=site.name(iri).text,
        labels=[label for label in values.get(RDFS.label, ()) if label.value != site.name(iri).text],
        subject=_one(values, RDF.subject),
        relation=relation,
        object=_one(values, RDF.object),
        negated=negated,
        says=_SAYS.get(local(_first(values, AIGOV.certainty)), _SAYS["certain"]),
        in_mode=_MODES.get(local(_first(values, AIGOV.mode)), ""),
        opinion=_first(values, AIGOV.stance) == CONCEPT.opinion,
        holder=_one(values, PROV.wasAttributedTo),
        relayers=values.get(AIGOV.relayedBy, []),
        when=_first(values, AIGOV.when),
        standing=standing,
        heading=heading,
        meaning=meaning,
        badge=badge,
        edge=edge,
        axes=[(heading, value) for prop, heading in _AXES for value in values.get(prop, ())],
        stated_on="" if AIGOV.statedOn in values else next((item.issued for item in evidence if item.issued), ""),
        qualifiers=[(prop, value) for prop, found in values.items() if prop not in _APART for value in found],
        evidence=evidence,
        earlier=values.get(PROV.wasRevisionOf, []),
        later=[row["later"] for row in site.snapshot.rows("revisions", this=iri)],
        agreeing=[fellow for fellow in fellows if fellow.claim != iri and fellow.negated == negated],
        disagreeing=[fellow for fellow in fellows if fellow.claim != iri and fellow.negated != negated],
        about=statements(site, iri, AT_ENDS),
        cite=cited(reference),
        structured=_structured(site, iri, values, standing, evidence),
    )


def _hedges(site: Site, values: dict[str, list[Value]]) -> list[str]:
    """How a claim is hedged, in words."""
    said = [_first(values, prop) for prop in (AIGOV.certainty, AIGOV.mode, AIGOV.stance)]
    hedges = [site.name(one).text for one in said if one not in ("", CONCEPT.certain, CONCEPT.actual)]
    return [*hedges, *([gettext("passed on from another")] if values.get(AIGOV.relayedBy) else [])]


def source_facts(site: Site, source: str) -> tuple[str, str, str]:
    """A source's title, date and public address; each "" where there is none."""
    title = next((v.value for v in site.snapshot.values(source, DCTERMS["title"])), "") or site.name(source).text
    issued = next((v.value for v in site.snapshot.values(source, DCTERMS.issued)), "")
    return title, issued, address_of(site, source)


def address_of(site: Site, source: str) -> str:
    """Where a source can be read by anybody; "" where its record names no address."""
    named = [v.value for prop in (SCHEMA.url, DCTERMS.identifier) for v in site.snapshot.values(source, prop)]
    return next((text for text in named if text.startswith(("https://", "http://")) and " " not in text), "")


def fragment(first: str, last: str) -> str:
    """A text fragment that makes a browser scroll to a passage and mark it, from at most three words at each end."""
    ends = [quote(" ".join(words.split()[:3] if at == 0 else words.split()[-3:]), safe="").replace("-", "%2D")
            for at, words in enumerate((first, last)) if words.strip()]  # fmt: skip
    return f"#:~:text={','.join(dict.fromkeys(ends))}" if ends else ""


def evidence_of(site: Site, iri: str) -> list[Evidence]:
    """The places that a claim rests on."""
    found = []
    for row in site.snapshot.rows("evidence", this=iri):
        source = row["source"].value if "source" in row else ""
        title, issued, address = source_facts(site, source) if source else ("", "", "")
        first, last = (row[name].value if name in row else "" for name in ("firstWords", "lastWords"))
        link = address.partition("#")[0] + fragment(first, last) if address and first else address
        found.append(Evidence(row["evidence"].value, row, source, title, issued, link))
    return found


def _one(values: dict[str, list[Value]], prop: str) -> Value | None:
    return next(iter(values.get(prop, ())), None)


def _first(values: dict[str, list[Value]], prop: str) -> str:
    found = _one(values, prop)
    return found.value if found is not None else ""


def _structured(
    site: Site, iri: str, values: dict[str, list[Value]], standing: str, evidence: Sequence[Evidence]
) -> dict[str, Any]:
    """A claim as schema.org, with its holder and how it is said: without them a machine would take it for a fact."""
    said = [value.value for prop in (AIGOV.certainty, AIGOV.mode, AIGOV.stance) for value in values.get(prop, ())]
    if _first(values, AIGOV.negated) in ("true", "1"):
        said.append(CONCEPT["badge-denied"])
    holders, relayers = (
        [value.value for value in values.get(prop, ())] for prop in (PROV.wasAttributedTo, AIGOV.relayedBy)
    )
    appearances = {item.source: item.title for item in evidence}
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@id": iri,
        "@type": "Claim",
        "name": site.name(iri).text,
        "url": iri,
        "author": [_named(site, holder) for holder in holders],
        "contributor": [_named(site, relayer) for relayer in relayers],
        "creativeWorkStatus": str(STATUSES[standing][0] if standing else gettext("Withdrawn, draft or superseded")),
        "keywords": [{"@type": "DefinedTerm", "@id": concept, "name": site.name(concept).text} for concept in said],
        "temporalCoverage": _first(values, AIGOV.when),
        "appearance": [
            {"@type": "CreativeWork", "@id": source, "name": title} for source, title in appearances.items()
        ],
        "isPartOf": {"@type": "Dataset", "name": "aigov-graph", "@id": "https://w3id.org/aigov-graph/"},
    }
    return {name: value for name, value in found.items() if value}


def _named(site: Site, iri: str) -> dict[str, str]:
    person = any(value.value == AIGOV.Person for value in site.snapshot.values(iri, RDF.type))
    return {"@type": "Person" if person else "Organization", "@id": iri, "name": site.name(iri).text}
