"""The Jacobians of normalisation: three terms, of the entry itself, of the mean, and of the deviation.

    ∂x̂_i/∂x_j = (δ_ij - 1/N - x̂_i x̂_j / N) / σ          (batch and layer norm, σ with its ε)
    ∂x̂_i/∂x_j = (δ_ij - x̂_i x̂_j / N) / r                (RMS norm, r = √(mean x² + ε))

and zero between entries that are not averaged together.
"""

from __future__ import annotations

from symderiv.expression.build import mul
from symderiv.expression.tree import ONE, ZERO, Apply, Expr, Number, Sequence
from symderiv.operations.forms import (
    array_of,
    call,
    deltas,
    entry,
    minus,
    over,
    plus,
    shape_of,
    squared,
    times,
)
from symderiv.operations.normalisation import batch_axes, batch_norm, layer_norm, rms_norm
from symderiv.operations.operation import Example, Operation, array, option, optional_array

TWO = Number(2)
At = tuple[Expr, ...]


def _axes_tree(axes: tuple[int, ...]) -> Expr:
    return Sequence(tuple(Number(axis) for axis in axes), "tuple")


def _kept(at: At, axes: tuple[int, ...]) -> At:
    return tuple(index for axis, index in enumerate(at) if axis not in axes)


def _normal(head: str, X: Expr, **options: Expr | None) -> Expr:
    """x̂, with the options that say something."""
    given = ((name, value) for name, value in options.items() if value is not None and value != ZERO)
    return Apply(head, (X,), tuple(given))


def _centred(normal: Expr, n: Expr, sigma: Expr) -> Expr:
    """(1 - (1 + x̂ x̂ᵀ)/n) / σ of a vector."""
    squares = times(normal, call("transpose", normal))
    return over(minus(call("eye", n), over(plus(ONE, squares), n)), sigma)


def _three_term_vjp(G: Expr, normal: Expr, sigma: Expr) -> Expr:
    """(G - mean G - x̂ ⊙ mean(x̂ ⊙ G)) / σ of a vector."""
    along = times(normal, call("mean", call("hadamard", normal, G)))
    return over(minus(minus(G, call("mean", G)), along), sigma)


def _deviation(X: Expr, axes: tuple[int, ...], eps: Expr) -> Expr:
    """√(σ² + ε), one number for each entry that isn't averaged over."""
    if len(shape_of(X)) == 1:
        return call("sqrt", plus(call("var", X), eps))
    return call("sqrt", plus(call("var", X, axis=_axes_tree(axes)), eps))


def _batch_by_x(X: Expr, gamma: Expr | None, beta: Expr | None, axis: Expr | None, eps: Expr) -> Expr:
    shape = shape_of(X)
    axes = batch_axes(axis, len(shape))
    n = mul(*(shape[k] for k in axes))
    normal = _normal("batch_norm", X, axis=axis, eps=eps)
    sigma = _deviation(X, axes, eps)
    if len(shape) == 1:
        centred = _centred(normal, n, sigma)
        return centred if gamma is None else times(gamma, centred)

    def value(*at: Expr) -> Expr:
        i, j = at[: len(shape)], at[len(shape) :]
        scale = ONE if gamma is None else entry(gamma, *_kept(i, axes))
        together = deltas(_kept(i, axes), _kept(j, axes))
        return times(together, scale, _three_terms(i, j, normal, n, entry(sigma, *_kept(i, axes))))

    return array_of((*shape, *shape), value, X, *(t for t in (gamma, eps) if t is not None))


def _three_terms(i: At, j: At, normal: Expr, n: Expr, sigma: Expr) -> Expr:
    shared = over(plus(ONE, times(entry(normal, *i), entry(normal, *j))), n)
    return over(minus(deltas(i, j), shared), sigma)


def _batch_by_gamma(X: Expr, gamma: Expr, beta: Expr | None, axis: Expr | None, eps: Expr) -> Expr:
    """∂y/∂γ = x̂."""
    axes = batch_axes(axis, len(shape_of(X)))
    normal = _normal("batch_norm", X, axis=axis, eps=eps)
    return _by_parameter(X, gamma, lambda at: _kept(at, axes), normal)


def _batch_by_beta(X: Expr, gamma: Expr | None, beta: Expr, axis: Expr | None, eps: Expr) -> Expr:
    """∂y/∂β = 1."""
    axes = batch_axes(axis, len(shape_of(X)))
    return _by_parameter(X, beta, lambda at: _kept(at, axes), None)


def _by_parameter(X: Expr, parameter: Expr, kept, factor: Expr | None) -> Expr:  # type: ignore[no-untyped-def]
    rank = len(shape_of(X))

    def value(*at: Expr) -> Expr:
        i, j = at[:rank], at[rank:]
        return times(deltas(kept(i), j), ONE if factor is None else entry(factor, *i))

    return array_of((*shape_of(X), *shape_of(parameter)), value, X, parameter)


def _layer_by_x(x: Expr, gamma: Expr | None, beta: Expr | None, eps: Expr) -> Expr:
    shape = shape_of(x)
    normal = _normal("layer_norm", x, eps=eps)
    sigma, n = _deviation(x, (len(shape) - 1,), eps), shape[-1]
    if len(shape) == 1:
        centred = _centred(normal, n, sigma)
        return centred if gamma is None else times(call("diag", gamma), centred)

    def value(*at: Expr) -> Expr:
        i, j = at[: len(shape)], at[len(shape) :]
        scale = ONE if gamma is None else entry(gamma, i[-1])
        terms = _three_terms(i, j, normal, n, entry(sigma, *i[:-1]))
        return times(deltas(i[:-1], j[:-1]), scale, terms)

    return array_of((*shape, *shape), value, x, *(t for t in (gamma, eps) if t is not None))


def _rms_by_x(x: Expr, gamma: Expr | None, eps: Expr) -> Expr:
    shape = shape_of(x)
    normal = _normal("rms_norm", x, eps=eps)
    n, last = shape[-1], Number(len(shape) - 1)
    square = array_of(shape, lambda *at: squared(entry(x, *at)), x)
    root = call("sqrt", plus(call("mean", square, axis=last), eps))

    def value(*at: Expr) -> Expr:
        i, j = at[: len(shape)], at[len(shape) :]
        scale = ONE if gamma is None else entry(gamma, i[-1])
        shared = over(times(entry(normal, *i), entry(normal, *j)), n)
        terms = over(minus(deltas(i, j), shared), entry(root, *i[:-1]))
        return times(deltas(i[:-1], j[:-1]), scale, terms)

    return array_of((*shape, *shape), value, x, *(t for t in (gamma, eps) if t is not None))


def _batch_back(
    G: Expr, X: Expr, gamma: Expr | None, beta: Expr | None, axis: Expr | None, eps: Expr
) -> Expr | None:
    if len(shape_of(X)) != 1:
        return None
    scaled = G if gamma is None else times(gamma, G)
    return _three_term_vjp(scaled, _normal("batch_norm", X, axis=axis, eps=eps), _deviation(X, (0,), eps))


def _layer_back(G: Expr, x: Expr, gamma: Expr | None, beta: Expr | None, eps: Expr) -> Expr | None:
    if len(shape_of(x)) != 1:
        return None
    scaled = G if gamma is None else call("hadamard", gamma, G)
    return _three_term_vjp(scaled, _normal("layer_norm", x, eps=eps), _deviation(x, (0,), eps))


def _layer_by_gamma(x: Expr, gamma: Expr, beta: Expr | None, eps: Expr) -> Expr:
    return _by_parameter(x, gamma, lambda at: at[-1:], _normal("layer_norm", x, eps=eps))


def _rms_by_gamma(x: Expr, gamma: Expr, eps: Expr) -> Expr:
    return _by_parameter(x, gamma, lambda at: at[-1:], _normal("rms_norm", x, eps=eps))


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
        vjps={"X": _batch_back},
        formula="γ (X - μ) / √(σ² + ε) + β",
        weights=("gamma", "beta"),
        kinks="not defined where all entries are equal and ε = 0",
        examples=(
            {"X": (3,)},
            {"X": (3,), "gamma": (), "beta": (), "eps": TWO},
            {"X": (3, 2), "gamma": (2,), "beta": (2,)},
            {"X": (2, 2, 1, 2)},
            {"X": (2, 3), "axis": _axes_tree((0, 1))},
            {"X": (2, 3), "axis": ONE, "gamma": (2,)},
        ),
    ),
    Operation(
        "layer_norm",
        (array("x"), optional_array("gamma"), optional_array("beta"), _EPS),
        layer_norm,
        jacobians={
            "x": _layer_by_x,
            "gamma": _layer_by_gamma,
            "beta": lambda x, gamma, beta, eps: _by_parameter(x, beta, lambda at: at[-1:], None),
        },
        vjps={"x": _layer_back},
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
        formula="γ x / √(mean(x²) + ε)",
        weights=("gamma",),
        kinks="not defined at x = 0 if ε = 0",
        examples=({"x": (3,)}, {"x": (4,), "gamma": (4,), "eps": TWO}, {"x": (2, 3)}),
    ),
)
