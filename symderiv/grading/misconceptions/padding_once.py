"""Padding counted once instead of on both sides, or not at all."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import ZERO, Apply, Expr, Number, Variable
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes, option, with_option


def _once(node: Expr) -> Iterator[Expr]:
    if not isinstance(node, Apply):
        return
    if node.head == "mul" and len(node.args) == 2 and isinstance(node.args[0], Number):
        twice, other = node.args
        if isinstance(other, Variable | Number) and isinstance(twice, Number) and abs(twice.value) == 2:
            yield other if twice.value > 0 else Apply("mul", (Number(-1), other))
            yield ZERO
    elif option(node, "padding") is not None:
        yield with_option(node, "padding", None)


PATTERN = Misconception(
    "padding-once",
    "Padding is added on both sides: here it is counted once, or not at all.",
    at_nodes(_once),
    Example(("n: size", "p: size", "k: size"), "n + 2*p - k + 1", "n + p - k + 1"),
)
