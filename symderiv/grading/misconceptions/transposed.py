"""Transposed: rows and columns exchanged, the other layout of a Jacobian."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import Apply, Expr, Variable
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes, at_root, is_apply

_MATRICES = ("jacobian", "gradient", "outer", "matmul")


def _turned(tree: Expr) -> Expr:
    return (
        tree.args[0] if isinstance(tree, Apply) and tree.head == "transpose" else Apply("transpose", (tree,))
    )


def _whole(tree: Expr) -> Iterator[Expr]:
    yield _turned(tree)


def _within(node: Expr) -> Iterator[Expr]:
    """A factor or a Jacobian inside the question, turned."""
    if is_apply(node, *_MATRICES) or (isinstance(node, Variable) and len(node.kind.shape) == 2):
        yield Apply("transpose", (node,))
    elif is_apply(node, "transpose"):
        yield _turned(node)


def _forms(tree: Expr) -> Iterator[Expr]:
    yield from at_root(_whole)(tree)
    yield from at_nodes(_within)(tree)


PATTERN = Misconception(
    "transposed",
    "Rows and columns are exchanged: look again at which index counts outputs and which counts inputs.",
    _forms,
    Example(("A: matrix(2, 3)", "x: vector(3)"), "jacobian(A*x, x)", "A.T"),
)
