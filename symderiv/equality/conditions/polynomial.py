"""Entry expressions as polynomials over ℚ in *atoms*: names, entries, and whatever is no polynomial."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from math import comb, gcd, lcm
from typing import Literal

from symderiv.expression.tree import Apply, Expr, Number

Monomial = frozenset[tuple[Expr, int]]
Polynomial = Mapping[Monomial, Fraction]
Comparison = Literal["ge", "gt", "eq"]
"""How a polynomial compares with zero."""

UNIT: Monomial = frozenset()
MAX_TERMS = 400
MAX_DEGREE = 24


class TooLarge(Exception):
    """A polynomial past the caps."""


def constant(value: Fraction | int) -> Polynomial:
    return {UNIT: Fraction(value)} if value else {}


def atom(expr: Expr) -> Polynomial:
    return {frozenset(((expr, 1),)): Fraction(1)}


def plus(*polys: Polynomial) -> Polynomial:
    result: dict[Monomial, Fraction] = {}
    for poly in polys:
        for monomial, c in poly.items():
            result[monomial] = result.get(monomial, Fraction(0)) + c
    return {m: c for m, c in result.items() if c}


def scaled(poly: Polynomial, factor: Fraction | int) -> Polynomial:
    return {m: c * factor for m, c in poly.items()} if factor else {}


def minus(a: Polynomial, b: Polynomial) -> Polynomial:
    return plus(a, scaled(b, -1))


def product(a: Polynomial, b: Polynomial) -> Polynomial:
    return multiplied(a, b, _joined, MAX_TERMS)


def multiplied(
    a: Polynomial, b: Polynomial, joined: Callable[[Monomial, Monomial], Monomial], most: int
) -> Polynomial:
    """The product of at most so many terms, monomials multiplied by ``joined``."""
    result: dict[Monomial, Fraction] = {}
    for m, c in a.items():
        for n, d in b.items():
            monomial = joined(m, n)
            result[monomial] = result.get(monomial, Fraction(0)) + c * d
    if len(result) > most:
        raise TooLarge
    return {m: c for m, c in result.items() if c}


def exponents_added(a: Monomial, b: Monomial) -> dict[Expr, int]:
    exponents = dict(a)
    for base, exponent in b:
        exponents[base] = exponents.get(base, 0) + exponent
    return exponents


def _joined(a: Monomial, b: Monomial) -> Monomial:
    if not a or not b:
        return a or b
    exponents = exponents_added(a, b)
    if sum(exponents.values()) > MAX_DEGREE:
        raise TooLarge
    return frozenset(exponents.items())


def power(poly: Polynomial, n: int) -> Polynomial:
    if n * max((degree(m) for m in poly), default=0) > MAX_DEGREE:
        raise TooLarge
    result = constant(1)
    for _ in range(n):
        result = product(result, poly)
    return result


def degree(monomial: Monomial) -> int:
    return sum(exponent for _, exponent in monomial)


def polynomial(expr: Expr) -> Polynomial:
    """The polynomial that an expression is; what is neither sum, product nor power counts as an atom.

    >>> from symderiv.expression.tree import Variable
    >>> x = Variable("x")
    >>> polynomial(Apply("add", (x, Apply("mul", (Number(-1), x)))))
    {}
    """
    if isinstance(expr, Number):
        return constant(Fraction(expr.value))
    if isinstance(expr, Apply):
        if expr.head == "add":
            return plus(*map(polynomial, expr.args))
        if expr.head == "mul":
            result = constant(1)
            for factor in expr.args:
                result = product(result, polynomial(factor))
            return result
        if expr.head == "pow" and isinstance(expr.args[1], Number):
            n = expr.args[1].value
            if isinstance(n, int) and n >= 0:
                return power(polynomial(expr.args[0]), n)
    return atom(expr)


def atoms_of(polys: Iterable[Polynomial]) -> list[Expr]:
    """The atoms that occur, in the order met."""
    return list(dict.fromkeys(base for poly in polys for monomial in poly for base, _ in monomial))


def shifted(poly: Polynomial, base: Expr, start: Fraction, sign: int) -> Polynomial:
    """The polynomial with ``start ± base`` put in for an atom."""
    result: dict[Monomial, Fraction] = {}
    for monomial, c in poly.items():
        exponents = dict(monomial)
        n = exponents.pop(base, 0)
        rest = frozenset(exponents.items())
        for k in range(n + 1):
            value = c * comb(n, k) * start ** (n - k) * sign**k
            if value:
                key = _joined(rest, frozenset(((base, k),))) if k else rest
                result[key] = result.get(key, Fraction(0)) + value
    return {m: c for m, c in result.items() if c}


def replaced(poly: Polynomial, base: Expr, by: Polynomial) -> Polynomial:
    """The polynomial with another put in for an atom."""
    result: Polynomial = {}
    for monomial, c in poly.items():
        exponents = dict(monomial)
        n = exponents.pop(base, 0)
        term: Polynomial = {frozenset(exponents.items()): c}
        result = plus(result, product(term, power(by, n)) if n else term)
    return result


def primitive(poly: Polynomial) -> Polynomial:
    """The multiple by a positive number that has coprime integer coefficients."""
    if not poly:
        return poly
    scale = lcm(*(c.denominator for c in poly.values()))
    whole = gcd(*(int(c * scale) for c in poly.values()))
    return scaled(poly, Fraction(scale, whole))
