"""Weights put together from a direction and a length, or divided by their largest stretch.

    weight_norm(V, g)      = g_i V_i/‖V_i‖ for each row i (of a vector: g v/‖v‖)
    spectral_norm(W, u, v) = W/(uᵀ W v), u and v the singular vectors that a power iteration gave

Sources: Salimans and Kingma (2016); Miyato et al. (2018), where no derivative is taken by u and v.
"""

from __future__ import annotations

from symderiv.errors import ShapeError
from symderiv.expression.build import conjunction, divide, mul, power, sqrt
from symderiv.expression.tree import ONE, Expr, Number
from symderiv.operations.convolution.window import over_kernel
from symderiv.operations.declaring.bound import over_axis
from symderiv.operations.declaring.existence import nonzero, positive
from symderiv.operations.declaring.forms import (
    array_of,
    call,
    deltas,
    entry,
    minus,
    over,
    shape_of,
    squared,
    times,
)
from symderiv.operations.declaring.operation import Operation, array
from symderiv.operations.declaring.shapes import as_tensor, same_shape
from symderiv.operations.losses.forward import every_entry
from symderiv.tensor import Meaning, Tensor

TWO = Number(2)


def weight_norm(V: Meaning, g: Meaning) -> Tensor:
    """g_i V[i, j]/√(Σ_k V[i, k]²)"""
    v, length = as_tensor(V, "V"), as_tensor(g, "g")
    if v.rank not in (1, 2) or not same_shape(length.shape, v.shape[:-1]):
        raise ShapeError(
            f"weight_norm of {v.described} with {length.described}",
            expected="rows and a length for each, or a vector and a number",
        )
    d = v.shape[-1]

    def square(row: tuple[Expr, ...]) -> Expr:
        each = (
            (lambda k: power(v.formula(k), TWO)) if not row else (lambda k: mul(*(v.formula(*row, k),) * 2))
        )
        return over_axis("sum", d, each)

    def value(*at: Expr) -> Expr:
        return divide(mul(length.formula(*at[:-1]), v.formula(*at)), sqrt(square(at[:-1])))

    result = Tensor.of(v.shape, value)
    row = result.indices[:-1]
    there = every_entry((d,), lambda k: v.condition(*row, k))
    return result.where(conjunction(there, length.condition(*row), positive(square(row))))


def _weight_made_of(V: Expr, g: Expr) -> Expr:
    shape = shape_of(V)
    if len(shape) == 1:
        return times(over(g, call("norm", V)), V)
    lengths = call("sqrt", call("sum", call("hadamard", V, V), axis=ONE))
    beside = times(over(g, lengths), call("transpose", call("ones", shape[1])))
    return call("hadamard", V, beside)


def spectral_norm(W: Meaning, u: Meaning, v: Meaning) -> Tensor:
    """W[i, j]/(Σ_ij u[i] W[i, j] v[j])"""
    w, left, right = as_tensor(W, "W"), as_tensor(u, "u"), as_tensor(v, "v")
    if w.rank != 2 or not same_shape((*left.shape, *right.shape), w.shape) or left.rank != 1:
        raise ShapeError(
            f"spectral_norm of {w.described} with {left.described} and {right.described}",
            expected="W (n, d), u (n) and v (d)",
        )
    sigma = over_kernel("sum", w.shape, lambda i, j: mul(left.formula(i), w.formula(i, j), right.formula(j)))
    there = every_entry(
        w.shape, lambda i, j: conjunction(left.condition(i), w.condition(i, j), right.condition(j))
    )
    return Tensor.of(w.shape, lambda *at: divide(w.formula(*at), sigma)).where(
        conjunction(there, nonzero(sigma))
    )


def _spectral_made_of(W: Expr, u: Expr, v: Expr) -> Expr:
    return over(W, times(call("transpose", u), W, v))


def _stretch(W: Expr, u: Expr, v: Expr) -> Expr:
    """σ = uᵀ W v"""
    return times(call("transpose", u), W, v)


def _by_weights(W: Expr, u: Expr, v: Expr) -> Expr:
    """δ_ik δ_jl/σ - W_ij u_k v_l/σ²"""
    sigma = _stretch(W, u, v)

    def value(i: Expr, j: Expr, k: Expr, l: Expr) -> Expr:  # noqa: E741
        moved = times(entry(W, i, j), entry(u, k), entry(v, l))
        return minus(over(deltas((i, j), (k, l)), sigma), over(moved, squared(sigma)))

    return array_of(shape_of(W) * 2, value, W, u, v)


def _by_vector(W: Expr, sigma: Expr, slope: Expr, size: Expr) -> Expr:
    """-W_ij (∂σ)_k/σ²"""

    def value(i: Expr, j: Expr, k: Expr) -> Expr:
        return call("neg", over(times(entry(W, i, j), entry(slope, k)), squared(sigma)))

    return array_of((*shape_of(W), size), value, W, sigma, slope)


def _by_left(W: Expr, u: Expr, v: Expr) -> Expr:
    return _by_vector(W, _stretch(W, u, v), times(W, v), shape_of(u)[0])


def _by_right(W: Expr, u: Expr, v: Expr) -> Expr:
    return _by_vector(W, _stretch(W, u, v), times(call("transpose", W), u), shape_of(v)[0])


WEIGHTS = (
    Operation(
        "weight_norm",
        (array("V"), array("g")),
        weight_norm,
        made_of=_weight_made_of,
        formula="g_i V_i/‖V_i‖ for each row i",
        weights=("V", "g"),
        kinks="not defined where a row of V is 0",
        source="Salimans and Kingma (2016)",
        examples=({"V": (3,), "g": ()}, {"V": (2, 3), "g": (2,)}, {"V": (3, 2), "g": (3,)}),
    ),
    Operation(
        "spectral_norm",
        (array("W"), array("u"), array("v")),
        spectral_norm,
        jacobians={"W": _by_weights, "u": _by_left, "v": _by_right},
        made_of=_spectral_made_of,
        formula="W/(uᵀ W v)",
        weights=("W",),
        kinks="not defined where uᵀ W v = 0",
        source="Miyato et al. (2018)",
        examples=(
            {"W": (2, 2), "u": (2,), "v": (2,)},
            {"W": (2, 3), "u": (2,), "v": (3,)},
            {"W": (3, 2), "u": (3,), "v": (2,)},
        ),
    ),
)
