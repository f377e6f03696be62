"""The sign of a difference of two positive monomials is that of their logarithms, or of their powers.

exp(x) − exp(y) is positive exactly where x − y is; √x − 2 exactly where x − 4 is.
"""

from __future__ import annotations

from fractions import Fraction

from symderiv.equality.exponentials import exponent_of
from symderiv.equality.generators import fraction
from symderiv.equality.logarithms import log_number
from symderiv.equality.normal_form import SIGN_RULES, NormalForm
from symderiv.equality.rational import Element


def as_difference(nf: NormalForm, number: int) -> Element | None:
    """An element with the sign and the zeros of a binomial ``m₁ − c m₂``, free of its exponentials and roots."""
    poly = nf.field.poly(number)
    if len(poly) != 2 or poly.coeffs()[0] * poly.coeffs()[1] > 0:
        return None
    used = nf.field.used(poly)
    kinds = {g.kind for g in used}
    if kinds and kinds <= {"exp"}:
        return _difference_of_exponents(nf, poly)
    if kinds == {"root"}:
        return _difference_of_powers(nf, poly)
    return None


def _difference_of_exponents(nf: NormalForm, poly: object) -> Element:
    terms = []
    for sign, exponents, coefficient in zip((1, -1), poly.monoms(), poly.coeffs(), strict=True):  # type: ignore[attr-defined]
        parts = [log_number(nf, abs(fraction(coefficient)))]
        parts += [
            nf.arithmetic.scaled(exponent_of(nf, nf.field.generators[k]), int(e))
            for k, e in enumerate(exponents)
            if e
        ]
        terms.append(nf.arithmetic.scaled(nf.arithmetic.add(*parts), sign))
    return nf.arithmetic.scaled(nf.arithmetic.add(*terms), 1 if poly.coeffs()[0] > 0 else -1)  # type: ignore[attr-defined]


def _difference_of_powers(nf: NormalForm, poly: object) -> Element | None:
    q = 1
    for generator in nf.field.used(poly):
        relation = nf.arithmetic.relations.get(generator.position)
        if relation is None:
            return None
        q = max(q, relation[0])
    powers = []
    for exponents, coefficient in zip(poly.monoms(), poly.coeffs(), strict=True):  # type: ignore[attr-defined]
        term = nf.arithmetic.number(abs(fraction(coefficient)) ** q)
        for position, exponent in enumerate(exponents):
            if exponent:
                root = nf.arithmetic.unknown(nf.field.generators[position])
                term = nf.arithmetic.multiply(term, nf.arithmetic.power(root, int(exponent) * q))
        powers.append(term)
    difference = nf.arithmetic.subtract(powers[0], powers[1])
    return nf.arithmetic.scaled(difference, Fraction(1 if poly.coeffs()[0] > 0 else -1))  # type: ignore[attr-defined]


def sign_of_binomial(nf: NormalForm, number: int) -> tuple[int, tuple[int, ...]] | None:
    difference = as_difference(nf, number)
    return None if difference is None else nf.sign(difference)


SIGN_RULES.append(sign_of_binomial)
