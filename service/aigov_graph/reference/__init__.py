"""Reference data: what open registries say of states, regions and cities, written to graphs/reference and its links."""

from aigov_graph.reference.making import Made, make_reference, write_made

__all__ = ["Made", "make_reference", "write_made"]
