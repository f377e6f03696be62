"""Difference quotients, by the derivative: ``(f(x + h) - f(x))/h`` tends to f'(x) where f is smooth at x.

Value and slope are found side by side, through sums over ranges as well: directional derivatives of norms
and of log Σ exp, at every size.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.conditions.inside import facts_inside, silent_on
from symderiv.equality.conditions.polynomial import TooLarge, polynomial
from symderiv.equality.conditions.signs import NONNEGATIVE
from symderiv.equality.limits.derivative import SLOPES
from symderiv.expression.build import add, compare, divide, function, mul, number, power, subtract
from symderiv.expression.parts import factors_of
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import (
    INFINITY,
    MINUS_ONE,
    ONE,
    TRUE,
    ZERO,
    Apply,
    Binder,
    Expr,
    Number,
    Variable,
)
from symderiv.index import normalise

Facts = tuple[Expr, ...]
Germ = tuple[Expr, Expr]
"""The value at a point, and the slope there."""

_SMOOTH: Mapping[str, Callable[[Expr], Expr]] = {
    head: SLOPES[head] for head in ("exp", "sin", "cos", "tanh", "sinh", "cosh", "atan", "asinh", "erf")
}


def limit_of_quotient(expr: Expr, variable: Variable, point: Expr, facts: Facts = ()) -> Expr | None:
    """The limit of ``u/v`` at a finite point where both are smooth, both are 0, and v has a slope.

    >>> h, x = Variable("h"), Variable("x")
    >>> rise = subtract(power(add(x, h), Number(3)), power(x, Number(3)))
    >>> str(limit_of_quotient(divide(rise, h), h, ZERO))
    '3*x^2'
    """
    factors = factors_of(expr)
    below = [each for each in factors if _is_below(each, variable)]
    if len(below) != 1 or point in (INFINITY, mul(MINUS_ONE, INFINITY)):
        return None
    [lower] = below
    assert isinstance(lower, Apply)
    smooth = _Smooth(variable, point, knowledge(silent_on(facts, variable)))
    above = smooth.germ(mul(*(factor for factor in factors if factor is not lower)))
    under = smooth.germ(lower.args[0])
    if above is None or under is None or not (_vanishes(above[0], facts) and _vanishes(under[0], facts)):
        return None
    if not smooth.known.implies(compare("ne", under[1], ZERO)):
        return None
    return divide(above[1], under[1])


def _is_below(factor: Expr, variable: Variable) -> bool:
    match factor:
        case Apply(head="pow", args=(base, exponent)):
            return exponent == MINUS_ONE and variable in free_variables(base)
    return False


def _vanishes(value: Expr, facts: Facts) -> bool:
    (normal,) = normalise((value,), facts)
    try:
        return not polynomial(normal)
    except TooLarge:
        return False


@dataclass(frozen=True)
class _Smooth:
    """What is smooth near a point, with what is known besides."""

    variable: Variable
    point: Expr
    known: Knowledge

    def germ(self, expr: Expr) -> Germ | None:
        if expr == self.variable:
            return self.point, ONE
        if self.variable not in free_variables(expr):
            return expr, ZERO
        if isinstance(expr, Binder):
            return self._of_sum(expr)
        if not isinstance(expr, Apply) or expr.options:
            return None
        plain = self._without_root(expr)
        if plain is not None:
            return self.germ(plain)
        found = [self.germ(arg) for arg in expr.args]
        germs = [germ for germ in found if germ is not None]
        return self._applied(expr.head, germs) if len(germs) == len(found) else None

    def _applied(self, head: str, germs: list[Germ]) -> Germ | None:
        values = [value for value, _ in germs]
        if head == "add":
            return add(*values), add(*(slope for _, slope in germs))
        if head == "mul":
            parts = (mul(*values[:k], slope, *values[k + 1 :]) for k, (_, slope) in enumerate(germs))
            return mul(*values), add(*parts)
        if head == "pow":
            return self._of_power(*germs)
        [(value, slope)] = germs[:1]
        if head in _SMOOTH:
            return function(head, value), mul(_SMOOTH[head](value), slope)
        if head == "log" and self._is_positive(value):
            return function("log", value), divide(slope, value)
        return None

    def _of_power(self, base: Germ, exponent: Germ) -> Germ | None:
        (u, rise), (p, moves) = base, exponent
        if moves == ZERO and (self._is_positive(u) or self._is_whole_at(u, p)):
            return power(u, p), mul(p, power(u, subtract(p, ONE)), rise)
        if rise == ZERO and self._is_positive(u):
            return power(u, p), mul(power(u, p), function("log", u), moves)
        return None

    def _is_whole_at(self, u: Expr, p: Expr) -> bool:
        """A power smooth at numbers of whatever sign: a positive whole one, any whole one of what isn't 0."""
        if not (isinstance(p, Number) and isinstance(p.value, int)):
            return False
        return p.value > 0 or self.known.implies(compare("ne", u, ZERO))

    def _without_root(self, expr: Apply) -> Expr | None:
        """``(√u)²`` as u, which is never negative."""
        match expr:
            case Apply(head="pow", args=(Apply(head="pow", args=(u, Number(value=p))), Number(value=q))):
                return power(u, number(p * q)) if self.known.signs(u) <= NONNEGATIVE else None
        return None

    def _is_positive(self, value: Expr) -> bool:
        return self.known.implies(compare("lt", ZERO, value))

    def _of_sum(self, total: Binder) -> Germ | None:
        ends = [end for end in (total.lower, total.upper) if end is not None]
        if total.kind != "sum" or total.condition != TRUE or len(ends) < 2 or INFINITY in ends:
            return None
        if any(self.variable in free_variables(end) for end in ends):
            return None
        if total.variable in free_variables(self.point):
            return None
        inside = _Smooth(self.variable, self.point, knowledge(facts_inside(total, self.known.facts)))
        germ = inside.germ(total.body)
        if germ is None:
            return None
        value, slope = (Binder("sum", part, total.variable, *ends) for part in germ)
        return value, slope
