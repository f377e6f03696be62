"""A nondecreasing function changes places with a maximum or minimum: f(max(a, b)) = max(f(a), f(b)).

So does the maximum with something else: max(c, max_k u_k) = max_k max(c, u_k), which is ReLU for c = 0.
"""

from __future__ import annotations

from symderiv.expression.build import negative
from symderiv.expression.contents import contents
from symderiv.expression.instantiation import instantiate
from symderiv.expression.substitution import free_variables, fresh
from symderiv.expression.tree import Apply, Binder, Call, Expr, Index, Variable, transform, walk

_EXTREMES = ("max", "min")


def maxima_outside(expr: Expr) -> Expr:
    """The expression with every maximum or minimum taken after the nondecreasing functions around it.

    >>> from symderiv.expression.kinds import Kind
    >>> from symderiv.expression.tree import Variable
    >>> f, a, b = Variable("f", Kind(function="nondecreasing")), Variable("a"), Variable("b")
    >>> maxima_outside(Call(f, (Apply("max", (a, b)),))) == Apply("max", (Call(f, (a,)), Call(f, (b,))))
    True
    """
    classes = contents(expr).classes
    return transform(expr, _outside) if Call in classes or Binder in classes else expr


def _outside(node: Expr) -> Expr:
    if isinstance(node, Apply) and node.head in _EXTREMES:
        return _into_range(node)
    if not isinstance(node, Call) or node.function.kind.function != "nondecreasing" or node.orders != (0,):
        return node
    inner = node.args[0]
    if isinstance(inner, Apply) and inner.head == "abs":
        inner = Apply("max", (inner.args[0], negative(inner.args[0])))
    if isinstance(inner, Apply) and inner.head in _EXTREMES:
        return Apply(inner.head, tuple(_outside(Call(node.function, (arg,))) for arg in inner.args))
    if isinstance(inner, Binder) and inner.kind in _EXTREMES:
        body = _outside(Call(node.function, (inner.body,)))
        return Binder(inner.kind, body, inner.variable, inner.lower, inner.upper, inner.condition)
    return node


def _into_range(node: Apply) -> Expr:
    """max_k max(c, u_k) for max(c, max_k u_k), where only one argument is taken over a range."""
    ranges = [arg for arg in node.args if isinstance(arg, Binder) and arg.kind == node.head]
    if len(ranges) != 1:
        return node
    over, others = ranges[0], [arg for arg in node.args if arg is not ranges[0]]
    if _arrays(over.body) & {base for arg in others for base in _arrays(arg)}:
        return node  # max(x[0], max_k x[k]) is one over a longer range
    taken = {v.name for arg in others for v in free_variables(arg)}
    k = over.variable
    if k.name in taken:
        k = Variable(fresh(k.name, taken | {v.name for v in free_variables(over.body)}), k.kind)
    body, condition = (instantiate(part, {over.variable: k}) for part in (over.body, over.condition))
    inside = _outside(Apply(node.head, (*others, body)))
    return Binder(over.kind, inside, k, over.lower, over.upper, condition)


def _arrays(expr: Expr) -> set[Expr]:
    """What entries are read from."""
    return {node.base for node in walk(expr) if isinstance(node, Index)}
