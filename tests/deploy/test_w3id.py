"""The rules that w3id.org is given, in Debian's Apache, in front of a running service."""

from __future__ import annotations

import http.client
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pyoxigraph as ox
import pytest

from tests.live import Service, publish, until

pytestmark = pytest.mark.clients

RULES = Path(__file__).parents[2] / "service" / "deploy" / "w3id" / ".htaccess"
APACHE = shutil.which("apache2", path="/usr/sbin:/usr/bin")
MODULES = Path("/usr/lib/apache2/modules")
CONFIGURATION = """\
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {folder}/apache.pid
ErrorLog {folder}/error.log
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule dir_module {modules}/mod_dir.so
LoadModule rewrite_module {modules}/mod_rewrite.so
DocumentRoot {folder}/www
<Directory {folder}/www>
    AllowOverride All
</Directory>
"""


@contextmanager
def apache(folder: Path, service: Service) -> Iterator[str]:
    """Apache with the rules under /aigov-graph, for a service; its base."""
    served = folder / "www" / "aigov-graph"
    served.mkdir(parents=True)
    rules = RULES.read_text()
    assert rules.count("https://aigov-graph.example") == 1
    (served / ".htaccess").write_text(rules.replace("https://aigov-graph.example", service.base))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    configuration = folder / "apache.conf"
    configuration.write_text(CONFIGURATION.format(port=port, folder=folder, modules=MODULES))
    with subprocess.Popen([APACHE or "apache2", "-X", "-f", str(configuration)], cwd="/") as process:
        try:
            until(lambda: _answers(port), "Apache answers")
            yield f"http://127.0.0.1:{port}/aigov-graph/"
        finally:
            process.terminate()


def _answers(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The base under which Apache answers for the names."""
    if APACHE is None:
        pytest.skip("Apache is not installed (Debian: apache2-bin)")
    store = tmp_path_factory.mktemp("store")
    publish(store)
    folder = tmp_path_factory.mktemp("apache")
    folder.chmod(0o755)
    with Service.start(store) as service, apache(folder, service) as base:
        yield base


def ask(address: str, accept: str, method: str = "GET", body: str | None = None) -> tuple[int, str, bytes]:
    """Status, Location and body of one request; redirects are not followed."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    headers = {"Accept": accept} | ({"Content-Type": "application/sparql-query"} if body else {})
    connection.request(method, f"{parts.path}?{parts.query}".rstrip("?"), body, headers)
    reply = connection.getresponse()
    found = reply.status, reply.getheader("Location", ""), reply.read()
    connection.close()
    return found


def follow(address: str, accept: str, method: str = "GET", body: str | None = None) -> tuple[list[int], bytes]:
    """Every status on the way, and what stands at the end."""
    statuses: list[int] = []
    while True:
        status, location, found = ask(address, accept, method, body)
        statuses.append(status)
        if not location or len(statuses) > 5:
            return statuses, found
        address = urljoin(address, location)
        if status == 303:
            method, body = "GET", None


def test_a_name_leads_to_data(names: str) -> None:
    """A thing's name, asked for RDF, ends at statements about it."""
    statuses, found = follow(f"{names}id/harbour-ministry", "application/n-triples")
    assert (statuses[0], statuses[-1]) == (303, 200)
    subjects = {triple.subject for triple in ox.parse(found, format=ox.RdfFormat.N_TRIPLES)}
    assert ox.NamedNode("https://w3id.org/aigov-graph/id/harbour-ministry") in subjects


def test_a_name_leads_to_a_page(names: str) -> None:
    """The same name, asked by a browser, ends at a page that names the thing."""
    statuses, found = follow(f"{names}id/harbour-ministry", "text/html")
    assert (statuses[0], statuses[-1]) == (303, 200)
    assert "<h1" in found.decode()
    assert "Harbour Ministry" in found.decode()


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("claim/port-council-2024-001", "/claim/port-council-2024-001"),
        ("passage/port-council-2024-p1", "/passage/port-council-2024-p1"),
        ("concept/certain", "/concept/certain"),
        ("edge/ministry-permits", "/edge/ministry-permits"),
        ("graph/facts?q=a%20b%26c&format=nq", "/graph/facts?q=a%20b%26c&format=nq"),
        ("id/caf%C3%A9%20100%25", "/id/caf%c3%a9%20100%25"),
    ],
)
def test_names_reach_the_service_as_they_are(names: str, path: str, target: str) -> None:
    """Path and query string arrive unchanged, by a 303."""
    status, location, _ = ask(names + path, "text/turtle")
    assert (status, urlsplit(location)._replace(scheme="", netloc="").geturl()) == (303, target)


@pytest.mark.parametrize(
    "path",
    ["ontology", "ontology/0.1.0", "ontology.ttl", "shapes", "shapes.ttl", "dump.trig.gz", ".well-known/void"],
)
def test_documents_are_passed_on(names: str, path: str) -> None:
    """The ontology, its versions, the shapes, the dumps and VoID, by a 302; a file by its suffix as well."""
    status, location, _ = ask(names + path, "text/turtle")
    assert (status, urlsplit(location).path) == (302, f"/{path}")


def test_the_endpoint_and_the_dump_answer(names: str) -> None:
    """A query by POST stays one, and the dump is there."""
    statuses, found = follow(f"{names}sparql", "text/csv", "POST", "SELECT (1 AS ?one) {}")
    assert (statuses, found.split()) == ([307, 200], [b"one", b"1"])
    assert follow(f"{names}dump.nq", "*/*")[0] == [302, 200]
    assert follow(names, "text/html")[0] == [302, 200]


def test_what_is_no_name_of_ours_is_not_found(names: str) -> None:
    """Nothing else is redirected."""
    for path in ("private/x", "id/", "dumps", "ontology-of-others", "sparql/x"):
        assert ask(names + path, "*/*")[:2] == (404, "")
