"""Rounding the number of windows up: ``ceil_mode=True`` is the padding that completes the last window.

There are ⌈(n + low + high - d(k-1) - 1)/s⌉ + 1 windows, without a last one that begins behind the input.
What completes it is no entry: it never wins a maximum, and a mean isn't taken over it.
Source: PyTorch, torch.nn.MaxPool2d, torch.nn.AvgPool2d.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from symderiv.errors import MeaningError
from symderiv.expression.tree import FALSE, ZERO, Expr, Number, Sequence
from symderiv.operations.convolution.window import Window
from symderiv.operations.declaring.options import flag_option
from symderiv.operations.pooling.forward import pooling_windows

Shape = Callable[[Any], tuple[Expr, ...]]


def completed(sliding: tuple[Window, ...]) -> Expr:
    """The padding (before, after) of each axis with which every window is whole.

    >>> axis = Window(Number(5), Number(2), stride=Number(2))
    >>> [side.value for side in completed((axis,)).items[0].items]
    [0, 1]
    """
    return Sequence(tuple(Sequence((w.low, Number(_after(w))), "tuple") for w in sliding), "tuple")


def _after(w: Window) -> int:
    parts = (w.n, w.low, w.high, w.reach, w.stride)
    numbers = [int(part.value) for part in parts if isinstance(part, Number)]
    if len(numbers) < len(parts):
        raise MeaningError(
            "ceil_mode of an axis whose size is a letter",
            expected="sizes that are numbers",
            cure="write the padding that completes the last window, padding=((0, 1), (0, 1))",
        )
    n, low, high, reach, stride = numbers
    last = -((reach + 1 - n - low - high) // stride)  # ⌈(n + low + high - reach - 1)/s⌉
    if last * stride >= n + low:
        last -= 1
    return max(last * stride + reach + 1 - n - low, 0)


def max_completed(axes: int, rule: Callable[..., Any], shape: Shape) -> Callable[..., Any]:
    """A rule of max pooling that takes ``ceil_mode`` last, by one that takes the padding."""

    def whole(X: Any, kernel: Expr, stride: Expr | None, padding: Expr, dilation: Expr, ceil: Expr) -> Any:
        if flag_option(ceil, "ceil_mode"):
            padding = completed(pooling_windows(axes, shape(X), kernel, stride, padding, dilation))
        return rule(X, kernel, stride, padding, dilation)

    return whole


def avg_completed(axes: int, rule: Callable[..., Any], shape: Shape) -> Callable[..., Any]:
    """The same of average pooling, whose means are then over the entries that there are."""

    def whole(X: Any, kernel: Expr, stride: Expr | None, padding: Expr, include: Expr, ceil: Expr) -> Any:
        if flag_option(ceil, "ceil_mode"):
            sliding = pooling_windows(axes, shape(X), kernel, stride, padding)
            if flag_option(include, "count_include_pad") and any(
                w.low != ZERO or w.high != ZERO for w in sliding
            ):
                raise MeaningError(
                    "ceil_mode with a padding that counts as zeros",
                    expected="no padding, or count_include_pad=False",
                    cure=f"pad first, avg_pool{axes}d(pad(X, 1), …, ceil_mode=True)",
                )
            padding, include = completed(sliding), FALSE
        return rule(X, kernel, stride, padding, include)

    return whole
