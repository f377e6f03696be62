"""Why an answer is wrong: the misconceptions whose wrong form it is proved to be.

A wrong form counts only if it is proved different from the key: otherwise the numbers can't tell.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from symderiv.equality import decide
from symderiv.equality.verdict import Different, Equal
from symderiv.errors import SymderivError
from symderiv.exercise import Question
from symderiv.expression.tree import Apply, Expr
from symderiv.grading.keys import meaning_of, policy
from symderiv.grading.misconceptions import MISCONCEPTIONS, Misconception
from symderiv.grading.misconceptions.closed_forms import stated
from symderiv.tensor import Listing, Meaning, Record, Tensor

SECONDS = 4.0
CONDITIONS = ("and", "or", "not", "lt", "le", "gt", "ge", "eq", "ne")
MAX_FORMS = 60


def diagnose(question: Question, found: Meaning, key_tree: Expr, key: Meaning) -> tuple[Misconception, ...]:
    """Every misconception of which the answer is proved to be a wrong form, in the order of the table."""
    deadline = time.monotonic() + SECONDS
    named: list[Misconception] = []
    for pattern in _likely_first(key_tree):
        if time.monotonic() > deadline:
            break
        if any(_explains(question, wrong, found, key, deadline) for wrong in forms(pattern, key_tree)):
            named.append(pattern)
    return tuple(named)


def _likely_first(key: Expr) -> tuple[Misconception, ...]:
    """The table, for a condition the pattern about conditions before the others."""
    if isinstance(key, Apply) and key.head in CONDITIONS:
        return tuple(sorted(MISCONCEPTIONS, key=lambda pattern: pattern.name != "condition-forgotten"))
    return MISCONCEPTIONS


def forms(pattern: Misconception, key: Expr) -> Iterator[Expr]:
    """The pattern's wrong forms of a key, stated or derived, not more than a cap."""
    for form in stated(key):
        produced = pattern.forms(form)
        for _ in range(MAX_FORMS):
            try:
                yield next(produced)
            except (StopIteration, SymderivError):
                # a rewritten definition without a meaning ends this list
                break


def _explains(question: Question, wrong: Expr, found: Meaning, key: Meaning, deadline: float) -> bool:
    if time.monotonic() > deadline:
        return False
    try:
        form = meaning_of(question, wrong)
        if not _alike(form, found):
            return False
        how = {"policy": policy(question), "deadline": deadline}
        if not isinstance(decide(found, form, question.facts, **how), Equal):
            return False
        return isinstance(decide(form, key, question.facts, **how), Different)
    except (SymderivError, RecursionError, ArithmeticError):
        return False


def _alike(form: Meaning, found: Meaning) -> bool:
    """Could the two be equal by their shapes alone?"""
    if isinstance(form, Tensor) and isinstance(found, Tensor) and form.sizes is not None and found.sizes is not None:
        return [n for n in form.sizes if n != 1] == [n for n in found.sizes if n != 1]
    if isinstance(form, Record) and isinstance(found, Record):
        return {name for name, _ in form.items} == {name for name, _ in found.items}
    return isinstance(form, Listing) == isinstance(found, Listing)
