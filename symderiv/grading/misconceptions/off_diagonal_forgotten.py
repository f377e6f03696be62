"""The case i ≠ j is forgotten: only the diagonal of a Jacobian is filled."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import Apply, Expr
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes, at_root, is_apply


def _diagonal_only(tree: Expr) -> Iterator[Expr]:
    yield Apply("diag", (Apply("diag", (tree,)),))


def _jacobian(node: Expr) -> Iterator[Expr]:
    if is_apply(node, "jacobian"):
        yield from _diagonal_only(node)


def _forms(tree: Expr) -> Iterator[Expr]:
    yield from at_root(_diagonal_only)(tree)
    yield from at_nodes(_jacobian)(tree)


PATTERN = Misconception(
    "off-diagonal-forgotten",
    "The case i ≠ j is forgotten: an output may depend on the other inputs too.",
    _forms,
    Example(("x: vector(3)",), "jacobian(softmax(x), x)", "diag(softmax(x)) @ diag(1 - softmax(x))"),
)
