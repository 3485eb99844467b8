"""Comunica, a client for the web, from the npm registry. Run by `make clients`."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from aigov_graph.vocabulary.namespaces import AIGOV, ID, RDFS
from tests.live import Service

PACKAGE = "@comunica/query-sparql@4"
SCRIPT = """
const { QueryEngine } = require('@comunica/query-sparql');
const [endpoint, query] = process.argv.slice(2);
(async () => {
  const bindings = await new QueryEngine().queryBindings(query, { sources: [{ type: 'sparql', value: endpoint }] });
  const rows = await bindings.toArray();
  const plain = rows.map(row => Object.fromEntries([...row].map(([name, term]) => [name.value, term.value])));
  console.log(JSON.stringify(plain));
})();
"""


@pytest.mark.clients
def test_comunica_joins_over_the_endpoint(service: Service, tmp_path: Path) -> None:
    """Comunica finds out what the endpoint can do, and its answer to a join is ours."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed")
    (tmp_path / "ask.js").write_text(SCRIPT)
    subprocess.run([npm, "install", "--no-audit", "--no-fund", PACKAGE], cwd=tmp_path, check=True, capture_output=True)
    query = f"SELECT ?label WHERE {{ <{ID['harbour-ministry']}> <{AIGOV.interestedIn}> ?x . ?x <{RDFS.label}> ?label }}"
    command = ["node", "ask.js", f"{service.base}/sparql", query]
    said = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert json.loads(said) == [{"label": "permit portal"}]
