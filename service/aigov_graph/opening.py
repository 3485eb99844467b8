"""The graph from Python: `aigov_graph.open()`, then networks, tables of claims, exports and measures of it."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, Self

import pyoxigraph as ox

from aigov_graph.analysis import Answer, analyse
from aigov_graph.errors import RequestError
from aigov_graph.exports import FORMATS, HOW_OPTIONS, Export, Network, Reader, View, network
from aigov_graph.exports.options import OPTIONS, read, suggest
from aigov_graph.exports.registry import require
from aigov_graph.stores import Lease, VersionedStore

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd


class Graph:
    """One state of the graph. Use it in a ``with`` statement, or close it.

    Options are those of `View` by the names that the command line gives them, with `from_` for from:
    ``graph.network(relation="cooperatesWith", from_=2019, status=["fact", "hedged"], merge=True)``.
    """

    def __init__(self, reader: Reader, lease: Lease | None = None) -> None:
        self.reader = reader
        self._lease = lease

    def view(self, **options: Any) -> Network:
        """What the options show, as nodes and edges with all that is known of them.

        Raises:
            RequestError: there is no such option, or it names what is not there.
        """
        return network(self.reader, View.read(_words(options)))

    def network(self, **options: Any) -> nx.MultiDiGraph[str]:
        """What the options show, for networkx: edges by their IRIs, several values as tuples, days as dates.

        Raises:
            RequestError: there is no such option, or it names what is not there.
        """
        return self.view(**options).graph()

    def claims(self, **options: Any) -> pd.DataFrame:
        """The claims that bear on what the options show, a row each with every axis.

        Raises:
            RequestError: there is no such option, or it names what is not there.
            ExtraMissing: pandas is not installed.
        """
        require("frames", "a data frame")
        import pandas as pd

        from aigov_graph.exports.claims_tables import columns, rows

        return pd.DataFrame(rows(self.reader, self.view(**options)), columns=list(columns(self.reader)))

    def analyse(self, measure: str, *things: str, **options: Any) -> Answer:
        """Measure what the options show; see `aigov_graph.analysis.MEASURES`.

        Raises:
            RequestError: there is no such measure, option or thing.
        """
        return analyse(self.reader, measure, View.read(_words(options)), things)

    def export(self, form: str, path: str | Path, **options: Any) -> Path:
        """Write what the options show into a file, whole or not at all.

        Besides those of `View` it takes the options of `How`, as ``spreadsheet=True``.

        Raises:
            RequestError: there is no such format or option.
            Unwritable: the format cannot hold it.
            ExtraMissing: the format needs a part of the package that is not installed.
        """
        if form not in FORMATS:
            raise RequestError(f"there is no format {form!r}", "format", suggest(form, FORMATS))
        view, how = read(_words(options))
        export = Export(network(self.reader, view), self.reader, how)
        with whole_file(Path(path)) as out:
            FORMATS[form].write(export, out)
        return Path(path)

    def close(self) -> None:
        """Give the version back."""
        if self._lease:
            self._lease.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_graph(where: str | Path | None = None) -> Graph:
    """Open a graph.

    Args:
        where: a store of published versions, of which the current one is opened; or a data folder, which is put
            together in memory and not judged; the package's own data if not given.

    Raises:
        FolderUnreadable: there is no such folder.
        DataError: the files of a data folder are wrong.
        StoreError: nothing was published yet, or the store is damaged.
    """
    folder = Path(where) if where is not None else None
    if folder is not None and (folder / "current").is_file():
        lease = VersionedStore(folder).lease()
        return Graph(Reader.of(lease), lease)
    from aigov_graph.build import assemble
    from aigov_graph.dataset import find_data
    from aigov_graph.stores.base import digest_of
    from aigov_graph.vocabulary.namespaces import GRAPH

    named = assemble(find_data(folder))
    store = ox.Store()
    store.bulk_extend(named)
    shapes = ox.NamedNode(GRAPH.shapes)
    store.bulk_extend(ox.Quad(q.subject, q.predicate, q.object) for q in named if q.graph_name != shapes)
    return Graph(Reader(store, 0, digest_of(named)))


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file that appears under its name when it is complete, and not at all if anything fails."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _words(options: dict[str, Any]) -> dict[str, list[str]]:
    """Options as a command line would give them."""
    known = {option.name for option in (*OPTIONS, *HOW_OPTIONS)}
    found: dict[str, list[str]] = {}
    for name, value in options.items():
        outside = name.removesuffix("_")
        if outside not in known:
            raise RequestError(f"there is no option {name!r}", name, suggest(outside, known))
        values = list(value) if isinstance(value, list | tuple | set | frozenset) else [value]
        found[outside] = [_word(item) for item in values if item is not None]
    return found


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)
