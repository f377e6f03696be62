"""Rounded up where it must be rounded down, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import Apply, Expr
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes

_OTHER = {"floor": "ceil", "ceil": "floor"}


def _other_way(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Apply) and node.head in _OTHER:
        yield Apply(_OTHER[node.head], node.args)
    elif isinstance(node, Apply) and node.head == "floordiv":
        yield Apply("ceil", (Apply("div", node.args),))


PATTERN = Misconception(
    "rounded-up",
    "Rounded in the wrong direction: a window that doesn't fit any more gives no output.",
    at_nodes(_other_way),
    Example(("n: size", "s: size"), "floor(n/s) + 1", "ceil(n/s) + 1"),
)
