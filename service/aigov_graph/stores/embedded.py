"""Versions in folders: readers never open what a writer writes.

::

    STORE/current            the number of the current version; replaced in one step
    STORE/versions/7/        a version, complete and never changed again
    STORE/versions/7.json    its number, digest and count of statements
    STORE/versions/7.NAME/   what else was made of it when it was published, such as an index; goes when it goes
    STORE/leases/7           readers hold it locked while they use the version
    STORE/lock               the publisher holds it locked

A version is removed when no reader holds it and it is not among the last few. All locks are the operating system's
(flock), so a process that dies leaves none behind.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import pyoxigraph as ox

from aigov_graph.errors import StoreError
from aigov_graph.stores.base import NOTHING, Beside, Version, canonical_quads, digest_of
from aigov_graph.vocabulary.namespaces import GRAPH

_PARTIAL: Final = ".partial-"
_REMOVED: Final = ".removed-"
_REBUILD: Final = "remove the store's folder and run: aigov-graph build"


class EmbeddedLease:
    """A version that stays on disk until this is closed. Use it in a ``with`` statement.

    A process forked from the holder holds the version too, until it ends.
    """

    def __init__(self, version: Version, lock: int) -> None:
        self.version = version
        self._lock: int | None = lock
        self._store: ox.Store | None = None

    @property
    def store(self) -> ox.Store:
        """The version, opened for reading at first use.

        Raises:
            StoreError: the lease was closed, or the version's files are damaged.
        """
        if self._lock is None:
            raise StoreError("the lease was closed", str(self.version.path), "take another lease")
        if self._store is None:
            try:
                self._store = ox.Store.read_only(str(self.version.path))
            except OSError as error:
                raise StoreError(f"cannot be opened: {error}", str(self.version.path), _REBUILD) from error
        return self._store

    def close(self) -> None:
        """Give the version back; a second time does nothing."""
        self._store = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class VersionedStore:
    """A folder of versions, for any number of readers and publishers in any number of processes."""

    def __init__(self, folder: Path, keep: int = 3) -> None:
        """Name the folder; it is made when the first version is published.

        Args:
            folder: where the versions lie.
            keep: how many of the last versions stay though nobody reads them; the current one always does.
        """
        self.folder = folder
        self.keep = max(keep, 1)
        self._versions = folder / "versions"
        self._leases = folder / "leases"

    def current(self) -> Version | None:
        """The version published last; None if there is none yet.

        Raises:
            StoreError: the store is damaged or may not be read.
        """
        number = self._pointer()
        while number is not None:
            try:
                return self._version(number)
            except StoreError:
                # Between the two looks the version may have been superseded and removed.
                before, number = number, self._pointer()
                if number == before:
                    raise
        return None

    def lease(self, version: Version | None = None) -> EmbeddedLease:
        """Take a version into use: the current one, unless another is named.

        Raises:
            StoreError: nothing was published yet, the version named is gone, or the store is damaged or may not be
                read.
        """
        while True:
            wanted = version or self.current()
            if wanted is None:
                raise StoreError("nothing was published yet", str(self.folder), "run: aigov-graph build")
            lease = self._hold(wanted)
            if lease is not None:
                return lease
            if version is not None:
                raise StoreError(f"version {version.number} is gone", str(version.path), "take the current version")
            if self.current() == wanted:
                raise StoreError("the current version's folder or lease file is missing", str(wanted.path), _REBUILD)

    def publish(self, quads: Iterable[ox.Quad], beside: Mapping[str, Beside] = NOTHING) -> Version:
        """Make these statements the current version, whole or not at all.

        A publisher waits for another to finish; whoever finishes last is current.

        Args:
            quads: statements of named graphs. The default graph is made here: the union of all but the shapes.
            beside: what else is made of them, by name; readers find it at `Version.beside`, while they hold a lease.

        Raises:
            StoreError: it cannot be written, or a statement belongs to no named graph; the version before stays
                current.
        """
        named = canonical_quads(quads)
        if any(isinstance(quad.graph_name, ox.DefaultGraph) for quad in named):
            raise StoreError("a statement belongs to no named graph", remedy="put every statement into a graph")
        try:
            with self._publisher():
                number = max([*self._numbers(), self._pointer() or 0]) + 1
                self._sweep()
                version = self._write(number, named, beside)
                self._collect()
        except OSError as error:
            raise StoreError(
                f"a version cannot be written: {error}", str(self.folder), "check the permissions and the space left"
            ) from error
        return version

    def _hold(self, version: Version) -> EmbeddedLease | None:
        """Lock a version; None if it is gone, which it may be since the pointer was read."""
        try:
            lock = os.open(self._leases / str(version.number), os.O_RDONLY)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"cannot be read: {error}", str(self._leases), "check the permissions") from error
        fcntl.flock(lock, fcntl.LOCK_SH)
        if version.path.is_dir():
            return EmbeddedLease(version, lock)
        os.close(lock)
        return None

    def _pointer(self) -> int | None:
        path = self.folder / "current"
        try:
            text = path.read_text().strip()
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise StoreError(f"cannot be read: {error}", str(path), "check the permissions") from error
        if not (text.isascii() and text.isdigit()):
            raise StoreError("holds no version's number", str(path), _REBUILD)
        return int(text)

    def _version(self, number: int) -> Version:
        record = self._versions / f"{number}.json"
        try:
            found = json.loads(record.read_text())
            return Version(number, self._versions / str(number), str(found["digest"]), int(found["quads"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"the record of version {number} cannot be read", str(record), _REBUILD) from error

    @contextlib.contextmanager
    def _publisher(self) -> Iterator[None]:
        for folder in (self.folder, self._versions, self._leases):
            folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _write(self, number: int, named: list[ox.Quad], beside: Mapping[str, Beside]) -> Version:
        path = self._versions / str(number)
        draft = self._versions / f"{_PARTIAL}{number}"
        for name, make in beside.items():
            self._write_beside(f"{number}.{name}", named, make)
        try:
            store = ox.Store(str(draft))
            store.bulk_extend(_with_union(named))
            # Read a thousand times for once it is written: in as few files as can be, a query takes half the time.
            store.optimize()
            store.flush()
            del store
            for file in draft.iterdir():
                _sync(file)
            _sync(draft)
            draft.replace(path)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        version = Version(number, path, digest_of(named), len(named))
        record = {"number": number, "digest": version.digest, "quads": version.quads}
        _replace(self._versions / f"{number}.json", json.dumps(record) + "\n")
        (self._leases / str(number)).touch()
        _sync(self._leases)
        _replace(self.folder / "current", f"{number}\n")
        return version

    def _write_beside(self, name: str, named: list[ox.Quad], make: Beside) -> None:
        draft = self._versions / f"{_PARTIAL}{name}"
        try:
            draft.mkdir()
            make(named, draft)
            for file in draft.iterdir():
                _sync(file)
            _sync(draft)
            draft.replace(self._versions / name)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise

    def _numbers(self) -> list[int]:
        """The numbers of which there is any trace, the last first."""
        names = {path.stem for folder in (self._versions, self._leases) for path in folder.iterdir()}
        return sorted((int(name) for name in names if name.isascii() and name.isdigit()), reverse=True)

    def _sweep(self) -> None:
        """Remove what publishers left that died. Their lock is ours now, so nobody writes there any more."""
        for path in self._versions.iterdir():
            if path.name.startswith((_PARTIAL, _REMOVED)):
                shutil.rmtree(path)
        for path in (*self.folder.iterdir(), *self._versions.iterdir()):
            if path.name.endswith(".new"):
                path.unlink()
        current = self._pointer() or 0
        for number in self._numbers():
            if number > current:
                self._remove(number)

    def _collect(self) -> None:
        """Remove the versions that are not among the last few and that nobody holds."""
        # The new version is current already: what cannot be removed now is no failure, the next publisher tries again.
        with contextlib.suppress(OSError):
            for number in self._numbers()[self.keep :]:
                self._remove(number)

    def _remove(self, number: int) -> None:
        lease = os.open(self._leases / str(number), os.O_RDWR | os.O_CREAT, 0o644)
        try:
            try:
                fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            path, away = self._versions / str(number), self._versions / f"{_REMOVED}{number}"
            # Out of the way in one step: a reader finds a version whole or not at all.
            with contextlib.suppress(FileNotFoundError):
                path.replace(away)
                shutil.rmtree(away)
            for folder in self._versions.glob(f"{number}.*/"):
                shutil.rmtree(folder)
            (self._versions / f"{number}.json").unlink(missing_ok=True)
            (self._leases / str(number)).unlink(missing_ok=True)
        finally:
            os.close(lease)


def _with_union(named: list[ox.Quad]) -> Iterator[ox.Quad]:
    """The statements, and again in the default graph those that a query sees which names no graph."""
    shapes = ox.NamedNode(GRAPH.shapes)
    for quad in named:
        yield quad
        if quad.graph_name != shapes:
            yield ox.Quad(quad.subject, quad.predicate, quad.object)


def _replace(path: Path, text: str) -> None:
    """Put a file's new content in its place in one step, on disk before it counts."""
    draft = path.with_name(f"{path.name}.new")
    draft.write_text(text)
    _sync(draft)
    draft.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
