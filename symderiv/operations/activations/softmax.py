"""Softmax, log-softmax and log-sum-exp along an axis (the last one, if none is said).

    softmax(x)_i = exp(x_i) / Σ_j exp(x_j),        ∂p_i/∂x_j = p_i (δ_ij - p_j);    softmin(x) = softmax(-x)
    log_softmax(x)_i = x_i - log Σ_j exp(x_j),     ∂/∂x_j    = δ_ij - p_j
    logsumexp(x) = log Σ_j exp(x_j),               ∂/∂x_j    = p_j

Source: Bishop, Pattern Recognition and Machine Learning (2006), eq. 4.104 to 4.106.
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.errors import ShapeError
from symderiv.expression.build import divide, function, negative, subtract
from symderiv.expression.tree import ONE, TRUE, ZERO, Apply, Expr, Number
from symderiv.operations.declaring.bound import forall, over_axis
from symderiv.operations.declaring.forms import array_of, call, delta, deltas, entry, minus, shape_of, times
from symderiv.operations.declaring.operation import Example, Operation, array, option
from symderiv.operations.declaring.options import flag_option, one_axis
from symderiv.operations.declaring.shapes import as_tensor
from symderiv.tensor import Meaning, Tensor


def _axis(axis: Expr | None, rank: int) -> int:
    if rank == 0:
        raise ShapeError("softmax and log-sum-exp need an array, not a number")
    return rank - 1 if axis is None else one_axis(axis, rank)


def exponential_sum(t: Tensor, along: int, at: tuple[Expr, ...]) -> Expr:
    """Σ_k exp(t[…, k, …]) for the entry at ``at``."""
    return over_axis(
        "sum", t.shape[along], lambda k: function("exp", t.formula(*at[:along], k, *at[along + 1 :]))
    )


def line_exists(t: Tensor, along: int, at: tuple[Expr, ...]) -> Expr:
    """Every entry on the line through ``at`` along an axis exists."""
    return forall(t.shape[along], lambda k: t.condition(*at[:along], k, *at[along + 1 :]))


def _along(value: Callable[[Expr, Expr], Expr]) -> Callable[..., Tensor]:
    """``value(entry, Σ exp)`` at every entry."""

    def forward(x: Meaning, axis: Expr | None = None) -> Tensor:
        t = as_tensor(x)
        along = _axis(axis, t.rank)
        result = Tensor.of(t.shape, lambda *at: value(t.formula(*at), exponential_sum(t, along, at)))
        return result.where(line_exists(t, along, result.indices))

    return forward


softmax = _along(lambda x, total: divide(function("exp", x), total))
log_softmax = _along(lambda x, total: subtract(x, function("log", total)))


def logsumexp(x: Meaning, axis: Expr | None = None, keepdims: Expr | None = None) -> Tensor:
    """log Σ_j exp(x_j): of a vector a number, of an array one axis less, or of one place."""
    t = as_tensor(x)
    along = _axis(axis, t.rank)
    kept = keepdims is not None and flag_option(keepdims, "keepdims")
    shape = t.shape[:along] + (ONE,) * kept + t.shape[along + 1 :]

    def insert(at: tuple[Expr, ...]) -> tuple[Expr, ...]:
        return (*at[:along], t.shape[along], *at[along + kept :])

    result = Tensor.of(shape, lambda *at: function("log", exponential_sum(t, along, insert(at))))
    return result.where(line_exists(t, along, insert(result.indices)))


def _probabilities(x: Expr, axis: Expr | None) -> Expr:
    return Apply("softmax", (x,), () if axis is None else (("axis", axis),))


def _same_line(along: int, output: tuple[Expr, ...], read: tuple[Expr, ...]) -> Expr:
    """Deltas for every axis but the one that softmax runs along."""
    return deltas(output[:along] + output[along + 1 :], read[:along] + read[along + 1 :])


def softmin(x: Meaning, axis: Expr | None = None) -> Tensor:
    """softmax(-x)"""
    t = as_tensor(x)
    return softmax(Tensor(t.shape, t.indices, negative(t.value), t.defined), axis)


def _softmin_made_of(x: Expr, axis: Expr | None = None) -> Expr:
    return _probabilities(call("neg", x), axis)


def softmax_jacobian(x: Expr, axis: Expr | None = None) -> Expr:
    """diag(p) - p pᵀ of a vector; p[i,j] (δ(j,l) - p[i,l]) δ(i,k) of the rows of a matrix."""
    p, shape = _probabilities(x, axis), shape_of(x)
    if len(shape) == 1:
        return minus(call("diag", p), times(p, call("transpose", p)))
    along = _axis(axis, len(shape))

    def value(*at: Expr) -> Expr:
        i, j = at[: len(shape)], at[len(shape) :]
        return times(_same_line(along, i, j), entry(p, *i), minus(delta(i[along], j[along]), entry(p, *j)))

    return array_of((*shape, *shape), value, x)


def log_softmax_jacobian(x: Expr, axis: Expr | None = None) -> Expr:
    """δ_ij - p_j: the unit matrix minus 1 pᵀ of a vector."""
    p, shape = _probabilities(x, axis), shape_of(x)
    if len(shape) == 1:
        return minus(call("eye", shape[0]), times(call("ones", shape[0]), call("transpose", p)))
    along = _axis(axis, len(shape))

    def value(*at: Expr) -> Expr:
        i, j = at[: len(shape)], at[len(shape) :]
        return times(_same_line(along, i, j), minus(delta(i[along], j[along]), entry(p, *j)))

    return array_of((*shape, *shape), value, x)


def logsumexp_jacobian(x: Expr, axis: Expr | None = None, keepdims: Expr | None = None) -> Expr:
    """The probabilities p."""
    p, shape = _probabilities(x, axis), shape_of(x)
    kept = keepdims == TRUE
    if len(shape) == 1 and not kept:
        return p
    along = _axis(axis, len(shape))
    outputs = shape[:along] + (ONE,) * kept + shape[along + 1 :]

    def value(*at: Expr) -> Expr:
        i, j = at[: len(outputs)], at[len(outputs) :]
        return times(deltas(i[:along] + i[along + kept :], j[:along] + j[along + 1 :]), entry(p, *j))

    return array_of((*outputs, *shape), value, x)


def softmax_back(G: Expr, x: Expr, axis: Expr | None = None) -> Expr | None:
    """p ⊙ (G - Gᵀ p) of a vector; p ⊙ (G - s 1ᵀ) of the rows of a matrix, s the sums of G ⊙ p along them."""
    p, shape = _probabilities(x, axis), shape_of(x)
    if len(shape) == 1:
        return call("hadamard", p, minus(G, times(call("transpose", G), p)))
    if len(shape) != 2:
        return None
    return call("hadamard", p, minus(G, _spread(call("hadamard", G, p), shape, axis)))


def log_softmax_back(G: Expr, x: Expr, axis: Expr | None = None) -> Expr | None:
    """G - (Σ G) p of a vector; G - (s 1ᵀ) ⊙ p of the rows of a matrix, s the sums of G along them."""
    p, shape = _probabilities(x, axis), shape_of(x)
    if len(shape) == 1:
        return minus(G, times(call("sum", G), p))
    return minus(G, call("hadamard", _spread(G, shape, axis), p)) if len(shape) == 2 else None


def _spread(A: Expr, shape: tuple[Expr, ...], axis: Expr | None) -> Expr:
    """The sums along the rows (or the columns) of a matrix, each in every place of its row (its column)."""
    along = _axis(axis, 2)
    sums, ones = call("sum", A, axis=Number(along)), call("ones", shape[along])
    return times(sums, call("transpose", ones)) if along else times(ones, call("transpose", sums))


_PARAMETERS = (array("x"), option("axis"))
_EXAMPLES: tuple[Example, ...] = ({"x": (2,)}, {"x": (3,)}, {"x": (2, 3)}, {"x": (2, 3), "axis": ZERO})

SOFTMAX = (
    Operation(
        "softmax",
        _PARAMETERS,
        softmax,
        jacobians={"x": softmax_jacobian},
        vjps={"x": softmax_back},
        formula="exp(x_i) / Σ_j exp(x_j)",
        examples=_EXAMPLES,
    ),
    Operation(
        "softmin",
        _PARAMETERS,
        softmin,
        made_of=_softmin_made_of,
        formula="exp(-x_i) / Σ_j exp(-x_j)",
        examples=_EXAMPLES,
    ),
    Operation(
        "log_softmax",
        _PARAMETERS,
        log_softmax,
        jacobians={"x": log_softmax_jacobian},
        vjps={"x": log_softmax_back},
        formula="x_i - log Σ_j exp(x_j)",
        examples=_EXAMPLES,
    ),
    Operation(
        "logsumexp",
        (*_PARAMETERS, option("keepdims")),
        logsumexp,
        jacobians={"x": logsumexp_jacobian},
        formula="log Σ_j exp(x_j)",
        examples=(*_EXAMPLES, {"x": (2, 3), "axis": ZERO, "keepdims": TRUE}, {"x": (2,), "keepdims": TRUE}),
    ),
)
