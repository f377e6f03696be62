"""Geometric and exponential series with a polynomial before their terms, by its differences.

``Σ_{i≥a} p(i) rⁱ = r^a Σ_m Δᵐp(a) rᵐ/(1 - r)^(m+1)`` for -1 < r < 1, and
``Σ_{i≥0} p(i) rⁱ/i! = e^r Σ_m Δᵐp(0) rᵐ/m!``.
"""

from __future__ import annotations

from math import comb, factorial

from symderiv.equality.conditions.polynomial import TooLarge, polynomial
from symderiv.expression.build import add, divide, function, mul, number, power, subtract
from symderiv.expression.instantiation import instantiate
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ONE, ZERO, Expr, Number, Variable

MAX_DEGREE = 6


def geometric_series(weight: Expr, ratio: Expr, i: Variable, first: Expr) -> Expr | None:
    """``Σ_{i≥first} weight rⁱ``, taken to converge; None where the weight is no polynomial.

    >>> i = Variable("i")
    >>> str(geometric_series(i, Number(-2), i, ZERO))
    '-2/9'
    """
    steps = _differences(weight, i, first)
    if steps is None:
        return None
    rest = subtract(ONE, ratio)
    terms = (mul(step, power(ratio, Number(m)), power(rest, Number(-m - 1))) for m, step in enumerate(steps))
    return mul(power(ratio, first), add(*terms))


def exponential_series(weight: Expr, ratio: Expr, i: Variable, left_out: int) -> Expr | None:
    """``Σ weight rⁱ/i!`` without so many first terms; None where the weight is no polynomial.

    >>> i, r = Variable("i"), Variable("r")
    >>> str(exponential_series(i, r, i, 0))
    'exp(r)*r'
    """
    steps = _differences(weight, i, ZERO)
    if steps is None:
        return None
    whole = (mul(step, divide(power(ratio, Number(m)), number(factorial(m)))) for m, step in enumerate(steps))
    before = (
        mul(instantiate(weight, {i: Number(k)}), divide(power(ratio, Number(k)), number(factorial(k))))
        for k in range(left_out)
    )
    return subtract(mul(function("exp", ratio), add(*whole)), add(*before))


def _differences(weight: Expr, i: Variable, first: Expr) -> list[Expr] | None:
    """p(a), Δp(a), Δ²p(a), … up to the degree of the polynomial p in i."""
    degree = _degree(weight, i)
    if degree is None or degree > MAX_DEGREE:
        return None
    values = [instantiate(weight, {i: add(first, Number(k))}) for k in range(degree + 1)]
    return [
        add(*(mul(Number((-1) ** (m - k) * comb(m, k)), values[k]) for k in range(m + 1)))
        for m in range(degree + 1)
    ]


def _degree(weight: Expr, i: Variable) -> int | None:
    try:
        found = polynomial(weight)
    except TooLarge:
        return None
    if any(base != i and i in free_variables(base) for monomial in found for base, _ in monomial):
        return None
    return max((exponent for monomial in found for base, exponent in monomial if base == i), default=0)
