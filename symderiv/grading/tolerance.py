"""Numbers that may be rounded: |answer - key| ≤ tolerance, decided exactly or by balls, never by floats."""

from __future__ import annotations

from fractions import Fraction

from symderiv.derivation import scalar_of
from symderiv.equality import decide
from symderiv.equality.verdict import Different, Equal, Undecided, Verdict, Witness
from symderiv.errors import ShapeError
from symderiv.exercise import Question
from symderiv.exercise.format.models import ExpressionPart
from symderiv.expression.build import compare, function, subtract
from symderiv.expression.text import meaning_to_text
from symderiv.expression.tree import TRUE, Expr, Number
from symderiv.grading.judgement import all_of
from symderiv.tensor import Meaning, Tensor


def tolerance_of(question: Question) -> Expr:
    """Half a unit in the last of ``digits`` decimals, or the ``tolerance`` said."""
    part = question.part
    assert isinstance(part, ExpressionPart)
    if "tolerance" in question.trees:
        return scalar_of(question.trees["tolerance"]).value
    return Number(Fraction(1, 2 * 10 ** (part.digits or 0)))


def within_tolerance(question: Question, found: Meaning, key: Meaning) -> Verdict:
    """Equal where every entry is close enough."""
    if not isinstance(found, Tensor) or not isinstance(key, Tensor):
        return decide(found, key, question.facts)
    if found.sizes is None or found.sizes != key.sizes:
        return decide(found, key, question.facts)
    bound = tolerance_of(question)
    verdicts = [_close(found, key, at, bound, question.facts) for at in key.positions()]
    return all_of(verdicts, "within the tolerance, by exact bounds")


def _close(found: Tensor, key: Tensor, at: tuple[int, ...], bound: Expr, facts: tuple[Expr, ...]) -> Verdict:
    where = tuple(Number(k) for k in at)
    a, b = found.entry(*where), key.entry(*where)
    condition = compare("le", function("abs", subtract(a, b)), bound)
    verdict = decide(Tensor.scalar(condition), Tensor.scalar(TRUE), facts)
    if isinstance(verdict, Different):
        point = verdict.witness.point
        left, right = (meaning_to_text(Tensor.scalar(value)) for value in (a, b))
        return Different("outside the tolerance", Witness(point, left, right))
    return verdict if isinstance(verdict, Equal | Undecided) else _refused()


def _refused() -> Verdict:
    raise ShapeError("this can't be compared within a tolerance", expected="numbers")
