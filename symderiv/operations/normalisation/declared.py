"""The Jacobians of normalisation: three terms, of the entry itself, of the mean, and of the deviation.

    ∂x̂_i/∂x_j = (δ_ij - 1/N - x̂_i x̂_j / N) / σ          (batch and layer norm, σ with its ε)
    ∂x̂_i/∂x_j = (δ_ij - x̂_i x̂_j / N) / r                (RMS norm, r = √(mean x² + ε))

and zero between entries that are not averaged together.
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.expression.build import mul
from symderiv.expression.tree import ONE, ZERO, Expr, Number
from symderiv.operations.declaring.forms import (
    array_of,
    call,
    delta,
    deltas,
    entry,
    minus,
    over,
    plus,
    shape_of,
    times,
)
from symderiv.operations.declaring.operation import Example, Operation, array, option, optional_array
from symderiv.operations.normalisation import vjps
from symderiv.operations.normalisation.forward import batch_axes, batch_norm, layer_norm, rms_norm
from symderiv.operations.normalisation.vjps import axes_tree, deviation, kept, normal_of, root_mean_square

TWO = Number(2)
At = tuple[Expr, ...]
Axes = tuple[int, ...]


def _centred(normal: Expr, n: Expr, sigma: Expr) -> Expr:
    """(1 - (1 + x̂ x̂ᵀ)/n) / σ of a vector."""
    squares = times(normal, call("transpose", normal))
    return over(minus(call("eye", n), over(plus(ONE, squares), n)), sigma)


def _batch_by_x(X: Expr, gamma: Expr | None, beta: Expr | None, axis: Expr | None, eps: Expr) -> Expr:
    shape = shape_of(X)
    axes = batch_axes(axis, len(shape))
    n = mul(*(shape[k] for k in axes))
    normal = normal_of("batch_norm", X, eps, axis)
    sigma = deviation(X, axes, eps)
    if len(shape) == 1:
        centred = _centred(normal, n, sigma)
        return centred if gamma is None else times(gamma, centred)

    def value(*at: Expr) -> Expr:
        i, j = at[: len(shape)], at[len(shape) :]
        scale = ONE if gamma is None else entry(gamma, *kept(i, axes))
        together = deltas(kept(i, axes), kept(j, axes))
        return times(together, scale, three_terms_at(i, j, axes, normal, n, entry(sigma, *kept(i, axes))))

    return array_of((*shape, *shape), value, X, *(t for t in (gamma, eps) if t is not None))


def three_terms_at(i: At, j: At, axes: Axes, normal: Expr, n: Expr, sigma: Expr) -> Expr:
    """(δ_ij - (1 + x̂_i x̂_j)/N) / σ of two entries that are averaged together."""
    shared = over(plus(ONE, times(entry(normal, *i), entry(normal, *_partner(i, j, axes)))), n)
    return over(minus(_same(i, j, axes), shared), sigma)


def _partner(i: At, j: At, axes: Axes) -> At:
    """j on the axes that are averaged, i on the others, on which the two agree."""
    return tuple(j[k] if k in axes else i[k] for k in range(len(i)))


def _same(i: At, j: At, axes: Axes) -> Expr:
    """δ_ij on the axes that are averaged."""
    return deltas(tuple(i[k] for k in axes), tuple(j[k] for k in axes))


def _batch_by_gamma(X: Expr, gamma: Expr, beta: Expr | None, axis: Expr | None, eps: Expr) -> Expr:
    """∂y/∂γ = x̂."""
    axes = batch_axes(axis, len(shape_of(X)))
    normal = normal_of("batch_norm", X, eps, axis)
    return by_parameter(X, gamma, lambda at: kept(at, axes), normal)


def _batch_by_beta(X: Expr, gamma: Expr | None, beta: Expr, axis: Expr | None, eps: Expr) -> Expr:
    """∂y/∂β = 1."""
    axes = batch_axes(axis, len(shape_of(X)))
    return by_parameter(X, beta, lambda at: kept(at, axes), None)


def by_parameter(
    X: Expr, parameter: Expr, places: Callable[[tuple[Expr, ...]], tuple[Expr, ...]], factor: Expr | None
) -> Expr:
    rank = len(shape_of(X))

    def value(*at: Expr) -> Expr:
        i, j = at[:rank], at[rank:]
        return times(deltas(places(i), j), ONE if factor is None else entry(factor, *i))

    return array_of((*shape_of(X), *shape_of(parameter)), value, X, parameter)


def _layer_by_x(x: Expr, gamma: Expr | None, beta: Expr | None, eps: Expr) -> Expr:
    shape = shape_of(x)
    normal = normal_of("layer_norm", x, eps)
    sigma, n = deviation(x, (len(shape) - 1,), eps), shape[-1]
    if len(shape) == 1:
        centred = _centred(normal, n, sigma)
        return centred if gamma is None else times(call("diag", gamma), centred)

    def value(*at: Expr) -> Expr:
        i, j = at[: len(shape)], at[len(shape) :]
        scale = ONE if gamma is None else entry(gamma, i[-1])
        terms = three_terms_at(i, j, (len(shape) - 1,), normal, n, entry(sigma, *i[:-1]))
        return times(deltas(i[:-1], j[:-1]), scale, terms)

    return array_of((*shape, *shape), value, x, *(t for t in (gamma, eps) if t is not None))


def _rms_by_x(x: Expr, gamma: Expr | None, eps: Expr) -> Expr:
    shape = shape_of(x)
    normal = normal_of("rms_norm", x, eps)
    n = shape[-1]
    root = root_mean_square(x, eps)
    if len(shape) == 1:
        along = over(times(normal, call("transpose", normal)), n)
        slope = over(minus(call("eye", n), along), root)
        return slope if gamma is None else times(call("diag", gamma), slope)

    def value(*at: Expr) -> Expr:
        i, j = at[: len(shape)], at[len(shape) :]
        scale = ONE if gamma is None else entry(gamma, i[-1])
        shared = over(times(entry(normal, *i), entry(normal, *i[:-1], j[-1])), n)
        terms = over(minus(delta(i[-1], j[-1]), shared), entry(root, *i[:-1]))
        return times(deltas(i[:-1], j[:-1]), scale, terms)

    return array_of((*shape, *shape), value, x, *(t for t in (gamma, eps) if t is not None))


def _layer_by_gamma(x: Expr, gamma: Expr, beta: Expr | None, eps: Expr) -> Expr:
    return by_parameter(x, gamma, lambda at: at[-1:], normal_of("layer_norm", x, eps))


def _rms_by_gamma(x: Expr, gamma: Expr, eps: Expr) -> Expr:
    return by_parameter(x, gamma, lambda at: at[-1:], normal_of("rms_norm", x, eps))


_EPS = option("eps", ZERO)
_LAYER: tuple[Example, ...] = (
    {"x": (3,)},
    {"x": (4,), "gamma": (4,), "beta": (4,), "eps": TWO},
    {"x": (2, 3)},
)

NORMALISATION = (
    Operation(
        "batch_norm",
        (array("X"), optional_array("gamma"), optional_array("beta"), option("axis"), _EPS),
        batch_norm,
        jacobians={"X": _batch_by_x, "gamma": _batch_by_gamma, "beta": _batch_by_beta},
        vjps={
            "X": vjps.batch_back,
            "gamma": vjps.batch_to_gamma,
            "beta": vjps.batch_to_beta,
        },
        formula="γ (X - μ) / √(σ² + ε) + β",
        weights=("gamma", "beta"),
        kinks="not defined where all entries are equal and ε = 0",
        examples=(
            {"X": (3,)},
            {"X": (3,), "gamma": (), "beta": (), "eps": TWO},
            {"X": (3, 2), "gamma": (2,), "beta": (2,)},
            {"X": (2, 2, 1, 2)},
            {"X": (2, 3), "axis": axes_tree((0, 1))},
            {"X": (2, 3), "axis": ONE, "gamma": (2,)},
            {"X": (2, 1, 2), "axis": ZERO, "gamma": (1, 2), "eps": TWO},
        ),
    ),
    Operation(
        "layer_norm",
        (array("x"), optional_array("gamma"), optional_array("beta"), _EPS),
        layer_norm,
        jacobians={
            "x": _layer_by_x,
            "gamma": _layer_by_gamma,
            "beta": lambda x, gamma, beta, eps: by_parameter(x, beta, lambda at: at[-1:], None),
        },
        vjps={"x": vjps.layer_back, "gamma": vjps.layer_to_gamma, "beta": vjps.layer_to_beta},
        formula="γ (x - μ) / √(σ² + ε) + β",
        weights=("gamma", "beta"),
        kinks="not defined where all entries are equal and ε = 0",
        examples=_LAYER,
    ),
    Operation(
        "rms_norm",
        (array("x"), optional_array("gamma"), _EPS),
        rms_norm,
        jacobians={"x": _rms_by_x, "gamma": _rms_by_gamma},
        vjps={"x": vjps.rms_back, "gamma": vjps.rms_to_gamma},
        formula="γ x / √(mean(x²) + ε)",
        weights=("gamma",),
        kinks="not defined at x = 0 if ε = 0",
        examples=({"x": (3,)}, {"x": (4,), "gamma": (4,), "eps": TWO}, {"x": (2, 3)}),
    ),
)
