"""Binders under other names, so that no bound name ever catches a name of the point."""

from __future__ import annotations

from symderiv.expression.instantiation import instantiate
from symderiv.expression.substitution import fresh
from symderiv.expression.tree import Binder, Constant, Expr, Number, Variable, walk

MAX_SPELLED_OUT = 64


def spelled_out(expr: Binder) -> bool:
    """Whether a maximum over a range is short enough to be written as max(a, b, …)."""
    return (
        isinstance(expr.lower, Number)
        and isinstance(expr.upper, Number)
        and isinstance(expr.condition, Constant)
        and expr.upper.value - expr.lower.value < MAX_SPELLED_OUT
    )


def another_name(expr: Binder, taken: frozenset[str] = frozenset()) -> Variable:
    """A variable like the binder's own, with a name that occurs nowhere in it, nor among those taken."""
    used = set(taken)
    used |= {node.name for node in walk(expr) if isinstance(node, Variable)}
    used |= {node.variable.name for node in walk(expr) if isinstance(node, Binder)}
    return Variable(fresh(expr.variable.name, used), expr.variable.kind)


def over_another_name(expr: Binder, taken: frozenset[str] = frozenset()) -> Binder:
    """The same binder, its variable renamed."""
    other = another_name(expr, taken)
    put: dict[Variable, Expr] = {expr.variable: other}
    body, condition = instantiate(expr.body, put), instantiate(expr.condition, put)
    return Binder(expr.kind, body, other, expr.lower, expr.upper, condition)
