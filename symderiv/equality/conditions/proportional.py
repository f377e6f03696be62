"""Equations whose differences are equal up to a number: ``y = sin 2x`` and ``y/2 = sin x cos x``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.normal_forms.plain import plain_forms
from symderiv.equality.problem import Problem
from symderiv.equality.prove import Proof
from symderiv.equality.rationals import fraction
from symderiv.expression.build import mul, subtract
from symderiv.expression.tree import Apply, Expr, Number

Prove = Callable[[Problem], Proof | None]


def by_proportion(problem: Problem, prove: Prove) -> Proof | None:
    """A proof that ``f = 0`` and ``g = 0`` hold at the same points: f is c g everywhere, c a number but 0.

    Which number is read off normal forms; that it is right is what ``prove`` has to show.
    """
    first, second = gap(problem.a), gap(problem.b)
    if first is None or second is None:
        return None
    factor = _factor(first, second)
    if factor is None:
        return None
    proof = prove(replace(problem, a=first, b=mul(Number(factor), second)))
    if proof is None or proof.exceptions or not proof.live:
        return None
    return Proof(f"equations up to a factor, {proof.by}")


def gap(condition: Expr) -> Expr | None:
    """What is zero exactly where a condition holds: of ``f = g or u = v`` the product ``(f - g)(u - v)``.

    >>> from symderiv.expression.tree import ONE, Variable
    >>> gap(Apply("eq", (Variable("x"), ONE))).head, gap(Apply("lt", (Variable("x"), ONE)))
    ('add', None)
    """
    match condition:
        case Apply(head="eq", args=(left, right)) if not (is_condition(left) or is_condition(right)):
            return subtract(left, right)
        case Apply(head="or", args=parts):
            gaps = [found for part in parts if (found := gap(part)) is not None]
            return mul(*gaps) if len(gaps) == len(parts) else None
    return None


def _factor(first: Expr, second: Expr) -> Fraction | None:
    """The number that one is of the other, should there be one."""
    found = plain_forms(first, second)
    if found is None:
        return None
    nf, forms = found
    if any(form.num.is_zero() for form in forms):
        return None
    (above, below), (other_above, other_below) = map(nf.arithmetic.as_polynomials, forms)
    one, other = above * other_below, other_above * below
    factor = one.leading_coefficient() / other.leading_coefficient()
    return fraction(factor) if nf.arithmetic.reduced(one - other * factor).is_zero() else None
