"""What speaks for two undecided answers: how closely their values agree at random points. Never a verdict."""

from __future__ import annotations

import random
from fractions import Fraction

import flint

from symderiv.equality.evaluate.evaluator import evaluate
from symderiv.equality.evaluate.precision import precision
from symderiv.equality.problem import Problem
from symderiv.expression.kinds import Domain
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Expr

POINTS = 4
BITS = 200


def evidence(problem: Problem) -> str:
    """``agree to 190 bits at 4 points``; empty where the answers are no functions of scalars alone."""
    names = free_variables(problem.a) | free_variables(problem.b)
    if any(v.kind.shape or v.kind.function for v in names) or problem.facts:
        return ""
    rng = random.Random(1)
    with precision(BITS):
        gaps = [_gap(problem, {v: _value(rng, v.kind.domain) for v in names}) for _ in range(POINTS)]
    bits = [gap for gap in gaps if gap is not None]
    if not bits:
        return ""
    return f"agree to {min(bits)} bits at {len(bits)} point{'s' * (len(bits) > 1)}"


def _gap(problem: Problem, point: dict[Expr, Fraction]) -> int | None:
    """The number of bits to which both sides agree at a point; None where a side has no value."""
    left, right = (_ball(evaluate(side, point)) for side in (problem.a, problem.b))
    if left is None or right is None:
        return None
    gap = (abs(left - right) / (1 + abs(left))).upper()
    if not gap.is_finite():
        return None
    return BITS if gap == 0 else max(0, min(BITS, -int(gap.log_base(2).upper().ceil().unique_fmpz())))


def _ball(value: object) -> flint.arb | None:
    if isinstance(value, Fraction):
        return flint.arb(flint.fmpq(value.numerator, value.denominator))
    return value if isinstance(value, flint.arb) else None


def _value(rng: random.Random, domain: Domain) -> Fraction:
    """A random number in a domain, small where it can be."""
    step = 1 if domain.integer else 7
    for _ in range(50):
        value = Fraction(rng.randint(-20, 20), step)
        if domain.contains(value):
            return value
    return domain.lower if domain.lower is not None else Fraction(0)
