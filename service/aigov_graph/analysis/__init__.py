"""Measures of the network: what stands in its middle, what hangs together, how one thing leads to another.

Every answer says which part of the graph it was asked of and which edges it stands on.
"""

from aigov_graph.analysis.answer import Answer
from aigov_graph.analysis.measures import MEASURES, Measure, analyse

__all__ = ["MEASURES", "Answer", "Measure", "analyse"]
