"""Reading literal tables and arrays: what lies outside is undefined, or zero where that was declared."""

from __future__ import annotations

from flint import fmpq

from symderiv.equality.evaluate.values import NotDecided, NoValue, Value, less
from symderiv.expression.tree import Expr, Sequence


class Outside(NoValue):
    """There is no entry with this index."""


def read_table(table: Expr, position: tuple[int, ...]) -> Expr:
    """The entry of nested lists; raises `Outside` outside."""
    for k in position:
        if not isinstance(table, Sequence):
            raise NotDecided("more indices than axes", sharper=False)
        if not 0 <= k < len(table.items):
            raise Outside
        table = table.items[k]
    return table


def is_inside(position: tuple[int, ...], sizes: list[Value | None], zero_outside: bool) -> bool:
    """Whether a position lies within an array; outside of one that isn't zero there, raises `Outside`.

    A size that nobody said (``None``) is taken to be large enough; below 0 nothing is known of such an array.
    """
    if len(sizes) != len(position):
        raise NotDecided("indices that don't fit the shape", sharper=False)
    for k, size in zip(position, sizes, strict=True):
        if k >= 0 and (size is None or less(fmpq(k), size)):
            continue
        if zero_outside:
            return False
        if size is None:
            raise NotDecided("the size of this array is not known", sharper=False)
        raise Outside
    return True


def table_entries(table: Expr) -> list[Expr]:
    """All entries of a literal table, row by row."""
    if not isinstance(table, Sequence):
        return [table]
    return [entry for item in table.items for entry in table_entries(item)]
