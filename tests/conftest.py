"""For all tests: properties are tried without a deadline, since a busy machine is no fault of the code; and what a test
library switches for the whole process is switched back, so that no test depends on which ran before it."""

from __future__ import annotations

from collections.abc import Iterator

import hypothesis
import pytest
import rdflib

hypothesis.settings.register_profile("steady", deadline=None)
hypothesis.settings.load_profile("steady")

KNOWN_DATATYPES = dict(rdflib.term._toPythonMapping)


@pytest.fixture(autouse=True)
def process_wide_switches() -> Iterator[None]:
    """pyshacl's own entry turns normalising on, owlrl puts other datatypes into rdflib; the package does neither."""
    yield
    rdflib.NORMALIZE_LITERALS = False
    rdflib.term._toPythonMapping.clear()
    rdflib.term._toPythonMapping.update(KNOWN_DATATYPES)
