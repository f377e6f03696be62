"""A bias is counted in a layer that has none: N (C K² + 1) for N C K²."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import ONE, Apply, Expr, Number
from symderiv.grading.misconceptions.integers import is_whole
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_root


def _with_biases(tree: Expr) -> Iterator[Expr]:
    """One more weight for each of the first factor's kernels; of a sum of layers, in each of them."""
    if not isinstance(tree, Apply) or not is_whole(tree):
        return
    if tree.head == "mul" and not any(isinstance(each, Number) and each.value < 0 for each in tree.args):
        first, inputs = _split(tree)
        yield Apply("mul", (first, Apply("add", (inputs, ONE))))
    elif tree.head == "add":
        layers = [next(_with_biases(layer), layer) for layer in tree.args]
        yield Apply("add", tuple(layers))


def _split(product: Apply) -> tuple[Expr, Expr]:
    """How many kernels, and what each of them reads: N and C K² of N (C K²), also of ((N C) K) K."""
    first, *rest = product.args
    if isinstance(first, Apply) and first.head == "mul" and len(product.args) > 1:
        kernels, inputs = _split(first)
        return kernels, Apply("mul", (inputs, *rest))
    return first, rest[0] if len(rest) == 1 else Apply("mul", tuple(rest))


PATTERN = Misconception(
    "bias-counted",
    "A bias is counted, though there is none here.",
    at_root(_with_biases),
    Example(("N: size", "C: size", "K: size"), "N*(C*K*K)", "N*(C*K*K + 1)"),
)
