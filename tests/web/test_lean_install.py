"""A service whose installation lacks an extra: it says which, and serves all the rest.

The environment has everything, so the tests run the service by a Python of its own that finds the same packages but
not those of the extra. The process that makes exports is the same Python, isolated from the environment's variables.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from aigov_graph.build import assemble
from aigov_graph.exports import FORMATS
from aigov_graph.exports.registry import EXTRAS
from aigov_graph.stores import VersionedStore
from tests.live import Service
from tests.port_folder import port_folder

LACKING = ("analysis", "pictures", "tables")
FINDER = """\
import importlib.machinery
import sys

class Lean(importlib.machinery.PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if name.partition(".")[0] in {absent!r} else super().find_spec(name, path, target)

sys.meta_path = [Lean if finder is importlib.machinery.PathFinder else finder for finder in sys.meta_path]
"""


def lean_python(folder: Path, absent: set[str]) -> str:
    """A Python that finds what this one finds, but for some modules."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    packages = next((folder / "lib").glob("python*/site-packages"))
    ours = sysconfig.get_paths()["purelib"]
    (packages / "lean.py").write_text(FINDER.format(absent=absent))
    (packages / "lean.pth").write_text(f"import site, lean; site.addsitedir({ours!r})\n")
    return str(folder / "bin" / "python")


@pytest.fixture(scope="module")
def lean(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service without the extras for pictures, tables and measures."""
    store = tmp_path_factory.mktemp("store")
    VersionedStore(store).publish(assemble(port_folder(tmp_path_factory.mktemp("data"))))
    absent = {module for extra in LACKING for module in EXTRAS[extra]}
    python = lean_python(tmp_path_factory.mktemp("python"), absent)
    with Service.start(store, python) as running:
        yield running


@pytest.mark.parametrize("name", FORMATS)
def test_what_lacks_an_extra_says_which(lean: Service, name: str) -> None:
    """501, with the command that installs it; a format that needs none is served."""
    form = FORMATS[name]
    reply = lean.get(f"/export/{name}")
    if form.extra not in LACKING:
        assert (reply.status, reply.headers["content-type"]) == (200, form.media_type)
        return
    assert (reply.status, reply.headers["content-type"]) == (501, "application/problem+json")
    assert reply.json["remedy"] == f"run: pip install 'aigov-graph[{form.extra}]'"
    needs = " and ".join(EXTRAS[form.extra])
    assert reply.json["detail"] == f"{form.label} needs {needs}, which this installation lacks"


def test_the_page_offers_only_what_can_be_had(lean: Service) -> None:
    """No picture is shown, no format offered that would be refused."""
    page = lean.get("/export").body.decode()
    offered = [name for name in FORMATS if f'href="/export/{name}' in page]
    assert offered == [name for name, form in FORMATS.items() if not form.extra]
    assert "/export/svg" not in page


def test_gexf_goes_without_positions(lean: Service) -> None:
    """The layout is computed with what pictures need; colours need nothing."""
    body = lean.get("/export/gexf").body
    assert b"viz:color" in body
    assert b"viz:position" not in body


def test_a_page_for_people_says_it_too(lean: Service) -> None:
    """Whoever follows a link from elsewhere reads a page."""
    page = lean.get("/export/png", accept="text/html")
    assert (page.status, page.headers["content-type"]) == (501, "text/html; charset=utf-8")
    assert "pip install &#39;aigov-graph[pictures]&#39;" in page.body.decode()
