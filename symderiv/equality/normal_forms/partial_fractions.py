"""A rational function in a basis over ℚ: partial fractions, by one unknown after the other.

By an unknown v, over the field K of the functions of the others, there is one way to write
``f = Σ c_k v^k + Σ c_pji v^i/p^j`` with p irreducible in K[v], i < deg p and all c in K; the c are then
written so by the next unknown. What is left are numbers times monomials over powers of polynomials, linearly
independent over ℚ: exponents in it tell exp(1/s² + 1/t²) from no product of exp(1/s²) and exp(1/t²).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from symderiv.equality.normal_forms.generators import Decline, Field, Poly
from symderiv.equality.normal_forms.rational import Arithmetic, Denominator, Element

MAX_DEGREE_BELOW = 8
"""The degree, by one unknown, of denominators that are taken apart: their coefficients grow with it."""
Part = tuple[Poly, Denominator]
Coefficients = list[Element]  # of a polynomial in one unknown, the lowest first


def partial_fractions(arithmetic: Arithmetic, u: Element) -> Iterator[tuple[Poly, Poly]]:
    """The numerators of u, each with its denominator."""
    num, below = arithmetic.as_polynomials(u)
    if below.is_one():
        yield num, below
        return
    for part, den in _split(arithmetic, num, _factors(arithmetic.field, below)):
        yield arithmetic.reduced(part), arithmetic.expanded(den)


def _factors(field: Field, below: Poly) -> Denominator:
    """The irreducible factors of a monic polynomial; all in one where it is too large for that."""
    try:
        return dict(field.factor(below)[1])
    except Decline:
        return {field.intern(below): 1}


def _split(a: Arithmetic, num: Poly, den: Denominator) -> Iterator[Part]:
    if num.is_zero():
        return
    if not den:
        yield num, den
        return
    v = min(_first(a.field.poly(factor)) for factor in den)
    here = {factor: times for factor, times in den.items() if _degree(a.field.poly(factor), v)}
    rest = {factor: times for factor, times in den.items() if factor not in here}
    ((factor, times), *others) = here.items()
    if not others and _leads_alone(a.field.poly(factor), v):
        parts = _expanded_by(a.field.poly(factor), factor, num, times)
    elif sum(_degree(a.field.poly(factor), v) * times for factor, times in here.items()) > MAX_DEGREE_BELOW:
        parts = iter([(num, here)])
    else:
        yield from _over_the_others(a, num, here, rest, v)
        return
    for part, below in parts:
        for numerator, further in _split(a, part, rest):
            yield numerator, {**below, **further}


def _first(poly: Poly) -> int:
    return next(k for k, degree in enumerate(poly.degrees()) if degree)


def _degree(poly: Poly, v: int) -> int:
    return int(poly.degrees()[v])


def _leads_alone(poly: Poly, v: int) -> bool:
    """Is a number the leading coefficient in v? Then it divides without fractions."""
    leading = poly.monoms()[0]
    return bool(leading[v] == sum(leading))


def _expanded_by(p: Poly, factor: int, num: Poly, times: int) -> Iterator[Part]:
    """``num/p^times = q + Σ r_j/p^j`` with the remainders of repeated division."""
    for power in range(times, 0, -1):
        num, remainder = divmod(num, p)
        yield remainder, {factor: power}
    yield num, {}


def _over_the_others(
    a: Arithmetic, num: Poly, here: Denominator, rest: Denominator, v: int
) -> Iterator[Part]:
    """Several factors hold v: one numerator for each, by the inverse of the others modulo its power."""
    field = a.field
    powers = {f: _coefficients(field, field.poly(f) ** times, v) for f, times in here.items()}
    whole, remainder = _divided(a, _coefficients(field, num, v), _product(a, list(powers.values())))
    yield from _with(a, whole, {}, rest, v)
    for factor, power in powers.items():
        cofactor = _product(a, [other for f, other in powers.items() if f != factor])
        part = _divided(a, _times(a, remainder, _inverse(a, cofactor, power)), power)[1]
        base = _coefficients(field, field.poly(factor), v)
        for times in range(here[factor], 0, -1):
            part, digit = _divided(a, part, base)
            yield from _with(a, digit, {factor: times}, rest, v)


def _with(a: Arithmetic, poly: Coefficients, below: Denominator, rest: Denominator, v: int) -> Iterator[Part]:
    """The terms of a polynomial in v over ``below`` and ``rest``, coefficients written by the others."""
    for power, coefficient in enumerate(poly):
        num, den = a.as_polynomials(a.multiply(coefficient, Element(a.field.one, rest)))
        for part, further in _split(a, num, _factors(a.field, den)):
            yield part * a.field.unknowns[v] ** power, {**below, **further}


def _coefficients(field: Field, poly: Poly, v: int) -> Coefficients:
    groups: dict[int, dict[tuple[int, ...], object]] = {}
    for exponents, coefficient in poly.to_dict().items():
        lowered = (*exponents[:v], 0, *exponents[v + 1 :])
        groups.setdefault(int(exponents[v]), {})[lowered] = coefficient
    return [Element(field.context.from_dict(groups.get(k, {}))) for k in range(max(groups, default=-1) + 1)]


def _trimmed(a: Arithmetic, poly: Sequence[Element]) -> Coefficients:
    known = [a.reduced_element(coefficient) for coefficient in poly]
    while known and a.is_zero(known[-1]):
        known.pop()
    return known


def _times(a: Arithmetic, p: Coefficients, q: Coefficients) -> Coefficients:
    if not p or not q:
        return []
    sums: list[list[Element]] = [[] for _ in range(len(p) + len(q) - 1)]
    for i, left in enumerate(p):
        for j, right in enumerate(q):
            sums[i + j].append(a.multiply(left, right))
    return _trimmed(a, [a.add(*terms) for terms in sums])


def _product(a: Arithmetic, polys: Sequence[Coefficients]) -> Coefficients:
    total: Coefficients = [a.one]
    for poly in polys:
        total = _times(a, total, poly)
    return total


def _minus(a: Arithmetic, p: Coefficients, q: Coefficients) -> Coefficients:
    return _trimmed(a, [a.subtract(left, right) for left, right in zip_longest(p, q, fillvalue=a.zero)])


def _divided(a: Arithmetic, num: Coefficients, by: Coefficients) -> tuple[Coefficients, Coefficients]:
    """Quotient and remainder."""
    quotient: Coefficients = []
    leading = a.inverse(by[-1])
    rest = list(num)
    while len(rest) >= len(by):
        factor = a.reduced_element(a.multiply(rest[-1], leading))
        quotient.insert(0, factor)
        shift = len(rest) - len(by)
        below = [a.subtract(c, a.multiply(factor, b)) for c, b in zip(rest[shift:-1], by[:-1], strict=True)]
        rest = [*rest[:shift], *(a.reduced_element(c) for c in below)]
    return quotient, _trimmed(a, rest)


def _inverse(a: Arithmetic, p: Coefficients, modulus: Coefficients) -> Coefficients:
    """``1/p`` modulo a polynomial that has no factor in common with p."""
    r, next_r = modulus, _divided(a, p, modulus)[1]
    s, next_s = [], [a.one]
    while len(next_r) > 1:
        quotient, remainder = _divided(a, r, next_r)
        r, next_r = next_r, remainder
        s, next_s = next_s, _minus(a, s, _times(a, quotient, next_s))
    return _times(a, next_s, [a.inverse(next_r[0])])
