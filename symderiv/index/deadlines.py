"""Until when something may take: one moment for all that is asked on the way, however deep.

A `Session`, or a normal form, that begins while a deadline is in force is given up where that has passed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from math import inf

_END: ContextVar[float] = ContextVar("_END", default=inf)


def in_force() -> float:
    """The moment of `time.thread_time` at which what is asked now has to be given up."""
    return _END.get()


@contextmanager
def until(deadline: float | None) -> Iterator[None]:
    """While something is asked that has to be given up at a moment, or at one that is in force already.

    >>> with until(3.0), until(5.0), until(None):
    ...     in_force()
    3.0
    >>> in_force()
    inf
    """
    with _ending(min(in_force(), inf if deadline is None else deadline)):
        yield


def unhurried() -> AbstractContextManager[None]:
    """While something is found out that is remembered: it must not hang on how much time was left."""
    return _ending(inf)


@contextmanager
def _ending(end: float) -> Iterator[None]:
    before = _END.set(end)
    try:
        yield
    finally:
        _END.reset(before)
