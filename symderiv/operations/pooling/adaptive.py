"""Pooling to a given number of windows: window i of m over n entries is ⌊i n/m⌋, …, ⌈(i + 1) n/m⌉ - 1.

Where m divides n these lie side by side, and it is pooling with the kernel n/m. Else they overlap, and are of
two sizes: that is said for numbers.
Source: torch.nn.functional.adaptive_avg_pool2d, adaptive_max_pool2d.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import product

from symderiv.equality.integers.whole import is_whole
from symderiv.errors import ShapeError
from symderiv.expression.build import divide
from symderiv.expression.printing.display import readable
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import ONE, Apply, Expr, Number, Sequence
from symderiv.operations.arrays.joining import concat
from symderiv.operations.arrays.slicing import sliced
from symderiv.operations.convolution.window import at_least_one
from symderiv.operations.declaring.counting import Work, work_of
from symderiv.operations.declaring.forms import shape_of
from symderiv.operations.declaring.operation import Operation, array, option
from symderiv.operations.declaring.options import per_axis
from symderiv.operations.declaring.shapes import as_tensor
from symderiv.operations.declaring.sizes import tidy_size
from symderiv.operations.pooling.declared import TIES
from symderiv.operations.pooling.forward import avg_pool, max_pool
from symderiv.tensor import Meaning, Tensor

TWO, THREE = Number(2), Number(3)


@dataclass(frozen=True, slots=True)
class Part:
    """An axis of n entries in m windows."""

    n: Expr
    m: Expr

    @property
    def kernel(self) -> Expr | None:
        """The one size of windows that lie side by side; None where they don't."""
        size = tidy_size(divide(self.n, self.m))
        return size if is_whole(size) else None

    def ends(self, i: int) -> tuple[int, int]:
        """Where window i begins, and where it has ended."""
        n, m = self.numbers
        return i * n // m, -(-(i + 1) * n // m)

    @property
    def numbers(self) -> tuple[int, int]:
        match self.n, self.m:
            case Number(value=int() as n), Number(value=int() as m):
                return n, m
        raise ShapeError(
            f"{to_text(self.n)} entries in {to_text(self.m)} windows",
            expected="sizes that are numbers, or windows of one size, side by side",
            cure="pool with a kernel_size and a stride",
        )


def parts_of(axes: int, shape: tuple[Expr, ...], output_size: Expr) -> tuple[Part, ...]:
    """How each of the last axes is parted.

    >>> [part.kernel.value for part in parts_of(2, (Number(3), Number(4), Number(6)), TWO)]
    [2, 3]
    >>> [part.ends(i) for part in parts_of(1, (Number(5),), TWO) for i in range(2)]
    [(0, 3), (2, 5)]
    """
    if len(shape) < axes:
        raise ShapeError(f"pooling over {axes} axes of an array of rank {len(shape)}")
    sizes = per_axis(output_size, axes, "output_size")
    at_least_one("output_size", sizes)
    return tuple(Part(n, m) for n, m in zip(shape[-axes:], sizes, strict=True))


def side_by_side(parts: tuple[Part, ...]) -> Expr | None:
    """The kernel of windows of one size; None if they overlap."""
    kernels = [part.kernel for part in parts]
    known = tuple(kernel for kernel in kernels if kernel is not None)
    return Sequence(known, "tuple") if len(known) == len(kernels) else None


def _forward(axes: int, pool: Callable[..., Tensor]) -> Callable[[Meaning, Expr], Tensor]:
    def forward(X: Meaning, output_size: Expr) -> Tensor:
        t = as_tensor(X, "X")
        parts = parts_of(axes, t.shape, output_size)
        kernel = side_by_side(parts)
        return _beside(t, parts, partial(pool, axes)) if kernel is None else pool(axes, X, kernel)

    return forward


Chosen = tuple[tuple[int, int], ...]


def _beside(t: Tensor, parts: tuple[Part, ...], pool: Callable[..., Tensor], chosen: Chosen = ()) -> Tensor:
    """The windows of the first axes as chosen, those of the others beside each other."""
    if len(chosen) == len(parts):
        return _window(t, chosen, pool)
    part = parts[len(chosen)]
    each = (part.ends(i) for i in range(part.numbers[1]))
    pieces = tuple(_beside(t, parts, pool, (*chosen, ends)) for ends in each)
    return concat(pieces, Number(t.rank - len(parts) + len(chosen)))


def _window(t: Tensor, chosen: Chosen, pool: Callable[..., Tensor]) -> Tensor:
    for axis, (start, end) in enumerate(chosen, t.rank - len(chosen)):
        t = sliced(t, Number(start), Number(end), None, Number(axis))
    return pool(t, _kernel(chosen))


def _work(axes: int, pool: Callable[..., Tensor]) -> Callable[[Meaning, Expr], Work]:
    """Window by window."""

    def work(X: Meaning, output_size: Expr) -> Work:
        t = as_tensor(X, "X")
        parts = parts_of(axes, t.shape, output_size)
        kernel = side_by_side(parts)
        if kernel is not None:
            return work_of(pool(axes, t, kernel))
        ends = ([part.ends(i) for i in range(part.numbers[1])] for part in parts)
        each = (work_of(_window(t, chosen, partial(pool, axes))) for chosen in product(*ends))
        return sum(each, Work())

    return work


def _kernel(chosen: Chosen) -> Sequence:
    return Sequence(tuple(Number(end - start) for start, end in chosen), "tuple")


def _made_of(axes: int, name: str) -> Callable[[Expr, Expr], Expr]:
    """Pooling of the whole array, or of its slices, joined."""

    def written(X: Expr, output_size: Expr) -> Expr:
        parts = parts_of(axes, shape_of(X), output_size)
        kernel = side_by_side(parts)
        if kernel is not None:
            return _pooled(f"{name}{axes}d", X, readable(kernel))
        return _joined(f"{name}{axes}d", X, parts, ())

    return written


def _pooled(head: str, X: Expr, kernel: Expr) -> Expr:
    assert isinstance(kernel, Sequence)
    alike = len(set(kernel.items)) == 1
    return Apply(head, (X, kernel.items[0] if alike else kernel))


def _joined(head: str, X: Expr, parts: tuple[Part, ...], chosen: Chosen) -> Expr:
    if len(chosen) == len(parts):
        return _pooled(head, _slice(X, chosen), _kernel(chosen))
    part = parts[len(chosen)]
    each = (part.ends(i) for i in range(part.numbers[1]))
    pieces = tuple(_joined(head, X, parts, (*chosen, ends)) for ends in each)
    axis = Number(len(shape_of(X)) - len(parts) + len(chosen))
    return pieces[0] if len(pieces) == 1 else Apply("concat", pieces, (("axis", axis),))


def _slice(X: Expr, chosen: Chosen) -> Expr:
    shape = shape_of(X)
    first = len(shape) - len(chosen)
    for axis, (start, end) in enumerate(chosen, first):
        if (Number(0), shape[axis]) != (Number(start), Number(end)):
            ends = (("start", Number(start)), ("stop", Number(end)), ("axis", Number(axis)))
            X = Apply("slice", (X,), ends)
    return X


_SIZES: dict[int, tuple[tuple[int, ...], ...]] = {
    1: ((4,), (2, 6), (2, 2), (5,), (2, 3)),
    2: ((4, 4), (2, 2, 4), (1, 4, 2), (3, 4), (1, 3, 3)),
}


def _adaptive(
    axes: int,
    name: str,
    pool: Callable[..., Tensor],
    kinks: str,
) -> Operation:
    return Operation(
        f"adaptive_{name}{axes}d",
        (array("X"), option("output_size", ONE)),
        _forward(axes, pool),
        made_of=_made_of(axes, name),
        work=_work(axes, pool),
        formula=f"{name}{axes}d of windows ⌊i n/m⌋ … ⌈(i + 1) n/m⌉ - 1",
        kinks=kinks,
        numeric_with=("output_size",),
        examples=tuple(
            {"X": shape, "output_size": m}
            for shape, m in zip(_SIZES[axes], (TWO, TWO, ONE, THREE, TWO), strict=True)
        ),
    )


ADAPTIVE = tuple(
    _adaptive(axes, name, pool, kinks)
    for name, pool, kinks in (("avg_pool", avg_pool, ""), ("max_pool", max_pool, TIES))
    for axes in (1, 2)
)
