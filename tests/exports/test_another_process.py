"""Exports made in another process: the same bytes, however it orders its sets."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from aigov_graph.exports import FORMATS

_DIGESTS = """
import hashlib, json
from tests.exports.world import written
from aigov_graph.exports import FORMATS
print(json.dumps({name: hashlib.sha256(written(name)).hexdigest() for name in FORMATS} | {"hash": hash("port")}))
"""


def digests(seed: str) -> dict[str, str | int]:
    """Each format's digest, and the hash of a word, as a process with this hash seed has them."""
    done = subprocess.run(
        [sys.executable, "-c", _DIGESTS],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
        cwd=Path(__file__).parents[2],
    )
    found: dict[str, str | int] = json.loads(done.stdout)
    return found


def test_every_format_is_the_same_from_two_processes() -> None:
    """Two hash seeds, which do order sets differently, and not one format that differs."""
    one, other = digests("1"), digests("2")
    assert one.pop("hash") != other.pop("hash")
    assert set(one) == set(FORMATS)
    assert one == other
