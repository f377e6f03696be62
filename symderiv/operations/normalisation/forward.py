"""Normalisation: to mean 0 and variance 1 over chosen axes, or to mean square 1; then scaled and shifted.

    batch_norm(X): x̂ = (X - μ) / √(σ² + ε), γ x̂ + β, with μ and σ² (population) over ``axis``
    layer_norm(x): the same over the last axis, γ and β one number an entry
    rms_norm(x):   x / √(mean(x²) + ε), γ x̂, over the last axis

batch_norm averages over every axis but the channels: over 0 of (B) and (B, C), over (0, 2, 3) of
(B, C, H, W), unless ``axis`` says others; γ and β have the axes that are kept. ε is 0 unless given.
Sources: Ioffe and Szegedy (2015); Ba, Kiros and Hinton (2016); Zhang and Sennrich (2019).
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.errors import ShapeError
from symderiv.expression.build import add, conjunction, divide, mul, power, sqrt, subtract
from symderiv.expression.tree import ZERO, Expr, Number
from symderiv.operations.convolution.window import over_kernel
from symderiv.operations.declaring.existence import positive
from symderiv.operations.declaring.options import axes_option, scalar_option
from symderiv.operations.declaring.shapes import as_tensor, same_shape
from symderiv.operations.losses.forward import every_entry
from symderiv.tensor import Meaning, Tensor

TWO = Number(2)


def batch_axes(axis: Expr | None, rank: int) -> tuple[int, ...]:
    """The axes to average over: all but the channels, which are axis 1."""
    if rank == 0:
        raise ShapeError("a number can't be normalised", expected="an array")
    return axes_option(axis, rank, (0, *range(2, rank)))


class Line:
    """All entries that are averaged together with the one at ``at``."""

    def __init__(self, t: Tensor, axes: tuple[int, ...], at: tuple[Expr, ...]) -> None:
        self.t, self.axes, self.at = t, axes, at
        self.sizes = tuple(t.shape[axis] for axis in axes)

    def place(self, moved: tuple[Expr, ...]) -> tuple[Expr, ...]:
        found = list(self.at)
        for axis, k in zip(self.axes, moved, strict=True):
            found[axis] = k
        return tuple(found)

    def mean(self, value: Callable[[Expr], Expr]) -> Expr:
        """(1/N) Σ value(x)"""
        total = over_kernel("sum", self.sizes, lambda *k: value(self.t.formula(*self.place(k))))
        return divide(total, mul(*self.sizes))

    def variance(self) -> Expr:
        """(1/N) Σ (x - μ)²"""
        mu = self.mean(lambda x: x)
        return self.mean(lambda x: power(subtract(x, mu), TWO))

    def exists(self) -> Expr:
        return every_entry(self.sizes, lambda *k: self.t.condition(*self.place(k)))


def scaled(
    t: Tensor,
    line_of: Callable[[tuple[Expr, ...]], Line],
    normal: Callable[[Line, tuple[Expr, ...]], tuple[Expr, Expr]],
    kept: Callable[[tuple[Expr, ...]], tuple[Expr, ...]],
    gamma: Tensor | None,
    beta: Tensor | None,
) -> Tensor:
    """γ x / r + β, where ``normal`` gives the centred entry and r² of the line through an entry."""

    def value(*at: Expr) -> Expr:
        centred, square = normal(line_of(at), at)
        scale = () if gamma is None else (gamma.formula(*kept(at)),)
        shift = () if beta is None else (beta.formula(*kept(at)),)
        return add(mul(*scale, divide(centred, sqrt(square))), *shift)

    result = Tensor.of(t.shape, value)
    at = result.indices
    line = line_of(at)
    own = [part.condition(*kept(at)) for part in (gamma, beta) if part is not None]
    return result.where(conjunction(line.exists(), positive(normal(line, at)[1]), *own))


def lines(t: Tensor, axes: tuple[int, ...]) -> Callable[[tuple[Expr, ...]], Line]:
    """The line along these axes through an entry."""
    return lambda at: Line(t, axes, at)


def parameter_of(value: Meaning | None, shape: tuple[Expr, ...], name: str) -> Tensor | None:
    """γ or β, one number for each entry of this shape."""
    if value is None:
        return None
    t = as_tensor(value, name)
    if not same_shape(t.shape, shape):
        expected = Tensor.of(shape, lambda *_: ZERO).shape_text
        raise ShapeError(f"{name} of shape {t.shape_text} does not fit", expected=f"shape {expected}")
    return t


def standard(epsilon: Expr) -> Callable[[Line, tuple[Expr, ...]], tuple[Expr, Expr]]:
    """x - μ and σ² + ε of the line through an entry."""

    def normal(line: Line, at: tuple[Expr, ...]) -> tuple[Expr, Expr]:
        centred = subtract(line.t.formula(*at), line.mean(lambda x: x))
        return centred, add(line.variance(), epsilon)

    return normal


def _root_mean_square(epsilon: Expr) -> Callable[[Line, tuple[Expr, ...]], tuple[Expr, Expr]]:
    def normal(line: Line, at: tuple[Expr, ...]) -> tuple[Expr, Expr]:
        return line.t.formula(*at), add(line.mean(lambda x: power(x, TWO)), epsilon)

    return normal


def batch_norm(
    X: Meaning,
    gamma: Meaning | None = None,
    beta: Meaning | None = None,
    axis: Expr | None = None,
    eps: Expr = ZERO,
) -> Tensor:
    """``gamma (x - μ)/√(σ² + eps) + beta``, μ and σ² over ``axis``, by default over all but the channels."""
    t = as_tensor(X, "X")
    axes = batch_axes(axis, t.rank)
    shape = tuple(n for k, n in enumerate(t.shape) if k not in axes)

    def kept(at: tuple[Expr, ...]) -> tuple[Expr, ...]:
        return tuple(index for k, index in enumerate(at) if k not in axes)

    normal = standard(scalar_option(eps, "eps"))
    own = parameter_of(gamma, shape, "gamma"), parameter_of(beta, shape, "beta")
    return scaled(t, lines(t, axes), normal, kept, *own)


def _over_last(
    t: Tensor,
    normal: Callable[[Line, tuple[Expr, ...]], tuple[Expr, Expr]],
    gamma: Meaning | None,
    beta: Meaning | None,
) -> Tensor:
    if t.rank == 0:
        raise ShapeError("a number can't be normalised", expected="an array")
    shape = t.shape[-1:]
    return scaled(
        t,
        lines(t, (t.rank - 1,)),
        normal,
        lambda at: at[-1:],
        parameter_of(gamma, shape, "gamma"),
        parameter_of(beta, shape, "beta"),
    )


def layer_norm(
    x: Meaning, gamma: Meaning | None = None, beta: Meaning | None = None, eps: Expr = ZERO
) -> Tensor:
    """γ ⊙ (x - mean x)/√(var x + ε) + β, over the last axis."""
    return _over_last(as_tensor(x, "x"), standard(scalar_option(eps, "eps")), gamma, beta)


def rms_norm(x: Meaning, gamma: Meaning | None = None, eps: Expr = ZERO) -> Tensor:
    """γ ⊙ x/√(mean x² + ε), over the last axis."""
    return _over_last(as_tensor(x, "x"), _root_mean_square(scalar_option(eps, "eps")), gamma, None)
