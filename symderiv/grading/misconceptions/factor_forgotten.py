"""A factor is forgotten: the inner derivative of the chain rule, the channels, the batch."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import Apply, Expr, Number
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes

_UNITS = (Number(1), Number(-1))
_PRODUCTS = ("mul", "matmul", "hadamard")


def _shorter(node: Expr) -> Iterator[Expr]:
    if not isinstance(node, Apply) or node.head not in _PRODUCTS or len(node.args) > 8:
        return
    for place, factor in enumerate(node.args):
        rest = (*node.args[:place], *node.args[place + 1 :])
        if factor not in _UNITS:
            yield rest[0] if len(rest) == 1 else Apply(node.head, rest)


PATTERN = Misconception(
    "factor-forgotten",
    "A factor is missing: go through everything that the result is a product of.",
    at_nodes(_shorter, everywhere=False),
    Example(("N: size", "C: size", "K: size"), "N*C*K**2", "N*K**2"),
)
