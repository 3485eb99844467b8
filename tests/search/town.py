"""A small town of invented bodies to search: two states, their governments, firms, a district, and a retired thing."""

from __future__ import annotations

import pyoxigraph as ox

from aigov_graph.dataset import find_data
from aigov_graph.search import Finder, Index, things_of
from aigov_graph.vocabulary.namespaces import GRAPH
from tests.harbour import PREFIX_LINES

TOWN = """\
id:norland a aigov:State ; rdfs:label "Norland"@en , "诺兰"@zh-Hans ; aigov:isoAlpha2 "XN" ; aigov:isoAlpha3 "XNO" ;
    skos:altLabel "People's Republic of Norland"@en , "Norland, Republic of"@en ;
    skos:exactMatch <http://www.wikidata.org/entity/Q900001> , <https://ror.org/00norland> .
id:sudland a aigov:State ; rdfs:label "Südland"@en , "苏德共和国"@zh-Hans ; aigov:isoAlpha2 "XS" .
id:norland-government a aigov:Government ; rdfs:label "Norlandic government"@en ; aigov:governs id:norland .
id:sudland-government a aigov:Government ; rdfs:label "Government of Südland"@en ; aigov:governs id:sudland .
id:quay-district a aigov:Subdivision ; rdfs:label "Quay District"@en , "码头区"@zh-Hans ;
    schema:containedInPlace id:norland .
id:kaibo a aigov:Firm ; rdfs:label "Kaibo Holdings Co., Ltd."@en , "凯博"@zh-Hans ;
    skos:altLabel "凯博集团有限公司"@zh-Hans .
id:kaiba a aigov:Firm ; rdfs:label "Kaiba Shipping"@en .
id:harbour-bureau a aigov:Agency ; rdfs:label "Northern Bureau of Harbour Inspection"@en .
id:nbh a aigov:Agency ; rdfs:label "N.B.H."@en .
id:customs a aigov:Agency ; rdfs:label "Customs"@en , "苏德共和国海关局"@zh-Hans .
id:permit-portal a aigov:System ; rdfs:label "permit portal"@en .
id:mercury-firm a aigov:Firm ; rdfs:label "Mercury"@en .
id:mercury-ship a aigov:System ; rdfs:label "MERCURY"@en .
id:old-portal a aigov:System ; rdfs:label "old portal"@en ; owl:deprecated true .
id:nameless a aigov:System ; skos:altLabel "without a label"@en .
claim:001 a aigov:Claim ; rdfs:label "A claim about the permit portal."@en .
"""


def quads(turtle: str = TOWN) -> list[ox.Quad]:
    """The town's statements and the package's ontology."""
    graph = ox.NamedNode(GRAPH.entities)
    said = ox.parse(PREFIX_LINES + turtle, format=ox.RdfFormat.TURTLE)
    ontology = find_data().ontology / "aigov.ttl"
    terms = ox.parse(ontology.read_bytes(), format=ox.RdfFormat.TURTLE)
    return [
        *(ox.Quad(t.subject, t.predicate, t.object, graph) for t in said),
        *(ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(GRAPH.ontology)) for t in terms),
    ]


def finder(turtle: str = TOWN) -> Finder:
    """Looks names up in the town."""
    return Finder(Index.made(things_of(quads(turtle))))
