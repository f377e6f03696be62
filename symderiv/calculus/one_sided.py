"""Derivatives from one side, which exist at kinks too.

    max(u, v)'₊ = u'₊ where u > v, v'₊ where v > u, the larger of both where u = v
    max(u, v)'₋ = …, the smaller of both where u = v
    |u|'₊ = sign(u) u'₊ where u ≠ 0, |u'₊| where u = 0;    |u|'₋ = -|u'₋| there

Between them lies the subdifferential of a convex function: [0, 1] for ReLU at 0.
"""

from __future__ import annotations

from typing import Literal

from symderiv.calculus.collapse import collapsed
from symderiv.calculus.derivative import Differentiation
from symderiv.errors import MeaningError
from symderiv.expression.build import cases, compare, function, negative
from symderiv.expression.instantiation import expand
from symderiv.expression.tree import ZERO, Apply, Binder, Cases, Expr, Variable

Side = Literal["+", "-"]


def one_sided(value: Expr, wrt: Variable, at: tuple[Expr, ...] = (), side: Side = "+") -> Expr:
    """The derivative by ``wrt[at]`` from above (``+``) or below (``-``).

    Raises MeaningError where the value has cases of its own, whose borders it can't approach from one side.

    >>> x = Variable("x")
    >>> relu = function("max", x, ZERO)
    >>> from symderiv.expression.instantiation import instantiate
    >>> [instantiate(one_sided(relu, x, side=side), {x: ZERO}).value for side in ("-", "+")]
    [0, 1]
    """
    return collapsed(OneSided(wrt, at, side).of(value), {})


class OneSided(Differentiation):
    """Differentiation with the rules for kinks replaced."""

    def __init__(self, wrt: Variable, at: tuple[Expr, ...], side: Side) -> None:
        super().__init__(wrt, at)
        self.side = side

    def apply_rule(self, expr: Apply) -> Expr:
        if expr.head == "abs":
            return self._abs(expr.args[0])
        if expr.head in ("sign", "heaviside", "floor"):
            raise MeaningError(f"{expr.head} jumps: it has no derivative from one side there")
        return super().apply_rule(expr)

    def _abs(self, u: Expr) -> Expr:
        slope = self.of(u)
        steep = function("abs", slope)
        at_zero = steep if self.side == "+" else negative(steep)
        return cases(((compare("lt", ZERO, u), slope), (compare("lt", u, ZERO), negative(slope))), at_zero)

    def max_rule(self, args: tuple[Expr, ...]) -> Expr:
        return self._one_of(args, larger=True)

    def min_rule(self, args: tuple[Expr, ...]) -> Expr:
        return self._one_of(args, larger=False)

    def _one_of(self, args: tuple[Expr, ...], larger: bool) -> Expr:
        """Two at a time: the winner's derivative, and at a tie the one that wins just after (or before)."""
        first, *others = args
        if not others:
            return self.of(first)
        rest = function("max" if larger else "min", *others)
        u, v = self.of(first), self._one_of(tuple(others), larger)
        wins = compare("lt", rest, first) if larger else compare("lt", first, rest)
        loses = compare("lt", first, rest) if larger else compare("lt", rest, first)
        at_tie = function("max" if larger == (self.side == "+") else "min", u, v)
        return cases(((wins, u), (loses, v)), at_tie)

    def range_rule(self, expr: Binder) -> Expr:
        written = expand(expr)
        if isinstance(written, Binder):
            raise MeaningError("no derivative from one side of a maximum over a range of unknown length")
        return self.of(written)

    def cases_rule(self, expr: Cases) -> Expr:
        raise MeaningError("no derivative from one side of a case distinction")
