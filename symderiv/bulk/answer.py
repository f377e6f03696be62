"""What the worker process does with a request: compare, and print the outcome, so only text goes back."""

from __future__ import annotations

from dataclasses import dataclass
from time import thread_time
from typing import Any

from symderiv.bulk.request import Request
from symderiv.derivation import Comparison, compare
from symderiv.equality.verdict import Invalid, Undecided, Verdict
from symderiv.errors import SymderivError
from symderiv.reports.json import Json, comparison_json
from symderiv.reports.text import comparison_text

COOPERATIVE = 0.8  # the share of the budget after which the engine is asked to stop by itself


@dataclass(frozen=True, slots=True)
class Answer:
    """A comparison, printed: its verdict, its JSON, its text, and the fault where the input is invalid."""

    verdict: str
    json: Json
    text: str
    fault: str = ""


def answer(request: Request, timeout: float | None) -> Answer:
    """The comparison that a request asks for; whatever is wrong with the input is an `Invalid` verdict."""
    return printed(_compare(request, timeout))


def answer_json(request: Request, timeout: float | None) -> Json:
    """The same as JSON alone: in a stream nobody reads the text."""
    return comparison_json(_compare(request, timeout))


def _compare(request: Request, timeout: float | None) -> Comparison:
    deadline = None if timeout is None else thread_time() + COOPERATIVE * timeout
    try:
        return compare(
            request.a,
            request.b,
            request.given,
            syntax=request.syntax,
            index_from=request.index_from,
            entry=request.entry,
            strict=request.strict,
            deadline=deadline,
        )
    except SymderivError as error:
        return _without_reading(Invalid(error))
    except RecursionError:
        return _without_reading(Invalid(SymderivError("this expression is nested too deeply")))
    except MemoryError:
        return _without_reading(Undecided((), "out of memory"))


def printed(comparison: Comparison) -> Answer:
    verdict = comparison.verdict
    fault = verdict.error.in_full() if isinstance(verdict, Invalid) else ""
    return Answer(verdict.verdict, comparison_json(comparison), comparison_text(comparison), fault)


def unanswered(verdict: Verdict) -> Answer:
    """The answer where there was no comparison: the request was no request, or its process was killed."""
    return printed(_without_reading(verdict))


def _without_reading(verdict: Verdict) -> Comparison:
    return Comparison(verdict, None, None)


def work(task: tuple[Request, float | None]) -> Any:
    return answer(*task)
