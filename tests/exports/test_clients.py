"""Exports in the tools they are for: graphology, Cytoscape.js and Mermaid from npm, Graphviz and R from the machine,
FollowTheMoney's own library, and cffconvert for the citation. Run by `make clients`, which installs what is not on the
machine into folders of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from aigov_graph.dataset import find_data
from aigov_graph.vocabulary.namespaces import CLAIM, ID
from tests.exports.test_formats import EDGES, HARD, NODES, with_name
from tests.exports.test_hostile_names import HOSTILE
from tests.exports.world import written

PACKAGES = (
    "graphology@0.26.0",
    "graphology-gexf@0.13.2",
    "graphology-graphml@0.5.2",
    "cytoscape@3.34.4",
    "mermaid@11.17.2",
    "jsdom@26.1.0",
)
GRAPHOLOGY = """
import { readFileSync } from 'node:fs';
import { MultiDirectedGraph } from 'graphology';
import gexf from 'graphology-gexf';
import graphml from 'graphology-graphml';
const [file, form] = process.argv.slice(2);
const parser = form === 'gexf' ? gexf : graphml;
const graph = parser.parse(MultiDirectedGraph, readFileSync(file, 'utf8'));
const nodes = Object.fromEntries(graph.mapNodes((key, about) => [key, about]));
const edges = graph.mapEdges((key, about, source, target) => ({ key, source, target, ...about }));
console.log(JSON.stringify({ nodes, edges }));
"""
CYTOSCAPE = """
import { readFileSync } from 'node:fs';
import cytoscape from 'cytoscape';
const graph = cytoscape({ headless: true, elements: JSON.parse(readFileSync(process.argv[2], 'utf8')).elements });
const nodes = Object.fromEntries(graph.nodes().map(node => [node.id(), node.data()]));
console.log(JSON.stringify({ nodes, edges: graph.edges().map(edge => edge.data()) }));
"""
MERMAID = """
import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';
const dom = new JSDOM('<!doctype html><body></body>');
globalThis.window = dom.window;
globalThis.document = dom.window.document;
const { default: mermaid } = await import('mermaid');
const text = readFileSync(process.argv[2], 'utf8');
await mermaid.parse(text);  // loads the kinds of diagrams that there are
const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
// Mermaid keeps entities under signs of its own until it draws; then a browser reads them as HTML.
const label = dom.window.document.createElement('p');
const drawn = text => {
  label.innerHTML = text.replaceAll('ﬂ°°', '&#').replaceAll('ﬂ°', '&').replaceAll('¶ß', ';');
  return label.childElementCount ? label.innerHTML : label.textContent;
};
const vertices = [...diagram.db.getVertices().values()].map(vertex => drawn(vertex.text));
console.log(JSON.stringify({ vertices, edges: diagram.db.getEdges().map(edge => drawn(edge.text)) }));
"""
FOLLOW_THE_MONEY = """
import json, sys
from followthemoney import model
from followthemoney.exc import InvalidData
lost, schemata, refused = [], [], []
for line in open(sys.argv[1], encoding="utf-8"):
    data = json.loads(line)
    proxy = model.get_proxy({"id": data["id"], "schema": data["schema"]}, cleaned=False)
    for name, values in data["properties"].items():
        for value in values:
            proxy.add(name, value)
        if sorted(proxy.get(name)) != sorted(values):
            lost.append([data["id"], name, values, proxy.get(name)])
    try:
        model.get(data["schema"]).validate(data)
    except InvalidData as error:
        refused.append(str(error))
    schemata.append(data["schema"])
print(json.dumps({"lost": lost, "schemata": schemata, "refused": refused}))
"""
R = """
source(commandArgs(trailingOnly = TRUE)[1])
said <- function(graph) {
  edge <- E(graph)[E(graph)$claims == "%s"]
  iri <- function(node) if (is.null(node$id)) node$name else node$id
  cat("|", vcount(graph), ecount(graph), iri(tail_of(graph, edge)), iri(head_of(graph, edge)), edge$relation,
      edge$status, tolower(edge$negated), edge$earliest, head_of(graph, edge)$type, "\n")
}
said(network)
said(tabled)
cat("|", sort(V(network)$label), sep = "\n|")
cat("|", sort(V(tabled)$Label), sep = "\n|")
"""
pytestmark = pytest.mark.clients


@pytest.fixture(scope="module")
def npm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the npm packages."""
    command = shutil.which("npm")
    if command is None:
        pytest.skip("npm is not installed")
    folder = tmp_path_factory.mktemp("npm")
    for name, text in {"graphology": GRAPHOLOGY, "cytoscape": CYTOSCAPE, "mermaid": MERMAID}.items():
        (folder / f"{name}.mjs").write_text(text)
    subprocess.run(
        [command, "install", "--no-audit", "--no-fund", *PACKAGES], cwd=folder, check=True, capture_output=True
    )
    return folder


def told(npm: Path, script: str, data: bytes, *words: str) -> dict[str, Any]:
    """What a script says of a file."""
    (npm / "data").write_bytes(data)
    done = subprocess.run(["node", f"{script}.mjs", "data", *words], cwd=npm, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_graphology(npm: Path, form: str) -> None:
    """Counts, attributes with their types, and hard names."""
    found = told(npm, "graphology", written(form), form)
    assert (len(found["nodes"]), len(found["edges"])) == (NODES, EDGES)
    edge = next(edge for edge in found["edges"] if edge["claims"] == CLAIM["001"])
    assert (edge["source"], edge["target"]) == (ID["harbour-ministry"], ID["permit-portal"])
    assert (edge["relation"], edge["status"], edge["negated"], edge["earliest"]) == (
        "interestedIn",
        "fact",
        False,
        "2019-01-01",
    )
    for name in HARD.values():
        hard = told(npm, "graphology", with_name(form, name), form)
        assert hard["nodes"][ID["harbour-ministry"]]["label"] == name
    if form == "gexf":
        assert found["nodes"][ID["harbour-ministry"]]["color"] == "rgb(127,178,229)"
        assert {"x", "y"} <= set(found["nodes"][ID["harbour-ministry"]])


def test_cytoscape(npm: Path) -> None:
    """Counts, ids, attributes."""
    found = told(npm, "cytoscape", written("cytoscape"))
    assert (len(found["nodes"]), len(found["edges"])) == (NODES, EDGES)
    edge = next(edge for edge in found["edges"] if edge["claims"] == [CLAIM["001"]])
    assert edge["id"].startswith("https://w3id.org/aigov-graph/edge/")
    assert (edge["interaction"], edge["status"], edge["negated"]) == ("interestedIn", "fact", False)


def test_mermaid(npm: Path) -> None:
    """A flowchart with all vertices and edges, by their labels; what is no flowchart is refused."""
    found = told(npm, "mermaid", written("mermaid"))
    assert (len(found["vertices"]), len(found["edges"])) == (NODES, EDGES)
    assert {"Harbour Ministry", "permit portal"} <= set(found["vertices"])
    assert "interestedIn" in found["edges"]
    assert any("doubts" in text and "denied" in text for text in found["edges"])
    (npm / "data").write_bytes(with_name("mermaid", "port").replace(b'"]', b'"'))
    done = subprocess.run(["node", "mermaid.mjs", "data"], cwd=npm, capture_output=True, text=True)
    assert (done.returncode, "Parse error" in done.stderr) == (1, True)


@pytest.mark.parametrize("name", HOSTILE.values(), ids=list(HOSTILE))
def test_mermaid_reads_hostile_names(npm: Path, name: str) -> None:
    """Each comes back letter for letter on one line, is no markup, and changes nothing else."""
    found = told(npm, "mermaid", with_name("mermaid", name))
    assert sorted(found["vertices"]) == sorted([" ".join(name.split()), "permit portal"])
    assert found["edges"] == ["interestedIn"]


def test_graphviz(tmp_path: Path) -> None:
    """`dot` reads it, counts the same, keeps the attributes, and draws hard names letter for letter."""
    dot = shutil.which("dot")
    if dot is None:
        pytest.skip("Graphviz is not installed")

    def read(data: bytes) -> dict[str, Any]:
        done = subprocess.run([dot, "-Tjson"], input=data, check=True, capture_output=True)
        assert done.stderr == b""
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    found = read(written("dot"))
    assert (len(found["objects"]), len(found["edges"])) == (NODES, EDGES)
    edge = next(edge for edge in found["edges"] if edge["claims"] == CLAIM["001"])
    assert (edge["relation"], edge["status"], edge["negated"], edge["holders"]) == (
        "interestedIn",
        "fact",
        "false",
        ID["port-council"],
    )
    for name in HARD.values():
        labels = {node["label"] for node in read(with_name("dot", name))["objects"]}
        assert name.replace("\\", "\\\\").replace("\n", "\\n") in labels


def test_r(tmp_path: Path) -> None:
    """The snippet of docs/notebooks reads GraphML and CSV in igraph: counts, an edge's attributes, hard names."""
    command = shutil.which("Rscript")
    if command is None or subprocess.run([command, "-e", "library(igraph)"], capture_output=True).returncode:
        pytest.skip("R with igraph is not installed; Debian: r-base-core and r-cran-igraph")
    snippet = find_data().ontology.parent / "docs" / "notebooks" / "network-with-igraph.R"
    (tmp_path / "check.R").write_text(R % CLAIM["001"])

    def run() -> list[str]:
        done = subprocess.run(
            [command, "check.R", snippet], cwd=tmp_path, capture_output=True, text=True, env={"LANG": "C.UTF-8"}
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    (tmp_path / "network.graphml").write_bytes(written("graphml"))
    (tmp_path / "network.csv.zip").write_bytes(written("csv"))
    lines = run()
    ends = f"{ID['harbour-ministry']} {ID['permit-portal']}"
    line = f"| {NODES} {EDGES} {ends} interestedIn fact false 2019-01-01 System "
    assert [found for found in lines if found.startswith(f"| {NODES} ")] == [line, line]
    for name in HARD.values():
        (tmp_path / "network.graphml").write_bytes(with_name("graphml", name))
        (tmp_path / "network.csv.zip").write_bytes(with_name("csv", name))
        assert "\n".join(run()).count(f"|{name}") == 2, name


def environment(folder: Path, *packages: str) -> Path:
    """The commands of a Python environment of its own with these packages, which would not fit into the lock."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    command = [str(folder / "bin" / "pip"), "install", "--quiet", *packages]
    installed = subprocess.run(command, capture_output=True, text=True)
    if installed.returncode:
        pytest.skip(f"{' '.join(packages)} does not install here: {installed.stderr[-300:]}")
    return folder / "bin"


def test_cffconvert(tmp_path: Path) -> None:
    """The citation is valid and gives BibTeX; it is refused when it is wrong."""
    root = find_data().ontology.parent
    command = environment(tmp_path / "environment", "cffconvert==2.0.0", "setuptools<81") / "cffconvert"

    def asked(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([command, "-i", root / "CITATION.cff", *words], capture_output=True, text=True)

    judged = asked("--validate")
    assert judged.returncode == 0, judged.stdout + judged.stderr
    assert "aigov-graph maintainers" in asked("-f", "bibtex").stdout
    (tmp_path / "wrong.cff").write_text((root / "CITATION.cff").read_text().replace("cff-version", "cff-edition"))
    assert subprocess.run([command, "-i", tmp_path / "wrong.cff", "--validate"], capture_output=True).returncode != 0


def test_follow_the_money(tmp_path: Path) -> None:
    """What goes in comes out; the same look sees what the library drops or cuts without a word, were it written."""
    folder = environment(tmp_path / "environment", "followthemoney==4.11.2")
    (tmp_path / "read.py").write_text(FOLLOW_THE_MONEY)

    def read(data: bytes) -> dict[str, Any]:
        (tmp_path / "net.json").write_bytes(data)
        command = [folder / "python", tmp_path / "read.py", tmp_path / "net.json"]
        answer: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        return answer

    found = read(written("ftm"))
    assert found["schemata"].count("UnknownLink") == EDGES
    assert len(found["schemata"]) == NODES + EDGES
    names = b"".join(with_name("ftm", name) for name in (*HOSTILE.values(), "x" * 384))
    for files in (written("ftm"), names):
        read_back = read(files)
        assert (read_back["lost"], read_back["refused"]) == ([], [])
    dated = read(written("ftm").replace(b'"2019-01-01"', b'"2019-XX"'))
    assert [(name, given, kept) for _, name, given, kept in dated["lost"]] == [("startDate", ["2019-XX"], ["2019"])]
    gone = read(written("ftm").replace(b'"2019-01-01"', b'"in spring"'))
    assert [(name, given, kept) for _, name, given, kept in gone["lost"]] == [("startDate", ["in spring"], [])]
    assert len(read(with_name("ftm", "x" * 384).replace(b"x" * 384, b"x" * 385))["refused"]) == 1
