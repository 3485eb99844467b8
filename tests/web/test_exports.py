"""/export and /analysis: every format over HTTP, options, errors, caching, and a process that may die."""

from __future__ import annotations

import gzip
import io
import json
import os
import signal
import zipfile
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

from aigov_graph.build import assemble
from aigov_graph.dataset import find_data
from aigov_graph.exports import FORMATS
from aigov_graph.stores import VersionedStore
from aigov_graph.vocabulary.namespaces import CLAIM, ID
from tests.live import Service, until
from tests.port_folder import port_folder

FACTS = 2


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service over two facts and a hedge."""
    folder = port_folder(tmp_path_factory.mktemp("data"))
    store = tmp_path_factory.mktemp("store")
    VersionedStore(store).publish(assemble(folder))
    with Service.start(store) as running:
        yield running


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_served(ports: Service, name: str) -> None:
    """With its media type, its length, and a file name of its suffix."""
    form = FORMATS[name]
    reply = ports.get(f"/export/{name}")
    assert (reply.status, reply.whole) == (200, True)
    assert reply.headers["content-type"] == form.media_type
    assert reply.headers["content-length"] == str(len(reply.body))
    assert reply.headers["content-disposition"].endswith(f'filename="aigov-graph{form.suffix}"')
    assert reply.headers["x-dataset-version"] == "1"


@pytest.mark.parametrize("path", ["/export/graphml", "/export/svg", "/analysis?measure=centralities", "/export/png"])
def test_what_is_not_compressed_by_itself_is_compressed(ports: Service, path: str) -> None:
    """In the coding that is liked best, to the same bytes; caches are told that answers differ by it."""
    plain, coded = ports.get(path), ports.get(path, accept_encoding="gzip")
    assert "Accept-Encoding" in plain.headers["vary"]
    assert "content-encoding" not in plain.headers
    assert coded.headers.get("content-encoding") == (None if path == "/export/png" else "gzip")
    assert (gzip.decompress(coded.body) if path != "/export/png" else coded.body) == plain.body


def test_a_page_of_a_measure_is_compressed(ports: Service) -> None:
    """As its JSON is."""
    page = ports.get("/analysis?measure=brokers", accept="text/html", accept_encoding="gzip")
    assert b"</html>" in gzip.decompress(page.body)


def test_options_choose_what_is_sent(ports: Service) -> None:
    """The same options as on the command line."""
    found = ports.get("/export/node-link?relation=exportedTo&status=fact&status=hedged").json
    assert [link["claims"] for link in found["links"]] == [[CLAIM["003"]]]  # type: ignore[attr-defined]
    graph = nx.parse_graphml(ports.get("/export/graphml?around=permit-portal").body.decode())
    assert set(graph) == {ID["permit-portal"], ID["harbour-ministry"]}
    with zipfile.ZipFile(io.BytesIO(ports.get("/export/csv?spreadsheet=1").body)) as archive:
        assert "gephi/edges.csv" in archive.namelist()


def test_empty_fields_of_a_form_say_nothing(ports: Service) -> None:
    """A browser sends them all."""
    found = ports.get("/export/node-link?relation=&around=&depth=&lang=").json
    assert len(found["links"]) == FACTS  # type: ignore[arg-type]


def test_the_file_name_says_what_is_in_it(ports: Service) -> None:
    """In letters that every system takes."""
    reply = ports.get("/export/dot?around=id%3Aharbour-ministry&status=hedged&status=denied")
    assert reply.headers["content-disposition"] == (
        'inline; filename="aigov-graph-id-harbour-ministry-hedged-denied.gv"'
    )
    reply = ports.get("/export/dot?type=Actor&from=2019&undated=1&lang=zh-Hans&around=harbour-ministry")
    assert reply.headers["content-disposition"] == (
        'inline; filename="aigov-graph-harbour-ministry-type-Actor-from-2019-01-01-undated-lang-zh-Hans.gv"'
    )


@pytest.mark.parametrize(
    ("path", "status", "detail", "remedy"),
    [
        ("/export/gex", 404, "there is no format 'gex'", "did you mean gexf?"),
        ("/export/dot?relatoin=x", 400, "there is no option 'relatoin'", "did you mean relation?"),
        ("/export/dot?around=harbour-minister", 400, "there is no 'harbour-minister' in the graph", None),
        ("/export/png?seed=x", 400, "'x' is no whole number from 0 to 999999999", "write it in digits"),
        ("/export/csv?spreadsheet=maybe", 400, "'maybe' is neither true nor false", "say true or false"),
        ("/analysis?measure=broker", 400, "there is no measure 'broker'", "did you mean brokers?"),
        ("/analysis?measure=path&thing=permit-portal", 400, "path is asked about 2 things, not 1", None),
        ("/analysis?measure=brokers&format=xml", 400, "there is no format 'xml' of an analysis", None),
    ],
)
def test_what_cannot_be_is_refused(ports: Service, path: str, status: int, detail: str, remedy: str | None) -> None:
    """As problem details, also where the process that does the work found it out."""
    reply = ports.get(path)
    assert (reply.status, reply.headers["content-type"]) == (status, "application/problem+json")
    assert reply.json["detail"] == detail
    assert remedy is None or reply.json["remedy"] == remedy


def test_a_known_answer_is_not_made_again(ports: Service) -> None:
    """Its tag holds as long as the version, the options and the format are the same."""
    tag = ports.get("/export/dot?merge=1").headers["etag"]
    again = ports.get("/export/dot?merge=1", if_none_match=tag)
    assert (again.status, again.body) == (304, b"")
    assert ports.get("/export/dot", if_none_match=tag).status == 200
    assert ports.get("/export/mermaid?merge=1", if_none_match=tag).status == 200


@pytest.mark.parametrize("name", ["svg", "png", "graphml", "xlsx"])
def test_head_of_an_export(ports: Service, name: str) -> None:
    """The headers of GET, but for the length that only making it would tell; what is refused is refused."""
    own = {"content-length", "transfer-encoding", "x-request-id", "date"}
    for coding in ("identity", "gzip"):
        head, got = (
            ports.ask(method, f"/export/{name}?lang=zh-Hans", headers={"Accept-Encoding": coding})
            for method in ("HEAD", "GET")
        )
        assert (head.status, head.body) == (200, b"")
        assert {n: v for n, v in head.headers.items() if n not in own} == {
            n: v for n, v in got.headers.items() if n not in own
        }
        assert "content-length" not in head.headers
    assert ports.ask("HEAD", f"/export/{name}?around=nowhere").status == ports.get("/export/dot?around=nowhere").status


def test_the_log_names_what_answered_and_what_was_asked(ports: Service) -> None:
    """The version and a digest of the options, the same for the same options, with 304 and HEAD too."""
    tag = ports.get("/export/dot?merge=1", x_request_id="log-1").headers["etag"]
    ports.get("/export/dot?merge=true", if_none_match=tag, x_request_id="log-2")
    ports.ask("HEAD", "/export/dot?merge=1", headers={"X-Request-Id": "log-3"})
    ports.get("/export/dot", x_request_id="log-4")
    ports.get("/analysis?measure=brokers", x_request_id="log-5")
    names = [f"log-{number}" for number in range(1, 6)]
    until(lambda: all(any(f'"{name}"' in line for line in ports.lines) for name in names), "all are logged")
    lines = {line.get("request"): line for line in map(json.loads, ports.lines)}
    assert [lines[name]["version"] for name in names] == [1] * 5
    first, second, third, *others = (lines[name]["digest"] for name in names)
    assert first == second == third == tag.rpartition("-")[2].rstrip('"')
    assert len({first, *others}) == 3


def test_a_measure_for_programs_and_for_people(ports: Service) -> None:
    """JSON unless a page is liked better; the page links to it."""
    path = "/analysis?measure=path&thing=permit-portal&thing=pilots-office"
    found = ports.get(path).json
    assert (found["hops"], len(found["basis"]["edges"])) == (2, 2)  # type: ignore[index]
    page = ports.get(path, accept="text/html")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "How permit portal and Pilots Office are linked" in page.body.decode()
    assert "/claim/001" in page.body.decode()
    assert "Measure the network" in ports.get("/analysis", accept="text/html").body.decode()


def test_the_page_to_choose_by(ports: Service) -> None:
    """It shows the network asked for, and links to the same in every format."""
    page = ports.get("/export?around=permit-portal&status=fact&status=hedged").body.decode()
    assert 'src="/export/svg?status=fact&amp;status=hedged&amp;around=permit-portal"' in page
    assert [name for name in FORMATS if f'href="/export/{name}?' not in page] == []
    assert ports.get("/export?status=x", accept="text/html").status == 400


def test_a_picture_opened_by_itself_keeps_its_styles(ports: Service) -> None:
    """And can do nothing else."""
    policy = ports.get("/export/svg").headers["content-security-policy"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert "script" not in policy


def test_the_next_version_is_served_when_it_is_there(tmp_path: Path) -> None:
    """The process that makes exports moves on with the rest."""
    folder = port_folder(tmp_path / "data")
    store = VersionedStore(tmp_path / "store")
    store.publish(assemble(folder))
    with Service.start(store.folder) as service:
        assert len(service.get("/export/node-link").json["links"]) == FACTS  # type: ignore[arg-type]
        claims = folder.graphs / "sources" / "port-council-2024" / "claims.ttl"
        claims.write_text(claims.read_text().replace("concept:possible", "concept:certain"))
        store.publish(assemble(find_data(tmp_path / "data")))
        until(lambda: service.health()["version"] == 2, "the new version is served")
        reply = service.get("/export/node-link")
        assert (len(json.loads(reply.body)["links"]), reply.headers["x-dataset-version"]) == (FACTS + 1, "2")


def test_a_process_that_dies_is_replaced(ports: Service) -> None:
    """Whoever asks next is served."""
    ports.get("/export/dot")
    for pid in makers(ports):
        os.kill(pid, signal.SIGKILL)
    until(lambda: ports.get("/export/dot").status == 200, "exports are made again")


def test_what_takes_too_long_is_ended(tmp_path: Path) -> None:
    """With the deadline's status, and the service goes on."""
    store = VersionedStore(tmp_path / "store")
    store.publish(assemble(port_folder(tmp_path / "data")))
    with Service.start(store.folder, query_timeout_s=0.001) as service:
        reply = service.get("/export/png")
        assert (reply.status, reply.json["title"]) == (503, "The query's deadline passed")
        assert service.get("/export?around=permit-portal").status == 200


def makers(service: Service) -> list[int]:
    """The processes that make exports."""
    children = Path(f"/proc/{service.web_process}/task").glob("*/children")
    pids = [int(pid) for file in children for pid in file.read_text().split()]
    return [pid for pid in pids if b"export_child" in Path(f"/proc/{pid}/cmdline").read_bytes()]
