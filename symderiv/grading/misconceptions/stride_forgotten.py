"""Stride, dilation or groups of a layer forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import Apply, Expr
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes, option, quotient, with_option

_OPTIONS = ("stride", "dilation", "groups", "output_padding")


def _without(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Apply):
        for name in _OPTIONS:
            if option(node, name) is not None:
                yield with_option(node, name, None)
        fraction = quotient(node.args[0]) if node.head == "floor" else None
        if fraction is not None:
            yield fraction[0]


PATTERN = Misconception(
    "stride-forgotten",
    "A stride, dilation, or number of groups is not taken into account.",
    at_nodes(_without),
    Example(("x: vector(6)", "w: vector(2)"), "conv1d(x, w, stride=2)", "conv1d(x, w)"),
)
