"""The small world of ports as a reader of exports sees it: claims of every status, in a store held in memory."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pyoxigraph as ox

from aigov_graph.derivation import derive
from aigov_graph.exports import FORMATS, Export, How, Network, Reader, View, network
from aigov_graph.exports.options import STATUSES
from aigov_graph.vocabulary.namespaces import ID
from tests.harbour import Said, dataset

MORE = """\
id:port-council-2024 a aigov:Source ; rdfs:label "Port Council, annual report 2024"@en ;
    dcterms:rights "Port Council 2024, all rights reserved"@en .
id:busy-year a aigov:Trend ; rdfs:label "busy year"@en .
id:harbour-ministry rdfs:label "港务部"@zh-Hans ; skos:exactMatch <https://example.org/ministry> .
passage:001 a aigov:Passage ; aigov:locator "page 1" .
passage:002 a aigov:Passage ; aigov:locator "page 2" .
passage:row a aigov:Row ; aigov:keyColumn "berth" ; aigov:key "12" .
"""
CLAIMS = (
    Said("001", when="2019/.."),
    Said("002", "pilots-office", "cooperatesWith", "harbour-ministry", when="2020"),
    Said("003", "harbour-ministry", "exportedTo", "pilots-office", when="2020", certainty="possible"),
    Said("004", "port-council", "cooperatesWith", "pilots-office"),
    Said("005", "port-council", "cooperatesWith", "pilots-office", negated=True, holder="pilots-office"),
    Said("006", "port-council", "doubts", "permit-portal", negated=True),
    Said("007", "pilots-office", "interestedIn", "berth-rule", qualifiers={"condition": "permit-portal"}),
    Said("008", "port-council", "doubts", "claim:001"),
    Said("009", "port-council", "undergoes", "busy-year"),
    Said("010", "harbour-ministry", "suppliedTo", "pilots-office"),
    Said("011", "berth-rule", "directs", "berth-rule"),
)
"""Facts 001, 002, 010 and 011 (a loop); 004 disputed by 005; 006 denied; 007 qualified; 003 hedged; the rest about
a claim and a situation."""


def reader_of(claims: Sequence[Said] = CLAIMS, more: str = MORE) -> Reader:
    """A reader of the graph that follows from claims."""
    data = dataset(*claims, more=more)
    named = [*data.quads(), *derive(data)]
    store = ox.Store()
    store.extend(named)
    store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in named)
    return Reader(store, 7, "sha256:00ff")


def seen(said: Sequence[Said] = CLAIMS, more: str = MORE, /, **given: str | Sequence[str]) -> Network:
    """The network that options, as a command line gives them, show of these claims."""
    words = {name: [text] if isinstance(text, str) else list(text) for name, text in given.items()}
    return network(reader_of(said, more), View.read(words))


def triples(found: Network) -> set[tuple[str, str, str]]:
    """A network's edges by local names."""
    return {(short(edge.source), edge.relation, short(edge.target)) for edge in found.edges}


def short(iri: str) -> str:
    """An IRI's last part."""
    return iri.removeprefix(ID).rpartition("/")[2]


def whole_view(**changes: object) -> View:
    """Everything that is said of entities."""
    return View(**{"statuses": STATUSES, **changes})  # type: ignore[arg-type]


def written(
    name: str, claims: Sequence[Said] = CLAIMS, more: str = MORE, view: View | None = None, how: How | None = None
) -> bytes:
    """A network in a format."""
    reader = reader_of(claims, more)
    out = io.BytesIO()
    FORMATS[name].write(Export(network(reader, view or whole_view()), reader, how or How()), out)
    return out.getvalue()
