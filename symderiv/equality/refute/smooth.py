"""Expressions that are continuous, on an open set, wherever they are defined.

Two such values that differ at a point differ on a neighbourhood of it, without looking further.
"""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.equality.conditions.valued import is_integer_valued
from symderiv.equality.evaluate.functions import RULES
from symderiv.equality.normal_forms.primitives import is_linear_integral
from symderiv.expression.tree import (
    TRUE,
    Apply,
    Binder,
    Call,
    Constant,
    Expr,
    Index,
    Number,
    Sequence,
    Variable,
)

_CLOSED_DOMAIN = frozenset(("asin", "acos", "acosh"))
_CONTINUOUS = (frozenset(RULES) | {"add", "mul", "abs", "max", "min"}) - _CLOSED_DOMAIN


def is_smooth(expr: Expr) -> bool:
    """Whether a value is made of functions that are continuous on open domains.

    >>> from symderiv.expression.tree import HALF
    >>> x = Variable("x")
    >>> is_smooth(Apply("log", (x,))), is_smooth(Apply("pow", (x, HALF))), is_smooth(Apply("sign", (x,)))
    (True, False, False)
    """
    return all(map(_is_smooth_node, _distinct(expr)))


def _distinct(expr: Expr) -> Iterator[Expr]:
    """Every node, shared ones once."""
    seen: set[int] = set()
    stack = [expr]
    while stack:
        node = stack.pop()
        if id(node) not in seen:
            seen.add(id(node))
            yield node
            stack.extend(node.children)


def _is_smooth_node(node: Expr) -> bool:
    if isinstance(node, Apply):
        if node.head == "pow":
            exponent = node.args[1]
            return isinstance(exponent, Number) and isinstance(exponent.value, int)
        if node.head == "delta":
            return all(map(is_integer_valued, node.args))
        return node.head in _CONTINUOUS
    if isinstance(node, Binder) and node.kind == "integral":
        return is_linear_integral(node)
    if isinstance(node, Binder):
        ends = (end for end in (node.lower, node.upper) if end is not None)
        return (
            node.kind in ("sum", "prod", "max", "min")
            and node.condition == TRUE
            and all(map(is_integer_valued, ends))
        )
    return isinstance(node, (Number, Variable, Call, Index, Sequence)) or (
        isinstance(node, Constant) and node.name in ("pi", "e", "true")
    )


def is_open(condition: Expr) -> bool:
    """Whether a condition that holds at a point holds around it: strict, between smooth values."""
    if condition == TRUE:
        return True
    if isinstance(condition, Apply):
        if condition.head in ("lt", "ne"):
            return all(map(is_smooth, condition.args))
        if condition.head == "and":
            return all(map(is_open, condition.args))
    return False
