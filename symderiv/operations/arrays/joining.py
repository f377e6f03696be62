"""Arrays joined: concat puts them one after another, stack makes them the rows of a new axis."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Sequence as Items

from symderiv.errors import MeaningError, ShapeError
from symderiv.expression.build import (
    add,
    cases,
    compare,
    conjunction,
    disjunction,
    entry_of,
    negation,
    subtract,
)
from symderiv.expression.tree import ONE, TRUE, ZERO, Expr, Number, Sequence
from symderiv.operations.declaring.options import one_axis, several
from symderiv.operations.declaring.shapes import as_tensor, same_shape
from symderiv.operations.declaring.sizes import tidy_size
from symderiv.tensor import Meaning, Tensor


def concat(parts: tuple[Meaning, ...], axis: Expr | None) -> Tensor:
    """Arrays one after another along an axis (the first); numbers count as vectors of one entry."""
    tensors = [_at_least_vector(as_tensor(part, "concat")) for part in several(parts)]
    if not tensors:
        raise MeaningError("concat of nothing")
    along = 0 if axis is None else one_axis(axis, tensors[0].rank)
    for t in tensors[1:]:
        rest, first = _without(t.shape, along), _without(tensors[0].shape, along)
        if not same_shape(rest, first):
            raise ShapeError(f"{t.described} after {tensors[0].described} does not fit")
    total = tidy_size(add(*(t.shape[along] for t in tensors)))
    shape = (*tensors[0].shape[:along], total, *tensors[0].shape[along + 1 :])

    def each(part: Callable[[Tensor, Items[Expr]], Expr], at: Items[Expr]) -> Iterator[tuple[Expr, Expr]]:
        start: Expr = ZERO
        for t in tensors:
            inside = (*at[:along], subtract(at[along], start), *at[along + 1 :])
            start = add(start, t.shape[along])
            yield compare("lt", at[along], start), part(t, inside)

    def value(*at: Expr) -> Expr:
        branches = list(each(lambda t, inside: t.formula(*inside), at))
        return cases(tuple(branches[:-1]), branches[-1][1])

    result = Tensor.of(shape, value)
    if all(t.defined == TRUE for t in tensors):
        return result
    exists: Expr = TRUE
    for before, condition in reversed(list(each(lambda t, inside: t.condition(*inside), result.indices))):
        exists = disjunction(conjunction(before, condition), conjunction(negation(before), exists))
    return result.where(exists)


def _without(shape: tuple[Expr, ...], axis: int) -> tuple[Expr, ...]:
    return (*shape[:axis], *shape[axis + 1 :])


def _at_least_vector(t: Tensor) -> Tensor:
    return t if t.rank else Tensor.of((ONE,), lambda _: t.value, t.defined)


def stack(parts: tuple[Meaning, ...]) -> Tensor:
    """Arrays of one shape as the rows of a new first axis."""
    tensors = [as_tensor(part, "stack") for part in several(parts)]
    if not tensors or not all(same_shape(t.shape, tensors[0].shape) for t in tensors):
        raise ShapeError("stack needs arrays of one shape")
    shape = (Number(len(tensors)), *tensors[0].shape)

    def value(row: Expr, *at: Expr) -> Expr:
        return entry_of(Sequence(tuple(t.formula(*at) for t in tensors)), (row,))

    result = Tensor.of(shape, value)
    row, *at = result.indices
    if all(t.defined == TRUE for t in tensors):
        return result
    return result.where(entry_of(Sequence(tuple(t.condition(*at) for t in tensors)), (row,)))
