"""The operations conv_transpose1d to 3d and their Jacobians.

    ∂Y[n,i]/∂X[c,u]   = K[c, n, (i + P - s u)/d]    where that is a kernel index, else 0
    ∂Y[n,i]/∂K[c,m,a] = δ(n,m) X[c, (i + P - d a)/s]  where that is an input index, else 0

The first is ∂H/∂X of the convolution with the same kernel, outputs and inputs exchanged.
"""

from __future__ import annotations

from symderiv.expression.tree import ONE, TRUE, ZERO, Apply, Expr, Number
from symderiv.operations.convolution import vjps as convolution_vjps
from symderiv.operations.declaring.forms import (
    array_of,
    both,
    delta,
    deltas,
    entry,
    minus,
    plus,
    shape_of,
    times,
    where,
)
from symderiv.operations.declaring.operation import Example, Operation, array, option, optional_array
from symderiv.operations.transposed import vjps as transposed_vjps
from symderiv.operations.transposed.counts import spread_work
from symderiv.operations.transposed.forward import Spread, Transposed, spread_forward, transposed

PARAMETERS = (
    array("X"),
    array("K"),
    optional_array("bias"),
    option("stride", ONE),
    option("padding", ZERO),
    option("output_padding", ZERO),
    option("groups", ONE),
    option("dilation", ONE),
)


def _divided(lag: Expr, step: Expr, size: Expr) -> tuple[Expr, Expr]:
    """lag / step as an index, and the condition that it is one."""
    index = lag if step == ONE else Apply("floordiv", (lag, step))
    whole = TRUE if step == ONE else Apply("eq", (Apply("mod", (lag, step)), ZERO))
    return index, both(whole, Apply("le", (ZERO, index)), Apply("lt", (index, size)))


def _kernel_index(s: Spread, i: Expr, u: Expr) -> tuple[Expr, Expr]:
    return _divided(minus(plus(i, s.padding), times(s.stride, u)), s.dilation, s.k)


def _input_index(s: Spread, i: Expr, a: Expr) -> tuple[Expr, Expr]:
    return _divided(minus(plus(i, s.padding), times(s.dilation, a)), s.stride, s.n)


def _group(setting: Transposed, n: Expr) -> Expr:
    return ZERO if setting.groups == ONE else Apply("floordiv", (n, setting.k_shape[1]))


def by_input(axes: int, X: Expr, K: Expr, bias: Expr | None = None, *options: Expr) -> Expr:
    """∂Y/∂X, sparse: each input reaches k k outputs."""
    setting = transposed(axes, shape_of(X), shape_of(K), *options)

    def value(*at: Expr) -> Expr:
        output, read = at[: len(setting.shape)], at[len(setting.shape) :]
        batch, filters, i = setting.split(output)
        found = [_kernel_index(s, p, u) for s, p, u in zip(setting.spreads, i, read[-axes:], strict=True)]
        a, inside = [index for index, _ in found], both(*(condition for _, condition in found))
        if setting.bare:
            return where(inside, entry(K, *a))
        n, c = filters[0], read[len(batch)]
        inner = minus(n, times(_group(setting, n), setting.k_shape[1]))
        same = _same_group(setting, n, c)
        return times(deltas(batch, read[: len(batch)]), where(both(inside, same), entry(K, c, inner, *a)))

    return array_of((*setting.shape, *setting.x_shape), value, X, K, *options)


def _same_group(setting: Transposed, n: Expr, c: Expr) -> Expr:
    if setting.groups == ONE:
        return TRUE
    return Apply("eq", (_group(setting, n), Apply("floordiv", (c, setting.channels))))


def by_kernel(axes: int, X: Expr, K: Expr, bias: Expr | None = None, *options: Expr) -> Expr:
    """∂Y/∂K: the input, spread out."""
    setting = transposed(axes, shape_of(X), shape_of(K), *options)

    def value(*at: Expr) -> Expr:
        output, kernel = at[: len(setting.shape)], at[len(setting.shape) :]
        batch, filters, i = setting.split(output)
        found = [_input_index(s, p, a) for s, p, a in zip(setting.spreads, i, kernel[-axes:], strict=True)]
        u, inside = [index for index, _ in found], both(*(condition for _, condition in found))
        if setting.bare:
            return where(inside, entry(X, *u))
        n, c, m = filters[0], kernel[0], kernel[1]
        inner = minus(n, times(_group(setting, n), setting.k_shape[1]))
        same = _same_group(setting, n, c)
        return times(delta(inner, m), where(both(inside, same), entry(X, *batch, c, *u)))

    return array_of((*setting.shape, *setting.k_shape), value, X, K, *options)


def by_bias(axes: int, X: Expr, K: Expr, bias: Expr, *options: Expr) -> Expr:
    """δ(n, m)."""
    setting = transposed(axes, shape_of(X), shape_of(K), *options)

    def value(*at: Expr) -> Expr:
        filters = setting.split(at[: len(setting.shape)])[1]
        return deltas(filters, at[len(setting.shape) :])

    return array_of((*setting.shape, *setting.filters), value, X, K, bias, *options)


TWO = Number(2)
_EXAMPLES: dict[int, tuple[Example, ...]] = {
    1: (
        {"X": (3,), "K": (2,)},
        {"X": (3,), "K": (3,), "bias": (), "stride": TWO, "padding": ONE, "output_padding": ONE},
        {"X": (2, 3), "K": (2, 3, 2), "bias": (3,), "dilation": TWO},
        {"X": (4, 2), "K": (4, 1, 3), "groups": TWO, "stride": TWO},
    ),
    2: (
        {"X": (2, 2), "K": (2, 2)},
        {"X": (2, 3), "K": (3, 2), "stride": TWO, "padding": ONE, "output_padding": ONE},
        {"X": (1, 2, 2, 2), "K": (2, 2, 2, 1), "bias": (2,), "dilation": TWO},
    ),
    3: (
        {"X": (1, 2, 2), "K": (2, 1, 2)},
        {"X": (2, 1, 2), "K": (1, 2, 2), "stride": TWO},
        {"X": (2, 1, 2, 1), "K": (2, 1, 1, 2, 1), "bias": (1,)},
    ),
}


def _operation(axes: int) -> Operation:
    return Operation(
        f"conv_transpose{axes}d",
        PARAMETERS,
        lambda *values: spread_forward(axes, *values),
        jacobians={
            "X": lambda *trees: by_input(axes, *trees),
            "K": lambda *trees: by_kernel(axes, *trees),
            "bias": lambda *trees: by_bias(axes, *trees),
        },
        vjps={
            "X": lambda *trees: transposed_vjps.by_input(axes, *trees),
            "K": lambda *trees: transposed_vjps.by_kernel(axes, *trees),
            "bias": lambda *trees: convolution_vjps.by_bias(axes, *trees),
        },
        work=lambda *values: spread_work(axes, *values),
        formula="Y[s u + d a - P] += X[u] K[a]",
        source="PyTorch, torch.nn.functional.conv_transpose2d",
        weights=("K", "bias"),
        examples=_EXAMPLES[axes],
        numeric_with=("groups",),
    )


TRANSPOSED = tuple(_operation(axes) for axes in (1, 2, 3))
