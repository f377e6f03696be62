"""A derivative evaluated at the wrong point: g'(x) for g'(f(x))."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import Apply, Call, Expr
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes

_FUNCTIONS = ("sigmoid", "tanh", "relu", "heaviside", "softmax", "exp", "sin", "cos")


def _elsewhere(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Call) and len(node.args) == 1:
        inner = node.args[0]
        if isinstance(inner, Call | Apply):
            for below in inner.children:
                yield Call(node.function, (below,), node.orders)
    elif isinstance(node, Apply) and node.head in _FUNCTIONS and len(node.args) == 1:
        yield from (Apply(node.head, (below,), node.options) for below in node.args[0].children)


PATTERN = Misconception(
    "wrong-evaluation-point",
    "A derivative is evaluated at the wrong point.",
    at_nodes(_elsewhere),
    Example(("x: real", "f: function", "g: function"), "g'(f(x)) * f'(x)", "g'(x) * f'(x)"),
)
