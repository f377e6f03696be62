"""Sums of arc tangents of numbers: ``atan 1/2 + atan 1/3 = π/4``, by Gaussian integers.

``Σ nₖ atan rₖ`` is an argument of ``∏ (1 + i rₖ)^nₖ``: where that product is real, the sum is a multiple
of π, and a ball tells which.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm

import flint

from symderiv.equality.normal_forms.constants import ball_of
from symderiv.equality.normal_forms.generators import Field, Poly, terms
from symderiv.equality.normal_forms.plain import difference
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof
from symderiv.equality.rationals import fraction
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import TRUE

MAX_POWER = 1000


def by_arctangents(problem: Problem) -> Proof | None:
    """A proof that two constants, made of arc tangents and multiples of π, are equal."""
    if problem.defined_a != TRUE or problem.defined_b != TRUE:
        return None
    if free_variables(problem.a) or free_variables(problem.b):
        return None
    found = difference(problem.a, problem.b)
    if found is None or found[1].den or not _vanishes(found[0], found[1].num):
        return None
    return Proof("arc tangents of numbers")


def _vanishes(field: Field, gap: Poly) -> bool:
    scale = lcm(*(fraction(c).denominator for c in gap.coeffs()))
    x, y = Fraction(1), Fraction(0)
    for exponents, coefficient in terms(gap):
        tangent = _tangent(field, exponents)
        times = int(fraction(coefficient) * scale)
        if tangent is None or abs(times) > MAX_POWER:
            return False
        for _ in range(abs(times)):
            r = tangent if times > 0 else -tangent
            x, y = x - r * y, y + r * x
    return y == 0 and _is_small(field, gap * scale)


def _tangent(field: Field, exponents: tuple[tuple[int, int], ...]) -> Fraction | None:
    """r of a generator ``atan r``, 0 for π."""
    if len(exponents) != 1 or exponents[0][1] != 1:
        return None
    generator = field.generators[exponents[0][0]]
    if generator.kind == "pi":
        return Fraction(0)
    argument = generator.data.num if generator.kind == "atan" and not generator.data.den else None
    if argument is None or not argument.is_constant():
        return None
    return fraction(argument.leading_coefficient())


def _is_small(field: Field, multiple_of_pi: Poly) -> bool:
    """Of all multiples of π only 0 is between −1 and 1."""
    ball = ball_of(field, multiple_of_pi)
    return ball is not None and bool(abs(ball()) < flint.arb(1))
