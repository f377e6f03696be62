"""Roots of quadratics: ``∫ √(c − A t²) = (t √(c − A t²) + c/√A asin(t √(A/c)))/2``; proposals, too."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symderiv.expression.build import add, divide, function, mul, negative, power, sqrt
from symderiv.expression.coefficients import coefficients_in
from symderiv.expression.tree import HALF, ONE, ZERO, Apply, Expr, Number, Variable


def of_root(base: Expr, exponent: Expr, t: Variable) -> Iterator[Expr]:
    """Candidates for the antiderivative of ``√base``, and of its reciprocal."""
    found = coefficients_in(base, t)
    if found is None or len(found) != 3 or found[1] != ZERO or exponent not in (HALF, negative(HALF)):
        return
    c, _, slope = found
    for head, size in (("asin", negative(slope)), ("asinh", slope)):
        root = ONE if size == ONE else sqrt(size)
        for radius in _roots(c):
            turned = divide(function(head, divide(mul(root, t), radius)), root)
            if exponent == HALF:
                yield mul(Number(Fraction(1, 2)), add(mul(t, power(base, HALF)), mul(c, turned)))
            else:
                yield turned


def _roots(c: Expr) -> Iterator[Expr]:
    """What √c may be: of r² it is r, if that is positive."""
    match c:
        case Apply(head="pow", args=(r, Number(value=2))):
            yield r
    yield ONE if c == ONE else sqrt(c)
