"""The command line. A command parses, calls, prints: data on stdout, progress and complaints on stderr.

Exit codes: 0 done, 1 the data or the run is wrong, 2 usage. What is heavy is imported by the command that needs it.
"""

from aigov_graph.cli.main import main

__all__ = ["main"]
