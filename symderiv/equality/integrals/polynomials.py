"""Antiderivatives of polynomials, multiplied out: ``∫ t (1 - t) = t²/2 - t³/3``."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symderiv.expression.build import add, mul, power
from symderiv.expression.coefficients import coefficients_in
from symderiv.expression.tree import Expr, Number, Variable


def of_polynomial(expr: Expr, t: Variable) -> Iterator[Expr]:
    """``Σ c_k tᵏ⁺¹/(k + 1)`` of a polynomial in t whose coefficients are free of it.

    >>> from symderiv.expression.tree import ONE
    >>> t = Variable("t")
    >>> print(*of_polynomial(mul(t, add(ONE, t)), t))
    1/2*t^2 + 1/3*t^3
    """
    found = coefficients_in(expr, t)
    if found is not None:
        yield add(*(mul(Number(Fraction(1, k)), c, power(t, Number(k))) for k, c in enumerate(found, 1)))
