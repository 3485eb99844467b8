"""What search engines are told of a page: schema.org as JSON-LD, in the head as data that no browser runs."""

from __future__ import annotations

from typing import Any, Final

from aigov_graph.vocabulary.namespaces import AIGOV
from aigov_graph.web.pages.about import Thing
from aigov_graph.web.pages.wording import clip

_TYPES: Final = {
    AIGOV.Person: "Person",
    AIGOV.State: "Country",
    AIGOV.Subdivision: "AdministrativeArea",
    AIGOV.Place: "Place",
    AIGOV.Government: "GovernmentOrganization",
    AIGOV.Agency: "GovernmentOrganization",
    AIGOV.Firm: "Corporation",
    AIGOV.Party: "Organization",
    AIGOV.ResearchOrganization: "ResearchOrganization",
    AIGOV.InternationalOrganization: "Organization",
    AIGOV.Law: "Legislation",
    AIGOV.Policy: "CreativeWork",
    AIGOV.Source: "CreativeWork",
    AIGOV.Publication: "CreativeWork",
    AIGOV.Event: "Event",
}
"""Our classes and the nearest of schema.org; what is not here is a Thing."""


def structured(thing: Thing) -> dict[str, Any]:
    """A thing as schema.org: its names, what tells it apart, and the same thing elsewhere."""
    types = [_TYPES[name] for name in thing.types if name in _TYPES]
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@id": thing.iri,
        "@type": types[0] if len(types) == 1 else types or "Thing",
        "name": clip(thing.title, 300),
        "url": thing.iri,
    }
    if thing.names:
        found["alternateName"] = [clip(name.value, 300) for name in thing.names][:20]
    if thing.description:
        found["description"] = thing.description
    if same := [target for _, target in thing.outside if target.startswith(("http://", "https://"))]:
        found["sameAs"] = same
    found["isPartOf"] = {"@type": "Dataset", "name": "aigov-graph", "@id": "https://w3id.org/aigov-graph/"}
    return found
