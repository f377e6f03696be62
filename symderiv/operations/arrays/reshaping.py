"""The entries of an array row by row in another shape: axes that are split or joined, the others kept.

(B, G c, H) as (B, G, c, H): the entry [b, g, k, h] is [b, c g + k, h] of the old one, whatever the sizes are;
(B, G, c, H) as (B, G c, H): the entry [b, k, h] is [b, ⌊k/c⌋, k - c ⌊k/c⌋, h].
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence as Items

from symderiv.expression.build import add, divide, mul, subtract
from symderiv.expression.tree import ONE, ZERO, Apply, Expr, Index, transform
from symderiv.operations.arrays.elementwise import floor
from symderiv.operations.declaring.shapes import is_one, same_size
from symderiv.operations.declaring.sizes import tidy_size
from symderiv.tensor import Tensor

Shape = tuple[Expr, ...]
Block = tuple[tuple[int, ...], tuple[int, ...]]
"""Old axes, and the new ones that hold as many entries."""


def flattened(t: Tensor) -> Tensor:
    """All entries row by row as one vector."""
    return t if t.rank == 1 else reshaped(t, (mul(*t.shape),))


def reshaped(t: Tensor, shape: Shape) -> Tensor:
    """The same entries row by row in another shape."""
    blocks = tuple(_blocks(t.shape, shape))

    def source(at: Items[Expr]) -> tuple[Expr, ...]:
        found: list[Expr] = [ZERO] * t.rank
        for old, new in blocks:
            position = _position([at[k] for k in new], [shape[k] for k in new])
            for axis, k in zip(old, _unravelled(position, [t.shape[k] for k in old]), strict=True):
                found[axis] = k
        return tuple(found)

    result = Tensor.of(shape, lambda *at: _with_tidy_places(t.formula(*source(at))))
    return result.where(_with_tidy_places(t.condition(*source(result.indices))))


def _with_tidy_places(entry: Expr) -> Expr:
    """x[k] for x[c ⌊k/c⌋ + k - c ⌊k/c⌋], where axes that were split are joined again."""

    def tidied(node: Expr) -> Expr:
        if not isinstance(node, Index) or not any(isinstance(k, Apply) for k in node.indices):
            return node
        return Index(node.base, tuple(map(tidy_size, node.indices)), node.origin)

    return transform(entry, tidied)


def _blocks(old: Shape, new: Shape) -> Iterator[Block]:
    """Axes that belong together: the shortest runs, from the first axis on, with as many entries."""
    left = [axis for axis, n in enumerate(old) if not is_one(n)]
    right = [axis for axis, n in enumerate(new) if not is_one(n)]
    while left and right:
        i, j = _shortest([old[k] for k in left], [new[k] for k in right])
        yield tuple(left[:i]), tuple(right[:j])
        left, right = left[i:], right[j:]


def _shortest(old: Items[Expr], new: Items[Expr]) -> tuple[int, int]:
    """How many of the first sizes of both have the same product: as few as there are, one of them one."""
    for j in range(1, len(new) + 1):
        if same_size(old[0], mul(ONE, *new[:j])):
            return 1, j
    for i in range(1, len(old) + 1):
        if same_size(new[0], mul(ONE, *old[:i])):
            return i, 1
    return len(old), len(new)


def _position(at: Items[Expr], shape: Items[Expr]) -> Expr:
    """How many entries stand before, row by row."""
    total: Expr = ZERO
    for k, n in zip(at, shape, strict=True):
        total = add(mul(total, n), k)
    return tidy_size(total)


def _unravelled(position: Expr, shape: Items[Expr]) -> tuple[Expr, ...]:
    """The index of the entry that so many stand before."""
    found: list[Expr] = []
    for n in reversed(shape[1:]):
        whole = floor(divide(position, n))
        found.append(subtract(position, mul(n, whole)))
        position = whole
    return (position, *reversed(found))
