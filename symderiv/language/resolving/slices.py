"""Slices as Python writes them: ``x[1:3]`` and ``x[:-1]``, ``X[:, j]``, ``X[i, 1:]``, ``x[::2]``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.expression.tree import Apply, Expr, Index, Number, Variable
from symderiv.language.resolving.arrays import array_of
from symderiv.language.resolving.words import refuse_in_index
from symderiv.language.source import Misread
from symderiv.language.syntax import Name, Node, Sliced, Stretch

if TYPE_CHECKING:
    from symderiv.language.resolving.resolve import Resolver


def sliced(self: Resolver, node: Sliced) -> Expr:
    """One axis after the other: an entry of the first is read as an index, of a later one taken."""
    self.looks_around()
    if self.origin:
        raise _counted_otherwise(node)
    refuse_in_index(tuple(place for place in node.places if not isinstance(place, Stretch)))
    found, axis = _base(self, node), 0
    for place in node.places:
        if isinstance(place, Stretch):
            found = _stretch(self, found, place, axis)
            axis += 1
            continue
        k = self.as_role("index", place)
        if axis:
            found = Apply("take", (found, k), (("axis", Number(axis)),))
        elif isinstance(found, Index):
            found = Index(found.base, (*found.indices, k), found.origin)
        else:
            found = Index(found, (k,), self.origin)
    return found


def _base(self: Resolver, node: Sliced) -> Expr:
    base = node.base
    if not isinstance(base, Name):
        return self.as_role("scalar", base)
    found = array_of(self, base, len(node.places))
    if isinstance(found, Variable) and None in found.kind.shape and found.definition is None:
        raise Misread(
            f"how long {base.name} is isn't known, so neither is its slice",
            node.start,
            node.end,
            cure=f"declare it, as in {base.name}: vector(n)",
        )
    return found


def _stretch(self: Resolver, array: Expr, place: Stretch, axis: int) -> Expr:
    """A stretch of one axis; ``:`` alone is all of it, where there is such an axis."""
    named = (("start", place.first), ("stop", place.past), ("step", place.step))
    given = [(name, self.as_role("size", end)) for name, end in named if end is not None]
    if not given and axis < _axes_known(array):
        return array
    if place.step is not None and _is_negative(given[-1][1]):
        raise Misread("a slice goes forwards here", place.start, place.end, cure="write flip(x) for x[::-1]")
    options = (*given, ("axis", Number(axis))) if axis else tuple(given)
    return Apply("slice", (array,), options)


def _axes_known(array: Expr) -> int:
    """How many axes a declared array has, or what is left of them behind some indices; 0 of all else."""
    match array:
        case Variable():
            return len(array.kind.shape)
        case Index(base=Variable() as base, indices=at):
            return len(base.kind.shape) - len(at)
    return 0


def _is_negative(step: Expr) -> bool:
    return (isinstance(step, Apply) and step.head == "neg") or (isinstance(step, Number) and step.value < 0)


def _counted_otherwise(node: Node) -> Misread:
    return Misread(
        "slices count from 0, the indices here from 1",
        node.start,
        node.end,
        cure="write the entries, as in [x[i] for i in range(1, n + 1)]",
    )


def misplaced(self: Resolver, node: Stretch) -> Expr:
    raise Misread(
        "a colon stands here", node.start, node.end, cure="a slice stands in brackets, as in x[1:3]"
    )
