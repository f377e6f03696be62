"""A nondecreasing function changes places with a maximum or minimum: f(max(a, b)) = max(f(a), f(b))."""

from __future__ import annotations

from symderiv.expression.contents import contents
from symderiv.expression.tree import Apply, Binder, Call, Expr, transform

_EXTREMES = ("max", "min")


def maxima_outside(expr: Expr) -> Expr:
    """The expression with every maximum or minimum taken after the nondecreasing functions around it.

    >>> from symderiv.expression.kinds import Kind
    >>> from symderiv.expression.tree import Variable
    >>> f, a, b = Variable("f", Kind(function="nondecreasing")), Variable("a"), Variable("b")
    >>> maxima_outside(Call(f, (Apply("max", (a, b)),))) == Apply("max", (Call(f, (a,)), Call(f, (b,))))
    True
    """
    return transform(expr, _outside) if Call in contents(expr).classes else expr


def _outside(node: Expr) -> Expr:
    if not isinstance(node, Call) or node.function.kind.function != "nondecreasing" or node.orders != (0,):
        return node
    inner = node.args[0]
    if isinstance(inner, Apply) and inner.head in _EXTREMES:
        return Apply(inner.head, tuple(_outside(Call(node.function, (arg,))) for arg in inner.args))
    if isinstance(inner, Binder) and inner.kind in _EXTREMES:
        body = _outside(Call(node.function, (inner.body,)))
        return Binder(inner.kind, body, inner.variable, inner.lower, inner.upper, inner.condition)
    return node
