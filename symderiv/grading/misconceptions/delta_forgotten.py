"""Kronecker's δ is forgotten: p_i (1 - p_j) for p_i (δ_ij - p_j)."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import ONE, Apply, Expr
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes, at_root, is_apply


def _without(node: Expr) -> Iterator[Expr]:
    if not isinstance(node, Apply):
        return
    if is_apply(node, "delta"):
        yield ONE
    elif is_apply(node, "diag"):
        column = node.args[0]
        ones = Apply("add", (Apply("sub", (column, column)), ONE))
        yield Apply("outer", (column, ones))
    elif is_apply(node, "eye"):
        yield Apply("ones", node.args * 2 if len(node.args) == 1 else node.args)


def _diagonal_everywhere(node: Expr) -> Iterator[Expr]:
    """p_i (1 - p_i) for every i and j."""
    if is_apply(node, "jacobian"):
        diagonal = Apply("diag", (node,))
        ones = Apply("add", (Apply("sub", (diagonal, diagonal)), ONE))
        yield Apply("outer", (diagonal, ones))


def _forms(tree: Expr) -> Iterator[Expr]:
    yield from at_nodes(_without)(tree)
    yield from at_root(_diagonal_everywhere)(tree)


PATTERN = Misconception(
    "delta-forgotten",
    "A Kronecker delta is forgotten: what holds for i = j is used for every i and j.",
    _forms,
    Example(("x: vector(3)",), "jacobian(softmax(x), x)", "outer(softmax(x), 1 - softmax(x))"),
)
