"""Which expressions are continuously differentiable in one name, wherever the facts hold.

Each function is named with the open set on which it is smooth; that its argument stays there is proved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.expression.build import compare, conjunction
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
    walk,
)

ENTIRE = frozenset(("add", "mul", "exp", "sin", "cos", "sinh", "cosh", "tanh", "atan", "asinh", "erf"))


def _inside(u: Expr) -> Expr:
    return conjunction(compare("lt", MINUS_ONE, u), compare("lt", u, ONE))


SMOOTH_WHERE: Mapping[str, Callable[[Expr], Expr]] = {
    "log": lambda u: compare("lt", ZERO, u),
    "tan": lambda u: compare("ne", Apply("cos", (u,)), ZERO),
    "asin": _inside,
    "acos": _inside,
    "atanh": _inside,
    "acosh": lambda u: compare("lt", ONE, u),
}


def is_smooth(expr: Expr, t: Variable, facts: tuple[Expr, ...]) -> bool:
    """Whether an expression, defined wherever the facts hold, is continuously differentiable in t there.

    >>> x = Variable("x")
    >>> is_smooth(Apply("exp", (x,)), x, ()), is_smooth(Apply("abs", (x,)), x, ())
    (True, False)
    """
    return _smooth(expr, t, knowledge(facts))


def _smooth(expr: Expr, t: Variable, known: Knowledge) -> bool:
    if expr == t or t not in free_variables(expr):
        return True
    if isinstance(expr, Binder):
        return expr.kind == "integral" and _integral(expr, t, known)
    if not isinstance(expr, Apply) or not all(_smooth(arg, t, known) for arg in expr.args):
        return False
    if expr.head == "pow":
        base, exponent = expr.args
        whole = isinstance(exponent, Number) and isinstance(exponent.value, int)
        if whole and isinstance(exponent, Number) and exponent.value > 0:
            return True
        return known.implies(compare("ne" if whole else "lt", ZERO, base))
    if expr.head in SMOOTH_WHERE:
        return known.implies(SMOOTH_WHERE[expr.head](*expr.args))
    return expr.head in ENTIRE


def _integral(expr: Binder, t: Variable, known: Knowledge) -> bool:
    """Smooth ends, and an integrand without t that is continuous on the whole line."""
    ends = [end for end in (expr.lower, expr.upper) if end is not None]
    if len(ends) < 2 or expr.condition != TRUE or t in free_variables(expr.body):
        return False
    if any(node == INFINITY for end in ends for node in walk(end)):
        return False
    free_line = expr.variable.kind == Variable("t").kind
    return (
        free_line
        and _smooth(expr.body, expr.variable, knowledge(()))
        and all(_smooth(end, t, known) for end in ends)
    )
