"""Concrete functions for opaque ones: polynomials with exact derivatives.

``sigma`` becomes ``t -> t^2 + 1/2``, a nondecreasing function ``t -> t^3 + t``: small, and with
derivatives that don't vanish up to the orders that occur.
"""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq

from symderiv.equality.evaluate.algebra import power, times, total
from symderiv.equality.evaluate.values import ZERO, Value
from symderiv.equality.rationals import fraction
from symderiv.expression import build
from symderiv.expression.tree import Expr, Number

Exponents = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Polynomial:
    """``Σ c t₁^a₁ … tₙ^aₙ`` as pairs (c, (a₁, …, aₙ)).

    >>> square = Polynomial(((fmpq(1), (2,)), (fmpq(1, 2), (0,))))
    >>> square.at([fmpq(3)]), square.derivative((1,)).at([fmpq(3)]), str(square)
    (19/2, 6, 't -> t^2 + 1/2')
    """

    terms: tuple[tuple[fmpq, Exponents], ...]

    def at(self, args: list[Value]) -> Value:
        return total(self._term(c, exponents, args) for c, exponents in self.terms)

    @staticmethod
    def _term(c: fmpq, exponents: Exponents, args: list[Value]) -> Value:
        value: Value = c
        for arg, exponent in zip(args, exponents, strict=True):
            if exponent:
                value = times(value, power(arg, fmpq(exponent)))
        return value

    def of(self, args: tuple[Expr, ...]) -> Expr:
        """The polynomial of expressions."""
        terms = (build.mul(Number(fraction(c)), *map(_power, args, a)) for c, a in self.terms)
        return build.add(*terms)

    @property
    def is_constant(self) -> bool:
        return not any(any(exponents) for _, exponents in self.terms)

    def derivative(self, orders: Exponents) -> Polynomial:
        terms = self.terms
        for position, order in enumerate(orders):
            for _ in range(order):
                terms = tuple(_lowered(c, a, position) for c, a in terms if a[position])
        return Polynomial(terms or ((ZERO, (0,) * len(orders)),))

    def __str__(self) -> str:
        arity = len(self.terms[0][1])
        names = ["t"] if arity == 1 else [f"t{k + 1}" for k in range(arity)]
        head = names[0] if arity == 1 else f"({', '.join(names)})"
        body = " + ".join(_monomial(c, a, names) for c, a in self.terms).replace("+ -", "- ")
        return f"{head} -> {body}"


def _power(base: Expr, exponent: int) -> Expr:
    return build.power(base, Number(exponent))


def _lowered(c: fmpq, exponents: Exponents, position: int) -> tuple[fmpq, Exponents]:
    a = list(exponents)
    a[position] -= 1
    return c * exponents[position], tuple(a)


def _monomial(c: fmpq, exponents: Exponents, names: list[str]) -> str:
    powers = [name if a == 1 else f"{name}^{a}" for name, a in zip(names, exponents, strict=True) if a]
    if not powers:
        return str(c)
    return "*".join(powers if c == 1 else [str(c), *powers])


def concrete_function(arity: int, order: int, number: int, pattern: int, nondecreasing: bool) -> Polynomial:
    """A polynomial for the opaque function with this number among the others.

    ``order`` is the highest derivative that occurs; ``pattern`` varies the choice from point to point.
    """
    if nondecreasing:
        return _nondecreasing(arity, order, number, pattern)
    degree = max(2, order + 1) + pattern % 2
    terms = [(fmpq(1 + pattern // 2 + k), _unit(arity, k, degree)) for k in range(arity)]
    if arity > 1:
        terms.append((fmpq(1), (max(1, order),) * arity))
    if number:
        terms.extend((fmpq(number), _unit(arity, k, 1)) for k in range(arity))
    terms.append((fmpq(2 * pattern + 1, 2), (0,) * arity))
    return Polynomial(tuple(terms))


def _nondecreasing(arity: int, order: int, number: int, pattern: int) -> Polynomial:
    if pattern == 3:  # the same everywhere
        return Polynomial(((fmpq(number + 1, 2), (0,) * arity),))
    degree = 1 if pattern == 1 and order < 2 else 2 * (order // 2) + 3
    terms = [(fmpq(1), _unit(arity, k, degree)) for k in range(arity)]
    if degree > 1:
        terms.extend((fmpq(number + 1 + pattern), _unit(arity, k, 1)) for k in range(arity))
    terms.append((fmpq(number + pattern, 2), (0,) * arity))
    return Polynomial(tuple(terms))


def _unit(arity: int, position: int, degree: int) -> Exponents:
    return tuple(degree if k == position else 0 for k in range(arity))
