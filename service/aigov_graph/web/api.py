"""The room of /api: things, claims and edges as paged JSON-LD, by the filters that the lists for people have.

A page is a `hydra:Collection`; the order of its members is that of the list, and the next page is linked in the body
and in the header. What a member is at the other end of, or held by, comes with its label.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from hashlib import sha256
from typing import Any, Final

import pyoxigraph as ox
import rdflib
from flask import Blueprint, Response, request, url_for
from rdflib.plugins.serializers.jsonld import from_rdf

from aigov_graph.dataset import find_data
from aigov_graph.errors import AigovError, RequestError
from aigov_graph.pool.engine import Engine
from aigov_graph.settings import Settings
from aigov_graph.stores import VersionedStore
from aigov_graph.vocabulary.namespaces import AIGOV, BASE, RDFS
from aigov_graph.web.described import described
from aigov_graph.web.filters import KINDS, Filters, Kind
from aigov_graph.web.list_queries import statements_of
from aigov_graph.web.listed import Listed
from aigov_graph.web.negotiation import best_type
from aigov_graph.web.parameters import list_parameters
from aigov_graph.web.problems import MEDIA_TYPE, HttpError, body_of, headers_of, status_of
from aigov_graph.web.reader import PageReader, Snapshot

JSON_LD: Final = "application/ld+json"
_OFFERS: Final = (JSON_LD, "application/json")
_HYDRA: Final = "http://www.w3.org/ns/hydra/core#"
_NAMED: Final = ("subject", "predicate", "object", "wasAttributedTo", "hadPrimarySource", "relayedBy")
"""Members' properties whose values come with their label."""

rdflib.NORMALIZE_LITERALS = False


def api(settings: Settings, engine: Engine) -> Blueprint:
    """The room.

    Args:
        settings: names the store, and the data folder, whose JSON-LD context is given out.
        engine: not asked here; the queries are our own.
    """
    room = Blueprint("api", __name__)
    reader, listed = PageReader(VersionedStore(settings.store)), Listed()
    own = find_data(settings.data).ontology / "context.jsonld"
    context = (own if own.is_file() else find_data().ontology / "context.jsonld").read_bytes()
    terms: dict[str, Any] = json.loads(context)["@context"]

    @room.errorhandler(AigovError)
    def explain(error: AigovError) -> Response:
        return Response(body_of(error, ""), status_of(error), dict(headers_of(error)), content_type=MEDIA_TYPE)

    @room.get("/context.jsonld")
    @described(media=(JSON_LD,), summary="The JSON-LD context of the graph's terms")
    def context_file() -> Response:
        """Read by JSON-LD processors that meet its address in an answer."""
        return Response(context, content_type=JSON_LD, headers={"Access-Control-Allow-Origin": "*"})

    def collection(kind: Kind) -> Response:
        media_type = best_type(request.headers.get("Accept", ""), _OFFERS)
        if not media_type:
            raise HttpError(406, "nothing acceptable is on offer", f"accept one of: {', '.join(_OFFERS)}")
        filters = Filters.read(kind, {name: request.args.getlist(name) for name in request.args})
        snapshot = reader.snapshot()
        version = snapshot.version
        tag = sha256(f"{version.digest} {kind} {filters.given(paged=True)} {request.host_url}".encode()).hexdigest()[
            :24
        ]
        headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache", "Vary": "Accept"}
        headers |= {"ETag": f'W/"{tag}"', "X-Dataset-Version": str(version.number)}
        headers["Access-Control-Expose-Headers"] = "ETag, Link, X-Dataset-Version, X-Total-Count"
        if request.if_none_match.contains_weak(tag):
            return Response(status=304, headers=headers)
        total = listed.count(snapshot, filters)
        last = max(1, -(-total // filters.size))
        if filters.page > last:
            raise RequestError(f"there are {last} pages, and this is none", "page", f"ask for 1 to {last}")
        view = {"first": 1, "previous": filters.page - 1, "next": filters.page + 1, "last": last}
        pages = {name: _address(filters.at(page)) for name, page in view.items() if 1 <= page <= last}
        headers["X-Total-Count"] = str(total)
        headers["Link"] = ", ".join(f'<{address}>; rel="{_REL[name]}"' for name, address in pages.items())
        members = _members(snapshot, listed.keys(snapshot, filters), terms)
        found = {
            "@context": [url_for("api.context_file", _external=True), {"hydra": _HYDRA}],
            "@id": _address(filters.at(1)),
            "@type": "hydra:Collection",
            "hydra:totalItems": total,
            "hydra:view": {
                "@id": _address(filters),
                "@type": "hydra:PartialCollectionView",
                **{f"hydra:{name}": {"@id": address} for name, address in pages.items()},
            },
            "hydra:member": members,
        }
        return Response(json.dumps(found, ensure_ascii=False), headers=headers, content_type=media_type)

    for kind in KINDS:
        view = described(
            summary=_SUMMARIES[kind],
            media=_OFFERS,
            parameters=list_parameters(kind),
            problems=(400, 406),
            unchanged=True,
        )(_bound(collection, kind))
        room.add_url_rule(f"/api/{kind}", kind, view, methods=["GET"])
    return room


_REL: Final = {"first": "first", "previous": "prev", "next": "next", "last": "last"}
_SUMMARIES: Final[dict[Kind, str]] = {
    "entities": "Who and what there is",
    "claims": "Who says what, where, how surely",
    "edges": "What all claims on the same two things come to",
}


def _bound(collection: Any, kind: Kind) -> Any:
    def view() -> Response:
        found: Response = collection(kind)
        return found

    view.__doc__ = f"{_SUMMARIES[kind]}, a page at a time, as JSON-LD."
    return view


def _address(filters: Filters) -> str:
    """Where this page of the list is, with its parameters in one order."""
    given: dict[str, Any] = filters.given(paged=True)
    if filters.page == 1:
        given.pop("page", None)
    return url_for(f"api.{filters.kind}", _external=True, **given)


def _members(snapshot: Snapshot, iris: Sequence[str], terms: dict[str, Any]) -> list[dict[str, Any]]:
    """The things of one page in the order of the list, with all that is said of each."""
    if not iris:
        return []
    graph = rdflib.Graph()
    statements = ox.serialize(snapshot.construct(statements_of(iris)), format=ox.RdfFormat.N_TRIPLES)
    graph.parse(data=statements or b"", format="nt")
    compact: dict[str, Any] = from_rdf(graph, context_data=terms)  # type: ignore[no-untyped-call]
    nodes = compact.get("@graph", [compact])
    by_iri = {_whole(node["@id"], terms): node for node in nodes if "@id" in node}
    label = lru_cache(maxsize=None)(partial(_label, snapshot))
    return [_with_labels(by_iri[iri], terms, label) for iri in iris if iri in by_iri]


def _label(snapshot: Snapshot, iri: str) -> str:
    """What a thing is called in English, or in no language; "" where nobody says."""
    found = [value for prop in (RDFS.label, AIGOV.locator) for value in snapshot.values(iri, prop)]
    return min((v.value for v in found if isinstance(v, ox.Literal) and v.language in (None, "en")), default="")


def _with_labels(node: dict[str, Any], terms: dict[str, Any], label: Callable[[str], str]) -> dict[str, Any]:
    found = {
        name: node[name]
        for name in sorted(node.keys() - {"@context"}, key=lambda name: (name != "@id", name != "@type", name))
    }
    for name in _NAMED:
        if isinstance(value := found.get(name), str):
            iri = _whole(value, terms)
            found[name] = {"@id": iri, **({"label": {"en": said}} if (said := label(iri)) else {})}
    return found


def _whole(name: str, terms: dict[str, Any]) -> str:
    """A compact IRI at full length."""
    prefix, colon, local = name.partition(":")
    namespace = terms.get(prefix)
    if colon and isinstance(namespace, str) and not local.startswith("//"):
        return f"{namespace}{local}"
    return name if colon else f"{BASE}ontology#{name}"
