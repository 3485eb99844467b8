"""A knowledge graph of the actors in AI governance, where every relation carries its evidence and its hedge."""

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aigov_graph.opening import Graph
    from aigov_graph.opening import open_graph as open

__version__ = version("aigov-graph")

__all__ = ["Graph", "__version__", "open"]


def __getattr__(name: str) -> Any:
    """The public names, imported on first use: a command that needs none of them starts without them."""
    names = {"Graph": "Graph", "open": "open_graph"}
    if name not in names:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from aigov_graph import opening

    return getattr(opening, names[name])
