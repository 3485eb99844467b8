"""What every page stands on: the version it reads, the names in it, and what is worked out once a version."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from flask import g
from markupsafe import Markup, escape

from aigov_graph.dataset import DataFolder, find_data
from aigov_graph.questions import Question
from aigov_graph.questions import questions as read_questions
from aigov_graph.settings import Settings
from aigov_graph.stores import VersionedStore
from aigov_graph.web.languages import language
from aigov_graph.web.pages.wording import Name, Names, clip, path_of
from aigov_graph.web.reader import PageReader, Snapshot

T = TypeVar("T")


class Site:
    """One per app, shared by its threads.

    Args:
        settings: names the store and the data folder.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.reader = PageReader(VersionedStore(settings.store))
        self.folder: DataFolder = find_data(settings.data)
        self.questions: dict[str, Question] = {item.name: item for item in read_questions(self.folder)}
        self._names = Names()
        self._lock = Lock()
        self._locks: dict[str, Lock] = {}
        self._made: dict[str, tuple[str, Any]] = {}

    @property
    def snapshot(self) -> Snapshot:
        """The version that this request is answered from, the same until its end."""
        found: Snapshot | None = g.get("snapshot")
        if found is None:
            found = g.snapshot = self.reader.snapshot()
        return found

    def name(self, iri: str) -> Name:
        """What a thing is called in the language of the request."""
        return self._names.of(self.snapshot, iri, language())

    def link(self, iri: str) -> Markup:
        """A thing's name, leading to its page; made once a request, for a page names the same things over and over."""
        made: dict[str, Markup] = g.setdefault("links", {})
        found = made.get(iri)
        if found is None:
            spoken = language()
            name = self._names.of(self.snapshot, iri, spoken)
            lang = f' lang="{escape(name.language)}"' if name.language not in ("", spoken) else ""
            text, target = escape(clip(name.text)), path_of(iri)
            shown = f"<bdi{lang}>{text}</bdi>"
            found = made[iri] = Markup(f'<a href="{escape(target)}">{shown}</a>' if target else shown)  # noqa: S704
        return found

    def once(self, what: str, make: Callable[[Snapshot], T]) -> T:
        """Something worked out once a version; who asks while it is being made waits for it."""
        digest = self.snapshot.version.digest
        known = self._made.get(what)
        if known is None or known[0] != digest:
            with self._lock:
                lock = self._locks.setdefault(what, Lock())
            with lock:
                known = self._made.get(what)
                if known is None or known[0] != digest:
                    known = self._made[what] = (digest, make(self.snapshot))
        made: T = known[1]
        return made
