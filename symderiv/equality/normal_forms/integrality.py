"""Which elements are integers: integer coefficients over integer unknowns."""

from __future__ import annotations

from math import gcd, lcm

from symderiv.equality.cells.positivity import domain_of
from symderiv.equality.normal_forms.generators import Field, Generator, Poly, terms
from symderiv.equality.normal_forms.rational import Element


def is_integer(field: Field, element: Element) -> bool:
    """An integer for sure: a polynomial with integer coefficients in integer unknowns."""
    return not element.den and is_integer_polynomial(field, element.num)


def is_integer_polynomial(field: Field, poly: Poly) -> bool:
    if any(coefficient.q != 1 for coefficient in poly.coeffs()):
        return False
    return over_integers(field, poly)


def is_odd(field: Field, poly: Poly) -> bool:
    """Half of an odd number, as m² − 3/2 is of 2m² − 3: never zero."""
    if not over_integers(field, poly):
        return False
    whole = poly * 2 * lcm(*(int(coefficient.q) for coefficient in poly.coeffs()))
    whole = whole / gcd(*(int(coefficient.p) for coefficient in whole.coeffs()))
    odd = [exponents for exponents, coefficient in terms(whole) if coefficient.numerator % 2]
    return odd == [()]


def over_integers(field: Field, poly: Poly) -> bool:
    """Every unknown in it is an integer."""
    return all(map(_is_integer_unknown, field.used(poly)))


def _is_integer_unknown(generator: Generator) -> bool:
    domain = domain_of(generator)
    return generator.kind in ("floor", "parity", "delta") or (domain is not None and domain.integer)
