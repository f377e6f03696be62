"""Differentiated with respect to another name."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.derivatives import PLAIN_DERIVATIVES
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Expr, Variable
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes


def _other_name(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Apply) and node.head in PLAIN_DERIVATIVES and len(node.args) == 2:
        what, wrt = node.args
        for name in sorted(_names(what), key=lambda v: v.name):
            if name != wrt and not name.kind.index and not name.kind.function:
                yield Apply(node.head, (what, name), node.options)


def _names(tree: Expr) -> frozenset[Variable]:
    while isinstance(tree, Variable) and tree.definition is not None:
        tree = tree.definition
    return free_variables(tree)


PATTERN = Misconception(
    "wrong-name",
    "This is the derivative with respect to something else.",
    at_nodes(_other_name),
    Example(("A: matrix(2, 2)", "x: vector(2)"), "gradient(sum(A*x), x)", "gradient(sum(A*x), A)"),
)
