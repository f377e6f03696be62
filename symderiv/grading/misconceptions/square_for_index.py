"""``k^2`` written for ``k_2``: the upper index of a layer read as a power."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import Apply, Expr, Number, Variable
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes


def _power(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Variable) and len(node.name) > 1 and node.name[-1] in "23" and not node.kind.shape:
        for base in (node.name[:-1].rstrip("_"), node.name[:-1].rstrip("_") + "1"):
            yield Apply("pow", (Variable(base, node.kind), Number(int(node.name[-1]))))
        yield Apply("pow", (node, Number(int(node.name[-1]))))


PATTERN = Misconception(
    "square-for-index",
    "An index is read as a power: k² is not k₂.",
    at_nodes(_power),
    Example(("d: size", "k1: size", "k2: size"), "d - k1 - k2", "d - k1 - k1**2"),
)
