"""Do two shapes agree? A vector of n is an n×1 and a 1×n too, a 1×1 a scalar, unless shapes are strict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.prove import prove
from symderiv.equality.refute.search import refute
from symderiv.equality.verdict import Different, Undecided, Witness
from symderiv.expression.build import add, compare
from symderiv.expression.parts import conjuncts, says_it_of_all
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import FALSE, MINUS_ONE, ONE, TRUE, ZERO, Binder, Expr, Number
from symderiv.tensor import Tensor, fresh_indices


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two tensors of one shape."""

    a: Tensor
    b: Tensor


def decide_shapes(
    a: Tensor, b: Tensor, facts: tuple[Expr, ...], strict: bool, deadline: float | None
) -> Aligned | Different | Undecided:
    """The tensors brought to one shape, or why they can't be."""
    if not all(says_it_of_all(t.value) for t, other in ((a, b), (b, a)) if _is_asked_of_all(t, other)):
        return Undecided(("shape",), "is this said of each entry, or of some?")
    a, b = _of_every_entry(a, b), _of_every_entry(b, a)
    if a.rank != b.rank and not strict and max(a.rank, b.rank) <= 2:
        a, b = _lowered(a, b.rank), _lowered(b, a.rank)
    shapes = Witness((), a.shape_text, b.shape_text)
    if a.rank != b.rank:
        return Different("shape", shapes)
    open_question = False
    for m, n in zip(a.shape, b.shape, strict=True):
        if m == n:
            continue
        if isinstance(m, Number) and isinstance(n, Number):
            return Different("shape", shapes)
        if _are_one(m, n, facts, deadline):
            continue
        witness = refute(m, n, facts=(*facts, *_existing(a), *_existing(b)), deadline=deadline)
        unlike = (*facts, compare("ne", m, n))
        witness = witness or _entry_of(a, unlike, deadline) or _entry_of(b, unlike, deadline)
        if witness is not None:
            return Different("shape", Witness(witness.point, a.shape_text, b.shape_text))
        open_question = True
    if open_question:
        return Undecided(("shape",), f"{a.described} against {b.described}")
    return Aligned(a, b)


def _is_asked_of_all(t: Tensor, other: Tensor) -> bool:
    """Is it a condition on the entries of an array, beside one that holds or doesn't?"""
    return bool(t.rank) and not other.rank and is_condition(t.value) and is_condition(other.value)


def _of_every_entry(t: Tensor, other: Tensor) -> Tensor:
    """``x - y == 0`` of arrays, beside one that holds or doesn't: it holds where every entry's does."""
    if not _is_asked_of_all(t, other):
        return t
    value, defined = t.value, t.defined
    for index, size in zip(reversed(t.indices), reversed(t.shape), strict=True):
        last = add(size, MINUS_ONE)
        value = Binder("forall", value, index, ZERO, last)
        defined = TRUE if defined == TRUE else Binder("forall", defined, index, ZERO, last)
    return Tensor.scalar(value, defined)


def _are_one(m: Expr, n: Expr, facts: tuple[Expr, ...], deadline: float | None) -> bool:
    """The same wherever there are entries along one of the axes: sizes below 1 are those of no array."""
    return all(prove(m, n, (*facts, compare("le", ONE, size)), deadline) is not None for size in (m, n))


def _existing(t: Tensor) -> Iterator[Expr]:
    """What has to hold for the array to exist, whatever its entries are: a kernel fits into an image."""
    yield from (compare("le", ONE, size) for size in t.shape)
    yield from (part for part in conjuncts(t.defined) if free_variables(part).isdisjoint(t.indices))


def _entry_of(t: Tensor, facts: tuple[Expr, ...], deadline: float | None) -> Witness | None:
    """A point at which the array has a first entry, though the other may have none."""
    first = (ZERO,) * t.rank
    value, defined = t.formula(*first), t.condition(*first)
    return refute(value, value, defined, FALSE, (*facts, *_existing(t)), deadline)


def _lowered(t: Tensor, rank: int) -> Tensor:
    """Axes of length 1 dropped until the rank is met, if that is possible."""
    while t.rank > rank and ONE in t.shape:
        axis = t.shape.index(ONE)
        value_at = list(fresh_indices(t.rank - 1))
        at: list[Expr] = [*value_at[:axis], ZERO, *value_at[axis:]]
        shape = t.shape[:axis] + t.shape[axis + 1 :]
        t = Tensor(shape, tuple(value_at), t.formula(*at), t.condition(*at))
    return t
