"""An axis is missing from a shape: the batch, or the channels."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.expression.tree import Expr, Mapping, Sequence
from symderiv.grading.misconceptions.pattern import Example, Misconception


def _forms(tree: Expr) -> Iterator[Expr]:
    """The same axis left out of every shape, or of one."""
    if _is_shape(tree):
        yield from (_without(tree, place) for place in range(len(tree.children)))
    elif isinstance(tree, Mapping | Sequence) and tree.children and all(map(_is_shape, tree.children)):
        fewest = min(len(shape.children) for shape in tree.children)
        for place in range(fewest):
            yield tree.rebuild(tuple(_without(shape, place) for shape in tree.children))
        for number, shape in enumerate(tree.children):
            for place in range(len(shape.children)):
                children = list(tree.children)
                children[number] = _without(shape, place)
                yield tree.rebuild(tuple(children))


def _is_shape(tree: Expr) -> bool:
    return isinstance(tree, Sequence) and tree.kind == "tuple" and len(tree.items) > 1


def _without(shape: Expr, place: int) -> Expr:
    return shape.rebuild((*shape.children[:place], *shape.children[place + 1 :]))


PATTERN = Misconception(
    "axis-forgotten",
    "An axis is missing from a shape: count the batch and the channels too.",
    _forms,
    Example(("B: size", "C: size", "n: size"), "(B, C, n)", "(C, n)"),
)
