"""Transposed convolution: the transpose of a convolution's matrix, as PyTorch means it.

    Y[b,n,i] = bias[n] + Σ_c Σ_a X[b,c,u] K[c,n,a]     over the u with  s u + d a - P = i

so each input entry is spread over the outputs that a convolution would have read it from. There are
``s (n - 1) - 2P + d (k - 1) + 1 + P'`` outputs, P' the output padding. Shapes: X (C, n…) or (B, C, n…) with
K (C, N/G, k…) and bias (N); or X (n…) with K (k…).
Source: PyTorch, torch.nn.functional.conv_transpose2d; Dumoulin and Visin (2016), §4.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from symderiv.errors import ShapeError
from symderiv.expression.build import (
    add,
    cases,
    compare,
    conjunction,
    disjunction,
    divide,
    mul,
    negation,
    negative,
    subtract,
)
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import ONE, TRUE, ZERO, BinderKind, Expr, Number
from symderiv.operations.convolution.channels import Channelled
from symderiv.operations.convolution.window import at_least_one, not_negative, over_kernel, quotient
from symderiv.operations.declaring.bound import over_axis
from symderiv.operations.declaring.options import groups_option, per_axis
from symderiv.operations.declaring.shapes import as_tensor, one_entry, same_shape, same_size
from symderiv.operations.declaring.sizes import doesnt_divide, tidy_size
from symderiv.tensor import Meaning, Tensor


@dataclass(frozen=True, slots=True)
class Spread:
    """One axis: input u and kernel entry a meet at output s u + d a - P."""

    n: Expr
    k: Expr
    stride: Expr
    padding: Expr
    extra: Expr
    dilation: Expr

    @property
    def outputs(self) -> Expr:
        reach = mul(self.dilation, subtract(self.k, ONE))
        spread = mul(self.stride, subtract(self.n, ONE))
        return tidy_size(add(spread, mul(Number(-2), self.padding), reach, ONE, self.extra))

    def lag(self, i: Expr, a: Expr) -> Expr:
        """s u, where output i meets kernel entry a: i + P - d a."""
        return add(i, self.padding, negative(mul(self.dilation, a)))

    def source(self, i: Expr, a: Expr) -> Expr:
        return quotient(self.lag(i, a), self.stride)

    def meets(self, i: Expr, a: Expr) -> Expr:
        """Whether there is such an input u."""
        u = self.source(i, a)
        whole = TRUE if self.stride == ONE else compare("eq", mul(self.stride, u), self.lag(i, a))
        return conjunction(whole, compare("le", ZERO, u), compare("le", u, subtract(self.n, ONE)))


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where an input entry and a kernel entry make a term of an output, and which entries these are."""

    guard: Expr
    x: tuple[Expr, ...]
    k: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Transposed(Channelled):
    """How input, kernel and options of a transposed convolution fit together."""

    spreads: tuple[Spread, ...]
    groups: Expr

    @property
    def axes(self) -> int:
        return len(self.spreads)

    @property
    def filters(self) -> tuple[Expr, ...]:
        return () if self.bare else (mul(self.groups, self.k_shape[1]),)

    @property
    def shape(self) -> tuple[Expr, ...]:
        return (*self.batch, *self.filters, *(s.outputs for s in self.spreads))

    @property
    def channels(self) -> Expr:
        """Input channels that one output channel reads: C/G."""
        return tidy_size(divide(self.k_shape[0], self.groups))

    def meeting(self, at: tuple[Expr, ...], c: tuple[Expr, ...], a: tuple[Expr, ...]) -> Meeting:
        """What output ``at`` takes from channel c of its group with kernel entry a."""
        batch, filters, i = self.split(at)
        guard = conjunction(*(s.meets(p, q) for s, p, q in zip(self.spreads, i, a, strict=True)))
        source = tuple(s.source(p, q) for s, p, q in zip(self.spreads, i, a, strict=True))
        if self.bare:
            return Meeting(guard, source, a)
        n, per_group = filters[0], self.k_shape[1]
        group = ZERO if self.groups == ONE else quotient(n, per_group)
        channel = add(mul(group, self.channels), *c)
        inner = subtract(n, mul(group, per_group))
        return Meeting(guard, (*batch, channel, *source), (channel, inner, *a))


def transposed(
    axes: int,
    x_shape: tuple[Expr, ...],
    k_shape: tuple[Expr, ...],
    stride: Expr = ONE,
    padding: Expr = ZERO,
    output_padding: Expr = ZERO,
    groups: Expr = ONE,
    dilation: Expr = ONE,
) -> Transposed:
    """The setting, or a ShapeError that says which shapes go together."""
    x, k, g = len(x_shape), len(k_shape), groups_option(groups)
    if (x, k) != (axes, axes) and (k != axes + 2 or x not in (axes + 1, axes + 2)):
        raise ShapeError(
            f"conv_transpose{axes}d can't spread an input of rank {x} with a kernel of rank {k}",
            expected="X (C, …) or (B, C, …) and K (C, N, …), or both without channels",
        )
    each = zip(
        x_shape[-axes:],
        k_shape[-axes:],
        per_axis(stride, axes, "stride"),
        per_axis(padding, axes, "padding"),
        per_axis(output_padding, axes, "output_padding"),
        per_axis(dilation, axes, "dilation"),
        strict=True,
    )
    spreads = tuple(Spread(*sizes) for sizes in each)
    at_least_one("stride", tuple(s.stride for s in spreads))
    at_least_one("dilation", tuple(s.dilation for s in spreads))
    not_negative("padding", tuple(s.padding for s in spreads))
    not_negative("output_padding", tuple(s.extra for s in spreads))
    setting = Transposed(x_shape, k_shape, spreads, g)
    _check(setting)
    return setting


def _check(setting: Transposed) -> None:
    for s in setting.spreads:
        if isinstance(s.outputs, Number) and s.outputs.value < 1:
            raise ShapeError("nothing is left of the output", cure="take less padding")
        known = [p for p in (s.extra, s.stride, s.dilation) if isinstance(p, Number)]
        if len(known) == 3 and known[0].value >= max(known[1].value, known[2].value):
            raise ShapeError(
                "output_padding is too large", expected="output_padding smaller than stride or dilation"
            )
    if setting.bare:
        if setting.groups != ONE:
            raise ShapeError("groups need channels", expected="X (C, …) and K (C, N/groups, …)")
        return
    channels = setting.x_shape[-setting.axes - 1]
    if not same_size(channels, setting.k_shape[0]):
        raise ShapeError(
            "the kernel spreads other channels than the input has", expected="X (C, …) and K (C, N/groups, …)"
        )
    if setting.groups != ONE and doesnt_divide(setting.groups, channels):
        raise ShapeError(f"{to_text(setting.groups)} groups don't divide {to_text(channels)} channels")


def spread_forward(axes: int, X: Meaning, K: Meaning, bias: Meaning | None = None, *options: Expr) -> Tensor:
    """Y as the module's formula says."""
    x, k = as_tensor(X, "X"), as_tensor(K, "K")
    if not x.rank and k.rank == axes:
        x = one_entry(x, axes)
    setting = transposed(axes, x.shape, k.shape, *options)
    b = None if bias is None else as_tensor(bias, "bias")
    if b is not None and not same_shape(b.shape, setting.filters):
        raise ShapeError(
            f"a bias of shape {b.shape_text} does not fit", expected="one number an output channel"
        )

    def term(meeting: Meeting) -> Expr:
        return cases(((meeting.guard, mul(x.formula(*meeting.x), k.formula(*meeting.k))),), ZERO)

    def reads(meeting: Meeting) -> Expr:
        there = conjunction(x.condition(*meeting.x), k.condition(*meeting.k))
        return disjunction(negation(meeting.guard), there)

    def value(*at: Expr) -> Expr:
        added = () if b is None else (b.formula(*setting.split(at)[1]),)
        return add(_over_meetings("sum", setting, at, term), *added)

    result = Tensor.of(setting.shape, value)
    if b is not None:
        result = result.where(b.condition(*setting.split(result.indices)[1]))
    if x.defined == TRUE and k.defined == TRUE:
        return result
    return result.where(_over_meetings("forall", setting, result.indices, reads))


def _over_meetings(
    kind: BinderKind, setting: Transposed, at: tuple[Expr, ...], body: Callable[[Meeting], Expr]
) -> Expr:
    """Over every channel of the group and every kernel entry."""
    if setting.bare:
        return over_kernel(kind, setting.k_shape, lambda *a: body(setting.meeting(at, (), a)))
    return over_axis(
        kind,
        setting.channels,
        lambda c: over_kernel(kind, setting.k_shape[2:], lambda *a: body(setting.meeting(at, (c,), a))),
    )
