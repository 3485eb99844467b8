"""Every link that a reader can follow from the landing page leads somewhere."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

import pytest

from aigov_graph.build import assemble
from tests.interview import interview_folder
from tests.live import Service, publish
from tests.port_folder import port_folder

MOST_PAGES = 700
ALIKE = 6
"""How many addresses of one kind are followed: the same rooms with other names, the same list with other filters."""


class Links(HTMLParser):
    """Where a page leads: addresses of links, pictures, styles and scripts, and the names of its parts."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.parts: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element leads to."""
        found = dict(attrs)
        self.parts |= {found[name] or "" for name in ("id", "name") if name in found}
        for name in ("href", "src"):
            if value := found.get(name):
                self.addresses.append(value)


@pytest.fixture(scope="module", params=["ports", "interview"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service over the small world of ports, and over the interview."""
    root = tmp_path_factory.mktemp(request.param)
    folder = port_folder(root / "data") if request.param == "ports" else interview_folder(root / "data")
    publish(root / "store", assemble(folder))
    with Service.start(root / "store", access_log="no", query_timeout_s=60) as running:
        yield running


def kind_of(path: str) -> str:
    """Addresses that differ only in a name or in a filter's value are of one kind."""
    parts = urlsplit(path)
    steps = parts.path.strip("/").split("/")
    room = "/".join([*steps[:-1], Path(steps[-1]).suffix]) if len(steps) > 1 else parts.path
    return f"{room}?{'&'.join(sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}))}"


def test_every_link_leads_somewhere(served: Service) -> None:
    """From the landing page on, each address within the service answers 200 in the end, and each part is there."""
    waiting, seen, alike, broken = deque([("/", "")]), {"/"}, Counter[str](), []
    parts: dict[str, set[str]] = {}
    wanted: list[tuple[str, str, str]] = []
    asked = 0
    while waiting and asked < MOST_PAGES:
        path, origin = waiting.popleft()
        asked += 1
        reply = served.get(path, accept="text/html,*/*;q=0.1")
        for _ in range(3):
            if reply.status not in (302, 303):
                break
            location = urlsplit(urljoin(served.base + path, reply.headers["location"]))
            reply = served.get(location._replace(scheme="", netloc="").geturl(), accept="text/html,*/*;q=0.1")
        if reply.status != 200:
            broken.append((reply.status, path, origin))
            continue
        if not reply.headers["content-type"].startswith("text/html"):
            continue
        page = Links()
        page.feed(reply.body.decode())
        parts[path] = page.parts
        for address in page.addresses:
            target = urlsplit(urljoin(served.base + path, address))
            if f"{target.scheme}://{target.netloc}" != served.base:
                continue
            found = target._replace(scheme="", netloc="", fragment="").geturl() or "/"
            if target.fragment and not target.fragment.startswith((":~:", "query=")):
                wanted.append((found, unquote(target.fragment), path))
            if found not in seen and alike[kind_of(found)] < ALIKE:
                alike[kind_of(found)] += 1
                seen.add(found)
                waiting.append((found, path))
    assert broken == []
    assert asked > 60
    lost = {(path, part) for path, part, _ in wanted if path in parts and part not in parts[path]}
    assert lost == set()
