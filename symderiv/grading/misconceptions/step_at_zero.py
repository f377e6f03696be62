"""The value of the step function at 0: 0 or 1 where it is ½, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import HALF, ONE, ZERO, Apply, Cases, Expr
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes, is_apply


def _other_middle(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Apply) and is_apply(node, "heaviside"):
        x = node.args[0]
        for middle in (ZERO, ONE, HALF):
            yield Cases(((Apply("gt", (x, ZERO)), ONE), (Apply("eq", (x, ZERO)), middle)), ZERO)


PATTERN = Misconception(
    "step-at-zero",
    "Look at x = 0: the value of the step function there is another one.",
    at_nodes(_other_middle),
    Example(("x: real",), "heaviside(x)", "1 if x > 0 else 0", policy="everywhere"),
)
