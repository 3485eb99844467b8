"""Every format in a reader that is not ours: the same nodes and edges, and one edge's attributes."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
from lxml import etree
from openpyxl.utils.escape import unescape

from aigov_graph.errors import ExtraMissing, Unwritable
from aigov_graph.exports import FORMATS, How, View
from aigov_graph.exports.options import STATUSES
from aigov_graph.exports.registry import EXTRAS, Format, missing
from aigov_graph.vocabulary.namespaces import CLAIM, ID
from tests.exports.world import CLAIMS, MORE, seen, written
from tests.harbour import Said

SCHEMAS = Path(__file__).parents[3] / "shared" / "data" / "schemas"
needs_schemas = pytest.mark.skipif(not SCHEMAS.is_dir(), reason="the folder shared/data/schemas is not beside this one")

NODES, EDGES = 5, 8
PORTAL_EDGE = {
    "relation": "interestedIn",
    "claims": CLAIM["001"],
    "status": "fact",
    "certainty": "certain",
    "mode": "actual",
    "negated": False,
    "symmetric": False,
    "earliest": "2019-01-01",
    "ongoing": True,
    "holders": ID["port-council"],
    "sources": ID["port-council-2024"],
    "locators": "page 1",
}
"""What every format says of claim 001's edge; `latest` is absent, for it is open."""


def assert_portal_edge(said: dict[str, Any], plain: Callable[[Any], Any] = lambda value: value) -> None:
    """The attributes are all there, with these values, and no last day."""
    found = {name: plain(said.get(name)) for name in PORTAL_EDGE}
    assert found == PORTAL_EDGE
    assert said.get("latest") in (None, "")


def joined(value: Any) -> Any:
    """A list of one as the one."""
    return "|".join(value) if isinstance(value, list) else value


def switched(value: Any) -> Any:
    """The words true and false as values."""
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


@pytest.mark.parametrize("form", FORMATS.values(), ids=list(FORMATS))
def test_the_same_network_gives_the_same_bytes(form: Format) -> None:
    """Nothing of the day, the machine or the run is in a file."""
    assert written(form.name) == written(form.name)


@pytest.mark.parametrize("form", FORMATS.values(), ids=list(FORMATS))
def test_an_empty_network_can_be_written(form: Format) -> None:
    """Nothing found is a file too."""
    assert isinstance(written(form.name, []), bytes)


def test_graphml_in_networkx() -> None:
    """The same graph; edges have their IRIs as ids, each its own."""
    text = written("graphml")
    graph = nx.parse_graphml(text.decode(), force_multigraph=True)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (NODES, EDGES)
    assert graph.nodes[ID["harbour-ministry"]]["label"] == "Harbour Ministry"
    (of_portal,) = graph[ID["harbour-ministry"]][ID["permit-portal"]].values()
    assert_portal_edge(of_portal, switched)
    keys = [key for _, near in graph.adjacency() for edges in near.values() for key in edges]
    assert all(key.startswith("https://w3id.org/aigov-graph/edge/") for key in keys)
    assert len(set(keys)) == EDGES


def test_graphml_in_igraph(tmp_path: Path) -> None:
    """igraph counts the same and reads the attributes; what says nothing of time has not ended."""
    (tmp_path / "net.graphml").write_bytes(written("graphml"))
    graph = igraph.Graph.Read_GraphML(str(tmp_path / "net.graphml"))
    assert (graph.vcount(), graph.ecount()) == (NODES, EDGES)
    edge = next(edge for edge in graph.es if edge["relation"] == "interestedIn" and edge["status"] == "fact")
    assert_portal_edge(edge.attributes(), switched)
    ongoing = {edge["claims"]: edge["ongoing"] for edge in graph.es}
    assert [ongoing[CLAIM[name]] for name in ("001", "002", "006")] == ["true", "false", ""]
    assert set(graph.vs["id"]) == set(seen(status=STATUSES).nodes)


def test_gexf_in_networkx() -> None:
    """Nodes, edges, attributes, and the days as a spell that has begun and not ended."""
    text = written("gexf")
    graph = nx.read_gexf(io.BytesIO(text), version="1.3")
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (NODES, EDGES)
    (edge,) = graph[ID["harbour-ministry"]][ID["permit-portal"]].values()
    assert_portal_edge(edge)
    assert edge["spells"] == [("2019-01-01", "None")]  # networkx spells what is absent
    look = graph.nodes[ID["harbour-ministry"]]["viz"]
    assert look["color"] == {"r": 127, "g": 178, "b": 229, "a": 1.0}
    assert set(look["position"]) == {"x", "y", "z"}


@needs_schemas
def test_gexf_fits_its_schema() -> None:
    """With and without dates.

    The schema has colours and positions in the namespace of the rest, against the specification's own examples and
    every tool, which have them in that of viz; they are moved there before it judges.
    """
    schema = etree.XMLSchema(etree.parse(str(SCHEMAS / "gexf-1.3" / "gexf.xsd")))
    for claims in (CLAIMS, [Said("001")], []):
        tree = etree.fromstring(written("gexf", claims).replace(b"<viz:", b"<").replace(b"</viz:", b"</"))
        schema.assertValid(tree)


def test_cytoscape_in_networkx() -> None:
    """Each edge has its IRI as id, which Cytoscape would else make up."""
    data = json.loads(written("cytoscape"))
    elements = data["elements"]
    assert (len(elements["nodes"]), len(elements["edges"])) == (NODES, EDGES)
    edge = next(e["data"] for e in elements["edges"] if e["data"]["claims"] == [CLAIM["001"]])
    assert edge["id"].startswith("https://w3id.org/aigov-graph/edge/")
    assert_portal_edge(edge, joined)
    assert nx.cytoscape_graph({**data, "data": []}).number_of_edges() == EDGES


def test_node_link_in_networkx() -> None:
    """The graph reads back, with what it is and whose it is."""
    data = json.loads(written("node-link"))
    graph = nx.node_link_graph(data, edges="links")
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (NODES, EDGES)
    (edge,) = graph[ID["harbour-ministry"]][ID["permit-portal"]].values()
    assert_portal_edge(edge, joined)
    assert data["graph"]["attribution"] == ["Port Council, annual report 2024. Port Council 2024, all rights reserved"]
    assert data["graph"]["view"] == {"status": ["fact", "disputed", "denied", "qualified", "hedged"]}


@needs_schemas
def test_jgf_fits_its_schema() -> None:
    """The schema of version 2 judges it."""
    import jsonschema

    schema = json.loads((SCHEMAS / "json-graph" / "json-graph-schema_v2.json").read_text())
    jsonschema.validate(json.loads(written("jgf")), schema)


def test_jgf_has_everything() -> None:
    """Counts, and one edge."""
    graph = json.loads(written("jgf"))["graph"]
    assert (len(graph["nodes"]), len(graph["edges"])) == (NODES, EDGES)
    edge = next(edge for edge in graph["edges"] if edge["metadata"]["claims"] == [CLAIM["001"]])
    assert_portal_edge(edge["metadata"] | {"relation": edge["relation"]}, joined)


def test_pajek_in_networkx() -> None:
    """Vertices by their labels, arcs with their attributes."""
    graph = nx.parse_pajek(written("pajek").decode())
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (NODES, EDGES)
    (edge,) = graph["Harbour Ministry"]["permit portal"].values()
    assert_portal_edge(edge, switched)


def test_pajek_in_igraph(tmp_path: Path) -> None:
    """A stricter reader counts the same, and has the IRIs of vertices and the attributes of arcs."""
    (tmp_path / "net.net").write_bytes(written("pajek"))
    graph = igraph.Graph.Read_Pajek(str(tmp_path / "net.net"))
    assert (graph.vcount(), graph.ecount()) == (NODES, EDGES)
    assert graph.vs.find(name="Harbour Ministry")["url"] == ID["harbour-ministry"]
    edge = next(edge for edge in graph.es if edge["claims"] == CLAIM["001"])
    assert_portal_edge(edge.attributes(), switched)


def tables(data: bytes) -> dict[str, list[dict[str, str]]]:
    """The tables of a CSV archive, read by the csv module."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".csv")}
    return {name: list(csv.DictReader(io.StringIO(text, newline=""))) for name, text in texts.items()}


def test_csv_for_gephi_and_neo4j() -> None:
    """The headers that each looks for, the same edges in both."""
    found = tables(written("csv"))
    assert {name: len(rows) for name, rows in found.items()} == {
        "gephi/nodes.csv": NODES,
        "gephi/edges.csv": EDGES,
        "neo4j/nodes.csv": NODES,
        "neo4j/edges.csv": EDGES,
    }
    assert list(found["gephi/edges.csv"][0])[:6] == ["Source", "Target", "Type", "Id", "Label", "Weight"]
    assert list(found["gephi/nodes.csv"][0])[:2] == ["Id", "Label"]
    header = list(found["neo4j/edges.csv"][0])
    assert header[:3] == [":START_ID", ":END_ID", ":TYPE"]
    assert {"claims:string[]", "negated:boolean", "weight:int"} <= set(header)
    assert next(iter(found["neo4j/nodes.csv"][0])) == "iri:ID"
    edge = next(row for row in found["gephi/edges.csv"] if row["claims"] == CLAIM["001"])
    assert_portal_edge(edge, switched)


def test_csv_in_pandas() -> None:
    """pandas sees a row an edge, and types where there are any."""
    with zipfile.ZipFile(io.BytesIO(written("csv"))) as archive:
        frame = pd.read_csv(archive.open("gephi/edges.csv"))
    assert (len(frame), str(frame["negated"].dtype), frame["Weight"].sum()) == (EDGES, "bool", EDGES)


def test_xlsx_in_openpyxl() -> None:
    """Four sheets; a claim's row has every axis, a day is a day."""
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx")))
    assert book.sheetnames == ["claims", "nodes", "edges", "about"]
    assert (book["nodes"].max_row - 1, book["edges"].max_row - 1) == (NODES, EDGES)
    header, *rows = book["claims"].iter_rows(values_only=True)
    row = dict(zip(header, next(row for row in rows if row[0] == CLAIM["001"]), strict=True))
    assert (row["sentence"], row["relation"], row["object"]) == ("Claim 001.", "interestedIn", ID["permit-portal"])
    assert (row["certainty"], row["mode"], row["negated"], row["status"]) == ("certain", "actual", False, "fact")
    assert (row["when"], row["earliest"], row["latest"]) == ("2019/..", datetime(2019, 1, 1), None)
    assert (row["holderLabel"], row["locators"]) == ("Port Council", "page 1")


def test_parquet_in_pyarrow_and_pandas() -> None:
    """Typed columns, a row a claim; a qualifier's column is a list."""
    data = written("parquet")
    table = pq.read_table(io.BytesIO(data))
    assert table.num_rows == len({claim.name for claim in CLAIMS} - {"008", "009"})
    frame = pd.read_parquet(io.BytesIO(data)).set_index("claim")
    row = frame.loc[CLAIM["001"]]
    assert (row["earliest"], row["latest"], row["ongoing"]) == (date(2019, 1, 1), None, True)
    assert list(frame["condition"][CLAIM["007"]]) == [ID["permit-portal"]]
    assert table.schema.metadata[b"attribution"].decode().startswith("Port Council, annual report 2024.")


def test_follow_the_money_in_its_own_words() -> None:
    """Things by schema, edges as links whose status is the hedge; ids of the letters that the library takes."""
    entities = [json.loads(line) for line in written("ftm").splitlines()]
    links = [entity for entity in entities if entity["schema"] == "UnknownLink"]
    assert (len(entities) - len(links), len(links)) == (NODES, EDGES)
    by_id = {entity["id"]: entity for entity in entities}
    assert by_id["aigov-harbour-ministry"]["schema"] == "PublicBody"
    assert by_id["aigov-berth-rule"]["schema"] == "Note"
    assert all(re.fullmatch(r"[0-9a-zA-Z][0-9a-zA-Z.-]*[0-9a-zA-Z]", name) for name in by_id)
    hedged = next(link for link in links if link["properties"]["status"] == ["hedged"])
    assert hedged["properties"] | {"sourceUrl": [], "description": []} == {
        "subject": ["aigov-harbour-ministry"],
        "object": ["aigov-pilots-office"],
        "role": ["exportedTo"],
        "status": ["hedged"],
        "recordId": [CLAIM["003"]],
        "publisher": ["Port Council, annual report 2024"],
        "startDate": ["2020-01-01"],
        "endDate": ["2020-12-31"],
        "sourceUrl": [],
        "description": [],
    }


HARD = {
    "quotes": 'a "q" b',
    "apostrophe": "the port's 'rule'",
    "newline": "two\nlines",
    "angles": "<b>bold</b> & <img src=x onerror=alert(1)>",
    "hebrew": "נמל חיפה",
    "four bytes": "𐍈 port 🚢",
    "formula": '=HYPERLINK("http://example.org","x")',
    "backslash": "ends in \\",
    "semicolon": "a; b | c # d",
    "braces": "{a} [b] (c)",
}
"""Names that some format or other has lost or misread."""


def with_name(form: str, name: str, how: How | None = None) -> bytes:
    """A format in which the ministry, in one fact, has this name."""
    more = MORE + f"id:harbour-ministry rdfs:label {ox.Literal(name, language='tlh')!s} .\n"
    return written(form, [Said("001")], more, View(language="tlh"), how)


def name_in(form: str, name: str) -> Any:
    """What a reader of a format takes the ministry's name for."""
    data = with_name(form, name)
    match form:
        case "graphml":
            return nx.parse_graphml(data.decode()).nodes[ID["harbour-ministry"]]["label"]
        case "gexf":
            return nx.read_gexf(io.BytesIO(data), version="1.3").nodes[ID["harbour-ministry"]]["label"]
        case "node-link" | "cytoscape":
            found = json.loads(data)
            nodes = found["nodes"] if form == "node-link" else [node["data"] for node in found["elements"]["nodes"]]
            return next(node["label"] for node in nodes if node["id"] == ID["harbour-ministry"])
        case "jgf":
            return json.loads(data)["graph"]["nodes"][ID["harbour-ministry"]]["label"]
        case "csv":
            rows = tables(data)["gephi/nodes.csv"]
            return next(row["Label"] for row in rows if row["Id"] == ID["harbour-ministry"])
        case "xlsx":
            sheet = openpyxl.load_workbook(io.BytesIO(data))["nodes"]
            named = (row[1] for row in sheet.iter_rows(values_only=True) if row[0] == ID["harbour-ministry"])
            return unescape(str(next(named)))
        case "parquet":
            return pq.read_table(io.BytesIO(data)).to_pylist()[0]["subjectLabel"]
    raise AssertionError(form)


def test_pajek_keeps_what_it_can() -> None:
    """Quotes, which would end the text, become typographic; lines become one."""
    for name, kept in {
        HARD["quotes"]: "a ”q” b",
        HARD["newline"]: "two lines",
        HARD["four bytes"]: HARD["four bytes"],
        HARD["hebrew"]: HARD["hebrew"],
        HARD["backslash"]: "ends in ⧵",
    }.items():
        graph = nx.parse_pajek(with_name("pajek", name).decode())
        assert set(graph) == {kept, "permit portal"}


def test_pajek_tells_namesakes_apart() -> None:
    """Readers find a vertex by its label, so two of one name get their IRIs."""
    more = MORE + 'id:harbour-ministry rdfs:label "Same"@tlh . id:permit-portal rdfs:label "Same"@tlh .'
    graph = nx.parse_pajek(written("pajek", [Said("001")], more, View(language="tlh")).decode())
    assert set(graph) == {"Same (id:harbour-ministry)", "Same (id:permit-portal)"}


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_xml_refuses_control_characters(form: str) -> None:
    """The error names the thing; no file that nobody can read is written."""
    with pytest.raises(Unwritable, match=r"U\+0001") as found:
        with_name(form, "bell \x01")
    assert found.value.where == ID["harbour-ministry"]


@pytest.mark.parametrize("form", ["node-link", "jgf", "csv", "xlsx"])
def test_other_formats_keep_control_characters(form: str) -> None:
    """JSON, CSV and Excel have a spelling for them."""
    assert name_in(form, "bell \x01") == "bell \x01"


def test_cells_that_a_spreadsheet_would_run() -> None:
    """As they are for programs, with an apostrophe before them for spreadsheets; in Excel always a text."""
    plain = tables(with_name("csv", HARD["formula"]))["gephi/nodes.csv"]
    guarded = tables(with_name("csv", HARD["formula"], How(spreadsheet=True)))["gephi/nodes.csv"]
    assert plain[0]["Label"] == HARD["formula"]
    assert guarded[0]["Label"] == "'" + HARD["formula"]
    sheet = openpyxl.load_workbook(io.BytesIO(with_name("xlsx", HARD["formula"])))["nodes"]
    assert sheet.cell(2, 2).data_type == "s"


def test_excel_refuses_a_cell_too_long() -> None:
    """Excel would cut it in silence."""
    with pytest.raises(Unwritable, match="32800 characters"):
        with_name("xlsx", "x" * 32_800)


def test_follow_the_money_refuses_what_it_would_cut() -> None:
    """Names of 384 characters and relations of 1024 are kept whole; longer ones are refused, never shortened."""
    assert ("x" * 384).encode() in with_name("ftm", "x" * 384)
    with pytest.raises(Unwritable, match="a name of 385 characters; FollowTheMoney keeps 384"):
        with_name("ftm", "x" * 385)
    long = MORE + f'aigov:interestedIn rdfs:label "{"y" * 1025}"@tlh .\n'
    with pytest.raises(Unwritable, match="a relation of 1025 characters; FollowTheMoney keeps 1024"):
        written("ftm", [Said("001")], long, View(language="tlh"))


def test_mermaid_refuses_more_edges_than_it_draws() -> None:
    """Mermaid would show an error in place of the chart."""
    claims = [Said(f"{n:04}", object=f"thing-{n}") for n in range(501)]
    with pytest.raises(Unwritable, match="at most 500"):
        written("mermaid", claims)


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lean installation says what to install; GEXF does without positions."""
    monkeypatch.setitem(EXTRAS, "pictures", ("matplotlib", "no_such_module"))
    assert missing("pictures") == ("no_such_module",)
    with pytest.raises(ExtraMissing) as found:
        written("png")
    assert found.value.remedy == "run: pip install 'aigov-graph[pictures]'"
    assert b"viz:color" in written("gexf")
    assert b"viz:position" not in written("gexf")
