"""Quotients of polynomials in n, k and letters, written in lowest terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import flint

from symderiv.equality.rationals import fraction
from symderiv.expression.build import add, mul, number, power
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Expr, Number, Variable

Poly = Any  # flint.fmpq_mpoly: python-flint ships no types
MAX_DEGREE = 12
N, K = 0, 1


@dataclass(frozen=True, slots=True)
class Ratio:
    """``above/below``, without a common factor."""

    above: Poly
    below: Poly

    def times(self, other: Ratio) -> Ratio:
        return lowest(self.above * other.above, self.below * other.below)

    @property
    def inverse(self) -> Ratio:
        return Ratio(self.below, self.above)

    def minus(self, other: Ratio) -> Ratio:
        return lowest(self.above * other.below - other.above * self.below, self.below * other.below)


def lowest(above: Poly, below: Poly) -> Ratio:
    shared = above.gcd(below)
    return Ratio(above / shared, below / shared) if not shared.is_constant() else Ratio(above, below)


class Ring:
    """Polynomials in n, k and whatever else stands in some expressions that neither of them is in."""

    def __init__(self, n: Variable, k: Variable, exprs: Iterable[Expr]) -> None:
        self.moving = (n, k)
        letters = dict.fromkeys(letter for expr in exprs for letter in self._letters(expr))
        self.names: tuple[Expr, ...] = (n, k, *letters)
        labels = tuple(f"g{position}" for position in range(len(self.names)))
        self.context = flint.fmpq_mpoly_ctx.get(labels, "lex")
        self.one = self.context.constant(1)

    def _letters(self, expr: Expr) -> Iterator[Expr]:
        """What is taken for an unknown: the largest parts without n and k that are no numbers."""
        if expr in self.moving or isinstance(expr, Number):
            return
        if isinstance(expr, Apply) and expr.head in ("add", "mul", "pow"):
            for arg in expr.args:
                yield from self._letters(arg)
        if free_variables(expr).isdisjoint(self.moving):
            yield expr

    def read(self, expr: Expr) -> Ratio | None:
        """An expression as such a quotient; None where it is none."""
        match expr:
            case Number(value=value):
                return Ratio(self.context.constant(flint.fmpq(value.numerator, value.denominator)), self.one)
            case Apply(head="add" | "mul", args=args):
                return self._joined(expr.head, args)
            case Apply(head="pow", args=(base, Number(value=int() as n))) if 0 < abs(n) <= MAX_DEGREE:
                inner = self.read(base)
                if inner is None or (n < 0 and inner.above.is_zero()):
                    return None
                inner = inner if n > 0 else inner.inverse
                return Ratio(inner.above ** abs(n), inner.below ** abs(n))
        return Ratio(self.context.gen(self.names.index(expr)), self.one) if expr in self.names else None

    def _joined(self, head: str, args: tuple[Expr, ...]) -> Ratio | None:
        total = Ratio(self.context.constant(0 if head == "add" else 1), self.one)
        for arg in args:
            part = self.read(arg)
            if part is None:
                return None
            is_product = head == "mul"
            total = total.times(part) if is_product else total.minus(Ratio(-part.above, part.below))
        return total

    def shifted(self, poly: Poly, n: int, k: int) -> Poly:
        """The polynomial at n + …, k + …."""
        at = list(self.context.gens())
        at[N], at[K] = at[N] + n, at[K] + k
        return poly.compose(*at)

    def moved(self, ratio: Ratio, n: int, k: int) -> Ratio:
        return Ratio(self.shifted(ratio.above, n, k), self.shifted(ratio.below, n, k))

    def written(self, poly: Poly) -> Expr:
        terms = (
            mul(
                number(fraction(c)),
                *(power(a, Number(int(e))) for a, e in zip(self.names, exponents, strict=True) if e),
            )
            for exponents, c in poly.terms()
        )
        return add(*terms)
