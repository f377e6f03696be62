"""Padding counted once instead of on both sides, or not at all."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import ZERO, Apply, Expr, Number, Variable
from symderiv.grading.misconceptions.integers import is_whole
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes, option, with_arg, with_option


def _once(node: Expr) -> Iterator[Expr]:
    """Of a sum of sizes the ``2 p``; elsewhere a 2 is no two sides."""
    if isinstance(node, Apply) and node.head in ("add", "sub", "neg"):
        for place, term in enumerate(node.args):
            yield from (with_arg(node, place, less) for less in _one_side(term))
    elif isinstance(node, Apply) and option(node, "padding") is not None:
        yield with_option(node, "padding", None)


def _one_side(term: Expr) -> Iterator[Expr]:
    if isinstance(term, Apply) and term.head == "mul" and len(term.args) == 2:
        twice, other = term.args
        is_size = isinstance(other, Variable | Number) and is_whole(other)
        if is_size and isinstance(twice, Number) and abs(twice.value) == 2:
            yield other if twice.value > 0 else Apply("mul", (Number(-1), other))
            yield ZERO


PATTERN = Misconception(
    "padding-once",
    "Padding is added on both sides: here it is counted once, or not at all.",
    at_nodes(_once),
    Example(("n: size", "p: size", "k: size"), "n + 2*p - k + 1", "n + p - k + 1"),
)
