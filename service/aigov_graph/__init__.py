"""A knowledge graph of the actors in AI governance, where every relation carries its evidence and its hedge."""

from importlib.metadata import version

__version__ = version("aigov-graph")
