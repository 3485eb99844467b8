"""`service` is shared by the tests that only read the small dataset; others start their own (tests/live.py)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.live import Service, publish


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with default settings over the small dataset."""
    store = tmp_path_factory.mktemp("store")
    publish(store)
    with Service.start(store) as running:
        yield running
