"""What a normalisation sends back, in three terms: the gradient, its mean, and its part along x̂.

    ∂L/∂x = (γG - mean γG - x̂ mean(x̂ γG)) / σ       (RMS norm: without the mean, r for σ)
    ∂L/∂γ = Σ G x̂,    ∂L/∂β = Σ G                      over all entries that share γ and β

with the means over what is averaged together.
Source: Ioffe and Szegedy (2015), §3.
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.expression.tree import ONE, TRUE, ZERO, Apply, Expr, Number, Sequence, transform
from symderiv.operations.declaring.forms import (
    array_of,
    call,
    entry,
    minus,
    over,
    plus,
    shape_of,
    squared,
    times,
)
from symderiv.operations.normalisation.forward import batch_axes

At = tuple[Expr, ...]
Axes = tuple[int, ...]


def axes_tree(axes: Axes) -> Expr:
    """``0``, or ``(0, 2)`` where there are several."""
    if len(axes) == 1:
        return Number(axes[0])
    return Sequence(tuple(Number(axis) for axis in axes), "tuple")


def kept(at: At, axes: Axes) -> At:
    return tuple(index for axis, index in enumerate(at) if axis not in axes)


def normal_of(head: str, x: Expr, eps: Expr, axis: Expr | None = None) -> Expr:
    """x̂, with the options that say something: an axis that was said (0 too), an ε other than 0."""
    along = () if axis is None else (("axis", axis),)
    return Apply(head, (x,), along if eps == ZERO else (*along, ("eps", eps)))


def deviation(x: Expr, axes: Axes, eps: Expr) -> Expr:
    """√(σ² + ε), one number for each entry that isn't averaged over."""
    variance = call("var", x) if len(shape_of(x)) == 1 else call("var", x, axis=axes_tree(axes))
    return call("sqrt", plus(variance, eps))


def root_mean_square(x: Expr, eps: Expr) -> Expr:
    """√(mean x² + ε), over the last axis."""
    shape = shape_of(x)
    if len(shape) == 1:
        return call("sqrt", plus(call("mean", call("hadamard", x, x)), eps))
    square = array_of(shape, lambda *at: squared(entry(x, *at)), x)
    return call("sqrt", plus(call("mean", square, axis=Number(len(shape) - 1)), eps))


def batch_back(G: Expr, X: Expr, gamma: Expr | None, beta: Expr | None, axis: Expr | None, eps: Expr) -> Expr:
    """∂L/∂X: γ/σ (G - mean G - x̂ mean(G x̂)), means over the axes of the batch."""
    axes = batch_axes(axis, len(shape_of(X)))
    normal, sigma = normal_of("batch_norm", X, eps, axis), deviation(X, axes, eps)
    if len(shape_of(X)) == 1:
        return three_terms(G if gamma is None else times(gamma, G), normal, sigma)
    return of_array(X, G, gamma, lambda at: kept(at, axes), (normal, sigma, axes), True)


def layer_back(G: Expr, x: Expr, gamma: Expr | None, beta: Expr | None, eps: Expr) -> Expr:
    """∂L/∂x: 1/σ (γG - mean γG - x̂ mean(γG x̂)), means over the last axis."""
    axes = (len(shape_of(x)) - 1,)
    normal, sigma = normal_of("layer_norm", x, eps), deviation(x, axes, eps)
    if len(shape_of(x)) == 1:
        return three_terms(G if gamma is None else call("hadamard", gamma, G), normal, sigma)
    return of_array(x, G, gamma, lambda at: at[-1:], (normal, sigma, axes), True)


def rms_back(G: Expr, x: Expr, gamma: Expr | None, eps: Expr) -> Expr:
    """∂L/∂x: 1/r (γG - x̂ mean(γG x̂)) for r = √(mean x² + ε), x̂ = x/r: no mean is taken off."""
    axes = (len(shape_of(x)) - 1,)
    normal = normal_of("rms_norm", x, eps)
    if len(shape_of(x)) == 1:
        scaled = G if gamma is None else call("hadamard", gamma, G)
        return over(minus(scaled, _along(scaled, normal)), root_mean_square(x, eps))
    root = call("sqrt", plus(call("mean", call("hadamard", x, x), axis=Number(axes[0])), eps))
    return of_array(x, G, gamma, lambda at: at[-1:], (normal, root, axes), False)


def _along(G: Expr, normal: Expr) -> Expr:
    """x̂ mean(x̂ ⊙ G)"""
    return times(normal, call("mean", call("hadamard", normal, G)))


def three_terms(G: Expr, normal: Expr, sigma: Expr) -> Expr:
    """(G - mean G - x̂ mean(x̂ ⊙ G)) / σ of a vector."""
    return over(minus(minus(G, call("mean", G)), _along(G, normal)), sigma)


def of_array(
    x: Expr,
    G: Expr,
    gamma: Expr | None,
    own: Callable[[At], At],
    normalised: tuple[Expr, Expr, Axes],
    centred: bool,
) -> Expr:
    """(γG - mean γG - x̂ mean(x̂ γG)) / σ, each mean over the axes that are averaged, beside itself there."""
    normal, sigma, axes = normalised
    shape = shape_of(x)
    if len(axes) == len(shape):
        return three_terms(G if gamma is None else times(gamma, G), normal, sigma)
    if len(shape) == 2:
        across = gamma is None or own((ZERO, ONE)) == (ONE,)
        return _of_matrix(G, gamma, across, (normal, x, sigma), axes[0], centred)
    scaled = G if gamma is None else call("hadamard", G, beside(gamma, shape, own))
    mean, along = (
        call("mean", t, axis=axes_tree(axes), keepdims=TRUE)
        for t in (scaled, call("hadamard", normal, scaled))
    )
    first = minus(scaled, mean) if centred else scaled
    return over(minus(first, call("hadamard", normal, along)), _kept_in_place(sigma))


def beside(gamma: Expr, shape: At, own: Callable[[At], At]) -> Expr:
    """γ with an axis of one place for each that it has not."""
    of_gamma = own(tuple(map(Number, range(len(shape)))))
    return call("reshape", gamma, *(n if Number(k) in of_gamma else ONE for k, n in enumerate(shape)))


def _kept_in_place(sigma: Expr) -> Expr:
    """σ with an axis of one place for each that was averaged, so that it meets the whole array."""

    def kept_axes(node: Expr) -> Expr:
        if isinstance(node, Apply) and any(name == "axis" for name, _ in node.options):
            return Apply(node.head, node.args, (*node.options, ("keepdims", TRUE)))
        return node

    return transform(sigma, kept_axes)


def _of_matrix(
    G: Expr, gamma: Expr | None, across: bool, of: tuple[Expr, Expr, Expr], axis: int, centred: bool
) -> Expr:
    """(γG - mean γG - X̂ mean(X̂ ⊙ γG)) / σ of the columns (axis 0) or the rows (axis 1) of a matrix.

    A number for each column stands in all rows, as 1 mᵀ; one for each row in all columns, as m 1ᵀ.
    """
    normal, X, sigma = of
    if centred:
        sigma = call("sqrt", plus(call("var", X, axis=Number(axis)), *_added(sigma)))
    scaled = G
    if gamma is not None:
        scaled = times(G, call("diag", gamma)) if across else times(call("diag", gamma), G)
    ones = call("ones", shape_of(X)[axis])

    def spread(line: Expr) -> Expr:
        return times(line, call("transpose", ones)) if axis else times(ones, call("transpose", line))

    mean, along = (call("mean", t, axis=Number(axis)) for t in (scaled, call("hadamard", normal, scaled)))
    first = minus(scaled, spread(mean)) if centred else scaled
    return over(minus(first, call("hadamard", normal, spread(along))), spread(sigma))


def _added(sigma: Expr) -> tuple[Expr, ...]:
    """ε of √(σ² + ε)."""
    inner = sigma.children[0]
    return inner.children[1:] if isinstance(inner, Apply) and inner.head == "add" else ()


def to_parameter(G: Expr, x: Expr, axes: Axes, factor: Expr | None) -> Expr:
    """Σ G x̂ for γ, Σ G for β, over the axes without a parameter of their own."""
    weighed = G if factor is None else call("hadamard", G, factor)
    if not axes:
        return weighed
    if len(axes) == len(shape_of(x)):
        return call("sum", weighed)
    return call("sum", weighed, axis=axes_tree(axes))


def batch_to_gamma(G: Expr, X: Expr, gamma: Expr, beta: Expr | None, axis: Expr | None, eps: Expr) -> Expr:
    """∂L/∂γ: the sum of G ⊙ x̂ over the axes of the batch."""
    normal = normal_of("batch_norm", X, eps, axis)
    return to_parameter(G, X, batch_axes(axis, len(shape_of(X))), normal)


def batch_to_beta(G: Expr, X: Expr, gamma: Expr | None, beta: Expr, axis: Expr | None, eps: Expr) -> Expr:
    """∂L/∂β: the sum of G over the axes of the batch."""
    return to_parameter(G, X, batch_axes(axis, len(shape_of(X))), None)


def _leading(x: Expr) -> Axes:
    return tuple(range(len(shape_of(x)) - 1))


def layer_to_gamma(G: Expr, x: Expr, gamma: Expr, beta: Expr | None, eps: Expr) -> Expr:
    """∂L/∂γ: the sum of G ⊙ x̂ over all axes but the last."""
    return to_parameter(G, x, _leading(x), normal_of("layer_norm", x, eps))


def layer_to_beta(G: Expr, x: Expr, gamma: Expr | None, beta: Expr, eps: Expr) -> Expr:
    """∂L/∂β: the sum of G over all axes but the last."""
    return to_parameter(G, x, _leading(x), None)


def rms_to_gamma(G: Expr, x: Expr, gamma: Expr, eps: Expr) -> Expr:
    """∂L/∂γ: the sum of G ⊙ x/r over all axes but the last."""
    return to_parameter(G, x, _leading(x), normal_of("rms_norm", x, eps))
