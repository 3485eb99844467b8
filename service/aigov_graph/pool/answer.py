"""An answer on its way from a query process to whoever asked: its head, then its bytes, or why there are none."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable

from aigov_graph.errors import AigovError
from aigov_graph.pool.job import Head, Job

BUFFER_BYTES = 2 * 1024**2
"""What is kept for a reader slower than the engine; beyond it the engine waits."""

SHARED_BUFFER_BYTES = 128 * 1024**2
"""What is kept for all slow readers together; beyond it each has `LEAST_BUFFER_BYTES`."""

LEAST_BUFFER_BYTES = 128 * 1024


class Budget:
    """How much all answers together hold."""

    def __init__(self) -> None:
        self.used = 0


class Answer:
    """Await `head()`, then read `pieces()`; call `close()` in any case, which ends the query if it still runs.

    Belongs to one event loop and is touched from its thread only.
    """

    def __init__(
        self, job: Job, loop: asyncio.AbstractEventLoop, deadline: float, budget: Budget | None = None
    ) -> None:
        self.job = job
        self.deadline = deadline
        self.timer: asyncio.TimerHandle | None = None
        self.on_close: Callable[[Answer], None] | None = None
        self.on_room: Callable[[], None] | None = None
        self.finished = False
        self.closed = False
        self._loop = loop
        self._head: asyncio.Future[Head] = loop.create_future()
        self._pieces: deque[bytes] = deque()
        self._buffered = 0
        self._budget = budget or Budget()
        self._error: AigovError | None = None
        self._waiter: asyncio.Future[None] | None = None

    async def head(self) -> Head:
        """What is known before the first byte.

        Raises:
            AigovError: there is no answer; says why.
        """
        return await self._head

    @property
    def settled(self) -> bool:
        """Whether `head()` returns or raises without waiting."""
        return self._head.done()

    async def pieces(self) -> AsyncIterator[bytes]:
        """The bytes, as they come.

        Raises:
            AigovError: the answer broke off; what was read is not the whole.
        """
        while True:
            if self._pieces:
                piece = self._pieces.popleft()
                self._hold(-len(piece))
                if self.on_room and self._buffered <= self._limit // 2:
                    self.on_room()
                yield piece
            elif self._error:
                raise self._error
            elif self.finished:
                return
            else:
                self._waiter = self._loop.create_future()
                await self._waiter

    async def whole(self) -> bytes:
        """All bytes.

        Raises:
            AigovError: there is no answer, or it broke off.
        """
        await self.head()
        return b"".join([piece async for piece in self.pieces()])

    def ready_body(self) -> bytes | None:
        """All bytes if they are here already, else None."""
        if not self.finished or self._error:
            return None
        body = self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)
        self._drop()
        return body

    def close(self) -> None:
        """Nobody reads on. A query that still runs or waits is ended."""
        if self.closed:
            return
        self.closed = True
        self._drop()
        if self.on_close and not self.finished:
            self.on_close(self)

    def begin(self, head: Head) -> None:
        """The engine knows what the answer looks like."""
        if not self._head.done():
            self._head.set_result(head)

    def add(self, piece: bytes) -> bool:
        """Take bytes from the engine; False asks it to wait until there is room."""
        if self.closed:
            return True
        if piece:
            self._pieces.append(piece)
            self._hold(len(piece))
            self._wake()
        return self._buffered < self._limit

    def end(self, error: AigovError | None = None) -> None:
        """The answer is complete, or broke off with this error."""
        if self.finished:
            return
        self.finished = True
        if self.timer:
            self.timer.cancel()
            self.timer = None
        self._error = error
        self.on_room = None
        if error and not self._head.done():
            self._head.set_exception(error)
            self._head.exception()  # an abandoned answer is no event worth a warning
        self._wake()

    @property
    def _limit(self) -> int:
        return BUFFER_BYTES if self._budget.used < SHARED_BUFFER_BYTES else LEAST_BUFFER_BYTES

    def _hold(self, size: int) -> None:
        self._buffered += size
        self._budget.used += size

    def _drop(self) -> None:
        self._pieces.clear()
        self._hold(-self._buffered)

    def _wake(self) -> None:
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(None)
        self._waiter = None
