"""floor(u) = k + floor(u − k) for the integer part k of u; floor(−a/d) = −floor((a + d − 1)/d)."""

from __future__ import annotations

from math import lcm

from symderiv.equality.normal_forms.generators import Poly, fraction, terms
from symderiv.equality.normal_forms.integrality import is_integer_polynomial, over_integers
from symderiv.equality.normal_forms.normal_form import NormalForm, rule
from symderiv.equality.normal_forms.rational import Element
from symderiv.expression.tree import Apply


@rule("floor")
def floor(nf: NormalForm, expr: Apply) -> Element:
    """One generator for each argument between integers."""
    nf.classes.add("integer parts")
    return _floor(nf, nf.convert(expr.args[0]))


def _floor(nf: NormalForm, u: Element) -> Element:
    a = nf.arithmetic
    above, below = a.as_polynomials(u)
    quotient, rest = (above, nf.field.zero) if below.is_one() else divmod(above, below)
    whole = Element(_integer_part(nf, quotient))
    fractional = a.subtract(u, whole)
    if rest.is_zero() and fractional.num.is_constant() and not fractional.den:
        return whole
    turned = _turned(nf, fractional)
    if turned is not None:
        return a.subtract(whole, _floor(nf, turned))
    simple = a.reduced_element(fractional)
    generator = nf.field.generator("floor", f"floor {nf.label(simple)}", None, simple, free=False)
    return a.add(whole, a.unknown(generator))


def _integer_part(nf: NormalForm, poly: Poly) -> Poly:
    """Whole coefficients of integer monomials, and the floor of the constant."""
    part = nf.field.zero
    for exponents, coefficient in terms(poly):
        monomial = nf.field.monomial(exponents)
        value = fraction(coefficient)
        if over_integers(nf.field, monomial):
            part += monomial * (value.numerator // value.denominator)
    return part


def _turned(nf: NormalForm, u: Element) -> Element | None:
    """``(a + d − 1)/d`` for ``u = −a/d`` with integers a and d > 0, so that a leads with a positive sign."""
    above, below = nf.arithmetic.as_polynomials(u)
    scale = lcm(*(int(coefficient.q) for coefficient in (*above.coeffs(), *below.coeffs())))
    above, below = above * scale, below * scale
    if above.is_zero() or above.leading_coefficient() > 0:
        return None
    if not (is_integer_polynomial(nf.field, above) and is_integer_polynomial(nf.field, below)):
        return None
    known = nf.signs.base.of(nf.field.intern(below))
    if known != (1, True):
        return None
    return nf.arithmetic.multiply(Element(below - above - 1), nf.arithmetic.inverse(Element(below)))
