"""asinh, acosh, atanh by their logarithms."""

from __future__ import annotations

from fractions import Fraction

from symderiv.equality.normal_forms.logarithms import logarithm
from symderiv.equality.normal_forms.normal_form import NormalForm, UndefinedHere
from symderiv.equality.normal_forms.radicals import rational_power
from symderiv.equality.normal_forms.rational import Element
from symderiv.expression.tree import Apply

HALF = Fraction(1, 2)


def asinh(nf: NormalForm, expr: Apply) -> Element:
    """``log(u + √(u² + 1))``."""
    return _log_of_sum(nf, nf.convert(expr.args[0]), 1)


def acosh(nf: NormalForm, expr: Apply) -> Element:
    """``log(u + √(u² − 1))`` for u ≥ 1."""
    u = nf.convert(expr.args[0])
    sign, seen = nf.sign(nf.arithmetic.subtract(u, nf.arithmetic.one))
    if sign < 0:
        nf.leave(seen)
    return _log_of_sum(nf, u, -1)


def _log_of_sum(nf: NormalForm, u: Element, shift: int) -> Element:
    a = nf.arithmetic
    if a.is_zero(u) and shift > 0:
        return a.zero
    root = rational_power(nf, a.add(a.multiply(u, u), a.number(shift)), HALF, None)
    return logarithm(nf, a.add(u, root))


def atanh(nf: NormalForm, expr: Apply) -> Element:
    """``½ log((1 + u)/(1 − u))`` for |u| < 1."""
    u = nf.convert(expr.args[0])
    a = nf.arithmetic
    rest = a.subtract(a.one, u)
    if a.is_zero(rest):
        raise UndefinedHere
    ratio = a.multiply(a.add(a.one, u), a.inverse(rest))
    return a.scaled(logarithm(nf, ratio), HALF)
