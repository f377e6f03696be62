"""The sign of a difference of two positive monomials is that of their logarithms, or of their powers.

exp(x) − exp(y) is positive exactly where x − y is; √x − 2 exactly where x − 4 is.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from symderiv.equality.normal_forms.conjugates import ROOTS
from symderiv.equality.normal_forms.exponentials import exponent_of, exponential
from symderiv.equality.normal_forms.generators import Generator, Poly, terms
from symderiv.equality.normal_forms.logarithms import log_number
from symderiv.equality.normal_forms.normal_form import NormalForm
from symderiv.equality.normal_forms.rational import Element
from symderiv.equality.rationals import fraction

MAX_POWER = 12
INCREASING_AND_ODD = ("erf", "atan")


def as_difference(nf: NormalForm, number: int) -> Element | None:
    """An element with the sign and zeros of a binomial ``m₁ − c m₂``, free of its exponentials and roots."""
    poly = nf.field.poly(number)
    if len(poly) != 2 or poly.coeffs()[0] * poly.coeffs()[1] > 0:
        return None
    used = nf.field.used(poly)
    kinds = {g.kind for g in used}
    if kinds and kinds <= {"exp"}:
        return _difference_of_exponents(nf, poly)
    return _difference_of_powers(nf, poly) if "root" in kinds else None


def _is_nonnegative(nf: NormalForm, generator: Generator) -> bool:
    sign = nf.signs.of_generator(generator)
    return sign is not None and sign[0] == 1


def as_product_of_powers(nf: NormalForm, number: int) -> Element | None:
    """``Σ c log|p| + d`` has the sign of ``e^d ∏_{c>0} |p|^c − ∏_{c<0} |p|^−c``, c and d made whole."""
    poly = nf.field.poly(number)
    used = nf.field.used(poly)
    if poly.total_degree() != 1 or not any(g.kind == "log" for g in used):
        return None
    if any(g.kind not in ("log", "log prime") for g in used):
        return None
    coefficients = [fraction(c) for c in poly.coeffs()]
    scale = lcm(*(c.denominator for c in coefficients))
    powers = [int(c * scale) for c in coefficients]
    if sum(map(abs, powers)) > MAX_POWER:
        return None
    sides = [nf.arithmetic.one, nf.arithmetic.one]
    for (exponents, _), power in zip(terms(poly), powers, strict=True):
        base = (
            _absolute(nf, nf.field.generators[exponents[0][0]])
            if exponents
            else exponential(nf, nf.arithmetic.one)
        )
        side = 0 if power > 0 else 1
        sides[side] = nf.arithmetic.multiply(sides[side], nf.arithmetic.power(base, abs(power)))
    return nf.arithmetic.subtract(*sides)


def _absolute(nf: NormalForm, generator: Generator) -> Element:
    if generator.kind == "log prime":
        return nf.arithmetic.number(generator.data)
    sign, _ = nf.factor_sign(generator.data)
    return nf.arithmetic.scaled(Element(nf.field.poly(generator.data)), sign)


def _difference_of_exponents(nf: NormalForm, poly: Poly) -> Element:
    sides = []
    for sign, (exponents, coefficient) in zip((1, -1), terms(poly), strict=True):
        parts = [log_number(nf, abs(fraction(coefficient)))]
        parts += [nf.arithmetic.scaled(exponent_of(nf, nf.field.generators[k]), e) for k, e in exponents]
        sides.append(nf.arithmetic.scaled(nf.arithmetic.add(*parts), sign))
    return nf.arithmetic.scaled(nf.arithmetic.add(*sides), 1 if poly.coeffs()[0] > 0 else -1)


def _difference_of_powers(nf: NormalForm, poly: Poly) -> Element | None:
    """Both sides to a power that leaves no root: an odd one keeps order, an even one where none is < 0."""
    q, used = 1, nf.field.used(poly)
    for generator in used:
        relation = nf.arithmetic.relations.get(generator.position)
        if relation is not None:
            q = lcm(q, relation.q)
        elif generator.kind in ROOTS:
            return None
    if q > MAX_POWER or (q % 2 == 0 and not all(g.kind in ROOTS or _is_nonnegative(nf, g) for g in used)):
        return None
    powers = []
    for exponents, coefficient in terms(poly):
        term = nf.arithmetic.number(abs(fraction(coefficient)) ** q)
        for position, exponent in exponents:
            root = nf.arithmetic.unknown(nf.field.generators[position])
            term = nf.arithmetic.multiply(term, nf.arithmetic.power(root, exponent * q))
        powers.append(term)
    difference = nf.arithmetic.subtract(powers[0], powers[1])
    return nf.arithmetic.scaled(difference, Fraction(1 if poly.coeffs()[0] > 0 else -1))


def sign_of_odd(nf: NormalForm, number: int) -> tuple[int, tuple[int, ...]] | None:
    """erf and atan have the sign of their argument, ``log|(α + β r)/(α − β r)|`` that of α β r."""
    alone = nf.field.sole_generator(nf.field.poly(number))
    if alone is not None and alone.kind == "log ratio":
        alpha, beta_root, _ = alone.data
        return nf.sign(nf.arithmetic.multiply(alpha, beta_root))
    if alone is not None:
        return nf.sign(alone.data) if alone.kind in INCREASING_AND_ODD else None
    return _sign_of_two(nf, nf.field.poly(number))


def _sign_of_two(nf: NormalForm, poly: Poly) -> tuple[int, tuple[int, ...]] | None:
    """erf u − erf v has the sign of u − v, erf u + erf v that of u + v."""
    found = list(terms(poly))
    if len(found) != 2 or poly.total_degree() != 1 or abs(found[0][1]) != abs(found[1][1]):
        return None
    if not all(exponents for exponents, _ in found):
        return None
    used = [nf.field.generators[exponents[0][0]] for exponents, _ in found]
    if used[0].kind != used[1].kind or used[0].kind not in INCREASING_AND_ODD:
        return None
    signs = [1 if coefficient > 0 else -1 for _, coefficient in found]
    sides = (nf.arithmetic.scaled(g.data, sign) for g, sign in zip(used, signs, strict=True))
    return nf.sign(nf.arithmetic.add(*sides))


def sign_of_binomial(nf: NormalForm, number: int) -> tuple[int, tuple[int, ...]] | None:
    difference = as_difference(nf, number) or as_product_of_powers(nf, number)
    return None if difference is None else nf.sign(difference)
