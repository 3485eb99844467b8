"""Which fixture to use: `harbour` is a data folder of invented bodies with one source, whose text is `TEXT`, and no
claims; `sheet` is the least that a row of claims needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from aigov_graph.dataset import DataFolder, find_data
from aigov_graph.sources.new import Description, new_source
from aigov_graph.vocabulary.namespaces import PREFIXES

HEADER = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())

ENTITIES = """
id:port-council a aigov:Agency ; rdfs:label "Port Council"@en , "港务委员会"@zh-Hans ; skos:altLabel "PC"@en .
id:harbour-ministry a aigov:Agency ; rdfs:label "Harbour Ministry"@en .
id:pilots-office a aigov:Agency ; rdfs:label "Pilots Office"@en .
id:tide-works a aigov:Firm ; rdfs:label "Tide Works"@en .
id:permit-portal a aigov:System ; rdfs:label "permit portal"@en .
id:berth-rule a aigov:Policy ; rdfs:label "Berth Rule"@en .
id:harbour-land a aigov:State ; rdfs:label "Harbour Land"@en ; skos:altLabel "the Bay"@en .
id:bay-society a aigov:Public ; rdfs:label "society of Harbour Land"@en ; skos:altLabel "the Bay"@en .
id:crane-control a aigov:Technology , skos:Concept ; rdfs:label "crane control"@en ; skos:prefLabel "crane control"@en ;
    skos:inScheme concept:scheme-technology .
id:throughput a aigov:Dimension , skos:Concept ; rdfs:label "throughput"@en ; skos:prefLabel "throughput"@en .
"""

TEXT = """\
Report of the Port Council

Section 1. The Port Council met in spring. The Harbour Ministry wants the permit portal, and it may buy it soon.
The Tide Works supplied two cranes to the Pilots Office before the storm came over the bay.

Section 2. The Harbour Ministry wants more cranes. No one in the Pilots Office asked for the permit portal at all.
"""


@pytest.fixture
def harbour(tmp_path: Path) -> DataFolder:
    """A data folder with entities and the source port-council-2024."""
    root = tmp_path / "data"
    (root / "graphs" / "entities").mkdir(parents=True)
    (root / "graphs" / "entities" / "things.ttl").write_text(HEADER + ENTITIES, encoding="utf-8")
    folder = find_data(root)
    known = Description(
        "Report of the Port Council",
        creators=["port-council"],
        publishers=["Port Council"],
        issued="2024-05-02",
        addresses=["https://ports.example/report"],
    )
    new_source(folder, "port-council-2024", TEXT, known)
    return folder


@pytest.fixture
def sheet() -> dict[str, str]:
    """A row that can be taken."""
    return {
        "passage": "section 1",
        "first words": "The Harbour Ministry wants the permit",
        "last words": "portal",
        "sentence": "The council says that the ministry is interested in the portal.",
        "subject": "Harbour Ministry",
        "relation": "interestedIn",
        "object": "permit-portal",
        "certainty": "certain",
        "mode": "actual",
    }


def cells_of(*rows: dict[str, str]) -> list[list[str]]:
    """Rows as the cells of a sheet with a heading."""
    headings = list(dict.fromkeys(name for row in rows for name in row))
    return [headings, *([row.get(name, "") for name in headings] for row in rows)]
