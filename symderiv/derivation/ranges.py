"""Over which range an index runs when nobody said: the axis of the array that it indexes."""

from __future__ import annotations

from collections.abc import Callable

from symderiv.expression.build import add
from symderiv.expression.tree import Expr, Index, Number, Variable, walk

Shape = tuple[Expr, ...]


def range_of(variable: Variable, body: Expr, shape_of: Callable[[Expr], Shape]) -> tuple[Expr, Expr] | None:
    """First and last value of an index that stands alone in some ``x[…, i, …]``; None if it never does."""
    for node in walk(body):
        if isinstance(node, Index):
            for axis, index in enumerate(node.indices):
                if index == variable:
                    shape = shape_of(node.base)
                    if axis < len(shape):
                        return Number(node.origin), add(shape[axis], Number(node.origin - 1))
    return None
