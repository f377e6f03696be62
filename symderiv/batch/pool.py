"""Workers in processes: each task has its time, a worker that hangs or dies is replaced, the others go on.

One thread watches all pipes, so a worker is only ever forked from a process with a single thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from multiprocessing import connection
from time import monotonic
from typing import Any

from symderiv.worker import Died, Worker

IN_FLIGHT = 4
"""Tasks sent ahead to an executor for each of its workers: enough to keep it busy, and few."""


@dataclass(slots=True)
class _Seat:
    """A worker and what it is doing."""

    worker: Worker
    label: Any = None
    until: float | None = None

    @property
    def busy(self) -> bool:
        return self.label is not None


def run_all(
    function: Callable[[Any], Any],
    labelled: Iterable[tuple[Any, Any]],
    *,
    jobs: int = 1,
    timeout: float | None = None,
    memory: int | None = None,
) -> Iterator[tuple[Any, Any]]:
    """``(label, function(task))`` for every ``(label, task)``, as each is done; or its exception.

    Tasks are drawn only when a worker is free, so an endless stream costs no memory.
    """
    waiting = iter(labelled)
    seats = [_Seat(Worker(function, memory)) for _ in range(max(1, jobs))]
    try:
        more = True
        while True:
            for seat in seats:
                if more and not seat.busy:
                    more = _give(seat, waiting, timeout)
            busy = [seat for seat in seats if seat.busy]
            if not busy:
                return
            yield from _collect(busy)
    finally:
        for seat in seats:
            seat.worker.close()


def _give(seat: _Seat, waiting: Iterator[tuple[Any, Any]], timeout: float | None) -> bool:
    """Start the next task on a free seat; False when there is none."""
    for label, task in waiting:
        seat.label = label
        seat.until = None if timeout is None else monotonic() + timeout
        seat.worker.send(task)
        return True
    return False


def _collect(busy: list[_Seat]) -> Iterator[tuple[Any, Any]]:
    ends = [seat.until for seat in busy if seat.until is not None]
    patience = max(0.0, min(ends) - monotonic()) if ends else None
    ready = set(connection.wait([seat.worker.pipe for seat in busy], patience))
    for seat in busy:
        if seat.worker.pipe in ready:
            yield _free(seat), _received(seat.worker)
        elif seat.until is not None and monotonic() >= seat.until:
            seat.worker.close()
            yield _free(seat), TimeoutError("time-out")


def _free(seat: _Seat) -> Any:
    label, seat.label = seat.label, None
    return label


def _received(worker: Worker) -> Any:
    try:
        return worker.receive()
    except Died as error:
        return error
    except Exception as error:
        return error


def run_on(
    executor: Executor,
    function: Callable[[Any], Any],
    labelled: Iterable[tuple[Any, Any]],
    *,
    jobs: int = 1,
) -> Iterator[tuple[Any, Any]]:
    """The same on someone else's executor (concurrent.futures, or a Dask cluster's)."""
    waiting, pending = iter(labelled), dict[Future[Any], Any]()
    exhausted = False
    while not exhausted or pending:
        while not exhausted and len(pending) < IN_FLIGHT * max(1, jobs):
            found = next(waiting, None)
            if found is None:
                exhausted = True
            else:
                pending[executor.submit(function, found[1])] = found[0]
        if pending:
            done, _ = wait(pending, return_when=FIRST_COMPLETED)
            for future in done:
                error = future.exception()
                yield pending.pop(future), error if error is not None else future.result()
