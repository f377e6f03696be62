"""conv1d, conv2d, conv3d as PyTorch means them: cross-correlation, the kernel isn't flipped.

    H[b,n,i] = bias[n] + Σ_c Σ_a X[b, g(n)·C/G + c, s·i + d·a - P] K[n,c,a],      g(n) = ⌊n G / N⌋

with one index i, a an axis, X zero in the padding. Shapes: X (C, n…) or (B, C, n…) with K (N, C/G, k…) and
bias (N); or a bare X (n…) with a bare K (k…), one channel in and one out, bias a number.
Source: PyTorch, torch.nn.functional.conv2d; Goodfellow, Bengio, Courville, Deep Learning (2016), §9.1.
"""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.errors import ShapeError
from symderiv.expression.build import add, conjunction, disjunction, divide, mul, negation
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import ONE, TRUE, ZERO, Expr
from symderiv.operations.convolution.channels import Channelled
from symderiv.operations.convolution.window import Window, over_kernel, quotient, read_padded, windows
from symderiv.operations.declaring.bound import forall, over_axis
from symderiv.operations.declaring.options import groups_option
from symderiv.operations.declaring.shapes import as_tensor, same_size
from symderiv.operations.declaring.sizes import doesnt_divide, tidy_size
from symderiv.tensor import Meaning, Tensor


@dataclass(frozen=True, slots=True)
class Convolution(Channelled):
    """How input, kernel and options fit together: what every formula of this file needs."""

    windows: tuple[Window, ...]
    groups: Expr = ONE

    @property
    def axes(self) -> int:
        return len(self.windows)

    @property
    def filters(self) -> tuple[Expr, ...]:
        """(N,), or () for a bare convolution."""
        return () if self.bare else self.k_shape[:1]

    @property
    def channels(self) -> Expr:
        """Channels that one filter reads: C/G."""
        return ONE if self.bare else self.k_shape[1]

    @property
    def kernel(self) -> tuple[Expr, ...]:
        return self.k_shape[-self.axes :]

    @property
    def outputs(self) -> tuple[Expr, ...]:
        return tuple(w.outputs for w in self.windows)

    @property
    def shape(self) -> tuple[Expr, ...]:
        return (*self.batch, *self.filters, *self.outputs)

    def channel(self, n: Expr, c: Expr) -> Expr:
        """The input channel that filter n reads as its channel c."""
        return c if self.groups == ONE else add(self.first_channel(n), c)

    def first_channel(self, n: Expr) -> Expr:
        """g(n) C/G: where the channels begin that filter n reads."""
        return ZERO if self.groups == ONE else mul(quotient(n, self.filters_of_a_group), self.channels)

    @property
    def filters_of_a_group(self) -> Expr:
        """N/G"""
        return tidy_size(divide(self.filters[0], self.groups))


def convolution(
    axes: int,
    x_shape: tuple[Expr, ...],
    k_shape: tuple[Expr, ...],
    stride: Expr = ONE,
    padding: Expr = ZERO,
    dilation: Expr = ONE,
    groups: Expr = ONE,
) -> Convolution:
    """The setting, or a ShapeError that says which shapes go together."""
    g = groups_option(groups)
    _fitting_ranks(axes, len(x_shape), len(k_shape))
    sliding = windows(x_shape[-axes:], k_shape[-axes:], stride, padding, dilation)
    setting = Convolution(x_shape, k_shape, sliding, g)
    _fitting_channels(setting)
    return setting


def _fitting_ranks(axes: int, x: int, k: int) -> None:
    if (x, k) != (axes, axes) and (k != axes + 2 or x not in (axes + 1, axes + 2)):
        spatial = ", ".join("nmo"[:axes])
        kernel = ", ".join(["k"] * axes)
        raise ShapeError(
            f"conv{axes}d can't slide a kernel of rank {k} over an input of rank {x}",
            expected=f"X ({spatial}) with K ({kernel}), or X (C, {spatial}) or (B, C, {spatial}) "
            f"with K (N, C, {kernel})",
        )


def _fitting_channels(setting: Convolution) -> None:
    if setting.bare:
        if setting.groups != ONE:
            raise ShapeError("groups need channels", expected="X (C, …) and K (N, C/groups, …)")
        return
    g = setting.groups
    read = mul(g, setting.channels)
    held = setting.x_shape[-setting.axes - 1]
    if not same_size(read, held):
        raise ShapeError(
            f"the kernel reads {to_text(read)} channels, the input has {to_text(held)}",
            expected="K (N, C/groups, …) for an input of C channels",
            cure="groups must divide the channels" if g != ONE else "",
        )
    if g != ONE and doesnt_divide(g, setting.filters[0]):
        raise ShapeError(
            f"{to_text(g)} groups don't divide {to_text(setting.filters[0])} filters",
            expected="groups that divide both",
        )


def convolve_forward(
    axes: int,
    X: Meaning,
    K: Meaning,
    bias: Meaning | None = None,
    stride: Expr = ONE,
    padding: Expr = ZERO,
    dilation: Expr = ONE,
    groups: Expr = ONE,
) -> Tensor:
    """H as the module's formula says."""
    x, k = as_tensor(X, "X"), as_tensor(K, "K")
    setting = convolution(axes, x.shape, k.shape, stride, padding, dilation, groups)
    b = _checked_bias(None if bias is None else as_tensor(bias, "bias"), setting)

    def value(*at: Expr) -> Expr:
        return add(_sum_of_products(x, k, setting, at), *_bias(b, setting, at))

    result = Tensor.of(setting.shape, value)
    return result.where(_defined(x, k, b, setting, result.indices))


def _sum_of_products(x: Tensor, k: Tensor, setting: Convolution, at: tuple[Expr, ...]) -> Expr:
    batch, filters, i = setting.split(at)

    def term(lead: tuple[Expr, ...], kernel_lead: tuple[Expr, ...], *a: Expr) -> Expr:
        positions = tuple(w.at(p, q) for w, p, q in zip(setting.windows, i, a, strict=True))
        read = read_padded(lambda *p: x.formula(*lead, *p), setting.windows, positions)
        return mul(read, k.formula(*kernel_lead, *a))

    if setting.bare:
        return over_kernel("sum", setting.kernel, lambda *a: term((), (), *a))
    n = filters[0]
    return over_axis(
        "sum",
        setting.channels,
        lambda c: over_kernel(
            "sum", setting.kernel, lambda *a: term((*batch, setting.channel(n, c)), (n, c), *a)
        ),
    )


def _checked_bias(bias: Tensor | None, setting: Convolution) -> Tensor | None:
    if bias is None:
        return None
    expected = setting.filters
    if bias.rank != len(expected) or not all(
        same_size(m, n) for m, n in zip(bias.shape, expected, strict=True)
    ):
        raise ShapeError(
            f"a bias of shape {bias.shape_text} does not fit", expected="one number for each filter"
        )
    return bias


def _bias(bias: Tensor | None, setting: Convolution, at: tuple[Expr, ...]) -> tuple[Expr, ...]:
    return () if bias is None else (bias.formula(*setting.split(at)[1]),)


def _defined(x: Tensor, k: Tensor, bias: Tensor | None, setting: Convolution, at: tuple[Expr, ...]) -> Expr:
    """An output exists where everything that it reads exists."""
    batch, filters, i = setting.split(at)
    parts = [TRUE if bias is None else bias.condition(*filters)]

    def reads(lead: tuple[Expr, ...], kernel_lead: tuple[Expr, ...], *a: Expr) -> Expr:
        positions = tuple(w.at(p, q) for w, p, q in zip(setting.windows, i, a, strict=True))
        inside = conjunction(*(w.inside(p) for w, p in zip(setting.windows, positions, strict=True)))
        there = disjunction(negation(inside), x.condition(*lead, *positions))
        return conjunction(there, k.condition(*kernel_lead, *a))

    if x.defined == TRUE and k.defined == TRUE:
        return conjunction(*parts)
    if setting.bare:
        return conjunction(*parts, over_kernel("forall", setting.kernel, lambda *a: reads((), (), *a)))
    n = filters[0]
    return conjunction(
        *parts,
        forall(
            setting.channels,
            lambda c: over_kernel(
                "forall", setting.kernel, lambda *a: reads((*batch, setting.channel(n, c)), (n, c), *a)
            ),
        ),
    )
