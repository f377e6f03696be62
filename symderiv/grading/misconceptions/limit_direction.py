"""A limit taken in the wrong direction: k → -∞ for k → ∞, from the left for from the right."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import Apply, Expr, Text
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes, with_arg

_SIDES = {"+": "-", "-": "+"}


def _other_way(node: Expr) -> Iterator[Expr]:
    if not isinstance(node, Apply) or node.head != "limit" or len(node.args) < 3:
        return
    if len(node.args) > 3 and isinstance(node.args[3], Text) and node.args[3].value in _SIDES:
        yield with_arg(node, 3, Text(_SIDES[node.args[3].value]))
    else:
        point = node.args[2]
        turned = isinstance(point, Apply) and point.head == "neg"
        yield with_arg(node, 2, point.children[0] if turned else Apply("neg", (point,)))


PATTERN = Misconception(
    "limit-direction",
    "A limit is taken in the wrong direction: say what varies, and where it goes.",
    at_nodes(_other_way),
    Example(("x: positive", "k: real"), "limit(sigmoid(k*x), k, oo)", "limit(sigmoid(k*x), k, -oo)"),
)
