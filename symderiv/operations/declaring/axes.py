"""The axes that ``axis=`` names."""

from __future__ import annotations

from symderiv.errors import MeaningError, ShapeError
from symderiv.expression.tree import Expr, Number, Sequence


def axes_of(axis: Expr | None, rank: int) -> tuple[int, ...]:
    """A number or a tuple, negative ones from the end; None: all.

    >>> axes_of(Number(-1), 3), axes_of(None, 2)
    ((2,), (0, 1))
    """
    if axis is None:
        return tuple(range(rank))
    items = axis.items if isinstance(axis, Sequence) else (axis,)
    found: list[int] = []
    for item in items:
        value = _whole(item)
        if not -rank <= value < rank:
            raise ShapeError(f"axis {value} of an array of rank {rank}", expected=f"0 … {rank - 1}")
        found.append(value % rank)
    if len(set(found)) < len(found):
        raise ShapeError("an axis is named twice")
    return tuple(sorted(found))


def _whole(item: Expr) -> int:
    sign = 1
    while not isinstance(item, Number) and getattr(item, "head", "") == "neg":
        item, sign = item.children[0], -sign
    if isinstance(item, Number) and isinstance(item.value, int):
        return sign * item.value
    raise MeaningError("an axis is a whole number, or a tuple of them")
