"""Square roots that outweigh what stands beside them: ``x + √(x² + 1) > 0``, for ``x² + 1 > (-x)²``."""

from __future__ import annotations

from fractions import Fraction

from symderiv.equality.conditions.polynomial import (
    UNIT,
    Polynomial,
    TooLarge,
    minus,
    plus,
    polynomial,
    product,
    scaled,
)
from symderiv.equality.conditions.squares import is_sum_of_squares
from symderiv.expression.parts import all_but
from symderiv.expression.tree import Apply, Expr, Number

HALF = Number(Fraction(1, 2))


def outweighing_root(terms: tuple[Expr, ...]) -> tuple[int, bool] | None:
    """The sign that the one square root among the terms gives to the sum, and whether the sum is never 0.

    ``c √s + t`` has the sign of c where ``c² s - t² > 0``, wherever the root exists.

    >>> from symderiv.expression.tree import ONE, Variable
    >>> x = Variable("x")
    >>> beside = Apply("pow", (Apply("add", (Apply("pow", (x, Number(2))), ONE)), HALF))
    >>> outweighing_root((x, beside)), outweighing_root((Number(2), beside))
    ((1, True), None)
    """
    roots = [(term, root) for term in terms if (root := _root(term)) is not None]
    if len(roots) != 1:
        return None
    [(term, (factor, radicand))] = roots
    try:
        beside = plus(*map(polynomial, all_but(terms, term)))
        gap = minus(scaled(polynomial(radicand), factor * factor), product(beside, beside))
    except TooLarge:
        return None
    side = 1 if factor > 0 else -1
    if _is_constant(gap):
        value = gap.get(UNIT, Fraction(0))
        return None if value < 0 else (side, value > 0)
    if is_sum_of_squares(gap, strict=True):
        return side, True
    return (side, False) if is_sum_of_squares(gap, strict=False) else None


def _root(term: Expr) -> tuple[Fraction, Expr] | None:
    """c and s of ``c √s``, c a number other than 0."""
    match term:
        case Apply(head="pow", args=(radicand, exponent)) if exponent == HALF:
            return Fraction(1), radicand
        case Apply(head="mul", args=(Number(value=factor), Apply(head="pow", args=(radicand, exponent)))) if (
            exponent == HALF and factor
        ):
            return Fraction(factor), radicand
    return None


def _is_constant(poly: Polynomial) -> bool:
    return all(monomial == UNIT for monomial in poly)
