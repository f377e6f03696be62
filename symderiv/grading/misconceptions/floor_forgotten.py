"""The floor is forgotten: an output size that is no whole number."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import Apply, Expr
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes, is_apply


def _unrounded(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Apply) and is_apply(node, "floor", "ceil"):
        yield node.args[0]
    elif isinstance(node, Apply) and is_apply(node, "floordiv"):
        yield Apply("div", node.args)


PATTERN = Misconception(
    "floor-forgotten",
    "The division need not come out even: a size must be rounded.",
    at_nodes(_unrounded),
    Example(("n: size", "s: size"), "floor(n/s) + 1", "n/s + 1"),
)
