"""An exercise on other numbers: the mistakes that its examples show must be named there too.

Of an exercise that says what varies, the numbers are those of a sample of seeds, and each foreseen mistake
must be told from the right answer by them; of any other, the literal arrays are drawn anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symderiv.equality import decide
from symderiv.equality.verdict import Different, Verdict
from symderiv.errors import SymderivError
from symderiv.exercise import Exercise, Question
from symderiv.exercise.building import build
from symderiv.exercise.variants import redraw, stream, vary
from symderiv.expression.tree import Expr, Number, Sequence, walk
from symderiv.grading.authoring.findings import Finding
from symderiv.grading.diagnosis.wrong_forms import diagnose_each, wrong_forms
from symderiv.grading.keys import key_meaning, policy
from symderiv.grading.misconceptions import BY_NAME
from symderiv.tensor import Meaning

SEEDS = (1, 2, 3)
FORMS = 2
"""Wrong forms of a pattern that are looked for on other numbers."""
_NUMBERS = tuple(Fraction(n) for n in range(-9, 10) if n)


def lint_on_other_numbers(exercise: Exercise) -> Iterator[Finding]:
    """Errors where a key loses its meaning, or a mistake its name, when the numbers change."""
    if exercise.file.vary is None:
        others = [(0, with_other_numbers(exercise))] if _has_numbers(exercise) else []
    else:
        others = [(seed, vary(exercise.file, exercise.path, seed)) for seed in SEEDS]
    for seed, other in others:
        for question in other:
            if question.part.kind == "expression":
                yield from _named_there(question, f"with the numbers of seed {seed}", must_tell=seed > 0)


def with_other_numbers(exercise: Exercise) -> Exercise:
    """The exercise with every literal array drawn anew, always in the same way."""

    def draw(name: str, value: Expr) -> Expr:
        literal = isinstance(value, Sequence) and all(isinstance(n, Number | Sequence) for n in walk(value))
        return redraw(value, _NUMBERS, stream(f"{exercise.id}/{name}/lint")) if literal else value

    return build(exercise.file, exercise.path, None, draw)


def _has_numbers(exercise: Exercise) -> bool:
    values = (part for name in exercise.given for part in (name.value, name.definition))
    return any(isinstance(value, Sequence) for value in values)


def _named_there(question: Question, numbers: str, must_tell: bool) -> Iterator[Finding]:
    try:
        key = key_meaning(question, question.key)
    except SymderivError as error:
        yield Finding("error", question.id, f"{numbers} the key has no meaning: {error.in_one_line()}")
        return
    names = dict.fromkeys(name for example in question.part.reject for name in example.misconception)
    for name in names:
        if name not in BY_NAME:
            continue
        wrong = [form.meaning for form in wrong_forms(question, question.key) if form.pattern.name == name]
        apart = [form for form in wrong if isinstance(_verdict(question, form, key), Different)][:FORMS]
        if wrong and not apart and must_tell:
            yield Finding("error", question.id, f"{numbers} '{name}' can't be told from the right answer")
        for form in apart:
            found = diagnose_each(question, form, question.key, key)
            if name not in [pattern.name for pattern in found]:
                yield Finding("error", question.id, f"{numbers} '{name}' isn't named")


def _verdict(question: Question, form: Meaning, key: Meaning) -> Verdict:
    return decide(form, key, question.facts, policy=policy(question))
