"""Finished answers of the current dataset version, kept within a budget of memory."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from aigov_graph.web.request import Asked, Headers

LARGEST_SHARE = 8
"""One answer takes at most this part of the budget."""
_OVERHEAD_BYTES = 4096
"""What headers, keys and remembered requests of an answer take, roughly."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer ready to send."""

    headers: Headers
    body: bytes
    etag: bytes
    version: int
    digest: str

    @property
    def length(self) -> bytes:
        """The size of the body, as a header has it."""
        return b"%d" % len(self.body)


class AnswerCache:
    """Answers by what was asked, and by the very bytes of the requests that asked it.

    The second way finds an answer before the request is even read; both forget everything when the version changes.
    """

    def __init__(self, budget_bytes: int) -> None:
        self.budget_bytes = budget_bytes
        self.size_bytes = 0
        self.hits = 0
        self.misses = 0
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._requests: dict[Asked, str] = {}

    @property
    def largest_bytes(self) -> int:
        """The largest answer that is kept."""
        return self.budget_bytes // LARGEST_SHARE

    def __len__(self) -> int:
        return len(self._entries)

    def by_request(self, asked: Asked) -> Entry | None:
        """The answer to a request that came before, byte for byte."""
        key = self._requests.get(asked)
        if key is None:
            return None
        entry = self._entries.get(key)
        if entry is None:
            del self._requests[asked]
            return None
        self._entries.move_to_end(key)
        self.hits += 1
        return entry

    def get(self, key: str, asked: Asked | None = None) -> Entry | None:
        """The answer to a question; the request that asked it is remembered."""
        entry = self._entries.get(key)
        if entry is None:
            self.misses += 1
            return None
        self.hits += 1
        self._entries.move_to_end(key)
        self._remember(asked, key)
        return entry

    def put(self, key: str, entry: Entry, asked: Asked | None = None) -> None:
        """Keep an answer; the ones not asked for longest make room."""
        cost = len(entry.body) + _OVERHEAD_BYTES
        if len(entry.body) > self.largest_bytes or cost > self.budget_bytes:
            return
        before = self._entries.pop(key, None)
        if before:
            self.size_bytes -= len(before.body) + _OVERHEAD_BYTES
        self._entries[key] = entry
        self.size_bytes += cost
        while self.size_bytes > self.budget_bytes:
            _, oldest = self._entries.popitem(last=False)
            self.size_bytes -= len(oldest.body) + _OVERHEAD_BYTES
        self._remember(asked, key)

    def clear(self) -> None:
        """Forget everything: another version is current."""
        self._entries.clear()
        self._requests.clear()
        self.size_bytes = 0

    def _remember(self, asked: Asked | None, key: str) -> None:
        if asked is None or sum(map(len, asked)) > 4096:
            return
        if len(self._requests) >= 2 * max(512, len(self._entries)):
            self._requests.clear()
        self._requests[asked] = key
