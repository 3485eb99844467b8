"""The pool: a few query processes, their queue, deadlines, replacements, and the version that all move to.

`turns` says how quick and long queries share the processes.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict, deque
from collections.abc import Callable

from aigov_graph.errors import PoolBusy, QueryCrashed, QueryError, QueryTimeout, StoreError
from aigov_graph.pool.answer import Answer, Budget
from aigov_graph.pool.egress_process import EgressProcess
from aigov_graph.pool.job import Job
from aigov_graph.pool.process import QueryProcess, process_options
from aigov_graph.pool.turns import Turns
from aigov_graph.settings import Settings
from aigov_graph.stores import Version, VersionedStore

_log = logging.getLogger("aigov_graph.pool")

_TICK_S = 0.05
_HEAVY_S = 2.0
"""Processor time after which a query runs behind all others; at once where `_MANY` wait."""
_MANY = 8
_KEPT_S = 10.0
"""How long stand-ins stay after the long queries they came for."""
_MOVE_S = 30.0
_LONG_S = 600.0
_START_S = 20.0
_REMEMBERED_CRASHES = 10_000
_RESTART_PAUSES_S = (0.0, 0.0, 0.5, 1.0, 2.0, 5.0)


class Pool:
    """Answers jobs in expendable processes. Belongs to one event loop.

    Args:
        settings: limits, sizes and the folder of versions.
        on_version: called with each version that becomes current, the first too.
    """

    def __init__(self, settings: Settings, on_version: Callable[[Version], None] | None = None) -> None:
        self.settings = settings
        self.version: Version | None = None
        self.crashes = 0
        self.replaced = 0
        self.set_aside = 0
        self._versions = VersionedStore(settings.store)
        self._pointer = settings.store / "current"
        self._pointer_seen: tuple[int, int] | None = None
        self._on_version = on_version
        self._options = process_options(settings)
        self._egress = EgressProcess(settings) if settings.service_endpoints.split() else None
        self._processes: set[QueryProcess] = set()
        self._idle: list[QueryProcess] = []
        self._queue: deque[Answer] = deque()
        self._aside: deque[Answer] = deque()
        self._turns = Turns(settings.query_processes, settings.query_stand_ins)
        self._coming = 0
        self._long_until = 0.0
        self._refused: OrderedDict[str, float] = OrderedDict()
        self._failed_starts = 0
        self._budget = Budget()
        self._closing = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._all_gone = asyncio.Event()
        self._all_ready = asyncio.Event()

    @property
    def waiting(self) -> int:
        """Queries in the queue."""
        return len(self._queue)

    @property
    def waiting_aside(self) -> int:
        """Long queries that wait for their next turn."""
        return len(self._aside)

    @property
    def busy(self) -> int:
        """Processes at work."""
        return sum(process.answer is not None for process in self._processes)

    @property
    def ready(self) -> int:
        """Processes that are up."""
        return sum(process.ready and not process.dead for process in self._processes)

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes' numbers."""
        return tuple(sorted(process.pid for process in self._processes))

    @property
    def networks(self) -> tuple[str, ...]:
        """How each process that is up is kept off the network."""
        return tuple(process.network for process in self._processes if process.ready)

    async def start(self) -> None:
        """Start the processes and follow the pointer to the current version.

        Raises:
            StoreError: nothing was published yet.
        """
        self._loop = asyncio.get_running_loop()
        self._look()
        if self.version is None:
            raise StoreError(
                "there is no published version", str(self.settings.store), "build the graph first: aigov-graph build"
            )
        if self._egress:
            self._options["egress"] = self._egress.start()
        for _ in range(self._turns.processes):
            await self._start_process()
        self._spawn(self._watch())
        try:
            await asyncio.wait_for(self._all_ready.wait(), _START_S)
        except TimeoutError:
            if not self.ready:
                words = "; ".join(sorted({process.words for process in self._processes if process.words}))
                await self.stop()
                raise StoreError(f"no query process started within {_START_S:g} s {words}".strip()) from None
        for network in set(self.networks):
            if network.startswith("none"):
                _log.warning("the kernel keeps no query process off the network: %s", network)
        for relay in {process.relay for process in self._processes if process.relay}:
            _log.warning("SERVICE is refused although endpoints are listed: no network of its own (%s)", relay)

    async def stop(self) -> None:
        """End all processes and wait for them. Jobs under way fail."""
        self._closing = True
        for task in self._tasks:
            task.cancel()
        for waiting in (self._queue, self._aside):
            while waiting:
                waiting.popleft().end(PoolBusy("the service is stopping", remedy="ask again in a moment"))
        for process in self._processes:
            process.kill()
        if self._processes:
            await self._all_gone.wait()
        if self._egress:
            self._egress.stop()

    def submit(self, job: Job) -> Answer:
        """Put a job in the queue.

        Raises:
            PoolBusy: too many wait already.
            QueryCrashed: this very query ended a process a short while ago.
        """
        now = self._loop.time()
        if self._refused:
            self._check_refused(job, now)
        if len(self._queue) >= self.settings.query_queue and not self._idle:
            raise PoolBusy("too many queries are waiting", remedy="ask again in a moment")
        longest = _LONG_S if job.unlimited else self.settings.query_timeout_s
        allowed = min(job.timeout_s, longest) if job.timeout_s > 0 else longest
        answer = Answer(job, self._loop, now + allowed, self._budget)
        answer.timer = self._loop.call_later(allowed, self._expire, answer, allowed)
        answer.on_close = self._abandon
        if self._idle and not self._queue:
            self._idle.pop().give(answer, self._number, now)
        else:
            self._queue.append(answer)
        return answer

    @property
    def _number(self) -> int:
        return self.version.number if self.version else 0

    def _check_refused(self, job: Job, now: float) -> None:
        until = self._refused.get(job.digest, 0.0)
        if until > now:
            raise QueryCrashed(
                "this query ended the engine's process a short while ago and is refused for now",
                remedy="write it another way: less nesting, fewer branches",
            )

    def _expire(self, answer: Answer, allowed: float) -> None:
        if answer in self._queue:
            self._queue.remove(answer)
            answer.end(PoolBusy(f"no process became free within {allowed:g} s", remedy="ask again in a moment"))
            return
        if answer in self._aside:
            self._aside.remove(answer)
            answer.end(
                PoolBusy(
                    f"the query is long, and others like it left it no time to end within {allowed:g} s",
                    remedy="narrow its patterns, ask for less with LIMIT, or ask again later",
                )
            )
            return
        process = self._process_of(answer)
        answer.end(
            QueryTimeout(
                f"the query took longer than {allowed:g} s",
                remedy="narrow its patterns, ask for less with LIMIT, or take a dump and ask it on your own machine",
            )
        )
        if process:
            self._discard(process)

    def _abandon(self, answer: Answer) -> None:
        if answer in self._queue:
            self._queue.remove(answer)
        elif answer in self._aside:
            self._aside.remove(answer)
        elif process := self._process_of(answer):
            self._discard(process)
        answer.end(QueryError("nobody waits for this answer any more"))

    def _process_of(self, answer: Answer) -> QueryProcess | None:
        return next((process for process in self._processes if process.answer is answer), None)

    def _discard(self, process: QueryProcess) -> None:
        process.answer = None
        process.ready = process.long = False
        if process in self._idle:
            self._idle.remove(process)
        process.kill()

    def _free(self, process: QueryProcess) -> None:
        self._failed_starts = 0
        if self._closing:
            return
        if not self._all_ready.is_set() and self.ready >= self.settings.query_processes:
            self._all_ready.set()
        process.long = False
        if process.lowered:
            self._discard(process)
        elif self._queue and not self._aside:
            process.give(self._queue.popleft(), self._number, self._loop.time())
        else:
            self._idle.append(process)
            self._hand_out()
            if process.version != self._number and process.version and process in self._idle:
                self._idle.remove(process)
                self._move(process)

    def _hand_out(self) -> None:
        """Give free processes to those who wait."""
        while self._idle:
            if self._aside and self._turns.may_resume(len(self._long()), others_wait=bool(self._queue)):
                process = self._idle.pop()
                process.give(self._aside.popleft(), self._number, self._loop.time())
                process.long = True
                process.lower()
            elif self._queue:
                self._idle.pop().give(self._queue.popleft(), self._number, self._loop.time())
            else:
                return

    def _long(self) -> list[QueryProcess]:
        return [process for process in self._processes if process.long]

    def _share(self, now: float) -> None:
        """See who is long by now, start stand-ins for them, and make room where long queries hold everything."""
        for process in self._processes:
            if process.answer and now - process.started_at > _TICK_S:
                process.long = process.long or self._turns.is_over(process, len(self._queue), now)
                if process.used_s() > _HEAVY_S or (process.long and len(self._queue) > _MANY):
                    process.lower()
        long = self._long()
        if long:
            self._long_until = now
        self._fill()
        if self._queue and len(long) == len(self._processes) and not self._coming:
            for process in self._turns.leaving(long, len(self._queue), now):
                self._set_aside(process)
        elif self._idle and now - self._long_until > _KEPT_S and len(self._processes) > self._turns.processes:
            self._discard(self._idle[0])
        self._hand_out()

    def _set_aside(self, process: QueryProcess) -> None:
        answer = process.answer
        self._discard(process)
        if answer is None:
            return
        self.set_aside += 1
        answer.on_room = None
        if answer.settled:
            answer.end(PoolBusy("the answer took long and others waited", remedy="ask again later, or take a dump"))
        elif len(self._aside) >= self.settings.query_queue:
            answer.end(PoolBusy("too many long queries are waiting", remedy="ask again later"))
        else:
            self._turns.count(answer)
            self._aside.append(answer)

    def _move(self, process: QueryProcess) -> None:
        process.version = self._number
        now = self._loop.time()
        answer = Answer(Job("", kind="move"), self._loop, now + _MOVE_S)
        process.give(answer, self._number, now)

    def _gone(self, process: QueryProcess) -> None:
        self._processes.discard(process)
        if process in self._idle:
            self._idle.remove(process)
        if self._closing:
            if not self._processes:
                self._all_gone.set()
            return
        self.replaced += 1
        pause = 0.0
        if not process.ready and process.exit_code not in (-9,):
            pause = _RESTART_PAUSES_S[min(self._failed_starts, len(_RESTART_PAUSES_S) - 1)]
            self._failed_starts += 1
            _log.error("a query process ended: exit code %s: %s", process.exit_code, process.words[-500:])
        self._fill(pause)

    def _fill(self, pause: float = 0.0) -> None:
        """Start as many processes as there should be."""
        while len(self._processes) + self._coming < self._turns.wanted(len(self._long())):
            self._coming += 1
            self._spawn(self._add(pause))

    async def _add(self, pause: float) -> None:
        try:
            if pause:
                await asyncio.sleep(pause)
            await self._start_process()
        finally:
            self._coming -= 1

    async def _start_process(self) -> None:
        process = QueryProcess(self._options, self._free, self._gone, self._crashed)
        self._processes.add(process)
        await process.start()

    def _crashed(self, job: Job) -> None:
        self.crashes += 1
        digest = job.digest
        _log.warning("a query ended its process", extra={"query_digest": digest})
        self._refused[digest] = self._loop.time() + self.settings.crash_refusal_s
        self._refused.move_to_end(digest)
        while len(self._refused) > _REMEMBERED_CRASHES:
            self._refused.popitem(last=False)

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_TICK_S)
            if self._look():
                for process in [p for p in self._idle if p.version != self._number]:
                    self._idle.remove(process)
                    self._move(process)
            self._share(self._loop.time())
            self._forget(self._loop.time())
            if self._egress:
                self._egress.revive()

    def _forget(self, now: float) -> None:
        while self._refused and next(iter(self._refused.values())) < now:
            self._refused.popitem(last=False)

    def _look(self) -> bool:
        try:
            found = self._pointer.stat()
        except OSError:
            return False
        seen = (found.st_mtime_ns, found.st_ino)
        if seen == self._pointer_seen:
            return False
        try:
            version = self._versions.current()
        except StoreError as error:
            _log.error("the pointer to the current version cannot be read: %s", error.what)
            return False
        self._pointer_seen = seen
        if version is None or version == self.version:
            return False
        self.version = version
        _log.info("version %d is current", version.number)
        if self._on_version:
            self._on_version(version)
        return True

    def _spawn(self, work: object) -> None:
        task: asyncio.Task[None] = self._loop.create_task(work)  # type: ignore[arg-type]
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
