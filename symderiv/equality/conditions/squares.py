"""Polynomials of degree two that are sums of squares: ``x² + x + 1 > 0``, ``x² - 2xy + y² ≥ 0``."""

from __future__ import annotations

from fractions import Fraction

from symderiv.equality.conditions.polynomial import UNIT, Monomial, Polynomial, degree
from symderiv.expression.tree import Expr

MAX_NAMES = 24
Matrix = list[list[Fraction]]


def is_sum_of_squares(poly: Polynomial, *, strict: bool) -> bool:
    """Whether ``poly ≥ 0`` (``> 0``: with some of its constant to spare) by an exact LDLᵀ elimination."""
    if not poly or max(map(degree, poly)) != 2:
        return False
    names: list[Expr | None] = [None, *dict.fromkeys(base for m in poly for base, _ in m)]
    if len(names) > MAX_NAMES:
        return False
    slack = poly.get(UNIT, Fraction(0)) / 1024 if strict else Fraction(0)
    if strict and slack <= 0:
        return False
    matrix = [[_entry(poly, a, b) for b in names] for a in names]
    matrix[0][0] -= slack
    return _is_semidefinite(matrix)


def _entry(poly: Polynomial, a: Expr | None, b: Expr | None) -> Fraction:
    """The coefficient of a·b in a symmetric matrix, ``None`` standing for 1."""
    value = poly.get(_monomial(a, b), Fraction(0))
    return value if a is b else value / 2


def _monomial(a: Expr | None, b: Expr | None) -> Monomial:
    if a is None or b is None:
        rest = a if b is None else b
        return UNIT if rest is None else frozenset(((rest, 1),))
    return frozenset(((a, 2),)) if a == b else frozenset(((a, 1), (b, 1)))


def _is_semidefinite(matrix: Matrix) -> bool:
    """Symmetric elimination: no pivot below 0, and nothing beside a zero pivot."""
    size = len(matrix)
    for k in range(size):
        pivot = matrix[k][k]
        if pivot < 0 or (pivot == 0 and any(matrix[k][k + 1 :])):
            return False
        for row in range(k + 1, size):
            factor = matrix[row][k] / pivot if matrix[row][k] else Fraction(0)
            if factor:
                matrix[row] = [
                    value - factor * above for value, above in zip(matrix[row], matrix[k], strict=True)
                ]
    return True
