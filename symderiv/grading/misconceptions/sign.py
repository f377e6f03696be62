"""A sign is wrong: of the whole, or of one term."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import Apply, Expr, Number
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes, at_one_node, at_root, with_arg


def negated(tree: Expr) -> Expr:
    return tree.args[0] if isinstance(tree, Apply) and tree.head == "neg" else Apply("neg", (tree,))


def _whole(tree: Expr) -> Iterator[Expr]:
    yield negated(tree)


def _term(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Number):
        return
    if not isinstance(node, Apply):
        return
    if node.head == "sub":
        yield Apply("add", node.args)
    elif node.head == "neg":
        yield node.args[0]
    elif node.head == "add" and len(node.args) <= 8:
        yield from (with_arg(node, place, negated(term)) for place, term in enumerate(node.args))
    elif node.head == "exp":
        yield Apply("exp", (negated(node.args[0]),))


def _difference(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Apply) and node.head == "sub":
        yield Apply("add", node.args)


def _forms(tree: Expr) -> Iterator[Expr]:
    yield from at_root(_whole)(tree)
    yield from at_one_node(_term)(tree)
    yield from at_nodes(_difference)(tree)


PATTERN = Misconception(
    "sign",
    "A sign is wrong.",
    _forms,
    Example(("x: real", "y: real"), "x**2 - y", "x**2 + y"),
)
