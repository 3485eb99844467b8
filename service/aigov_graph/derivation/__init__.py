"""From claims to facts: the rules of `graphs/rules`, run by the engine over a dataset held in memory."""

from aigov_graph.derivation.derive import derive
from aigov_graph.derivation.rules import Rule, read_rules

__all__ = ["Rule", "derive", "read_rules"]
