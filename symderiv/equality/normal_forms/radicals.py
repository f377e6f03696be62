"""u^(p/q) over the irreducible factors of u: |pₖ|^(1/q) are generators, tied to pₖ by their q-th power."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import flint

from symderiv.equality.normal_forms.conjugates import coefficients, linear_root
from symderiv.equality.normal_forms.constants import ball_of, then
from symderiv.equality.normal_forms.exponentials import raised
from symderiv.equality.normal_forms.generators import Decline
from symderiv.equality.normal_forms.normal_form import NormalForm
from symderiv.equality.normal_forms.rational import Element
from symderiv.equality.rationals import exact
from symderiv.expression.tree import Expr

MAX_BITS = 160
HALF = Fraction(1, 2)


def rational_power(nf: NormalForm, u: Element, e: Fraction, origin: Expr | None) -> Element:
    """``u^e`` for a non-integer e, where u ≥ 0."""
    sign, seen = nf.sign(u)
    if sign < 0 or (sign == 0 and e < 0):
        nf.leave(seen)
    if sign == 0:
        return nf.arithmetic.zero
    nf.classes.add("radicals")
    if e < 0:
        for number in seen:
            nf.mark_factor(number, origin)
    simple = denested(nf, u) if e.denominator == 2 and not u.den else None
    if simple is not None:
        return nf.arithmetic.power(simple, e.numerator)
    constant, factors = nf.field.factor(u.num)
    parts = [number_power(nf, abs(constant), e)]
    parts += [absolute_power(nf, p, m * e) for p, m in factors]
    for number, multiplicity in u.den.items():
        for p, m in nf.field.factor(nf.field.poly(number))[1]:
            parts.append(absolute_power(nf, p, -m * multiplicity * e))
    return nf.arithmetic.multiply(*parts)


def absolute_power(nf: NormalForm, number: int, e: Fraction) -> Element:
    """``|p|^e`` of an irreducible polynomial."""
    poly = nf.field.poly(number)
    alone = nf.field.sole_generator(poly)
    if alone is not None and alone.kind == "exp":
        return raised(nf, alone, e)
    if alone is not None and alone.kind == "root" and e.denominator != 1:
        return absolute_power(nf, alone.data, e / nf.field.plan.degree(alone.label, 1))
    if alone is not None and alone.kind == "root prime" and e.denominator != 1:
        return number_power(nf, Fraction(alone.data), e / nf.field.plan.degree(alone.label, 1))
    whole = e.numerator // e.denominator
    rest = e - whole
    a = nf.arithmetic
    positive = Element(poly)
    if whole % 2 or rest:
        sign, _ = nf.factor_sign(number)
        positive = a.scaled(positive, sign)
    simple = denested(nf, positive) if rest == HALF else None
    if simple is not None:
        return a.power(simple, e.numerator)
    result = a.power(positive, whole) if whole else a.one
    return a.multiply(result, _root(nf, number, positive, rest)) if rest else result


def _root(nf: NormalForm, number: int, positive: Element, e: Fraction) -> Element:
    label = f"root {number}"
    q = nf.field.plan.degree(label, e.denominator)
    ball = then(ball_of(nf.field, nf.field.poly(number)), lambda value: abs(value).root(q))
    generator = nf.field.generator("root", label, None, number, sign=2, ball=ball)
    nf.arithmetic.relate(generator, q, positive.num)
    return nf.arithmetic.unknown(generator, (e * q).numerator)


def number_power(nf: NormalForm, value: Fraction, e: Fraction) -> Element:
    """``c^e`` of a positive rational, prime by prime."""
    if e.denominator == 1:
        return nf.arithmetic.number(value**e.numerator)
    factors = []
    for whole, sign in ((value.numerator, 1), (value.denominator, -1)):
        if whole.bit_length() > MAX_BITS:
            raise Decline("a root of a very long number")
        for prime, multiplicity in flint.fmpz(whole).factor():
            factors.append(_prime_power(nf, int(prime), sign * int(multiplicity) * e))
    return nf.arithmetic.multiply(*factors) if factors else nf.arithmetic.one


def _prime_power(nf: NormalForm, prime: int, e: Fraction) -> Element:
    whole = e.numerator // e.denominator
    rest = e - whole
    result = nf.arithmetic.number(Fraction(prime) ** whole)
    if not rest:
        return result
    label = f"root prime {prime}"
    q = nf.field.plan.degree(label, rest.denominator)
    generator = nf.field.generator("root prime", label, None, prime, sign=1, ball=_prime_root(prime, q))
    nf.arithmetic.relate(generator, q, nf.field.context.constant(prime))
    return nf.arithmetic.multiply(result, nf.arithmetic.unknown(generator, (rest * q).numerator))


def _prime_root(prime: int, q: int) -> Callable[[], Any]:
    return lambda: flint.arb(prime).root(q)


def denested(nf: NormalForm, u: Element) -> Element | None:
    """``√(α + βr) = √((α+d)/2) ± √((α−d)/2)`` where ``d² = α² − β²r²`` and ± is the sign of β."""
    generator = linear_root(nf, u.num)
    if generator is None:
        return None
    alpha, beta = coefficients(nf, u.num, generator)
    radicand = nf.arithmetic.relations[generator.position].radicand
    d = square_root(nf, nf.arithmetic.reduced(alpha * alpha - beta * beta * radicand))
    if d is None or alpha.is_zero():
        return None
    a = nf.arithmetic
    sign, _ = nf.sign(Element(beta))
    if sign < 0:
        turned, _ = nf.sign(d)
        d = a.scaled(d, turned or 1)
    greater = a.scaled(a.add(Element(alpha), d), HALF)
    lesser = a.scaled(a.subtract(Element(alpha), d), HALF)
    if nf.sign(greater)[0] < 0 or nf.sign(lesser)[0] < 0:
        return None
    second = a.scaled(rational_power(nf, lesser, HALF, None), sign)
    return a.add(rational_power(nf, greater, HALF, None), second)


def square_root(nf: NormalForm, poly: Any) -> Element | None:
    """A polynomial whose square this is, up to sign, if there is one over ℚ."""
    if poly.is_zero():
        return nf.arithmetic.zero
    constant, factors = nf.field.factor(poly)
    if constant < 0 or any(m % 2 for _, m in factors):
        return None
    above, below = flint.fmpz(constant.numerator), flint.fmpz(constant.denominator)
    if not (above.is_square() and below.is_square()):
        return None
    root = nf.field.context.constant(exact(Fraction(int(above.isqrt()), int(below.isqrt()))))
    for number, multiplicity in factors:
        root *= nf.field.poly(number) ** (multiplicity // 2)
    return Element(root)
