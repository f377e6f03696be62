"""Which elements are integers: integer coefficients over integer unknowns."""

from __future__ import annotations

from symderiv.equality.cells.positivity import domain_of
from symderiv.equality.normal_forms.generators import Field, Poly
from symderiv.equality.normal_forms.rational import Element


def is_integer(field: Field, element: Element) -> bool:
    """An integer for sure: a polynomial with integer coefficients in integer unknowns."""
    return not element.den and is_integer_polynomial(field, element.num)


def is_integer_polynomial(field: Field, poly: Poly) -> bool:
    if any(coefficient.q != 1 for coefficient in poly.coeffs()):
        return False
    return over_integers(field, poly)


def over_integers(field: Field, poly: Poly) -> bool:
    """Every unknown in it is an integer."""
    for generator in field.used(poly):
        if generator.kind in ("floor", "parity", "delta"):
            continue
        domain = domain_of(generator)
        if domain is None or not domain.integer:
            return False
    return True
