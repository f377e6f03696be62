"""Softmax differentiated like a sigmoid: p(1 - p), on the diagonal or as a vector."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import ONE, Apply, Expr, Variable
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes, is_apply


def _elementwise(node: Expr) -> Iterator[Expr]:
    if not isinstance(node, Apply) or not is_apply(node, "jacobian"):
        return
    p = node.args[0]
    inside = p.definition if isinstance(p, Variable) and p.definition is not None else p
    if is_apply(inside, "softmax"):
        product = Apply("hadamard", (p, Apply("sub", (ONE, p))))
        yield Apply("diag", (product,))
        yield product


PATTERN = Misconception(
    "softmax-as-sigmoid",
    "p (1 - p) is the derivative of a sigmoid: each output of a softmax depends on every input.",
    at_nodes(_elementwise),
    Example(("x: vector(3)",), "jacobian(softmax(x), x)", "diag(hadamard(softmax(x), 1 - softmax(x)))"),
)
