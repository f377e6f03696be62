"""The bias, or another term of a sum, is forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import Apply, Expr
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes, at_one_node, option, with_option

_LAYERS = ("affine", "linear")


def _shorter(node: Expr) -> Iterator[Expr]:
    if not isinstance(node, Apply):
        return
    if node.head == "add" and len(node.args) <= 8:
        for place in range(len(node.args)):
            rest = (*node.args[:place], *node.args[place + 1 :])
            yield rest[0] if len(rest) == 1 else Apply("add", rest)
    elif node.head == "sub":
        yield node.args[0]
        yield Apply("neg", (node.args[1],))
    elif node.head in _LAYERS and len(node.args) == 3:
        yield Apply(node.head, node.args[:2], node.options)
    elif option(node, "bias") is not None:
        yield with_option(node, "bias", None)


def _minuend(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Apply) and node.head == "sub":
        yield node.args[0]


def _forms(tree: Expr) -> Iterator[Expr]:
    yield from at_one_node(_shorter)(tree)
    yield from at_nodes(_minuend)(tree)


PATTERN = Misconception(
    "term-forgotten",
    "A term is missing: a bias, or another summand.",
    _forms,
    Example(("W: matrix(2, 3)", "x: vector(3)", "b: vector(2)"), "W*x + b", "W*x"),
)
