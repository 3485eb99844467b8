"""The ports as a browser meets them: claims of every status, and names that would do harm if they were markup."""

from __future__ import annotations

from pathlib import Path

from aigov_graph.build import assemble
from aigov_graph.stores import VersionedStore
from tests.exports.world import CLAIMS
from tests.harbour import PREFIX_LINES, Said
from tests.port_folder import port_folder

MARKUP = "<img src=x onerror=window.harmed=1>"
TURNED = "harbour \u202eevil"
LONG = "very " * 2000 + "long name"

HOSTILE = f"""\
id:markup a aigov:Agency ; rdfs:label "{MARKUP}"@en ; rdfs:seeAlso <javascript:window.harmed=1> .
id:turned a aigov:Agency ; rdfs:label "{TURNED}"@en .
id:long-name a aigov:Agency ; rdfs:label "{LONG}"@en .
id:harbour-ministry rdfs:label "港务部"@zh-Hans .
id:old-portal a aigov:System ; rdfs:label "old portal"@en ; owl:deprecated true ;
    dcterms:isReplacedBy id:permit-portal .
passage:001 a aigov:Passage ; aigov:locator "page 1" .
passage:003 a aigov:Passage ; aigov:locator "{MARKUP}" .
"""
MEANT_TO_HARM = (
    Said("021", "markup", "suppliedTo", "harbour-ministry"),
    Said("022", "turned", "suppliedTo", "harbour-ministry", when="2021"),
    Said("023", "long-name", "suppliedTo", "harbour-ministry", holder="markup"),
)


def publish_ports(root: Path) -> Path:
    """Publish them, and name the store."""
    folder = port_folder(root / "data", [*CLAIMS, *MEANT_TO_HARM])
    (folder.graphs / "entities" / "hostile.ttl").write_text(PREFIX_LINES + HOSTILE)
    claims = folder.graphs / "sources" / "port-council-2024" / "claims.ttl"
    claims.write_text(claims.read_text().replace('"Claim 021."', f'"{MARKUP} supplied the ministry."'))
    VersionedStore(root / "store").publish(assemble(folder))
    return root / "store"
