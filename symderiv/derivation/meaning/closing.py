"""A formula with free indices becomes an array: the entry formula of a tensor over a key's axes."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from symderiv.errors import MeaningError, ShapeError
from symderiv.expression.build import add, compare, conjunction
from symderiv.expression.instantiation import instantiate
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ZERO, Expr, Index, Number, Variable, walk
from symderiv.tensor import Tensor, fresh_indices


def free_indices_of(t: Tensor) -> tuple[Variable, ...]:
    """The index variables that a tensor leaves open, in alphabetical order."""
    found = [v for v in free_variables(t.value) | free_variables(t.defined) if v.kind.index]
    is_open = (v for v in found if v not in t.indices and not v.name.startswith("_"))
    return tuple(sorted(is_open, key=attrgetter("name"))) if found else ()


def closed(t: Tensor, shape: tuple[Expr, ...], order: Sequence[str], origin: int) -> Tensor:
    """The array of ``shape`` whose entry at (i, j, …) is the formula ``t``, indices counting from ``origin``.

    ``order`` names the indices, one an axis; left empty, the free ones in alphabetical order. An index
    that doesn't occur means constant along its axis.
    """
    free = free_indices_of(t)
    names = list(order) or [v.name for v in free]
    if len(names) != len(shape):
        raise ShapeError(
            f"a formula in the indices {', '.join(names) or '(none)'} for an array of rank {len(shape)}",
            cure="say which index belongs to which axis: entry i,j",
        )
    by_name = {v.name: v for v in free}
    stray = [name for name in by_name if name not in names]
    if stray:
        raise MeaningError(f"the index {stray[0]} is not one of {', '.join(names)}")
    axes = fresh_indices(len(shape))
    put = {
        by_name[name]: add(axis, Number(origin))
        for name, axis in zip(names, axes, strict=True)
        if name in by_name
    }
    return Tensor(shape, axes, instantiate(t.value, put), instantiate(t.defined, put))


def opened(t: Tensor, like: Tensor, indices: Sequence[Variable], origin: int) -> Tensor:
    """The formula for the entry of an array at ``indices``, one an axis, which count from ``origin``.

    Where the formula that it is to be ``like`` runs over arrays of the same sizes, it needn't be said that
    the indices do; elsewhere the formula is defined in the range of the array only.
    """
    places = [add(index, Number(-origin)) for index in indices]
    put = dict(zip(t.indices, places, strict=True))
    in_range = [
        range_facts(place, size)
        for place, size in zip(places, t.shape, strict=True)
        if _sizes_over(like.value, place) != {size}
    ]
    return Tensor((), (), instantiate(t.value, put), conjunction(instantiate(t.defined, put), *in_range))


def _sizes_over(value: Expr, place: Expr) -> set[Expr | None]:
    """How long the arrays are that a formula reads at this place."""
    return {
        size
        for node in walk(value)
        if isinstance(node, Index) and isinstance(node.base, Variable) and not node.base.kind.zero_outside
        for index, size in zip(node.indices, node.base.kind.shape, strict=True)
        if index == place
    }


def counted_from(t: Tensor, origin: int, wanted: int) -> Tensor:
    """A formula whose free indices count from ``origin``, in indices that count from ``wanted``."""
    if origin == wanted:
        return t
    put = {index: add(index, Number(origin - wanted)) for index in free_indices_of(t)}
    return Tensor(t.shape, t.indices, instantiate(t.value, put), instantiate(t.defined, put))


def range_facts(index: Expr, size: Expr) -> Expr:
    """``0 <= index < size``."""
    return conjunction(compare("le", ZERO, index), compare("lt", index, size))
