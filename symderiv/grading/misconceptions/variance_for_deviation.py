"""The variance where the standard deviation is asked for, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import HALF, Apply, Expr
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes

_OTHER = {"std": "var", "var": "std"}


def _unrooted(node: Expr) -> Iterator[Expr]:
    if not isinstance(node, Apply):
        return
    if node.head in _OTHER:
        yield Apply(_OTHER[node.head], node.args, node.options)
    elif node.head == "sqrt" or (node.head == "pow" and node.args[1] == HALF):
        yield node.args[0]


PATTERN = Misconception(
    "variance-for-deviation",
    "Variance and standard deviation are mixed up: one is the square of the other.",
    at_nodes(_unrooted),
    Example(("x: vector(3)",), "std(x)", "var(x)"),
)
