"""floor(u) = k + floor(u − k) for the integer part k of u; floor(−a/d) = −floor((a + d − 1)/d); and u − c
itself where u − c is whole at all integers.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import lcm, prod

from symderiv.equality.normal_forms.generators import Field, Poly, terms
from symderiv.equality.normal_forms.integrality import is_integer_polynomial, over_integers
from symderiv.equality.normal_forms.normal_form import NormalForm
from symderiv.equality.normal_forms.rational import Element
from symderiv.equality.rationals import fraction
from symderiv.expression.build import negative
from symderiv.expression.tree import Apply, Number

MAX_GRID = 200


def floor(nf: NormalForm, expr: Apply) -> Element:
    """One generator for each argument between integers; of a maximum the maximum of the integer parts."""
    nf.classes.add("integer parts")
    match expr.args[0]:
        case Apply(head="max" | "min" as head, args=args):
            return nf.convert(Apply(head, tuple(Apply("floor", (arg,)) for arg in args)))
        case Apply(head="mul", args=(Number(value=-1), Apply(head="max" | "min" as head, args=args))):
            parts = tuple(Apply("floor", (negative(arg),)) for arg in args)
            return nf.convert(Apply("min" if head == "max" else "max", parts))
    return _floor(nf, nf.convert(expr.args[0]))


def _floor(nf: NormalForm, u: Element) -> Element:
    a = nf.arithmetic
    above, below = a.as_polynomials(u)
    quotient, rest = (above, nf.field.zero) if below.is_one() else divmod(above, below)
    whole = Element(_integer_part(nf, quotient))
    fractional = a.subtract(u, whole)
    if rest.is_zero() and fractional.num.is_constant() and not fractional.den:
        return whole
    constant = constant_remainder(nf.field, fractional)
    if constant is not None:
        return a.subtract(u, a.number(constant))
    turned = _turned(nf, fractional)
    if turned is not None:
        return a.subtract(whole, _floor(nf, turned))
    simple = a.reduced_element(fractional)
    generator = nf.field.generator("floor", f"floor {nf.label(simple)}", None, simple, free=False)
    return a.add(whole, a.unknown(generator))


def constant_remainder(field: Field, u: Element) -> Fraction | None:
    """c in [0, 1) where u - c is whole for all integers: of ``(n⁵ - n)/30`` it is 0.

    A polynomial is whole at all integers if it is on the grid 0, …, degree of each of its unknowns.
    """
    if u.den or not over_integers(field, u.num):
        return None
    monomials = list(terms(u.num))
    degrees: dict[int, int] = {}
    for exponents, _ in monomials:
        for position, exponent in exponents:
            degrees[position] = max(degrees.get(position, 0), exponent)
    if prod(degree + 1 for degree in degrees.values()) > MAX_GRID:
        return None
    found: Fraction | None = None
    for point in product(*(range(degree + 1) for degree in degrees.values())):
        at = dict(zip(degrees, point, strict=True))
        value = sum((fraction(c) * prod(at[k] ** e for k, e in m) for m, c in monomials), Fraction(0)) % 1
        if found is not None and value != found:
            return None
        found = value
    return found


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
