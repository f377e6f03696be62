"""Algebraic numbers that are zero: nearer to it than any other one of their size can be.

A number made of rationals by ``+ − · /``, roots and cosines of rational multiples of π is U/L, two algebraic
integers. All conjugates of U are at most u, those of L at most l, by these rules:

    p/q          u = |p|                l = q
    E ± F        u = u_E l_F + l_E u_F  l = l_E l_F
    E F          u = u_E u_F            l = l_E l_F
    1/E          u = l_E                l = u_E
    E^(1/k)      u = (u_E l_E^(k−1))^(1/k)   l = l_E
    cos(r π)     u = 2 (2 cos is an algebraic integer, as are its conjugates)   l = 2

The norm of U ≠ 0 is a whole number other than 0, the product of at most D conjugates: ``|U| ≥ u^(1−D)``, and
``|E| ≥ 1/(u^(D−1) l)``. D is the product of the degrees of all roots, and φ(N) for the cosines. (Burnikel,
Funke, Mehlhorn, Schirra, Schmitt: A separation bound for real algebraic expressions, Algorithmica 55, 2009.)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from math import lcm, prod
from operator import mul as times

import flint

from symderiv.equality.evaluate.evaluator import evaluate
from symderiv.equality.evaluate.precision import precision
from symderiv.equality.normal_forms.generators import Field, Poly, terms
from symderiv.equality.normal_forms.plain import difference
from symderiv.equality.normal_forms.reading import generator_expr
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.conditions.equal import unless_known
from symderiv.equality.proof import Proof
from symderiv.equality.rationals import fraction
from symderiv.expression.build import add, mul, number, power, subtract
from symderiv.expression.parts import factors_of
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import TRUE, Apply, Constant, Expr, Number

MAX_BITS = 20_000
MAX_DEGREE = 2_000
Sizes = tuple[int, int]


def by_root_bounds(problem: Problem) -> Proof | None:
    """A proof that the coefficients of a difference, algebraic numbers, are all zero.

    >>> from symderiv.expression.build import divide, sqrt
    >>> nested = sqrt(add(number(3), mul(number(2), sqrt(number(2)))))
    >>> by_root_bounds(Problem(nested, add(number(1), sqrt(number(2))))).by
    'algebraic numbers'
    """
    defined = {unless_known(each, problem.facts) for each in (problem.defined_a, problem.defined_b)}
    if defined != {TRUE}:
        return None
    coefficients = _coefficients(problem.a, problem.b)
    return Proof("algebraic numbers") if coefficients and all(map(is_zero, coefficients)) else None


def _coefficients(a: Expr, b: Expr) -> list[Expr]:
    """The coefficients of a difference as a polynomial in its names, over denominators without any."""
    if not free_variables(a) and not free_variables(b):
        return [subtract(a, b)]
    found = difference(a, b)
    if found is None or any(not _is_constant(found[0], found[0].poly(below)) for below in found[1].den):
        return []
    return _grouped(found[0], found[1].num)


def _is_constant(field: Field, poly: Poly) -> bool:
    return all(generator.ball is not None for generator in field.used(poly))


def _grouped(field: Field, poly: Poly) -> list[Expr]:
    """The coefficients of a polynomial in its names, each a sum of products of constants."""
    grouped: dict[tuple[tuple[int, int], ...], list[Expr]] = {}
    for exponents, coefficient in terms(poly):
        free = tuple((k, e) for k, e in exponents if field.generators[k].ball is None)
        constants = (
            power(generator_expr(field, field.generators[k]), number(e))
            for k, e in exponents
            if field.generators[k].ball is not None
        )
        grouped.setdefault(free, []).append(mul(number(fraction(coefficient)), *constants))
    return [add(*parts) for parts in grouped.values()]


def is_zero(expr: Expr) -> bool:
    """Whether a number is zero, proved: False also where it isn't known to be algebraic, or is too large."""
    try:
        u, least = _Sizes().separation(expr)
    except _NotAlgebraicError:
        return False
    if u == 0:
        return True
    bits = least.bit_length() + 64
    if bits > MAX_BITS:
        return False
    value = evaluate(expr, {}, (bits,))
    if isinstance(value, Fraction):
        return value == 0
    with precision(bits):
        return isinstance(value, flint.arb) and bool(abs(value) * flint.arb(flint.fmpz(least)) < 1)


class _NotAlgebraicError(Exception):
    """Something else than rationals, roots, and cosines of rational multiples of π."""


@dataclass
class _Sizes:
    """The rules of the table, and the degree of the field that the numbers met so far lie in."""

    roots: set[tuple[Expr, int]] = field(default_factory=set)
    turns: int = 1

    def separation(self, expr: Expr) -> Sizes:
        """u, and the m with ``|E| ≥ 1/m`` unless E = 0."""
        u, low = self.of(expr)
        degree = prod(k for _, k in self.roots) * int(flint.fmpz(self.turns).euler_phi())
        if degree > MAX_DEGREE or u.bit_length() * degree > MAX_BITS:
            raise _NotAlgebraicError
        return u, u ** (degree - 1) * low

    def of(self, expr: Expr) -> Sizes:
        match expr:
            case Number(value=value):
                return abs(value.numerator), value.denominator
            case Apply(head="add", args=args):
                return reduce(lambda p, q: (p[0] * q[1] + p[1] * q[0], p[1] * q[1]), map(self.of, args))
            case Apply(head="mul", args=args):
                pairs = [self.of(arg) for arg in args]
                return reduce(times, (u for u, _ in pairs)), reduce(times, (low for _, low in pairs))
            case Apply(head="pow", args=(base, Number(value=exponent))):
                return self._power(base, Fraction(exponent))
            case Apply(head="cos" | "sin" | "tan" as head, args=(angle,)):
                return self._turn(head, angle)
        raise _NotAlgebraicError

    def _power(self, base: Expr, exponent: Fraction) -> Sizes:
        u, low = self.of(base)
        if max(u, low).bit_length() * abs(exponent.numerator) > MAX_BITS or exponent.denominator > 64:
            raise _NotAlgebraicError
        if exponent.denominator > 1:
            k = exponent.denominator
            self.roots.add((base, k))
            u = _root_above(u * low ** (k - 1), k)
        n = abs(exponent.numerator)
        return (u**n, low**n) if exponent > 0 else (low**n, u**n)

    def _turn(self, head: str, angle: Expr) -> Sizes:
        """``cos(p π/q)`` lies in the field of the 2q-th roots of unity, ``sin`` in that of the 4q-th."""
        factors = factors_of(angle)
        numbers = [f.value for f in factors if isinstance(f, Number)]
        if len(factors) - len(numbers) != 1 or Constant("pi") not in factors:
            raise _NotAlgebraicError
        part = reduce(times, numbers, Fraction(1))
        self.turns = lcm(self.turns, (2 if head == "cos" else 4) * Fraction(part).denominator)
        return (4, 4) if head == "tan" else (2, 2)


def _root_above(value: int, k: int) -> int:
    """The smallest whole number whose k-th power is at least the value."""
    root = int(flint.fmpz(value).root(k))
    return root if root**k == value else root + 1
