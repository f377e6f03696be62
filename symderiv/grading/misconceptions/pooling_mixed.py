"""Max and average pooling mixed up."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import Apply, Expr
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes

_OTHER = {
    "max_pool1d": ("avg_pool1d",),
    "max_pool2d": ("avg_pool2d",),
    "avg_pool1d": ("max_pool1d",),
    "avg_pool2d": ("max_pool2d",),
    "max": ("mean", "min"),
    "min": ("max",),
}


def _other(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Apply):
        for head in _OTHER.get(node.head, ()):
            if head != "mean" or len(node.args) == 1:
                yield Apply(head, node.args, node.options)


PATTERN = Misconception(
    "maximum-mixed",
    "Maximum, minimum and average are mixed up.",
    at_nodes(_other),
    Example(("x: vector(3)",), "max(x)", "mean(x)"),
)
