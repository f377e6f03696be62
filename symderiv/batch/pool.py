"""Workers in processes: each task has its time, a worker that hangs or dies is replaced, the others go on.

One thread watches all pipes, so a worker is only ever forked from a process with a single thread.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import connection
from multiprocessing.reduction import ForkingPickler
from time import monotonic
from types import TracebackType
from typing import Any

from symderiv.worker import FORK, Died, Worker

LATER: Any = object()
"""What a stream of tasks yields when it has none to give until more results are in."""

AHEAD_BYTES = 16_384
"""A task sent behind a running one must fit into the pipe, or both ends could wait for each other."""

ATTEMPTS = 2
"""A task whose worker died is tried once more: a machine short of memory kills the innocent too."""

PATIENCE = 30
"""How much longer than its time-out a task may take by the clock on the wall, where others have the cores."""

Labelled = tuple[Any, Any]


class _Seat:
    """A worker and its tasks: the first runs, the second waits in the pipe, so that none is idle.

    A task's time is processor time: what a busy machine gives to others is not the task's. One that sleeps
    instead of computing has the time on the wall, and none has `PATIENCE` times as long.
    """

    def __init__(self, worker: Worker, timeout: float | None) -> None:
        self.worker = worker
        self.timeout = timeout
        self.began = 0.0
        self.computed: float | None = None
        self.tasks: deque[Labelled] = deque()
        self.deaths = 0

    @property
    def left(self) -> float | None:
        """Seconds that the first task has at least; None: as long as it likes."""
        if self.timeout is None:
            return None
        passed = monotonic() - self.began
        if passed < self.timeout:
            return self.timeout - passed
        now = self.worker.processor_seconds()
        if now is None or self.computed is None or self.worker.sleeps:
            return 0.0
        return min(self.timeout - (now - self.computed), PATIENCE * self.timeout - passed)

    @property
    def overdue(self) -> bool:
        return self.left is not None and self.left <= 0

    @property
    def has_room(self) -> bool:
        return len(self.tasks) < 2

    def give(self, labelled: Labelled) -> None:
        """Send a task, ahead of time where one is running."""
        self.tasks.append(labelled)
        if len(self.tasks) == 1:
            self._start()
        elif _fits(labelled[1]):
            self.worker.send_behind(labelled[1])
        else:
            self.tasks.pop()
            self.tasks.append((labelled[0], _Kept(labelled[1])))

    def _start(self) -> None:
        label, task = self.tasks[0]
        self.tasks[0] = (label, _unkept(task))
        self.worker.send(self.tasks[0][1])
        self._wind()

    def _wind(self) -> None:
        self.began, self.computed = monotonic(), self.worker.processor_seconds()

    def received(self) -> Iterator[Labelled]:
        """The first task's outcome; the next begins its time now."""
        try:
            result = self.worker.receive()
        except Died as error:
            self.deaths += 1
            if self.deaths < ATTEMPTS:
                self._again()
                return
            result = error
        except Exception as error:
            result = error
        yield self._done(result, fresh=isinstance(result, Died | MemoryError))

    def given_up(self) -> Labelled:
        """The first task's time is over: its process ends, the task behind it goes to another."""
        return self._done(TimeoutError(f"no verdict within {self.timeout:g} s"), fresh=True)

    def _done(self, result: Any, fresh: bool) -> Labelled:
        label, _ = self.tasks.popleft()
        self.deaths = 0
        if fresh:
            self.worker.close()
            self._again()
        elif self.tasks and isinstance(self.tasks[0][1], _Kept):
            self._start()
        else:
            self._wind()
        return label, result

    def _again(self) -> None:
        """Everything that the lost process held goes to a new one, one task at a time."""
        if self.tasks:
            self._start()
        if len(self.tasks) > 1:
            label, task = self.tasks[1]
            self.tasks[1] = (label, _Kept(_unkept(task)))


class _Kept:
    """A task that has not been sent."""

    def __init__(self, task: Any) -> None:
        self.task = task


def _unkept(task: Any) -> Any:
    return task.task if isinstance(task, _Kept) else task


def _fits(task: Any) -> bool:
    return len(ForkingPickler.dumps(task)) <= AHEAD_BYTES


class Pool:
    """``jobs`` warm workers that all run ``function``; use it as a context, so that they end with it."""

    def __init__(
        self,
        function: Callable[[Any], Any],
        *,
        jobs: int = 1,
        timeout: float | None = None,
        memory: int | None = None,
        start: str = FORK,
    ) -> None:
        self._seats = [_Seat(Worker(function, memory, start), timeout) for _ in range(max(1, jobs))]

    def run(self, labelled: Iterable[Labelled]) -> Iterator[Labelled]:
        """``(label, function(task))`` for every ``(label, task)``, as each is done; or its exception.

        Tasks are drawn only when a worker has room, so an endless stream costs no memory. A stream that
        waits for results before it goes on yields `LATER`, and where there are none to come, it gets
        ``(LATER, None)`` back, so that whoever reads the results may make room.
        """
        waiting = iter(labelled)
        more = True
        while True:
            more = more and self._fill(waiting)
            busy = [seat for seat in self._seats if seat.tasks]
            if not busy:
                if not more:
                    return
                yield LATER, None
                continue
            yield from _collect(busy)

    def _fill(self, waiting: Iterator[Labelled]) -> bool:
        """Give tasks to whoever has room, first to those who have none; False at the stream's end."""
        for seat in sorted(self._seats, key=lambda seat: len(seat.tasks)):
            while seat.has_room:
                found = next(waiting, None)
                if found is None:
                    return False
                if found is LATER:
                    return True
                seat.give(found)
                break
        return True

    def close(self) -> None:
        for seat in self._seats:
            seat.worker.close()

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _collect(busy: list[_Seat]) -> Iterator[Labelled]:
    """Whatever comes next: results, or a task whose time is over."""
    rest = [seat.left for seat in busy]
    ends = [seconds for seconds in rest if seconds is not None]
    patience = max(0.0, min(ends)) if ends else None
    ready = set(connection.wait([seat.worker.pipe for seat in busy], patience))
    for seat in busy:
        if seat.worker.pipe in ready:
            yield from seat.received()
        elif seat.overdue and not seat.worker.pipe.poll(0):
            yield seat.given_up()


def run_all(
    function: Callable[[Any], Any],
    labelled: Iterable[Labelled],
    *,
    jobs: int = 1,
    timeout: float | None = None,
    memory: int | None = None,
) -> Iterator[Labelled]:
    """`Pool.run` on workers that live as long as the stream."""
    with Pool(function, jobs=jobs, timeout=timeout, memory=memory) as pool:
        yield from pool.run(labelled)
