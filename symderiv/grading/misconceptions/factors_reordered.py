"""Factors of a matrix product in the wrong order, or the sides of a difference or quotient."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from symderiv.expression.tree import Apply, Expr
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_one_node


def _reordered(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Apply) and node.head in ("mul", "matmul", "sub", "div", "kron", "outer"):
        factors = _flat(node, node.head) if node.head in ("mul", "matmul") else node.args
        if len(factors) <= 4:
            for order in permutations(factors):
                if order != tuple(factors):
                    yield Apply(node.head, order)


def _flat(node: Expr, head: str) -> tuple[Expr, ...]:
    if isinstance(node, Apply) and node.head == head:
        return tuple(part for factor in node.args for part in _flat(factor, head))
    return (node,)


PATTERN = Misconception(
    "factors-in-wrong-order",
    "The parts are right, their order isn't: a product of matrices, a difference and a quotient have one.",
    at_one_node(_reordered),
    Example(("A: matrix(2, 2)", "B: matrix(2, 2)"), "A*B", "B*A"),
)
