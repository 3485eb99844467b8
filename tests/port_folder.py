"""The small world of ports as a data folder on disk, with shapes of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from aigov_graph.dataset import DataFolder, find_data
from tests.harbour import ENTITIES, PREFIX_LINES, SMALL_ONTOLOGY, Said

ONTOLOGY_HEADER = """\
<https://w3id.org/aigov-graph/ontology> a owl:Ontology ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
    owl:versionInfo "1.2.3" .
"""
SHAPES = """\
shape:claim a sh:NodeShape ;
    sh:targetClass aigov:Claim ;
    sh:property [ sh:path aigov:certainty ; sh:minCount 1 ; sh:maxCount 1 ; sh:severity sh:Violation ;
        sh:message "A claim has one certainty. || Write aigov:certainty once." ] ;
    sh:property [ sh:path aigov:when ; sh:minCount 1 ; sh:severity sh:Warning ;
        sh:message "A claim says when it holds. || Add aigov:when." ] .
"""
SOURCE = """\
id:port-council-2024 a aigov:Source ;
    rdfs:label "Port Council, annual report 2024"@en ;
    dcterms:rights "Port Council 2024, all rights reserved"@en .
"""
CLAIMS = (
    Said("001", when="2019/.."),
    Said("002", "harbour-ministry", "cooperatesWith", "pilots-office", when="2020"),
    Said("003", "harbour-ministry", "exportedTo", "pilots-office", when="2020", certainty="possible"),
)


def port_folder(
    root: Path, claims: Iterable[Said] = CLAIMS, *, backwards: bool = False, apart: bool = False
) -> DataFolder:
    """Write the folder and name it.

    Args:
        root: an empty folder.
        claims: those of its one source.
        backwards: make the files in the reverse order, so that the file system may list them in another.
        apart: give each claim a file of its own.
    """
    lines = [claim.turtle() for claim in claims]
    claim_files = {f"claims-{number}.ttl": line for number, line in enumerate(lines)} if apart else {}
    source = {"source.ttl": SOURCE, **(claim_files or {"claims.ttl": "".join(lines)})}
    texts = {
        "ontology/schemes/header.ttl": ONTOLOGY_HEADER,
        "ontology/shapes.ttl": SHAPES,
        "graphs/entities/things.ttl": ENTITIES,
        **{f"graphs/sources/port-council-2024/{name}": text for name, text in source.items()},
    }
    for name in sorted(texts, reverse=backwards):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PREFIX_LINES + texts[name])
    shutil.copy(SMALL_ONTOLOGY, root / "ontology" / "aigov.ttl")
    shutil.copy(find_data().ontology / "schemes" / "modality.ttl", root / "ontology" / "schemes")
    return DataFolder(root / "ontology", root / "graphs")
