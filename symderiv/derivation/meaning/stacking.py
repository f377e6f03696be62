"""What is typed out in brackets: arrays of one shape as one array, anything else as a list."""

from __future__ import annotations

from symderiv.expression.tree import TRUE, Expr, Index, Number, Sequence, SequenceKind
from symderiv.operations.declaring.shapes import drop_ones, same_shape
from symderiv.tensor import Listing, Meaning, Tensor, fresh_indices


def listed(kind: SequenceKind, items: tuple[Meaning, ...]) -> Meaning:
    """``[a, b]`` is an array if its items are alike, a ``set`` never is one."""
    if kind == "set" or not items:
        return Listing(kind, items)
    tensors = [item for item in items if isinstance(item, Tensor)]
    if not _are_alike(tensors):
        tensors = [drop_ones(t) for t in tensors]
    rectangular = len(tensors) == len(items) and _are_alike(tensors)
    return stacked(tensors) if rectangular else Listing(kind, items)


def _are_alike(tensors: list[Tensor]) -> bool:
    return all(same_shape(t.shape, tensors[0].shape) for t in tensors[1:])


def stacked(rows: list[Tensor]) -> Tensor:
    """Arrays of one shape as the rows of one array; typed-out rows merge into one table."""
    names = fresh_indices(rows[0].rank + 1)
    shape = (Number(len(rows)), *rows[0].shape)
    literal = [_literal_rows(t) for t in rows]
    if all(part is not None for part in literal):
        table: Expr = Sequence(tuple(part for part in literal if part is not None))
        value: Expr = Index(table, names)
    else:
        value = Index(Sequence(tuple(t.formula(*names[1:]) for t in rows)), names[:1])
    exists = [t.condition(*names[1:]) for t in rows]
    if all(condition == TRUE for condition in exists):
        return Tensor(shape, names, value)
    return Tensor(shape, names, value, Index(Sequence(tuple(exists)), names[:1]))


def _literal_rows(t: Tensor) -> Expr | None:
    """The literal table behind a typed-out array, the entry itself of a number."""
    if not t.rank:
        return t.value
    if isinstance(t.value, Index) and t.value.indices == t.indices and isinstance(t.value.base, Sequence):
        return t.value.base
    return None
