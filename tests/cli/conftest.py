"""Which fixture to use: `data` is a small data folder that conforms, with a claim that yields a fact and a source whose
text is `TEXT`; `run` runs a command in a folder of its own and returns its exit code and streams; `start` leaves it
running."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from aigov_graph.passages import digest_text, digest_words
from aigov_graph.vocabulary.namespaces import PREFIXES

TEXT = "The Port Council met. The Harbour Ministry wants the permit portal.\n"
SPAN = (22, 67)

HEADER = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())

FILES = {
    "ontology/aigov.ttl": """
<https://w3id.org/aigov-graph/ontology> a owl:Ontology ; owl:versionInfo "0.0.1" .
aigov:Agency a owl:Class .
aigov:interestedIn a owl:ObjectProperty, aigov:Relation .
""",
    "ontology/shapes.ttl": """
shape:Agency a sh:NodeShape ; sh:targetClass aigov:Agency ; sh:property shape:Agency-label, shape:Agency-other-name .
shape:Agency-label a sh:PropertyShape ; sh:path rdfs:label ; sh:minCount 1 ;
    sh:severity sh:Violation ; sh:message "An agency has a label." .
shape:Agency-other-name a sh:PropertyShape ; sh:path skos:altLabel ; sh:minCount 1 ;
    sh:severity sh:Warning ; sh:message "Another name helps." .
""",
    "graphs/entities/agencies.ttl": """
id:harbour-ministry a aigov:Agency ; rdfs:label "Harbour Ministry"@en .
id:port-council a aigov:Agency ; rdfs:label "Port Council"@en , "港务委员会"@zh-Hans .
id:permit-portal a aigov:System ; rdfs:label "permit portal"@en .
""",
    "graphs/sources/minutes/minutes.ttl": f"""
id:minutes a aigov:Source ; rdfs:label "Minutes"@en ; aigov:textDigest "{digest_text(TEXT)}" .
passage:minutes-001 a aigov:Passage ; oa:hasSource id:minutes ; oa:start {SPAN[0]} ; oa:end {SPAN[1]} ;
    aigov:textDigest "{digest_text(TEXT[slice(*SPAN)])}" ; aigov:wordsDigest "{digest_words(TEXT[slice(*SPAN)])}" .
claim:minutes-001 a aigov:Claim ; rdfs:label "The ministry is interested in the portal."@en ;
    rdf:subject id:harbour-ministry ; rdf:predicate aigov:interestedIn ; rdf:object id:permit-portal ;
    aigov:certainty concept:certain ; aigov:mode concept:actual ; aigov:negated false ; aigov:when "2024"^^edtf:edtf ;
    prov:wasAttributedTo id:port-council ; prov:hadPrimarySource id:minutes ; aigov:evidence passage:minutes-001 ;
    aigov:reviewStatus concept:accepted .
""",
}

FACT = "<https://w3id.org/aigov-graph/id/harbour-ministry> <https://w3id.org/aigov-graph/ontology#interestedIn> "

Run = Callable[..., subprocess.CompletedProcess[str]]
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture(scope="session")
def data_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For tests that change nothing in it."""
    return write_data(tmp_path_factory.mktemp("data"))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy to change."""
    return write_data(tmp_path / "data")


def write_data(folder: Path) -> Path:
    """The files above under a folder."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEADER + text)
    return folder


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command to its end."""

    def run_command(*words: str | Path, stdin: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
        done: subprocess.CompletedProcess[str] = subprocess.run(
            input=stdin, capture_output=True, timeout=60, **_call(words, tmp_path, variables)
        )
        return done

    return run_command


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a command; it and all that it started is killed with the test."""
    started: list[subprocess.Popen[str]] = []

    def start_command(*words: str | Path, **variables: str) -> subprocess.Popen[str]:
        process: subprocess.Popen[str] = subprocess.Popen(
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # so that what it starts can be killed with it
            **_call(words, tmp_path, variables),
        )
        started.append(process)
        return process

    yield start_command
    for process in started:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@pytest.fixture(scope="session")
def store(data_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store that `build` makes of `data_once`."""
    folder = tmp_path_factory.mktemp("built") / "store"
    call = _call(("build", "--data", data_once, "--store", folder), folder.parent, {})
    subprocess.run(check=True, capture_output=True, timeout=60, **call)
    return folder


def _call(words: tuple[str | Path, ...], folder: Path, variables: dict[str, str]) -> dict[str, Any]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("AIGOV_GRAPH_")}
    command = Path(sys.executable).with_name("aigov-graph")
    return {
        "args": [str(word) for word in (command, *words)],
        "cwd": folder,
        "env": {**ours, "COLUMNS": "100", "PYTHONDONTWRITEBYTECODE": "1", **variables},
        "text": True,
    }
