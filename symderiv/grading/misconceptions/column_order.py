"""Flattened column by column where rows come first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symderiv.expression.kinds import Kind
from symderiv.expression.tree import Apply, Expr, Variable
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes, replaced


def _by_columns(node: Expr) -> Iterator[Expr]:
    if not isinstance(node, Apply):
        return
    if node.head == "flatten":
        yield Apply("flatten", (Apply("transpose", node.args),))
    elif node.head == "jacobian":
        what, wrt = node.args
        if len(getattr(getattr(wrt, "kind", None), "shape", ())) == 2 and isinstance(wrt, Variable):
            turned = Variable("_turned", _turned_kind(wrt), definition=Apply("transpose", (wrt,)))
            by_turned = replaced(_opened(what), wrt, Apply("transpose", (turned,)))
            yield Apply("jacobian", (by_turned, turned), node.options)
        if not isinstance(what, Variable) or len(what.kind.shape) == 2:
            yield Apply("jacobian", (Apply("transpose", (what,)), wrt), node.options)


def _opened(tree: Expr) -> Expr:
    return tree.definition if isinstance(tree, Variable) and tree.definition is not None else tree


def _turned_kind(name: Variable) -> Kind:
    return replace(name.kind, shape=tuple(reversed(name.kind.shape)))


PATTERN = Misconception(
    "column-order",
    "The entries are listed column by column; rows come first.",
    at_nodes(_by_columns),
    Example(
        ("A: matrix(2, 2)", "x: vector(2)"),
        "jacobian(A*x, A)",
        "[[x[0], 0, x[1], 0], [0, x[0], 0, x[1]]]",
    ),
)
