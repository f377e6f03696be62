"""What a convolution sends back: ∂L/∂X and ∂L/∂K for a given G = ∂L/∂H, convolutions themselves.

    ∂L/∂X = conv(G, flip(K), padding='full')                stride 1, no padding, one channel
    ∂L/∂X = conv_transpose(G, K, …)                         in general
    ∂L/∂K = conv(X, G), stride and dilation exchanged       one channel
    ∂L/∂b = Σ G                                             over everything but the filters

Source: Dumoulin and Visin (2016), §4; Goodfellow, Bengio, Courville, Deep Learning (2016), §9.5.
"""

from __future__ import annotations

from symderiv.expression.build import add, negative
from symderiv.expression.tree import MINUS_ONE, ONE, ZERO, Apply, Expr, Number, Sequence, Text
from symderiv.operations.convolution import Convolution, convolution
from symderiv.operations.forms import call, shape_of
from symderiv.operations.window import Window


def given(**options: Expr) -> tuple[tuple[str, Expr], ...]:
    """Options that say something: not 1 for stride, dilation, groups, not 0 for padding."""
    plain = {"stride": ONE, "dilation": ONE, "groups": ONE, "padding": ZERO, "output_padding": ZERO}
    return tuple((name, value) for name, value in options.items() if value != plain[name])


def per_axis(sizes: list[Expr]) -> Expr:
    """One number if all axes agree."""
    return sizes[0] if all(size == sizes[0] for size in sizes) else Sequence(tuple(sizes), "tuple")


def rest(w: Window) -> int | None:
    """What the last stride leaves over: (n + 2P - d (k-1) - 1) mod s; None for letters."""
    if w.stride == ONE:
        return 0
    room = add(w.n, w.low, w.high, negative(w.reach), MINUS_ONE)
    if isinstance(room, Number) and isinstance(w.stride, Number):
        return int(room.value % w.stride.value)
    return None


def _symmetric(setting: Convolution) -> bool:
    return all(w.low == w.high for w in setting.windows)


def by_input(axes: int, G: Expr, X: Expr, K: Expr, bias: Expr | None = None, *options: Expr) -> Expr | None:
    """∂L/∂X."""
    setting = convolution(axes, shape_of(X), shape_of(K), *options)
    plain = all((w.stride, w.dilation, w.low, w.high) == (ONE, ONE, ZERO, ZERO) for w in setting.windows)
    if setting.bare and plain:
        return call(f"conv{axes}d", G, call("flip", K), padding=Text("full"))
    rests = [rest(w) for w in setting.windows]
    if not _symmetric(setting) or None in rests:
        return None
    options_given = given(
        stride=per_axis([w.stride for w in setting.windows]),
        padding=per_axis([w.low for w in setting.windows]),
        output_padding=per_axis([Number(left or 0) for left in rests]),
        groups=Number(setting.groups),
        dilation=per_axis([w.dilation for w in setting.windows]),
    )
    return Apply(f"conv_transpose{axes}d", (G, K), options_given)


def by_kernel(axes: int, G: Expr, X: Expr, K: Expr, bias: Expr | None = None, *options: Expr) -> Expr | None:
    """∂L/∂K of one channel."""
    setting = convolution(axes, shape_of(X), shape_of(K), *options)
    if not setting.bare or not _symmetric(setting) or any(rest(w) != 0 for w in setting.windows):
        return None
    options_given = given(
        stride=per_axis([w.dilation for w in setting.windows]),
        padding=per_axis([w.low for w in setting.windows]),
        dilation=per_axis([w.stride for w in setting.windows]),
    )
    return Apply(f"conv{axes}d", (X, G), options_given)


def by_bias(axes: int, G: Expr, X: Expr, K: Expr, bias: Expr, *options: Expr) -> Expr:
    """∂L/∂b = Σ G over batch and space."""
    return over_filters(G, axes, len(shape_of(K)) == axes)


def over_filters(G: Expr, axes: int, bare: bool) -> Expr:
    """Σ G over all axes but the filters."""
    if bare:
        return call("sum", G)
    rank = len(shape_of(G))
    summed = (axis for axis in range(rank) if axis != rank - axes - 1)
    return call("sum", G, axis=Sequence(tuple(map(Number, summed)), "tuple"))
