"""A release: a folder that needs no service to be of use. Dumps, every export, what it is and whose, and checksums."""

from aigov_graph.release.bundle import CHECKSUMS, release
from aigov_graph.release.terms import Terms

__all__ = ["CHECKSUMS", "Terms", "release"]
