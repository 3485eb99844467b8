"""An installed wheel, in an environment of its own, serves pages and what they load. Run by `make clients`."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from aigov_graph.web.assets import built
from tests.live import Service, publish

ROOT = Path(__file__).parent.parent.parent


def run(*command: str | Path, cwd: Path) -> str:
    """What a command prints; its complaint fails the test."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh environment with the pinned dependencies and the wheel, and nothing of the checkout."""
    if not built():
        pytest.skip("the scripts are not built: run make ui")
    folder = tmp_path_factory.mktemp("wheel")
    wheel = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(folder)]
    run(*wheel, str(ROOT), cwd=folder)
    run(sys.executable, "-m", "venv", folder / "venv", cwd=folder)
    pip = (folder / "venv" / "bin" / "python", "-m", "pip", "install", "--quiet")
    run(*pip, "--require-hashes", "-r", ROOT / "requirements.lock", cwd=folder)
    run(*pip, "--no-deps", next(folder.glob("*.whl")), cwd=folder)
    return folder / "venv" / "bin" / "python"


@pytest.mark.clients
def test_an_installed_wheel_serves_pages_and_what_they_load(installed: Path, tmp_path: Path) -> None:
    """Every page's own scripts and styles are there, kept for ever, and nothing of them comes from the checkout."""
    where = run(installed, "-c", "import aigov_graph; print(aigov_graph.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(installed.parent.parent)
    publish(tmp_path / "store")
    with Service.start(tmp_path / "store", program=str(installed)) as service:
        for path in ("/", "/explore", "/sparql"):
            page = service.get(path, accept="text/html")
            assert page.status == 200
            parts = re.findall(r'(?:src|href)="(/(?:assets|static)/[^"]+)"', page.body.decode())
            assert parts
            for part in parts:
                assert service.get(part).status == 200
        scripts = re.findall(r'src="(/assets/explorer-[^"]+\.js)"', service.get("/explore").body.decode())
        script = service.get(scripts[0], accept_encoding="br")
        assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert script.headers["content-encoding"] == "br"
        assert len(service.get("/sparql/questions").json) > 80
        assert service.get("/assets/../style.css").status == 404
