"""One warm process that computes for another, and can be killed when it takes too long.

Libraries in C ignore signals while they compute, so a time-out must end a process, not raise in it. The
worker is forked from a parent that has everything imported: it is warm from its first task, a new one is
there within milliseconds, and a task costs two trips through a pipe (some 50 µs).
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from selectors import EVENT_READ, BaseSelector, DefaultSelector
from time import monotonic
from types import TracebackType
from typing import Any

FORK = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
RECURSION_LIMIT = 20_000


class TimedOut(Exception):
    """The task took longer than its budget; the process that ran it was killed."""


class Died(Exception):
    """The process that ran the task ended on its own: out of memory, or a fault in a library."""


@dataclass
class Worker:
    """Runs ``function(task)`` in another process, one task at a time.

    ``memory`` (in megabytes) caps the process's address space: what asks for more gets a MemoryError.
    ``start`` is how processes start; a program with several threads is safe with ``forkserver`` only.

    >>> with Worker(str.upper) as worker:
    ...     worker.run("abc", timeout=5)
    'ABC'
    """

    function: Callable[[Any], Any]
    memory: int | None = None
    start: str = FORK
    _process: BaseProcess | None = field(default=None, init=False)
    _pipe: Connection | None = field(default=None, init=False)
    _selector: BaseSelector | None = field(default=None, init=False)  # the pipe's own makes one for each task

    def run(self, task: Any, timeout: float | None = None) -> Any:
        """The function's value; `TimedOut` or `Died` where there is none; its own exceptions are raised."""
        self.send(task)
        if not self._is_done(timeout):
            self.close()
            raise TimedOut(f"no result within {timeout:g} s")
        return self.receive()

    def send(self, task: Any) -> None:
        """Hand over a task without waiting; a process that has just died is replaced once."""
        try:
            self._ready().send(task)
        except OSError:
            self.close()
            self._ready().send(task)

    def send_behind(self, task: Any) -> None:
        """Put a task behind the running one; if the process is gone, `receive` will say so."""
        with contextlib.suppress(OSError):
            self._ready().send(task)

    def _is_done(self, timeout: float | None) -> bool:
        """Is the task done within so many seconds, or its process gone?"""
        if self._selector is None:
            return self.pipe.poll(timeout)
        return bool(self._selector.select(timeout))

    @property
    def pipe(self) -> Connection:
        """What becomes readable when the task is done, or its process is."""
        return self._ready()

    def receive(self) -> Any:
        """The value of the task that was sent; `Died` where the process is gone."""
        try:
            succeeded, value = self._ready().recv()
        except (EOFError, OSError):
            code = self._exit_code()
            self.close()
            raise Died(f"the worker process ended by itself (exit code {code})") from None
        if not succeeded:
            raise value
        return value

    def processor_seconds(self) -> float | None:
        """What the process has computed so far; None where the system doesn't tell."""
        pid = None if self._process is None else self._process.pid
        if pid is None or sys.platform != "linux":
            return None
        try:
            return time.clock_gettime(~pid << 3 | 2)  # the clock that clock_getcpuclockid(3) names
        except OSError:
            return None

    @property
    def sleeps(self) -> bool:
        """Does the process wait for something, and not for its turn on a busy machine?"""
        try:
            with open(f"/proc/{self._process.pid if self._process else 0}/stat") as file:
                return file.read().rpartition(")")[2].split()[0] in "SZ"
        except (OSError, IndexError):
            return True

    def _ready(self) -> Connection:
        if self._pipe is None:
            self._start()
        assert self._pipe is not None
        return self._pipe

    def _start(self) -> None:
        context: Any = multiprocessing.get_context(self.start)
        if self.start == "forkserver":
            context.set_forkserver_preload([self.function.__module__])
        self._pipe, theirs = context.Pipe()
        if sys.platform != "win32":
            self._selector = DefaultSelector()
            self._selector.register(self._pipe, EVENT_READ)
        ours = self._pipe if self.start == "fork" else None
        parent = None if self.start == "forkserver" else os.getpid()
        self._process = context.Process(
            target=_serve, args=(self.function, theirs, ours, self.memory, parent), daemon=True
        )
        sys.stdout.flush()
        sys.stderr.flush()
        self._process.start()
        theirs.close()

    def _exit_code(self) -> int | None:
        if self._process is None:
            return None
        self._process.join(1)
        return self._process.exitcode

    def close(self) -> None:
        """End the process; the next task starts another."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._selector is not None:
            self._selector.close()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = self._selector = None

    def __enter__(self) -> Worker:
        self._ready()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _serve(
    function: Callable[[Any], Any],
    pipe: Connection,
    parents: Connection | None,
    memory: int | None,
    parent: int | None,
) -> None:
    """Answer tasks until the parent is gone; Ctrl-C, which all hear, is the parent's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _end_with(parent)
    if parents is not None:
        parents.close()
    sys.setrecursionlimit(RECURSION_LIMIT)
    if memory is not None:
        _cap_memory(memory * 2**20)
    gc.freeze()  # what the parent had loaded stays: no collection need look through it
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        _answer(function, task, pipe)


WATCH_SECONDS = 1.0
_PR_SET_PDEATHSIG = 1


def _end_with(parent: int | None) -> None:
    """End when the parent ends, even in the middle of a task: nobody waits for its result any more.

    Linux sends a signal of its own accord (which stops computations in C too); where it doesn't, a thread
    looks now and then: a process without a parent is given another. Below a fork server (``parent`` is
    None) the one above is that server, which ends with the program itself.
    """
    above = os.getppid() if parent is None else parent
    if parent is not None and sys.platform == "linux":
        with contextlib.suppress(ImportError, OSError, AttributeError):
            import ctypes

            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    threading.Thread(target=_watch, args=(above,), daemon=True).start()


def _watch(above: int) -> None:
    while os.getppid() == above:
        time.sleep(WATCH_SECONDS)
    os._exit(1)


def _cap_memory(limit: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no resource module
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _answer(function: Callable[[Any], Any], task: Any, pipe: Connection) -> None:
    try:
        result = (True, function(task))
    except Exception as error:
        result = (False, error)
    try:
        pipe.send(result)
    except OSError:
        return
    except Exception as unpicklable:
        pipe.send((False, RuntimeError(f"{type(unpicklable).__name__}: {unpicklable}")))


def within(function: Callable[[Any], Any], task: Any, timeout: float | None) -> Any:
    """One task under a budget, in a process of its own."""
    with Worker(function) as worker:
        return worker.run(task, timeout)


def stopwatch() -> Callable[[], float]:
    """Milliseconds since now."""
    start = monotonic()
    return lambda: (monotonic() - start) * 1000
