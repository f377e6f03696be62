"""The elementwise product where the matrix product belongs, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import Apply, Expr
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes


def _other_product(node: Expr) -> Iterator[Expr]:
    if not isinstance(node, Apply) or len(node.args) != 2:
        return
    if node.head in ("mul", "matmul"):
        yield Apply("hadamard", node.args)
    elif node.head == "hadamard":
        yield Apply("mul", node.args)
        yield Apply("matmul", node.args)


PATTERN = Misconception(
    "elementwise-product",
    "Elementwise and matrix product are mixed up.",
    at_nodes(_other_product),
    Example(("A: matrix(2, 2)", "B: matrix(2, 2)"), "A @ B", "hadamard(A, B)"),
)
