"""Ideals of polynomials in names and entries: what they leave of another polynomial.

Source: Cox, Little, O'Shea, *Ideals, Varieties, and Algorithms*, §2.6.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import lcm
from typing import Any

import flint

from symderiv.equality.rationals import fraction
from symderiv.expression.build import add, mul, number, power
from symderiv.expression.tree import Apply, Expr, Index, Number, Variable

Poly = Any  # flint.fmpq_mpoly: python-flint ships no types
MAX_NAMES, MAX_GIVEN, MAX_DEGREE = 30, 30, 12
LIMITS = 300, 300, 2000  # polynomials of the basis, terms of each, bits of a coefficient


def is_polynomial(expr: Expr) -> bool:
    """Is it one in names and entries, so that it has a value whatever these are?"""
    match expr:
        case Number() | Variable() | Index():
            return True
        case Apply(head="add" | "mul", args=args):
            return all(map(is_polynomial, args))
        case Apply(head="pow", args=(base, Number(value=int() as n))):
            return 0 < n <= MAX_DEGREE and is_polynomial(base)
    return False


@dataclass(frozen=True, slots=True)
class Ideal:
    """All sums of multiples of some polynomials: zero wherever these are."""

    names: tuple[Expr, ...]
    ring: Any
    basis: tuple[Poly, ...]

    def contains(self, expr: Expr) -> bool:
        """Is a polynomial surely one of them?"""
        return bool(self.rest(_read(expr, self.names, self.ring)) == 0)

    def reduced(self, expr: Expr) -> Expr:
        """What is left of a polynomial: it has the same value wherever those of the ideal are zero.

        >>> x, y = Variable("x"), Variable("y")
        >>> circle = ideal((add(mul(x, x), mul(y, y), Number(-1)),), (x, y))
        >>> print(circle.reduced(add(mul(x, x), mul(y, y))))
        1
        """
        poly = _read(expr, self.names, self.ring)
        rest = self.rest(poly)
        return expr if rest == poly else _written(rest, self.names)

    def rest(self, poly: Poly) -> Poly:
        """Divided by each of the basis, until no term is a multiple of a leading one."""
        before = None
        while poly != before:
            before = poly
            for each in self.basis:
                poly = poly % each
        return poly


def ideal(given: Iterable[Expr], others: Iterable[Expr]) -> Ideal | None:
    """The ideal of the given polynomials, in their names and those of others.

    None where it is large, or where the given ones are never all zero.
    """
    given = tuple(given)
    names = tuple(dict.fromkeys(name for expr in (*given, *others) for name in _names(expr)))
    if not 0 < len(given) <= MAX_GIVEN or len(names) > MAX_NAMES:
        return None
    labels = tuple(f"g{k}" for k in range(len(names)))
    ring = flint.fmpq_mpoly_ctx.get(labels, "degrevlex")
    basis = _basis([_read(each, names, ring) for each in given], labels, ring)
    return None if any(poly.is_constant() for poly in basis) else Ideal(names, ring, basis)


def _basis(given: list[Poly], labels: tuple[str, ...], ring: Any) -> tuple[Poly, ...]:
    """A Gröbner basis, or as much of it as the limits allow: each a sum of multiples of the given ones."""
    whole = flint.fmpz_mpoly_ctx.get(labels, "degrevlex")
    cleared = [whole.from_dict(_without_fractions(poly)) for poly in given if not poly.is_zero()]
    found, _ = flint.fmpz_mpoly_vec(cleared, whole).buchberger_naive(limits=LIMITS)
    return tuple(ring.from_dict({at: flint.fmpq(c) for at, c in poly.terms()}) for poly in found)


def _without_fractions(poly: Poly) -> dict[tuple[int, ...], int]:
    coefficients = {exponents: fraction(c) for exponents, c in poly.terms()}
    below = lcm(*(c.denominator for c in coefficients.values()))
    return {exponents: int(c * below) for exponents, c in coefficients.items()}


def _read(expr: Expr, names: tuple[Expr, ...], ring: Any) -> Poly:
    match expr:
        case Number(value=value):
            return ring.constant(flint.fmpq(value.numerator, value.denominator))
        case Apply(head="pow", args=(base, Number(value=n))):
            return _read(base, names, ring) ** int(n)
        case Apply(head=head, args=args):
            result, *others = (_read(arg, names, ring) for arg in args)
            for other in others:
                result = result + other if head == "add" else result * other
            return result
    return ring.gen(names.index(expr))


def _written(poly: Poly, names: tuple[Expr, ...]) -> Expr:
    rows = ((number(fraction(c)), exponents) for exponents, c in poly.terms())
    return add(*(mul(c, *_powers(names, exponents)) for c, exponents in rows))


def _powers(names: tuple[Expr, ...], exponents: tuple[int, ...]) -> Iterator[Expr]:
    return (power(name, Number(int(n))) for name, n in zip(names, exponents, strict=True) if n)


def _names(expr: Expr) -> Iterator[Expr]:
    """The names and the entries of which a polynomial, or what has polynomials in it, is made."""
    if isinstance(expr, Variable | Index):
        yield expr
    else:
        for child in expr.children:
            yield from _names(child)
