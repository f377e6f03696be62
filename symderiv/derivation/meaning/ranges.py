"""Over which range an index runs when nobody said: the axis of the array that it indexes."""

from __future__ import annotations

from collections.abc import Callable

from symderiv.expression.build import add
from symderiv.expression.tree import Expr, Index, Number, Variable, walk

Shape = tuple[Expr, ...]


def range_of(variable: Variable, body: Expr, shape_of: Callable[[Expr], Shape]) -> tuple[Expr, Expr] | None:
    """First and last value of an index that stands alone in some ``x[…, i, …]``; None if it never does.

    Of several arrays the first by name decides, one that is zero outside only if there is no other:
    ``sum(w[i]*x[i], i)`` and ``sum(x[i]*w[i], i)`` run over the same range.
    """
    found = [
        (node, axis)
        for node in walk(body)
        if isinstance(node, Index)
        for axis, index in enumerate(node.indices)
        if index == variable and axis < len(shape_of(node.base))
    ]
    if not found:
        return None
    node, axis = min(found, key=_precedence)
    return Number(node.origin), add(shape_of(node.base)[axis], Number(node.origin - 1))


def _precedence(place: tuple[Index, int]) -> tuple[bool, bool, str, int]:
    base, axis = place[0].base, place[1]
    if not isinstance(base, Variable):
        return False, True, "", axis
    return base.kind.zero_outside, False, base.name, axis
