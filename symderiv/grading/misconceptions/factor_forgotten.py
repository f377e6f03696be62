"""A factor is forgotten: the inner derivative of the chain rule, the channels, the batch."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Expr, Number, walk
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_one_node, at_root, is_apply, replaced

_UNITS = (Number(1), Number(-1))
_PRODUCTS = ("mul", "matmul", "hadamard")


def _shorter(node: Expr) -> Iterator[Expr]:
    if not isinstance(node, Apply) or node.head not in _PRODUCTS or len(node.args) > 8:
        return
    for place, factor in enumerate(node.args):
        rest = (*node.args[:place], *node.args[place + 1 :])
        if factor not in _UNITS:
            yield rest[0] if len(rest) == 1 else Apply(node.head, rest)


def _left_out(tree: Expr) -> Iterator[Expr]:
    """A size that is a factor left out wherever it stands."""
    sizes = {v for v in free_variables(tree) if v.kind.domain.integer and not v.kind.shape}
    factors = {factor for node in walk(tree) if is_apply(node, *_PRODUCTS) for factor in node.children}
    for size in sorted(sizes & factors, key=lambda v: v.name):
        yield replaced(tree, size, Number(1))


def _forms(tree: Expr) -> Iterator[Expr]:
    yield from at_one_node(_shorter)(tree)
    yield from at_root(_left_out)(tree)


PATTERN = Misconception(
    "factor-forgotten",
    "A factor is missing: go through everything that the result is a product of.",
    _forms,
    Example(("N: size", "C: size", "K: size"), "N*C*K**2", "N*K**2"),
)
