"""Sums, products and powers of entries as rational functions."""

from __future__ import annotations

from fractions import Fraction

from symderiv.equality.conditions.valued import is_integer_valued
from symderiv.equality.integers.parity import sign_power
from symderiv.equality.normal_forms.exponentials import exponential
from symderiv.equality.normal_forms.logarithms import logarithm
from symderiv.equality.normal_forms.normal_form import NormalForm, UndefinedHere
from symderiv.equality.normal_forms.radicals import rational_power
from symderiv.equality.normal_forms.rational import Element
from symderiv.equality.rationals import fraction
from symderiv.expression.build import mul
from symderiv.expression.build import power as power_of
from symderiv.expression.tree import Apply, Expr, Number


def total(nf: NormalForm, expr: Apply) -> Element:
    return nf.arithmetic.add(*(nf.convert(term) for term in expr.args))


def product(nf: NormalForm, expr: Apply) -> Element:
    return nf.arithmetic.multiply(*(nf.convert(factor) for factor in expr.args))


def power(nf: NormalForm, expr: Apply) -> Element:
    """``u^n`` by multiplication, ``u^(p/q)`` by roots, ``u^v = exp(v log u)``."""
    base, exponent = expr.args
    if not isinstance(exponent, Number):
        return general_power(nf, base, exponent)
    value = Fraction(exponent.value)
    if value.denominator != 1:
        return rational_power(nf, nf.convert(base), value, base)
    if value < 0:
        return inverse_power(nf, base, -value.numerator)
    return nf.arithmetic.power(nf.convert(base), value.numerator)


def inverse_power(nf: NormalForm, base: Expr, n: int) -> Element:
    """``1/u^n``, factor by factor where u is written as a product or a power."""
    if isinstance(base, Apply) and base.head == "mul":
        return nf.arithmetic.multiply(*(inverse_power(nf, factor, n) for factor in base.args))
    if isinstance(base, Apply) and base.head == "pow":
        inner, exponent = base.args
        if isinstance(exponent, Number) and isinstance(exponent.value, int) and exponent.value > 0:
            return inverse_power(nf, inner, n * exponent.value)
    element = nf.convert(base)
    if nf.arithmetic.is_zero(element):
        raise UndefinedHere
    nf.mark(element, base)
    return nf.arithmetic.power(element, -n)


def general_power(nf: NormalForm, base: Expr, exponent: Expr) -> Element:
    """``u^v`` for u > 0; for an integer v also ``(−1)^v |u|^v``; ``(u^n)^m`` is ``u^(n m)`` for integers."""
    if (
        isinstance(base, Apply)
        and base.head == "pow"
        and all(map(is_integer_valued, (base.args[1], exponent)))
    ):
        return nf.convert(power_of(base.args[0], mul(base.args[1], exponent)))
    v = nf.convert(exponent)
    if v.num.is_constant() and not v.den:
        value = Fraction(0) if v.num.is_zero() else fraction(v.num.leading_coefficient())
        return power(nf, Apply("pow", (base, Number(value))))
    u = nf.convert(base)
    sign, _ = nf.sign(u)
    if sign == 0:
        return zero_to_the(nf, v)
    if sign > 0:
        nf.classes.add("exponentials")
        return exponential(nf, nf.arithmetic.multiply(v, logarithm(nf, u, base)))
    opposite = logarithm(nf, nf.arithmetic.scaled(u, -1), base)
    return nf.arithmetic.multiply(sign_power(nf, v), exponential(nf, nf.arithmetic.multiply(v, opposite)))


def zero_to_the(nf: NormalForm, v: Element) -> Element:
    """``0^v`` is 0 for v > 0 and undefined for v < 0."""
    sign, seen = nf.sign(v)
    if sign < 0:
        nf.leave(seen)
    for number in seen:
        nf.mark_factor(number, None)
    return nf.arithmetic.zero if sign else nf.arithmetic.one
