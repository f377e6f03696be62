"""Functions of a number: the quotient rule for sigmoid and tanh, both sides of a leaky ReLU's kink."""

from __future__ import annotations

from fractions import Fraction

from symderiv.derivation.rules.problem import Problem, Rewriting
from symderiv.expression.tree import ONE, ZERO, Apply, Cases, Expr, Number

TWO = Number(2)


def _exp(x: Expr) -> Expr:
    return Apply("exp", (x,))


def sigmoid(p: Problem) -> tuple[Rewriting, ...]:
    """e^(-x) / (1 + e^(-x))²."""
    if not p.scalar:
        return ()
    falling = _exp(Apply("neg", (p.x,)))
    slope = Apply("div", (falling, Apply("pow", (Apply("add", (ONE, falling)), TWO))))
    reason = "(1/u)' = -u'/u² with u = 1 + e^(-x), u' = -e^(-x)"
    return (Rewriting(slope, reason, rule="quotient rule"),)


def tanh(p: Problem) -> tuple[Rewriting, ...]:
    """(v² - u²) / v² with u = e^x - e^(-x), v = e^x + e^(-x)."""
    if not p.scalar:
        return ()
    up, down = _exp(p.x), _exp(Apply("neg", (p.x,)))
    u, v = (Apply("pow", (Apply(sign, (up, down)), TWO)) for sign in ("sub", "add"))
    slope = Apply("div", (Apply("sub", (v, u)), v))
    reason = "(u/v)' = (u' v - u v') / v² with u = e^x - e^(-x) = v' and v = e^x + e^(-x) = u'"
    return (Rewriting(slope, reason, rule="quotient rule"),)


def leaky_relu(p: Problem) -> tuple[Rewriting, ...]:
    """The slopes on both sides of 0."""
    if not p.scalar or not isinstance(p.e, Apply):
        return ()
    given = dict(p.e.options).get("negative_slope")
    slope = given if given is not None else p.e.args[1] if len(p.e.args) > 1 else Number(Fraction(1, 100))
    sides = Cases(((Apply("gt", (p.x, ZERO)), ONE), (Apply("lt", (p.x, ZERO)), slope)))
    reason = (
        "for x > 0 the function is x, for x < 0 it is negative_slope x: from the right the slope at 0 is 1, "
        "from the left it is another, so there is no derivative at 0"
    )
    return (Rewriting(sides, reason, rule="cases"),)
