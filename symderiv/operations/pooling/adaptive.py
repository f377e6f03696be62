"""Pooling to a given number of windows, which lie side by side: the kernel is n/m for m of n entries.

Where m doesn't divide n, libraries let windows overlap in their own ways: that is refused.
Source: torch.nn.functional.adaptive_avg_pool2d, adaptive_max_pool2d.
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.equality.integers.whole import is_whole
from symderiv.errors import ShapeError
from symderiv.expression.build import divide
from symderiv.expression.printing.display import readable
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import ONE, Apply, Expr, Number, Sequence
from symderiv.operations.declaring.forms import shape_of
from symderiv.operations.declaring.operation import Operation, array, option
from symderiv.operations.declaring.options import per_axis
from symderiv.operations.declaring.shapes import as_tensor
from symderiv.operations.declaring.sizes import tidy_size
from symderiv.operations.pooling.declared import TIES
from symderiv.operations.pooling.forward import avg_pool, max_pool
from symderiv.tensor import Meaning, Tensor

TWO = Number(2)


def kernel_of(axes: int, shape: tuple[Expr, ...], output_size: Expr) -> Expr:
    """n/m for each of the last axes.

    >>> [k.value for k in kernel_of(2, (Number(3), Number(4), Number(6)), TWO).items]
    [2, 3]
    """
    if len(shape) < axes:
        raise ShapeError(f"pooling over {axes} axes of an array of rank {len(shape)}")
    pairs = zip(shape[-axes:], per_axis(output_size, axes, "output_size"), strict=True)
    return Sequence(tuple(_part(n, m) for n, m in pairs), "tuple")


def _part(n: Expr, m: Expr) -> Expr:
    size = tidy_size(divide(n, m))
    if not is_whole(size):
        raise ShapeError(
            f"{to_text(n)} entries in {to_text(m)} windows",
            expected="windows of one size, side by side",
            cure="pool with a kernel_size and a stride",
        )
    return size


def _forward(axes: int, pool: Callable[..., Tensor]) -> Callable[[Meaning, Expr], Tensor]:
    return lambda X, m: pool(axes, X, kernel_of(axes, as_tensor(X, "X").shape, m))


def _made_of(axes: int, name: str) -> Callable[[Expr, Expr], Expr]:
    def written(X: Expr, output_size: Expr) -> Expr:
        kernel = readable(kernel_of(axes, shape_of(X), output_size))
        assert isinstance(kernel, Sequence)
        alike = len(set(kernel.items)) == 1
        return Apply(f"{name}{axes}d", (X, kernel.items[0] if alike else kernel))

    return written


_SIZES: dict[int, tuple[tuple[int, ...], ...]] = {
    1: ((4,), (2, 6), (2, 2)),
    2: ((4, 4), (2, 2, 4), (1, 4, 2)),
}


def _adaptive(axes: int, name: str, pool: Callable[..., Tensor], kinks: str) -> Operation:
    return Operation(
        f"adaptive_{name}{axes}d",
        (array("X"), option("output_size", ONE)),
        _forward(axes, pool),
        made_of=_made_of(axes, name),
        formula=f"{name}{axes}d(X, n/output_size)",
        kinks=kinks,
        numeric_with=("output_size",),
        examples=tuple(
            {"X": shape, "output_size": m} for shape, m in zip(_SIZES[axes], (TWO, TWO, ONE), strict=True)
        ),
    )


ADAPTIVE = tuple(
    _adaptive(axes, name, pool, kinks)
    for name, pool, kinks in (("avg_pool", avg_pool, ""), ("max_pool", max_pool, TIES))
    for axes in (1, 2)
)
