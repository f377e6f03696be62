"""Integrals that no rule writes out, in balls: rigorous quadrature near the real line.

Only functions that are real and defined on the whole real line take part, and switches among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import flint
from flint import acb, arb

from symderiv.equality.evaluate.indicators import has_indicator, indicator
from symderiv.equality.evaluate.values import NotDecided, Value, ball
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Cases, Expr, Number, Variable

MAX_EVALUATIONS = 1200

ENTIRE: Mapping[str, Callable[[acb], acb]] = {
    "exp": acb.exp,
    "sin": acb.sin,
    "cos": acb.cos,
    "sinh": acb.sinh,
    "cosh": acb.cosh,
    "tanh": acb.tanh,
    "erf": acb.erf,
}
SWITCHES: Mapping[str, Callable[..., acb]] = {
    "abs": acb.real_abs,
    "sign": acb.real_sgn,
    "heaviside": acb.real_heaviside,
    "floor": acb.real_floor,
}
JOINS: Mapping[str, Callable[..., acb]] = {"max": acb.real_max, "min": acb.real_min}


def quadrature(
    body: Expr, variable: Variable, lower: Value, upper: Value, value: Callable[[Expr], Value]
) -> arb:
    """A ball that holds ``∫ body`` between two numbers; ``value`` evaluates what is free of the variable."""
    integrand = _Integrand(variable, value)
    integrand.check(body)
    tolerance = arb(2) ** (-flint.ctx.prec // 3)
    area = acb.integral(
        lambda z, analytic: integrand.at(body, z, analytic),
        ball(lower),
        ball(upper),
        rel_tol=tolerance,
        abs_tol=tolerance,
        eval_limit=MAX_EVALUATIONS,
    )
    if not area.is_finite():
        raise NotDecided("an integral that didn't converge", sharper=False)
    return area.real


class _Integrand:
    """The body at a complex number near the real line; what is fixed is evaluated once."""

    def __init__(self, variable: Variable, value: Callable[[Expr], Value]) -> None:
        self.variable = variable
        self._value = value
        self._fixed: dict[Expr, acb] = {}

    def check(self, expr: Expr) -> None:
        """Raise `NotDecided` for what has no rule, and evaluate what doesn't depend on the variable."""
        if expr == self.variable:
            return
        if self.variable not in free_variables(expr):
            self._fixed[expr] = acb(ball(self._value(expr)))
            return
        if isinstance(expr, Cases) and expr.otherwise is not None:
            self._check_conditions(condition for condition, _ in expr.branches)
            for value in (*(value for _, value in expr.branches), expr.otherwise):
                self.check(value)
            return
        if not isinstance(expr, Apply) or not self._has_rule(expr):
            raise NotDecided("an integrand without a rule", sharper=False)
        for arg in expr.args:
            self.check(arg)

    def _check_conditions(self, conditions: Iterable[Expr]) -> None:
        for condition in conditions:
            if not has_indicator(condition):
                raise NotDecided("a condition without a rule", sharper=False)
            if isinstance(condition, Apply) and condition.head in ("and", "or", "not"):
                self._check_conditions(condition.args)
            else:
                for side in condition.children:
                    self.check(side)

    @staticmethod
    def _has_rule(expr: Apply) -> bool:
        if expr.head == "pow":
            exponent = expr.args[1]
            return isinstance(exponent, Number) and isinstance(exponent.value, int)
        return (
            expr.head in ("add", "mul") or expr.head in ENTIRE or expr.head in SWITCHES or expr.head in JOINS
        )

    def at(self, expr: Expr, z: acb, analytic: bool) -> Any:
        if expr == self.variable:
            return z
        fixed = self._fixed.get(expr)
        if fixed is not None:
            return fixed
        if isinstance(expr, Cases):
            return self._chosen(expr, z, analytic)
        assert isinstance(expr, Apply)
        if expr.head == "pow":
            assert isinstance(expr.args[1], Number)
            return self.at(expr.args[0], z, analytic) ** int(expr.args[1].value)
        args = [self.at(arg, z, analytic) for arg in expr.args]
        if expr.head in ENTIRE:
            return ENTIRE[expr.head](args[0])
        if expr.head in SWITCHES:
            return SWITCHES[expr.head](args[0], analytic=analytic)
        return self._joined(expr.head, args, analytic)

    def _chosen(self, expr: Cases, z: acb, analytic: bool) -> acb:
        """The branches, each times 1 where it is the one."""
        assert expr.otherwise is not None
        result = self.at(expr.otherwise, z, analytic)
        for condition, value in reversed(expr.branches):
            holds = indicator(condition, lambda side: self.at(side, z, analytic), analytic)
            result = holds * self.at(value, z, analytic) + (acb(1) - holds) * result
        return acb(result)

    @staticmethod
    def _joined(head: str, args: list[acb], analytic: bool) -> acb:
        result = args[0]
        for arg in args[1:]:
            if head == "add":
                result = result + arg
            elif head == "mul":
                result = result * arg
            else:
                result = JOINS[head](result, arg, analytic=analytic)
        return result
