"""The + 1 of a number of positions is forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import ONE, Apply, Expr, Number
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes


def _without_one(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Apply) and node.head == "add":
        numbers = [term for term in node.args if isinstance(term, Number) and term.value > 0]
        ones = [ONE] if ONE in numbers else numbers  # in 32 + 1, the 1
        rest = tuple(term for term in node.args if term not in ones)
        if len(rest) == len(node.args):
            return
        if rest:
            yield rest[0] if len(rest) == 1 else Apply("add", rest)


PATTERN = Misconception(
    "plus-one-forgotten",
    "The + 1 is missing: from a to b there are b - a + 1 positions.",
    at_nodes(_without_one),
    Example(("n: size", "k: size", "s: size"), "floor((n - k)/s) + 1", "floor((n - k)/s)"),
)
