"""The Jacobians of a convolution, by the index rule.

With H[i] = Σ_a X[s i + d a - P] K[a]:

    ∂H[i]/∂K[a] = X[s i + d a - P]
    ∂H[i]/∂X[m] = K[(m + P - s i) / d]     where that is a kernel index, else 0

and deltas for batch and channels. Most of ∂H/∂X is zero, and the formula says where it isn't.
"""

from __future__ import annotations

from symderiv.expression.printing.display import readable
from symderiv.expression.tree import ONE, TRUE, ZERO, Apply, Expr
from symderiv.operations.convolution.forward import Convolution, convolution
from symderiv.operations.convolution.window import Window
from symderiv.operations.declaring import forms
from symderiv.operations.declaring.forms import (
    array_of,
    deltas,
    entry,
    minus,
    plus,
    shape_of,
    times,
    where,
)


def _setting(axes: int, X: Expr, K: Expr, options: tuple[Expr, ...]) -> Convolution:
    return convolution(axes, shape_of(X), shape_of(K), *options)


def by_kernel(axes: int, X: Expr, K: Expr, bias: Expr | None = None, *options: Expr) -> Expr:
    """∂H[b,n,i]/∂K[m,c,a] = δ(n,m) X[b, g(n) C/G + c, s i + d a - P]."""
    setting = _setting(axes, X, K, options)

    def value(*at: Expr) -> Expr:
        output, kernel = at[: len(setting.shape)], at[len(setting.shape) :]
        batch, filters, i = setting.split(output)
        a = kernel[-axes:]
        positions = tuple(_position(w, p, q) for w, p, q in zip(setting.windows, i, a, strict=True))
        inside = forms.both(*(_inside(w, p) for w, p in zip(setting.windows, positions, strict=True)))
        if setting.bare:
            return where(inside, entry(X, *positions))
        n, c = filters[0], kernel[1]
        read = where(inside, entry(X, *batch, _channel(setting, n, c), *positions))
        return times(forms.delta(n, kernel[0]), read)

    return array_of((*setting.shape, *setting.k_shape), value, X, K, *options)


def by_input(axes: int, X: Expr, K: Expr, bias: Expr | None = None, *options: Expr) -> Expr:
    """∂H[b,n,i]/∂X[b',c,m] = δ(b,b') K[n, c - g(n) C/G, (m + P - s i)/d], 0 where these are no indices."""
    setting = _setting(axes, X, K, options)

    def value(*at: Expr) -> Expr:
        output, read = at[: len(setting.shape)], at[len(setting.shape) :]
        batch, filters, i = setting.split(output)
        m = read[-axes:]
        kernel = tuple(_kernel_index(w, p, q) for w, p, q in zip(setting.windows, i, m, strict=True))
        conditions = [
            condition
            for w, p, q in zip(setting.windows, i, m, strict=True)
            for condition in _kernel_conditions(w, p, q)
        ]
        if setting.bare:
            return where(forms.both(*conditions), entry(K, *kernel))
        n, channel = filters[0], read[len(batch)]
        c = minus(channel, _first_channel(setting, n))
        if setting.groups != ONE:
            conditions += _between(c, setting.channels)
        there = where(forms.both(*conditions), entry(K, n, c, *kernel))
        return times(deltas(batch, read[: len(batch)]), there)

    return array_of((*setting.shape, *setting.x_shape), value, X, K, *options)


def by_bias(axes: int, X: Expr, K: Expr, bias: Expr, *options: Expr) -> Expr:
    """∂H[b,n,i]/∂bias[m] = δ(n,m)."""
    setting = _setting(axes, X, K, options)

    def value(*at: Expr) -> Expr:
        output = at[: len(setting.shape)]
        return deltas(setting.split(output)[1], at[len(setting.shape) :])

    return array_of((*setting.shape, *setting.filters), value, X, K, bias, *options)


def _position(w: Window, i: Expr, a: Expr) -> Expr:
    """s i + d a - P."""
    return minus(plus(times(w.stride, i), times(w.dilation, a)), w.low)


def _inside(w: Window, position: Expr) -> Expr:
    before = TRUE if w.low == ZERO else Apply("le", (ZERO, position))
    after = TRUE if w.high == ZERO else Apply("lt", (position, w.n))
    return forms.both(before, after)


def _kernel_index(w: Window, i: Expr, m: Expr) -> Expr:
    """(m + P - s i) / d."""
    lag = _lag(w, i, m)
    return lag if w.dilation == ONE else Apply("floordiv", (lag, w.dilation))


def _lag(w: Window, i: Expr, m: Expr) -> Expr:
    return minus(plus(m, w.low), times(w.stride, i))


def _kernel_conditions(w: Window, i: Expr, m: Expr) -> list[Expr]:
    whole = [] if w.dilation == ONE else [Apply("eq", (Apply("mod", (_lag(w, i, m), w.dilation)), ZERO))]
    return [*whole, *_between(_kernel_index(w, i, m), w.k)]


def _between(index: Expr, size: Expr) -> list[Expr]:
    return [Apply("le", (ZERO, index)), Apply("lt", (index, size))]


def _first_channel(setting: Convolution, n: Expr) -> Expr:
    """g(n) C/G: the first input channel that filter n reads."""
    if setting.groups == ONE:
        return ZERO
    each = setting.filters_of_a_group
    return times(n if each == ONE else Apply("floordiv", (n, readable(each))), setting.channels)


def _channel(setting: Convolution, n: Expr, c: Expr) -> Expr:
    return plus(_first_channel(setting, n), c)
