"""Search by name: what a thing is called, in any language and near enough, to the thing.

`forms` makes names comparable, `things` reads from statements what is called what, `index` keeps that beside a
published version, `scoring` says how alike two names are, `finder` answers.
"""

from __future__ import annotations

from aigov_graph.search.finder import Finder, Found, Wanted
from aigov_graph.search.index import BESIDE, Index, write_beside
from aigov_graph.search.things import Name, Thing, things_of

__all__ = ["BESIDE", "Finder", "Found", "Index", "Name", "Thing", "Wanted", "things_of", "write_beside"]
