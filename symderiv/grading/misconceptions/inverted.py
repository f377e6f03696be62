"""A ratio upside down: b/a for a/b, a·b for a/b, b/a for a·b."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import ONE, ZERO, Apply, Cases, Expr, Variable, walk
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes, at_root, is_apply, quotient

_STEPS = ("heaviside", "sign", "relu", "delta", "max", "abs")


def _whole(tree: Expr) -> Iterator[Expr]:
    """One over the whole; of values by cases, 1 over the 0 of a step, nobody makes a ratio, nor of a 0."""
    if tree != ZERO and not any(isinstance(node, Cases) or is_apply(node, *_STEPS) for node in walk(tree)):
        yield Apply("div", (ONE, tree))


def _quotient(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Apply) and node.head == "div":
        yield Apply("div", (node.args[1], node.args[0]))
        yield Apply("mul", node.args)
    elif isinstance(node, Apply) and node.head == "mul" and (fraction := quotient(node)) is not None:
        yield Apply("mul", fraction)
    elif isinstance(node, Apply) and node.head == "mul" and len(node.args) == 2:
        yield from (Apply("div", (b, a)) for a, b in (node.args, node.args[::-1]) if isinstance(a, Variable))


def _forms(tree: Expr) -> Iterator[Expr]:
    yield from at_root(_whole)(tree)
    yield from at_nodes(_quotient)(tree)


PATTERN = Misconception(
    "inverted",
    "A ratio is upside down.",
    _forms,
    Example(("a: positive", "b: positive"), "a/b", "b/a"),
)
