"""The + 1 of a number of positions is forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import ONE, Apply, Expr, Number, Variable, walk
from symderiv.grading.misconceptions.integers import is_whole
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes

_ANALYSIS = frozenset("exp log sqrt sin cos tanh sigmoid softmax".split())


def _without_one(node: Expr) -> Iterator[Expr]:
    """Of a sum of sizes; in ``1 + e^x`` the 1 counts no position."""
    if not _counts(node):
        return
    if isinstance(node, Apply) and node.head == "add":
        numbers = [term for term in node.args if isinstance(term, Number) and term.value > 0]
        ones = [ONE] if ONE in numbers else numbers  # in 32 + 1, the 1
        rest = tuple(term for term in node.args if term not in ones)
        if len(rest) == len(node.args):
            return
        if rest:
            yield rest[0] if len(rest) == 1 else Apply("add", rest)


def _counts(node: Expr) -> bool:
    names = [each for each in walk(node) if isinstance(each, Variable) and not each.kind.shape]
    return all(is_whole(name) for name in names) and not any(
        isinstance(each, Apply) and each.head in _ANALYSIS for each in walk(node)
    )


PATTERN = Misconception(
    "plus-one-forgotten",
    "A + 1 is missing: from a to b there are b - a + 1 positions, and each filter has one bias.",
    at_nodes(_without_one),
    Example(("n: size", "k: size", "s: size"), "floor((n - k)/s) + 1", "floor((n - k)/s)"),
)
