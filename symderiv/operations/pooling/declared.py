"""The pooling operations and their Jacobians.

max_pool: ∂Y[i]/∂X[m] = 1 where X[m] is the largest of its window, else 0
avg_pool: ∂Y[i]/∂X[m] = 1/|S| in the window
lp_pool:  ∂Y[i]/∂X[m] = (X[m] / Y[i])^(p-1) in the window
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from symderiv.expression.build import mul
from symderiv.expression.tree import FALSE, INFINITY, ONE, TRUE, ZERO, Apply, Expr, Number
from symderiv.operations.convolution.window import Window
from symderiv.operations.declaring.forms import (
    array_of,
    both,
    deltas,
    entry,
    minus,
    over,
    plus,
    shape_of,
    times,
    where,
)
from symderiv.operations.declaring.operation import Example, Operation, array, option
from symderiv.operations.declaring.shapes import as_tensor
from symderiv.operations.pooling.completing import avg_completed, max_completed
from symderiv.operations.pooling.forward import avg_pool, lp_pool, max_pool, pooling_windows
from symderiv.operations.pooling.vjps import Vjp, avg_back, lp_back, max_back, said
from symderiv.tensor import Meaning

TIES = (
    "no derivative where entries tie for the maximum: the subgradients put weights of 0 or more, with the "
    "sum 1, on the entries that tie, and 0 on the others"
)

Inside = Callable[[tuple[Expr, ...], tuple[Expr, ...]], Expr]


def _in_window(w: Window, i: Expr, m: Expr) -> Expr:
    """Whether output i reads input m: m + P - s i is 0, d, …, d (k-1)."""
    lag = minus(plus(m, w.low), times(w.stride, i))
    whole = TRUE if w.dilation == ONE else Apply("eq", (Apply("mod", (lag, w.dilation)), ZERO))
    return both(whole, Apply("le", (ZERO, lag)), Apply("le", (lag, w.reach)))


def _by_window(
    shape: tuple[Expr, ...],
    sliding: tuple[Window, ...],
    inside: Inside,
    *trees: Expr,
    share: Expr = ONE,
) -> Expr:
    """``inside(i, m)/share`` where output i reads input m, else 0."""
    outputs = (*shape[: -len(sliding)], *(w.outputs for w in sliding))
    rank = len(shape)

    def value(*at: Expr) -> Expr:
        return over(_where_read(sliding, at[:rank], at[rank:], inside), share)

    return array_of((*outputs, *shape), value, *trees)


def _where_read(
    sliding: tuple[Window, ...],
    i: tuple[Expr, ...],
    m: tuple[Expr, ...],
    inside: Inside,
    only: Inside = lambda i, m: TRUE,
) -> Expr:
    """``inside(i, m)`` where output i reads input m and ``only(i, m)`` holds, else 0."""
    axes = zip(sliding, i[-len(sliding) :], m[-len(sliding) :], strict=True)
    reads = both(*(_in_window(w, p, q) for w, p, q in axes))
    lead = deltas(i[: -len(sliding)], m[: -len(sliding)])
    return times(lead, where(both(reads, only(i, m)), inside(i, m)))


def largest_in_window(axes: int, X: Expr, kernel_size: Expr, stride: Expr | None, *options: Expr) -> Inside:
    """1 where X[m] is the largest entry of window i, else 0."""
    sliding = pooling_windows(axes, shape_of(X), kernel_size, stride, *options)
    padding, dilation = options
    pooled = Apply(
        f"max_pool{axes}d", (X, kernel_size), said(stride=stride, padding=padding, dilation=dilation)
    )

    def wins(i: tuple[Expr, ...], m: tuple[Expr, ...]) -> Expr:
        return Apply("eq", (entry(X, *m), entry(pooled, *i)))

    return lambda i, m: _where_read(sliding, i, m, lambda i, m: ONE, wins)


def _max_form(axes: int) -> Callable[..., Expr]:
    def jacobian(X: Expr, kernel_size: Expr, stride: Expr | None, *options: Expr) -> Expr:
        sliding = pooling_windows(axes, shape_of(X), kernel_size, stride, *options)
        wins = largest_in_window(axes, X, kernel_size, stride, *options)
        outputs = (*shape_of(X)[:-axes], *(w.outputs for w in sliding))
        rank = len(outputs)
        return array_of((*outputs, *shape_of(X)), lambda *at: wins(at[:rank], at[rank:]), X)

    return jacobian


def _avg_form(axes: int) -> Callable[..., Expr]:
    def jacobian(X: Expr, kernel_size: Expr, stride: Expr | None, padding: Expr, include: Expr) -> Expr:
        sliding = pooling_windows(axes, shape_of(X), kernel_size, stride, padding)
        if include in (TRUE, ONE):
            size = mul(*(w.k for w in sliding))
            if not isinstance(size, Number):
                return _by_window(shape_of(X), sliding, lambda i, m: ONE, X, share=size)
            return _by_window(shape_of(X), sliding, lambda i, m: over(ONE, size), X)
        ones = Apply("ones", shape_of(X))
        total = Apply(f"avg_pool{axes}d", (ones, kernel_size), said(stride=stride, padding=padding))
        size = mul(*(w.k for w in sliding))
        return _by_window(shape_of(X), sliding, lambda i, m: over(ONE, times(size, entry(total, *i))), X)

    return jacobian


def _lp_form(axes: int) -> Callable[..., Expr]:
    def jacobian(X: Expr, norm_type: Expr, kernel_size: Expr, stride: Expr | None) -> Expr:
        if norm_type == INFINITY:
            return _max_form(axes)(X, kernel_size, stride, ZERO, ONE)
        sliding = pooling_windows(axes, shape_of(X), kernel_size, stride)
        pooled = Apply(f"lp_pool{axes}d", (X, norm_type, kernel_size), said(stride=stride))

        def value(*at: Expr) -> Expr:
            """Of another channel nothing is asked: its entries may be negative."""
            i, m = at[: len(shape)], at[len(shape) :]
            lead = len(shape) - axes
            same = (Apply("eq", pair) for pair in zip(i[:lead], m[:lead], strict=True))
            read = (_in_window(*each) for each in zip(sliding, i[lead:], m[lead:], strict=True))
            ratio = over(entry(X, *i[:lead], *m[lead:]), entry(pooled, *i))
            return where(both(*same, *read), Apply("pow", (ratio, minus(norm_type, ONE))))

        shape = shape_of(X)
        return array_of((*shape[:-axes], *(w.outputs for w in sliding), *shape), value, X)

    return jacobian


TWO, THREE = Number(2), Number(3)
_SIZES: dict[int, tuple[tuple[int, ...], ...]] = {
    1: ((4,), (5,), (2, 4)),
    2: ((4, 4), (3, 5), (2, 2, 3)),
    3: ((2, 2, 2), (2, 3, 2), (1, 2, 2, 3)),
}
_SETTINGS: tuple[dict[str, Expr], ...] = ({}, {"stride": ONE}, {})


def _examples(axes: int, extra: dict[str, Expr], *more: dict[str, Expr]) -> tuple[Example, ...]:
    sizes = _SIZES[axes]
    plain: tuple[Example, ...] = tuple(
        {"X": shape, "kernel_size": TWO, **extra, **given}
        for shape, given in zip(sizes, _SETTINGS, strict=True)
    )
    others: tuple[Example, ...] = tuple(
        {"X": sizes[1], "kernel_size": TWO, **extra, **given} for given in more
    )
    return (*plain, *others)


def _shape(X: Meaning) -> tuple[Expr, ...]:
    return as_tensor(X, "X").shape


def _sent_back(completing: Callable[..., Any], axes: int, vjp: Vjp) -> Vjp:
    """What is sent back for G, with the padding that completes the last window."""
    return lambda G, *values: completing(axes, partial(vjp, G), shape_of)(*values)


def _pooling(axes: int) -> tuple[Operation, ...]:
    kernel, stride = option("kernel_size"), option("stride")
    padding, dilation = option("padding", ZERO), option("dilation", ONE)
    ceil = option("ceil_mode", FALSE)
    return (
        Operation(
            f"max_pool{axes}d",
            (array("X"), kernel, stride, padding, dilation, ceil),
            max_completed(axes, partial(max_pool, axes), _shape),
            jacobians={"X": max_completed(axes, _max_form(axes), shape_of)},
            vjps={"X": _sent_back(max_completed, axes, max_back(axes))},
            formula="max_a X[s i + d a - P]",
            kinks=TIES,
            numeric_with=("ceil_mode",),
            examples=_examples(axes, {}, {"padding": ONE, "stride": TWO}, {"ceil_mode": TRUE}),
        ),
        Operation(
            f"avg_pool{axes}d",
            (array("X"), kernel, stride, padding, option("count_include_pad", TRUE), ceil),
            avg_completed(axes, partial(avg_pool, axes), _shape),
            jacobians={"X": avg_completed(axes, _avg_form(axes), shape_of)},
            vjps={"X": _sent_back(avg_completed, axes, avg_back(axes))},
            formula="(1/|S|) Σ_a X[s i + a - P]",
            numeric_with=("ceil_mode",),
            examples=_examples(
                axes,
                {},
                {"padding": ONE},
                {"padding": ONE, "count_include_pad": FALSE},
                {"ceil_mode": TRUE},
            ),
        ),
        Operation(
            f"lp_pool{axes}d",
            (array("X"), option("norm_type", TWO), kernel, stride),
            lambda *values: lp_pool(axes, *values),
            jacobians={"X": _lp_form(axes)},
            vjps={"X": lp_back(axes)},
            formula="(Σ_a X[s i + a]^p)^(1/p)",
            kinks="no derivative where the p-norm is zero",
            examples=_examples(axes, {"norm_type": THREE}, {"norm_type": ONE}, {"norm_type": INFINITY}),
        ),
    )


POOLING = tuple(operation for axes in (1, 2, 3) for operation in _pooling(axes))
