"""Arrays of numbers: what is computed from them is worked out at once, rather than each time it is read."""

from __future__ import annotations

from collections.abc import Sequence as Items
from math import prod

from symderiv.expression.expansion import terms
from symderiv.expression.tree import TRUE, Expr, Index, Number, Sequence
from symderiv.tensor import Meaning, Tensor

MAX_ENTRIES = 1024
MAX_TERMS = 200_000


def in_numbers(result: Meaning, given: Items[object]) -> Meaning:
    """The result of an operation as a table, if all arrays that it was given are tables of numbers.

    >>> from symderiv.operations.arrays.made import flip
    >>> x = Tensor.table([1, 2])
    >>> flipped = in_numbers(flip(x, None), [x])
    >>> [item.value for item in flipped.value.base.items]
    [2, 1]
    """
    if not isinstance(result, Tensor) or not result.shape:
        return result
    if not any(isinstance(value, Tensor) and value.shape for value in given):
        return result
    if not all(_is_of_numbers(value) for value in given if isinstance(value, Tensor)):
        return result
    sizes = result.sizes
    if sizes is None or prod(sizes) > MAX_ENTRIES:
        return result
    long = terms(result.value) + terms(result.defined)
    return result.explicit() if 1 < long * prod(sizes) <= MAX_TERMS else result


def _is_of_numbers(t: Tensor) -> bool:
    if t.defined != TRUE:
        return False
    value = t.value
    table = isinstance(value, Index) and isinstance(value.base, Sequence) and value.indices == t.indices
    return isinstance(value, Number) or (table and isinstance(value, Index) and _all_numbers(value.base))


def _all_numbers(table: Expr) -> bool:
    if isinstance(table, Sequence):
        return all(map(_all_numbers, table.items))
    return isinstance(table, Number)
