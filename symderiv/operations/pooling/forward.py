"""Pooling over windows of the last axes: the largest entry, the mean, or the p-norm.

    max_pool: Y[i] = max_a X[s i + d a - P]       (padding is never the maximum)
    avg_pool: Y[i] = (1/|S|) Σ_a X[s i + a - P]   (padding counts as zeros, unless count_include_pad=false)
    lp_pool:  Y[i] = (Σ_a X[s i + a]^p)^(1/p)     (p = 1 the sum, p = oo the maximum)

The stride is the kernel size if none is said. All axes before the last one, two or three are kept.
Source: PyTorch, torch.nn.functional.max_pool2d, avg_pool2d, lp_pool2d.
"""

from __future__ import annotations

from symderiv.errors import ShapeError
from symderiv.expression.build import add, cases, conjunction, disjunction, divide, mul, negation, power
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import INFINITY, ONE, TRUE, ZERO, Expr, Number, Sequence, Text
from symderiv.operations.convolution.window import Window, at_least_one, over_kernel, read_padded, windows
from symderiv.operations.declaring.bound import over_axis
from symderiv.operations.declaring.existence import power_exists
from symderiv.operations.declaring.options import flag_option, per_axis, scalar_option
from symderiv.operations.declaring.shapes import as_tensor
from symderiv.tensor import Meaning, Tensor


def pooling_windows(
    axes: int,
    shape: tuple[Expr, ...],
    kernel_size: Expr | None,
    stride: Expr | None = None,
    padding: Expr = ZERO,
    dilation: Expr = ONE,
) -> tuple[Window, ...]:
    """One window for each of the last axes."""
    if kernel_size is None:
        raise ShapeError("pooling needs its kernel_size", cure="write max_pool2d(X, 2)")
    if len(shape) < axes:
        raise ShapeError(f"pooling over {axes} axes of an array of rank {len(shape)}")
    kernel = per_axis(kernel_size, axes, "kernel_size")
    at_least_one("kernel_size", kernel)
    step = Sequence(kernel) if stride is None else stride
    sliding = windows(shape[-axes:], kernel, step, padding, dilation)
    if not isinstance(padding, Text):
        _pads_at_most_half(sliding)
    return sliding


def _pads_at_most_half(sliding: tuple[Window, ...]) -> None:
    """No window may lie in the padding altogether."""
    for w in sliding:
        if w.low != w.high and _begins_and_ends_inside(w):
            continue
        for pad in (w.low, w.high):
            if isinstance(pad, Number) and isinstance(w.reach, Number) and 2 * pad.value > w.reach.value + 1:
                raise ShapeError(
                    f"a padding of {to_text(pad)} for a window of {to_text(add(w.reach, ONE))}",
                    expected="a padding of at most half the window",
                )


def _begins_and_ends_inside(w: Window) -> bool:
    """Whether the first window reaches the input, and the last one begins in it."""
    sizes = [part.value for part in (w.low, w.reach, w.outputs, w.stride, w.n) if isinstance(part, Number)]
    if len(sizes) < 5:
        return False
    low, reach, outputs, stride, n = sizes
    return low <= reach and (outputs - 1) * stride < n + low


def _outputs(t: Tensor, sliding: tuple[Window, ...]) -> tuple[Expr, ...]:
    return (*t.shape[: -len(sliding)], *(w.outputs for w in sliding))


def positions(sliding: tuple[Window, ...], at: tuple[Expr, ...], a: tuple[Expr, ...]) -> tuple[Expr, ...]:
    i = at[-len(sliding) :]
    return tuple(w.at(p, q) for w, p, q in zip(sliding, i, a, strict=True))


def _existing(t: Tensor, sliding: tuple[Window, ...], result: Tensor) -> Tensor:
    """Defined where all that the window reads is."""
    if t.defined == TRUE:
        return result
    lead = result.indices[: -len(sliding)]

    def reads(*a: Expr) -> Expr:
        at = positions(sliding, result.indices, a)
        inside = conjunction(*(w.inside(p) for w, p in zip(sliding, at, strict=True)))
        return disjunction(negation(inside), t.condition(*lead, *at))

    return result.where(over_kernel("forall", tuple(w.k for w in sliding), reads))


def max_pool(
    axes: int,
    X: Meaning,
    kernel_size: Expr | None,
    stride: Expr | None = None,
    padding: Expr = ZERO,
    dilation: Expr = ONE,
) -> Tensor:
    """``Y[i] = max_a X[s i + d a - P]``; padding never counts as an entry."""
    t = as_tensor(X, "X")
    sliding = pooling_windows(axes, t.shape, kernel_size, stride, padding, dilation)
    result = Tensor.of(_outputs(t, sliding), lambda *at: largest(t, sliding, at, ()))
    return _existing(t, sliding, result)


def largest(t: Tensor, sliding: tuple[Window, ...], at: tuple[Expr, ...], a: tuple[Expr, ...]) -> Expr:
    """max over the remaining axes of the window; positions in the padding are left out."""
    if len(a) == len(sliding):
        return t.formula(*at[: -len(sliding)], *positions(sliding, at, a))
    w, i = sliding[len(a)], at[len(at) - len(sliding) + len(a)]
    return over_axis(
        "max",
        w.k,
        lambda b: largest(t, sliding, at, (*a, b)),
        condition=lambda b: w.inside(w.at(i, b)),
    )


def avg_pool(
    axes: int,
    X: Meaning,
    kernel_size: Expr | None,
    stride: Expr | None = None,
    padding: Expr = ZERO,
    count_include_pad: Expr = TRUE,
) -> Tensor:
    """``Y[i] = (Σ_a X[s i + a - P])/k``; without ``count_include_pad`` over the entries that there are."""
    t = as_tensor(X, "X")
    sliding = pooling_windows(axes, t.shape, kernel_size, stride, padding)
    kernel = tuple(w.k for w in sliding)
    counts_padding = flag_option(count_include_pad, "count_include_pad")

    def value(*at: Expr) -> Expr:
        lead = at[: -len(sliding)]
        total = over_kernel(
            "sum",
            kernel,
            lambda *a: read_padded(lambda *p: t.formula(*lead, *p), sliding, positions(sliding, at, a)),
        )
        return divide(total, mul(*kernel) if counts_padding else _inside_count(sliding, at))

    return _existing(t, sliding, Tensor.of(_outputs(t, sliding), value))


def _inside_count(sliding: tuple[Window, ...], at: tuple[Expr, ...]) -> Expr:
    """How many positions of the window lie in the input."""

    def one(*a: Expr) -> Expr:
        reached = positions(sliding, at, a)
        inside = conjunction(*(w.inside(p) for w, p in zip(sliding, reached, strict=True)))
        return cases(((inside, ONE),), ZERO)

    return over_kernel("sum", tuple(w.k for w in sliding), one)


def lp_pool(
    axes: int, X: Meaning, norm_type: Expr, kernel_size: Expr | None, stride: Expr | None = None
) -> Tensor:
    """``Y[i] = (Σ_a X[s i + a]^p)^(1/p)``; for p = oo the largest entry."""
    t = as_tensor(X, "X")
    p = scalar_option(norm_type, "norm_type")
    if p == INFINITY:
        return max_pool(axes, X, kernel_size, stride)
    sliding = pooling_windows(axes, t.shape, kernel_size, stride)
    kernel = tuple(w.k for w in sliding)

    def total(at: tuple[Expr, ...]) -> Expr:
        lead = at[: -len(sliding)]
        return over_kernel("sum", kernel, lambda *a: power(t.formula(*lead, *positions(sliding, at, a)), p))

    root = divide(ONE, p)
    result = Tensor.of(_outputs(t, sliding), lambda *at: power(total(at), root))
    at = result.indices
    lead = at[: -len(sliding)]
    each = over_kernel(
        "forall", kernel, lambda *a: power_exists(t.formula(*lead, *positions(sliding, at, a)), p)
    )
    whole = power_exists(add(total(at), ZERO), root)
    return _existing(t, sliding, result.where(conjunction(each, whole)))
