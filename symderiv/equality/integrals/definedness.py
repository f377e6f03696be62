"""Is an integrand, or an antiderivative, defined and differentiable all over a cell, or up to its end?"""

from __future__ import annotations

from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.conditions.signs import NONNEGATIVE, POSITIVE
from symderiv.equality.normal_forms.factors import signs_of_factors
from symderiv.expression.build import compare, negative
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ONE, ZERO, Apply, Expr, Number, Variable, walk


def is_defined(expr: Expr, t: Variable, facts: tuple[Expr, ...]) -> bool:
    """Whether every part that depends on ``t`` is certainly defined in the cell, and differentiable."""
    return all(_is_safe(node, facts) for node in walk(expr) if t in free_variables(node))


def reaches(expr: Expr, t: Variable, at_end: tuple[Expr, ...]) -> bool:
    """Is it continuous up to an end of the cell, though its slope may be infinite there?"""
    return all(_is_closed(node, at_end) for node in walk(expr) if t in free_variables(node))


def _is_closed(node: Expr, facts: tuple[Expr, ...]) -> bool:
    known = knowledge(facts)
    match node:
        case Apply(head="asin", args=(u,)):
            return all(known.implies(compare("le", *sides)) for sides in _within_unit(u))
        case Apply(head="pow", args=(base, Number(value=exponent))) if exponent > 0:
            return isinstance(exponent, int) or signs_of_factors(base, known) <= NONNEGATIVE
    return _is_safe(node, facts)


_ENTIRE = frozenset(("add", "mul", "exp", "sin", "cos", "sinh", "cosh", "tanh", "atan", "asinh", "erf"))


def _is_safe(node: Expr, facts: tuple[Expr, ...]) -> bool:
    if isinstance(node, Variable):
        return True
    if not isinstance(node, Apply):
        return False
    known = knowledge(facts)
    if node.head == "log":
        return known.implies(compare("lt", ZERO, node.args[0]))
    if node.head == "pow":
        base, exponent = node.args
        if isinstance(exponent, Number) and isinstance(exponent.value, int):
            return exponent.value >= 0 or known.implies(compare("ne", base, ZERO))
        return signs_of_factors(base, known) == POSITIVE
    if node.head == "asin":
        return all(known.implies(compare("lt", *sides)) for sides in _within_unit(node.args[0]))
    return node.head in _ENTIRE


def _within_unit(u: Expr) -> tuple[tuple[Expr, Expr], ...]:
    return (negative(ONE), u), (u, ONE)
