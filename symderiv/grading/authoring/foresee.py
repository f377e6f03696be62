"""Every wrong form that would be named, before anybody answers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from symderiv.equality import decide
from symderiv.equality.verdict import Different, Equal
from symderiv.errors import SymderivError
from symderiv.exercise import Exercise, Question
from symderiv.exercise.format.models import ExpressionPart
from symderiv.expression.printing.meaning_text import meaning_to_text
from symderiv.expression.tree import FALSE, Apply, Expr
from symderiv.grading.diagnosis.wrong_forms import CONDITIONS, forms, patterns_for
from symderiv.grading.keys import meaning_of, policy
from symderiv.grading.misconceptions.closed_forms import stated
from symderiv.tensor import Listing, Meaning, Record, Tensor

SECONDS = 20.0
PER_PATTERN = 8


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A wrong answer to a part that would be recognised, and the misconception that it shows.

    ``told_apart`` is False where it can't be told from the right answer with these numbers, None where
    that isn't decided. ``form`` is what ``answer`` spells.
    """

    part: str
    misconception: str
    answer: str
    told_apart: bool | None
    form: Meaning | None = None


def foresee(exercise: Exercise) -> tuple[Foreseen, ...]:
    """All wrong forms of all parts with a key, those that agree with the key included."""
    return tuple(each for question in exercise for each in foresee_part(question))


def foresee_part(question: Question) -> Iterator[Foreseen]:
    """The wrong forms of one part, a few for each misconception; raises where its key means nothing."""
    if not isinstance(question.part, ExpressionPart):
        return
    try:
        key = meaning_of(question, question.key)
    except SymderivError as error:
        raise question.part.answer.placed(error) from None
    deadline = time.thread_time() + SECONDS
    ways = tuple(stated(question.key))
    for pattern in patterns_for(question.key):
        told: set[str] = set()
        for wrong in forms(pattern, ways):
            if time.thread_time() > deadline or len(told) >= PER_PATTERN:
                break
            found = _told(question, pattern.name, wrong, key)
            if found is not None and found.answer not in told:
                told.add(found.answer)
                yield found


def _told(question: Question, name: str, wrong: Expr, key: Meaning) -> Foreseen | None:
    try:
        form = meaning_of(question, wrong)
        if not _is_an_answer(form, key):
            return None
        verdict = decide(form, key, question.facts, policy=policy(question))
        text = meaning_to_text(form)
    except (SymderivError, RecursionError, ArithmeticError):
        return None
    apart = True if isinstance(verdict, Different) else False if isinstance(verdict, Equal) else None
    return Foreseen(question.id, name, text, apart, form)


def _is_an_answer(form: Meaning, key: Meaning) -> bool:
    """Nobody hands in ``1/0``, or the reciprocal of a condition."""
    match form:
        case Tensor():
            counted = _is_condition(key) and isinstance(form.value, Apply) and not _is_condition(form)
            return form.defined != FALSE and not counted
        case Record():
            return all(_is_an_answer(item, item) for _, item in form.items)
        case Listing():
            return all(_is_an_answer(item, item) for item in form.items)


def _is_condition(found: Meaning) -> bool:
    return isinstance(found, Tensor) and isinstance(found.value, Apply) and found.value.head in CONDITIONS
