"""The one canonical layout of the Turtle files: a change to one claim is a change to one block."""

from aigov_graph.turtle.formatter import canonical, format_files

__all__ = ["canonical", "format_files"]
