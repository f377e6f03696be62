"""The scale of growth as h → 0+: monomials ``exp(P(1/h)) h^k L^j`` with L = log(1/h).

Exponentials outweigh powers, powers outweigh logarithms.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from symderiv.equality.conditions.condition import knowledge, nonzero, sign
from symderiv.equality.conditions.polynomial import Monomial, Polynomial, plus, scaled
from symderiv.equality.limits.coefficients import expression
from symderiv.expression.build import compare
from symderiv.expression.tree import ZERO, Expr

Rate = frozenset[tuple[Fraction, frozenset[tuple[Monomial, Fraction]]]]


class Decline(Exception):
    """Not of the class of functions that are expanded here."""


class SplitSign(Exception):
    """The sign of an expression is needed and not known: look at each cell by itself."""

    def __init__(self, expr: Expr) -> None:
        super().__init__()
        self.expr = expr


@dataclass(frozen=True, slots=True)
class Growth:
    """``exp(Σ c h^-k) h^power L^logs``."""

    rate: Rate = frozenset()
    power: Fraction = Fraction(0)
    logs: Fraction = Fraction(0)

    def __mul__(self, other: Growth) -> Growth:
        return Growth(_added(self.rate, other.rate), self.power + other.power, self.logs + other.logs)

    def to_power(self, q: Fraction) -> Growth:
        rate = (
            frozenset((k, frozenset((m, c * q) for m, c in poly)) for k, poly in self.rate)
            if q
            else frozenset()
        )
        return Growth(rate, self.power * q, self.logs * q)

    def over(self, other: Growth) -> Growth:
        return self * other.to_power(Fraction(-1))


ONE = Growth()


def _added(a: Rate, b: Rate) -> Rate:
    if not a or not b:
        return a or b
    total: dict[Fraction, Polynomial] = {k: dict(poly) for k, poly in a}
    for k, poly in b:
        total[k] = plus(total.get(k, {}), dict(poly))
    return frozenset((k, frozenset(poly.items())) for k, poly in total.items() if poly)


@dataclass(frozen=True, slots=True)
class Judge:
    """Signs and sizes under the facts."""

    facts: tuple[Expr, ...]

    def sign(self, poly: Polynomial) -> int:
        """-1, 0 or 1; raises `SplitSign` where that isn't known."""
        if not poly:
            return 0
        expr = expression(poly)
        found = sign(expr, self.facts)
        if isinstance(found, int):
            return found
        known = knowledge(self.facts)
        for value, condition in ((1, compare("lt", ZERO, expr)), (-1, compare("lt", expr, ZERO))):
            if known.implies(condition):
                return value
        raise SplitSign(expr)

    def vanishes(self, poly: Polynomial) -> bool:
        """Whether a coefficient is zero; raises `SplitSign` where that isn't known."""
        if not poly:
            return True
        found = nonzero(expression(poly), self.facts)
        return not found if found is not None else self.sign(poly) == 0

    def size(self, growth: Growth) -> int:
        """1: grows without bound, 0: is 1, -1: vanishes, as h → 0+."""
        for _, c in sorted(growth.rate, key=lambda term: term[0]):
            if not self.vanishes(dict(c)):
                return self.sign(dict(c))
        if growth.power:
            return -1 if growth.power > 0 else 1
        return (growth.logs > 0) - (growth.logs < 0)

    def largest(self, growths: Iterable[Growth]) -> Growth:
        best: Growth | None = None
        for growth in growths:
            if best is None or self.size(growth.over(best)) > 0:
                best = growth
        assert best is not None
        return best


def opposite(poly: Polynomial) -> Polynomial:
    return scaled(poly, -1)
