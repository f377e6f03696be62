"""Faulhaber's sums: ``Σ_{r=1}^{n} r^p`` as a polynomial in n."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import comb

from symderiv.expression.build import add, mul, power, subtract
from symderiv.expression.tree import ONE, Expr, Number


@lru_cache
def bernoulli(n: int) -> Fraction:
    """The Bernoulli number ``B_n``, with ``B_1 = +1/2``.

    >>> bernoulli(1), bernoulli(2), bernoulli(4)
    (Fraction(1, 2), Fraction(1, 6), Fraction(-1, 30))
    """
    if n == 1:
        return Fraction(1, 2)
    minus = sum(comb(n + 1, k) * (bernoulli(k) if k != 1 else Fraction(-1, 2)) for k in range(n))
    return Fraction(1) if n == 0 else -Fraction(minus) / (n + 1)


def faulhaber(p: int, n: Expr) -> Expr:
    """``1^p + 2^p + … + n^p = (1/(p+1)) Σ_k C(p+1, k) B_k n^(p+1-k)``."""
    terms = [
        mul(Number(Fraction(comb(p + 1, k), p + 1) * bernoulli(k)), power(n, Number(p + 1 - k)))
        for k in range(p + 1)
    ]
    return add(*terms)


def power_sum(p: int, lower: Expr, upper: Expr) -> Expr:
    """``Σ_{r=lower}^{upper} r^p`` for lower ≤ upper + 1."""
    return subtract(faulhaber(p, upper), faulhaber(p, subtract(lower, ONE)))
