"""Two trees that a reader would take for the same: an evaluated key is only shown where it says more."""

from __future__ import annotations

from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import Apply, Expr, transform

_EITHER_WAY = ("add", "mul", "and", "or", "eq", "ne")
_TURNED = {"gt": "lt", "ge": "le"}


def same_writing(a: Expr, b: Expr) -> bool:
    """Whether only the order of terms, factors or sides differs.

    >>> from symderiv.expression.tree import ONE, Variable
    >>> x = Variable("x")
    >>> same_writing(Apply("add", (ONE, x)), Apply("add", (x, ONE)))
    True
    """
    return transform(a, _ordered) == transform(b, _ordered)


def _ordered(node: Expr) -> Expr:
    if not isinstance(node, Apply) or node.options:
        return node
    if node.head in _TURNED:
        return Apply(_TURNED[node.head], node.args[::-1])
    if node.head == "sub":
        return _ordered(Apply("add", (node.args[0], Apply("neg", (node.args[1],)))))
    if node.head in _EITHER_WAY:
        return Apply(node.head, tuple(sorted(_flat(node, node.head), key=to_text)))
    return node


def _flat(node: Expr, head: str) -> list[Expr]:
    if isinstance(node, Apply) and node.head == head and not node.options:
        return [part for arg in node.args for part in _flat(arg, head)]
    return [node]


def factorials(tree: Expr) -> Expr:
    """``Γ(n + 1)`` as ``n!``: the way in which a factorial is evaluated is nobody's way to write it."""
    return transform(tree, _factorial)


def _factorial(node: Expr) -> Expr:
    if not isinstance(node, Apply) or node.head != "gamma" or not isinstance(node.args[0], Apply):
        return node
    terms = node.args[0]
    if terms.head == "add" and to_text(terms.args[-1]) == "1":
        rest = terms.args[:-1]
        return Apply("factorial", (rest[0] if len(rest) == 1 else Apply("add", rest),))
    return node
