"""A task under a budget of time: what takes longer is undecided, and its process is killed."""

from __future__ import annotations

from typing import Any

from symderiv.bulk.answer import Answer, unanswered, work
from symderiv.bulk.request import Request
from symderiv.equality.verdict import Undecided, internal_error
from symderiv.worker import Died, TimedOut, Worker


def compare_within(request: Request, timeout: float | None) -> Answer:
    """One comparison in a process of its own."""
    with Worker(work) as worker:
        result = within_budget(worker, (request, timeout), timeout)
    assert isinstance(result, Answer)
    return result


def within_budget(worker: Worker, task: Any, timeout: float | None) -> Any:
    """The worker's result; a time-out, a crash or a fault of ours is `Undecided`, never a verdict."""
    try:
        return worker.run(task, timeout)
    except TimedOut as error:
        return unanswered(Undecided(("time-out",), str(error)))
    except Died as error:
        return unanswered(Undecided(("crash",), str(error)))
    except Exception as fault:  # the lines behind this one want their verdicts
        return unanswered(internal_error(fault))
