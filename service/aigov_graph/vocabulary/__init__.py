"""The vocabulary: names that code uses (`namespaces`), and what the ontology says of its terms (`Vocabulary`)."""

from aigov_graph.vocabulary.model import Vocabulary

__all__ = ["Vocabulary"]
