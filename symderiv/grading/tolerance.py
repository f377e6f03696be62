"""Numbers that may be rounded: |answer - key| ≤ tolerance, decided exactly or by balls, never by floats."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symderiv.derivation import scalar_of
from symderiv.equality import decide
from symderiv.equality.compound.listings import Decide, decide_listings, decide_records
from symderiv.equality.compound.shapes import Aligned, decide_shapes
from symderiv.equality.verdict import Different, Equal, Undecided, Verdict, Witness
from symderiv.errors import ShapeError
from symderiv.exercise import Question
from symderiv.exercise.format.models import ExpressionPart
from symderiv.expression.build import compare, function, subtract
from symderiv.expression.printing.meaning_text import meaning_to_text
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import TRUE, Expr, Number
from symderiv.grading.judgement import all_of
from symderiv.grading.keys import strict_shape
from symderiv.tensor import Listing, Meaning, Record, Tensor

BY_BOUNDS = "within the tolerance, by exact bounds"


def tolerance_of(question: Question) -> Expr:
    """Half a unit in the last of ``digits`` decimals, or the ``tolerance`` said."""
    part = question.part
    assert isinstance(part, ExpressionPart)
    if "tolerance" in question.trees:
        return scalar_of(question.trees["tolerance"]).value
    return Number(Fraction(1, 2 * 10 ** (part.digits or 0)))


def within_tolerance(question: Question, found: Meaning, key: Meaning) -> Verdict:
    """Equal where every entry is close enough, in arrays, in lists and behind names alike."""

    def inner(left: Meaning, right: Meaning) -> Verdict:
        return within_tolerance(question, left, right)

    if isinstance(found, Tensor) and isinstance(key, Tensor):
        return _arrays(question, found, key)
    if isinstance(found, Record) and isinstance(key, Record):
        return decide_records(found, key, inner)
    if isinstance(found, Listing) and isinstance(key, Listing):
        is_set = "set" in (found.kind, key.kind)
        return _sets(found, key, inner) if is_set else decide_listings(found, key, inner)
    return decide(found, key, question.facts)


def _arrays(question: Question, found: Tensor, key: Tensor) -> Verdict:
    aligned = decide_shapes(found, key, question.facts, strict_shape(question), None)
    if not isinstance(aligned, Aligned):
        return aligned
    if aligned.a.sizes is None or aligned.b.sizes is None:
        return decide(found, key, question.facts)
    bound = tolerance_of(question)
    verdicts = [_close(aligned.a, aligned.b, at, bound, question.facts) for at in aligned.b.positions()]
    return all_of(verdicts, BY_BOUNDS)


def _sets(found: Listing, key: Listing, close: Decide) -> Verdict:
    """Each number close to one on the other side. (A product of gaps, as between exact sets, tells nothing:
    it may be small where no gap is.)"""
    verdicts = [[close(mine, other) for other in key.items] for mine in found.items]
    lines = (*verdicts, *zip(*verdicts, strict=True)) if key.items and found.items else ()
    if lines and all(any(isinstance(each, Equal) for each in line) for line in lines):
        return Equal(BY_BOUNDS)
    numbers = not any(free_variables(item.value) for item in _numbers(found, key))
    if numbers and (not lines or any(all(isinstance(each, Different) for each in line) for line in lines)):
        return Different("elements", Witness((), meaning_to_text(found), meaning_to_text(key)))
    return Undecided(("each item against each other one",))


def _numbers(*sets: Listing) -> Iterator[Tensor]:
    return (item for each in sets for item in each.items if isinstance(item, Tensor))


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
