"""Off by one: in an index, in the ends of a range, or in a size."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import ONE, Apply, Binder, Expr, Index, Number
from symderiv.grading.misconceptions.pattern import Example, Misconception
from symderiv.grading.misconceptions.rewriting import at_nodes, at_root


def more(tree: Expr) -> Expr:
    return Number(tree.value + 1) if isinstance(tree, Number) else Apply("add", (tree, ONE))


def less(tree: Expr) -> Expr:
    return Number(tree.value - 1) if isinstance(tree, Number) else Apply("sub", (tree, ONE))


def _shifted_index(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Index):
        for place, index in enumerate(node.indices):
            for moved in (more(index), less(index)):
                yield Index(
                    node.base, (*node.indices[:place], moved, *node.indices[place + 1 :]), node.origin
                )


def _shifted_range(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Binder) and node.lower is not None and node.upper is not None:
        for lower, upper in (
            (more(node.lower), node.upper),
            (less(node.lower), node.upper),
            (node.lower, more(node.upper)),
            (node.lower, less(node.upper)),
        ):
            yield Binder(node.kind, node.body, node.variable, lower, upper, node.condition)


def _size(tree: Expr) -> Iterator[Expr]:
    """A count or size as a whole: made of integers only, else one more means nothing."""
    from symderiv.grading.misconceptions.integers import is_whole

    if is_whole(tree):
        yield more(tree)
        yield less(tree)


def _forms(tree: Expr) -> Iterator[Expr]:
    yield from at_root(_size)(tree)
    yield from at_nodes(_shifted_index)(tree)
    yield from at_nodes(_shifted_range)(tree)


PATTERN = Misconception(
    "off-by-one",
    "Off by one: check where an index starts, where a range ends, or how many there are.",
    _forms,
    Example(("n: size", "k: size"), "n - k + 1", "n - k"),
)
