"""What a transposed convolution sends back: convolutions, for it is the transpose of one.

    ∂L/∂X = conv(G, K)                         the same stride, padding, dilation, groups
    ∂L/∂K[c,n] = Σ_b conv(G[b,n], X[b,c])      stride and dilation exchanged
    ∂L/∂b = Σ G                                over everything but the filters

Where output padding makes a result longer than what it is the gradient of, its first entries are meant.
Source: Dumoulin and Visin (2016), §4.
"""

from __future__ import annotations

from symderiv.expression.tree import ONE, ZERO, Apply, Expr, Number
from symderiv.operations.convolution.vjps import first, given
from symderiv.operations.declaring.forms import array_of, entry, plus, shape_of, times, total
from symderiv.operations.transposed.forward import Transposed, transposed


def by_input(axes: int, G: Expr, X: Expr, K: Expr, bias: Expr | None, *options: Expr) -> Expr:
    """∂L/∂X = conv(G, K), with the same stride, padding, dilation and groups."""
    stride, padding, _, groups, dilation = options
    setting = transposed(axes, shape_of(X), shape_of(K), *options)
    said = given(stride=stride, padding=padding, groups=groups, dilation=dilation)
    found = Apply(f"conv{axes}d", (G, K), said)
    exact = all(s.extra == ZERO or _shorter(s.extra, s.stride) for s in setting.spreads)
    return found if exact else first(setting.x_shape, found)


def _shorter(a: Expr, b: Expr) -> bool:
    return isinstance(a, Number) and isinstance(b, Number) and a.value < b.value


def by_kernel(axes: int, G: Expr, X: Expr, K: Expr, bias: Expr | None, *options: Expr) -> Expr:
    """∂L/∂K[c,n,a] = Σ_b Σ_u X[b,c,u] G[b,n,s u + d a - P]."""
    setting = transposed(axes, shape_of(X), shape_of(K), *options)
    stride, padding, _, _, dilation = options
    said = given(stride=dilation, padding=padding, dilation=stride)
    exact = all(s.extra == ZERO or _shorter(s.extra, s.dilation) for s in setting.spreads)

    def met(g: Expr, x: Expr) -> Expr:
        found = Apply(f"conv{axes}d", (g, x), said)
        return found if exact else first(setting.k_shape[-axes:], found)

    if setting.bare:
        return met(G, X)

    def slice_of(c: Expr, m: Expr) -> Expr:
        n = _filter(setting, c, m)
        if not setting.batch:
            return met(entry(G, n), entry(X, c))
        (size,) = setting.batch
        return total(size, lambda b: met(entry(G, b, n), entry(X, b, c)), c, m, G, X)

    return array_of(setting.k_shape[:2], slice_of, G, X)


def _filter(setting: Transposed, c: Expr, m: Expr) -> Expr:
    """The output channel that input channel c is spread to as the m-th of its group."""
    if setting.groups == ONE:
        return m
    group = c if setting.channels == ONE else Apply("floordiv", (c, setting.channels))
    per_group = setting.k_shape[1]
    return plus(times(group, per_group), ZERO if per_group == ONE else m)
