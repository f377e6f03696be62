"""A ratio upside down."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import ONE, Apply, Expr
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes, at_root


def _whole(tree: Expr) -> Iterator[Expr]:
    yield Apply("div", (ONE, tree))


def _quotient(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Apply) and node.head == "div":
        yield Apply("div", (node.args[1], node.args[0]))


def _forms(tree: Expr) -> Iterator[Expr]:
    yield from at_root(_whole)(tree)
    yield from at_nodes(_quotient)(tree)


PATTERN = Misconception(
    "inverted",
    "A ratio is upside down.",
    _forms,
    Example(("a: positive", "b: positive"), "a/b", "b/a"),
)
