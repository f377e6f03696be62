"""Polynomials that are sums of squares: ``x² + x + 1 > 0``, ``(a d)² - 2 a b c d + (b c)² ≥ 0``."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from symderiv.equality.conditions.polynomial import UNIT, Monomial, Polynomial, degree, exponents_added

MAX_NAMES = 24
Matrix = list[list[Fraction]]


def is_sum_of_squares(poly: Polynomial, *, strict: bool) -> bool:
    """Whether ``poly ≥ 0`` (``> 0``: with some of its constant to spare) by an exact LDLᵀ elimination.

    >>> from symderiv.equality.conditions.polynomial import polynomial
    >>> from symderiv.expression.build import mul, power, subtract
    >>> from symderiv.expression.tree import Number, Variable
    >>> a, b, c, d = map(Variable, "abcd")
    >>> gap = power(subtract(mul(a, d), mul(b, c)), Number(2))
    >>> is_sum_of_squares(polynomial(gap), strict=False), is_sum_of_squares(polynomial(gap), strict=True)
    (True, False)
    """
    if not poly or max(map(degree, poly)) < 2:
        return False
    halves = [half for m, c in poly.items() if c > 0 and (half := _half(m)) is not None]
    if len(halves) > MAX_NAMES or len(poly) > len(halves) * (len(halves) + 1) // 2:
        return False
    slack = poly.get(UNIT, Fraction(0)) / 1024 if strict else Fraction(0)
    if strict and slack <= 0:
        return False
    matrix = _matrix(poly, sorted(halves, key=len))
    if matrix is None:
        return False
    if strict:
        matrix[0][0] -= slack
    return _is_semidefinite(matrix)


def _half(monomial: Monomial) -> Monomial | None:
    """What a monomial is the square of, ``x y²`` of ``x² y⁴``."""
    if any(exponent % 2 for _, exponent in monomial):
        return None
    return frozenset((base, exponent // 2) for base, exponent in monomial)


def _matrix(poly: Polynomial, halves: list[Monomial]) -> Matrix | None:
    """A symmetric matrix M with ``poly = hᵀ M h`` for the monomials h; None if h leaves one out."""
    places = {_times(h, h): (k, k) for k, h in enumerate(halves)}
    for (k, one), (j, other) in combinations(enumerate(halves), 2):
        places.setdefault(_times(one, other), (k, j))
    matrix = [[Fraction(0)] * len(halves) for _ in halves]
    for monomial, c in poly.items():
        if monomial not in places:
            return None
        k, j = places[monomial]
        matrix[k][j] += c / 2
        matrix[j][k] += c / 2
    return matrix


def _times(one: Monomial, other: Monomial) -> Monomial:
    return frozenset(exponents_added(one, other).items())


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
