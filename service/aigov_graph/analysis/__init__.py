"""Measures of the network: what stands in its middle, what hangs together, how one thing leads to another."""
