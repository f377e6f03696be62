"""What a transposed convolution sends back: convolutions, for it is the transpose of one.

    ∂L/∂X = conv(G, K)                                            the same stride, padding, dilation, groups
    ∂L/∂K = conv(G, X), stride and dilation exchanged             one channel
    ∂L/∂b = Σ G                                                   over everything but the filters

Source: Dumoulin and Visin (2016), §4.
"""

from __future__ import annotations

from symderiv.expression.tree import ONE, ZERO, Apply, Expr, Number
from symderiv.operations.convolution_vjps import over_filters
from symderiv.operations.forms import shape_of
from symderiv.operations.transposed import transposed


def by_input(axes: int, G: Expr, X: Expr, K: Expr, bias: Expr | None, *options: Expr) -> Expr | None:
    """∂L/∂X = conv(G, K), with the same stride, padding, dilation and groups."""
    names = ("stride", "padding", "output_padding", "groups", "dilation")
    plain = {"stride": ONE, "padding": ZERO, "groups": ONE, "dilation": ONE}
    setting = transposed(axes, shape_of(X), shape_of(K), *options)
    if any(s.extra != ZERO and not _shorter(s.extra, s.stride) for s in setting.spreads):
        return None
    given = zip(names, options, strict=True)
    kept = tuple((name, value) for name, value in given if name in plain and value != plain[name])
    return Apply(f"conv{axes}d", (G, K), kept)


def _shorter(a: Expr, b: Expr) -> bool:
    return isinstance(a, Number) and isinstance(b, Number) and a.value < b.value


def by_kernel(axes: int, G: Expr, X: Expr, K: Expr, bias: Expr | None, *options: Expr) -> Expr | None:
    """∂L/∂K[a] = Σ_u X[u] G[s u + d a - P], of one channel."""
    setting = transposed(axes, shape_of(X), shape_of(K), *options)
    stride, padding, _, _, dilation = options
    if not setting.bare or any(
        s.extra != ZERO and not _shorter(s.extra, s.dilation) for s in setting.spreads
    ):
        return None
    given = (("stride", dilation, ONE), ("padding", padding, ZERO), ("dilation", stride, ONE))
    said = tuple((name, value) for name, value, plain in given if value != plain)
    return Apply(f"conv{axes}d", (G, X), said)


def by_bias(axes: int, G: Expr, X: Expr, K: Expr, bias: Expr, *options: Expr) -> Expr:
    """∂L/∂b = Σ G over batch and space."""
    return over_filters(G, axes, len(shape_of(K)) == axes)
