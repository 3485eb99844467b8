"""Fair turns: quick queries are never shut out by long ones, and long ones get on as well.

A query shows only by running that it is long. From then on it holds a seat for long queries, and a stand-in takes the
place of its process. When every process is held by a long query and somebody waits, those beyond the seats for long
ones are set aside: their processes end, and they begin anew, in the order in which they were set aside, once such a
seat is free. Their deadline stays what it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar
from weakref import WeakKeyDictionary

from aigov_graph.pool.answer import Answer

_TURN_S = 0.4
"""Processor time after which a query is long while few wait."""
_SHORTEST_TURN_S = 0.15
"""The same while many do."""
_FEW = 8
_TURN_BY_CLOCK_S = 2.0
"""The same by the clock, for one that waits for its reader or for an endpoint."""
_LONGER_EACH_TIME = 4
_READING_S = 10.0
"""An answer that has begun cannot begin anew: while its reader keeps up, it is broken off no sooner than this."""


class Runner(Protocol):
    """What is looked at of a process."""

    answer: Answer | None
    started_at: float
    paused: bool

    def used_s(self) -> float:
        """Processor time that its query took."""


R = TypeVar("R", bound=Runner)


class Turns:
    """Decides which queries are long, and which of them make room.

    Args:
        processes: how many serve all queries.
        stand_ins: how many more may be started while long queries hold these.
    """

    def __init__(self, processes: int, stand_ins: int) -> None:
        self.processes, self.stand_ins = max(1, processes), stand_ins
        self.long_seats = max(1, stand_ins)
        self._had: WeakKeyDictionary[Answer, int] = WeakKeyDictionary()

    def wanted(self, long: int) -> int:
        """How many processes there should be while so many are held by long queries."""
        return self.processes + min(self.stand_ins, long)

    def is_over(self, runner: Runner, waiting: int, now: float) -> bool:
        """Whether a process's query took longer than its turn, which is shorter the more wait."""
        answer = runner.answer
        if answer is None or answer.job.kind == "move":
            return False
        turn = max(_SHORTEST_TURN_S, _TURN_S * _FEW / max(_FEW, waiting))
        longer: int = _LONGER_EACH_TIME ** self._had.get(answer, 0)
        return now - runner.started_at > _TURN_BY_CLOCK_S * longer or runner.used_s() > turn * longer

    def may_resume(self, long: int, *, others_wait: bool) -> bool:
        """Whether a query that was set aside may take a process that is free."""
        only_one = self.processes + self.stand_ins == 1
        return long < self.long_seats and not (only_one and others_wait)

    def count(self, answer: Answer) -> None:
        """A query is set aside; its next turn is longer, so that it comes to its end."""
        self._had[answer] = self._had.get(answer, 0) + 1

    def leaving(self, long: Sequence[R], waiting: int, now: float) -> list[R]:
        """Who makes room for those who wait, when long queries hold every process.

        First those that did not begin to answer, of these the ones set aside least often, of these the latest. Then
        answers whose reader does not keep up or that take very long, the oldest first.
        """
        fresh: list[tuple[int, float, R]] = []
        begun: list[R] = []
        for runner in long:
            answer = runner.answer
            if answer is None or answer.job.unlimited:
                continue
            age = now - runner.started_at
            if not answer.settled:
                if self.is_over(runner, waiting, now):
                    fresh.append((self._had.get(answer, 0), age, runner))
            elif age > (_TURN_BY_CLOCK_S if runner.paused else _READING_S):
                begun.append(runner)
        fresh.sort(key=lambda one: one[:2])
        begun.sort(key=lambda runner: runner.started_at)
        room = min(waiting, max(1, len(long) - self.long_seats))
        return [*(runner for _, _, runner in fresh), *begun][:room]
