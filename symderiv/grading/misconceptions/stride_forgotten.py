"""Stride, dilation or groups of a layer forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import Apply, Expr
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import (
    at_nodes,
    at_root,
    is_apply,
    option,
    quotient,
    with_arg,
    with_option,
)

_OPTIONS = ("stride", "dilation", "groups", "output_padding")


def _without(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Apply):
        for name in _OPTIONS:
            if option(node, name) is not None:
                yield with_option(node, name, None)
        if node.head in ("add", "sub"):
            for place, term in enumerate(node.args):
                yield from (with_arg(node, place, above) for above in _undivided(term))


def _undivided(node: Expr) -> Iterator[Expr]:
    """n - k for ⌊(n - k)/s⌋, in a size; in an exponent a floor has no stride."""
    fraction = quotient(node.children[0]) if is_apply(node, "floor") else None
    if fraction is not None:
        yield fraction[0]


def _forms(tree: Expr) -> Iterator[Expr]:
    yield from at_root(_undivided)(tree)
    yield from at_nodes(_without)(tree)


PATTERN = Misconception(
    "stride-forgotten",
    "A stride, dilation, or number of groups is not taken into account.",
    _forms,
    Example(("x: vector(6)", "w: vector(2)"), "conv1d(x, w, stride=2)", "conv1d(x, w)"),
)
