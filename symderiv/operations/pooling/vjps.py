"""What pooling sends back, for a given G = ∂L/∂Y: each window gives its G to the entries it was made of.

    max_pool   max_pool_backward(G, X, …)                 G[i] to the entry that was the largest of window i
    avg_pool   conv_transpose(G, ones/|S|, …)             G[i]/|S| to each entry of window i
    lp_pool    X^(p-1) ⊙ conv_transpose(G/Y^(p-1), ones)  G[i] (X/Y)^(p-1), for p = 1, 2, 3, 4

Each channel is spread by itself. Source: Goodfellow, Bengio, Courville, Deep Learning (2016), §9.3.
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.expression.build import mul
from symderiv.expression.tree import INFINITY, ONE, TRUE, ZERO, Apply, Expr, Number
from symderiv.operations.convolution.forward import Convolution
from symderiv.operations.convolution.vjps import spread_back
from symderiv.operations.convolution.window import Window
from symderiv.operations.declaring.forms import array_of, call, entry, over, shape_of
from symderiv.operations.pooling.forward import pooling_windows

Vjp = Callable[..., Expr | None]

HIGHEST_NORM = 4
"""The last p for which X^(p-1) is written as a product."""


def max_back(axes: int) -> Vjp:
    def vjp(G: Expr, X: Expr, kernel_size: Expr, stride: Expr | None, padding: Expr, dilation: Expr) -> Expr:
        options = said(stride=stride, padding=padding, dilation=dilation)
        return Apply(f"max_pool{axes}d_backward", (G, X, kernel_size), options)

    return vjp


def avg_back(axes: int) -> Vjp:
    """Each window spreads G over its k entries, or over those that are no padding."""

    def vjp(
        G: Expr, X: Expr, kernel_size: Expr, stride: Expr | None, padding: Expr, include: Expr
    ) -> Expr | None:
        sliding = pooling_windows(axes, shape_of(X), kernel_size, stride, padding)
        size = mul(*(w.k for w in sliding))
        if include in (TRUE, ONE) or all(w.low == w.high == ZERO for w in sliding):
            return _spread(G, X, sliding, size)
        ones = Apply("ones", shape_of(X)[-axes:])
        inside = Apply(f"avg_pool{axes}d", (ones, kernel_size), said(stride=stride, padding=padding))
        return _spread(G, X, sliding, size, lambda g: over(g, inside))

    return vjp


def lp_back(axes: int) -> Vjp:
    """``X^(p-1) ⊙`` what is spread of ``G/Y^(p-1)``; None where p is no small number."""

    def vjp(G: Expr, X: Expr, norm_type: Expr, kernel_size: Expr, stride: Expr | None) -> Expr | None:
        if norm_type == INFINITY:
            return max_back(axes)(G, X, kernel_size, stride, ZERO, ONE)
        sliding = pooling_windows(axes, shape_of(X), kernel_size, stride)
        if norm_type == ONE:
            return _spread(G, X, sliding, ONE)
        if not isinstance(norm_type, Number) or norm_type.value not in range(2, HIGHEST_NORM + 1):
            return None
        times = int(norm_type.value) - 1
        Y = Apply(f"lp_pool{axes}d", (X, norm_type, kernel_size), said(stride=stride))
        shared = _spread(Apply("div", (G, _product(Y, times))), X, sliding, ONE)
        return None if shared is None else call("hadamard", _product(X, times), shared)

    return vjp


def said(**options: Expr | None) -> tuple[tuple[str, Expr], ...]:
    """Options that say something."""
    plain = {"stride": None, "padding": ZERO, "dilation": ONE}
    return tuple((name, o) for name, o in options.items() if o is not None and o != plain[name])


def _product(a: Expr, times: int) -> Expr:
    product = a
    for _ in range(times - 1):
        product = call("hadamard", product, a)
    return product


def _spread(
    G: Expr,
    X: Expr,
    sliding: tuple[Window, ...],
    size: Expr,
    weighed: Callable[[Expr], Expr] = lambda g: g,
) -> Expr | None:
    """G/size to each entry of its window, channel by channel; none for a stride that is a letter."""
    axes = len(sliding)
    lead, taps = shape_of(X)[:-axes], tuple(w.k for w in sliding)
    setting = Convolution(shape_of(X)[-axes:], taps, sliding)
    kernel = over(Apply("ones", taps), size)
    if not lead:
        return spread_back(setting, weighed(G), kernel)
    if spread_back(setting, G, kernel) is None:
        return None

    def channel(*at: Expr) -> Expr:
        return spread_back(setting, weighed(entry(G, *at)), kernel) or ZERO

    return array_of(lead, channel, G, X)
