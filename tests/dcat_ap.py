"""DCAT-AP 3.0.1's own shapes, from the folder of others' schemas beside this one."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib import SH

_FILE = Path(__file__).parents[2] / "shared" / "data" / "schemas" / "dcat-ap-3.0.1" / "dcat-ap-SHACL.ttl"

needs_dcat_ap = pytest.mark.skipif(not _FILE.is_file(), reason="the folder shared/data/schemas is not beside this one")


def judged(data: rdflib.Graph) -> tuple[bool, str]:
    """Whether a description fits, and the report."""
    shapes = rdflib.Graph().parse(_FILE)
    # The shape of data services names two property shapes that the file does not hold, which pyshacl refuses.
    for shape, named in list(shapes.subject_objects(SH.property)):
        if (named, SH.path, None) not in shapes:
            shapes.remove((shape, SH.property, named))
    conforms, _, report = pyshacl.validate(data, shacl_graph=shapes, advanced=True)
    return bool(conforms), report
