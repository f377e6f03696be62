"""How long the proofs of a step may take, in seconds of the processor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from math import inf
from time import thread_time

STEP = 3.0
"""All attempts at one step together."""

DERIVATION = 20.0
"""The proofs of all steps of a derivation; what is left then is not proved."""

SECONDS = 5.0
"""The proof of one step."""

PIECE = 4.0
"""The piece that was rewritten by itself, before the whole line is tried."""

WITHOUT_LEMMA = 1.0
"""A chain rule whose lemma did not prove it: that rarely succeeds."""

FORMULA = 0.4
"""One formula for all entries of a small array, before these are proved one by one."""

SEARCH = 1.0
"""All guesses together at a shorter form of one line."""

_END = ContextVar("end of the step", default=inf)


def one_step() -> AbstractContextManager[None]:
    """Within, no attempt lasts beyond the time of one step, however many there are."""
    return _ending_in(STEP)


def one_derivation() -> AbstractContextManager[None]:
    """Within, no attempt lasts beyond the time of one derivation, however many steps it has."""
    return _ending_in(DERIVATION)


def one_search() -> AbstractContextManager[None]:
    """Within, no guess lasts beyond the time of one search."""
    return _ending_in(SEARCH)


@contextmanager
def _ending_in(seconds: float) -> Iterator[None]:
    before = _END.set(min(_END.get(), thread_time() + seconds))
    try:
        yield
    finally:
        _END.reset(before)


def until(seconds: float) -> float:
    """When an attempt of so many seconds that begins now must end."""
    return min(thread_time() + seconds, _END.get())


def is_over() -> bool:
    """Whether the time of the step, or of the derivation, is used up."""
    return thread_time() > _END.get()
