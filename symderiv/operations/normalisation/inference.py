"""Batch norm as it works after training: the mean and the variance are given, not those of the batch.

    y = γ (x - m)/√(v + ε) + β      one m, v, γ and β for each channel: linear in x

X is (B), (B, C) or (B, C, …), as for `batch_norm`.
Source: Ioffe and Szegedy (2015), algorithm 2.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from symderiv.errors import ShapeError
from symderiv.expression.build import add, conjunction, divide, mul, sqrt, subtract
from symderiv.expression.tree import ONE, ZERO, Apply, Expr, Number
from symderiv.operations.declaring.existence import nonnegative, nonzero
from symderiv.operations.declaring.forms import (
    array_of,
    call,
    deltas,
    entry,
    minus,
    over,
    plus,
    shape_of,
    times,
)
from symderiv.operations.declaring.operation import Operation, array, option, optional_array
from symderiv.operations.declaring.options import scalar_option
from symderiv.operations.declaring.shapes import as_tensor
from symderiv.operations.normalisation.forward import parameter_of
from symderiv.operations.normalisation.vjps import beside
from symderiv.tensor import Meaning, Tensor

TWO = Number(2)
At = tuple[Expr, ...]


def batch_norm_inference(
    X: Meaning,
    mean: Meaning,
    var: Meaning,
    gamma: Meaning | None = None,
    beta: Meaning | None = None,
    eps: Expr = ZERO,
) -> Tensor:
    """``gamma (x - mean)/√(var + eps) + beta``, one of each for a channel; var + eps > 0."""
    t = as_tensor(X, "X")
    if not t.rank:
        raise ShapeError("a number can't be normalised", expected="an array")
    own = t.shape[1:2]
    given = {"mean": mean, "var": var, "gamma": gamma, "beta": beta}
    parts = {name: parameter_of(value, own, name) for name, value in given.items()}
    kept = {name: part for name, part in parts.items() if part is not None}

    def of(name: str, at: tuple[Expr, ...]) -> Expr:
        return kept[name].formula(*at[1:2])

    def below(at: tuple[Expr, ...]) -> Expr:
        return add(of("var", at), scalar_option(eps, "eps"))

    def value(*at: Expr) -> Expr:
        scale = divide(ONE if gamma is None else of("gamma", at), sqrt(below(at)))
        scaled = mul(subtract(t.formula(*at), of("mean", at)), scale)
        return scaled if beta is None else add(scaled, of("beta", at))

    result = Tensor.of(t.shape, value)
    at = result.indices
    exist = (part.condition(*at[1:2]) for part in kept.values())
    root = sqrt(below(at))
    return result.where(conjunction(t.condition(*at), *exist, nonnegative(below(at)), nonzero(root)))


def _made_of(X: Expr, mean: Expr, var: Expr, gamma: Expr | None, beta: Expr | None, eps: Expr) -> Expr:
    """(X - m) s + β with s = γ/√(v + ε), each beside the entries of its channel."""
    scale = over(ONE if gamma is None else gamma, call("sqrt", plus(var, eps)))
    shape = shape_of(X)

    def spread(part: Expr) -> Expr:
        if len(shape) == 1:
            return part
        if len(shape) == 2:
            return times(call("ones", shape[0]), call("transpose", part))
        return beside(part, shape, lambda at: at[1:2])

    centred = minus(X, spread(mean))
    scaled = times(centred, scale) if len(shape) == 1 else call("hadamard", centred, spread(scale))
    return scaled if beta is None else plus(scaled, spread(beta))


def _root(var: Expr, eps: Expr, own: At) -> Expr:
    """√(v_c + ε)"""
    return call("sqrt", plus(entry(var, *own), eps))


def _times_gamma(gamma: Expr | None, own: At) -> Expr:
    return ONE if gamma is None else entry(gamma, *own)


def _by_x(X: Expr, mean: Expr, var: Expr, gamma: Expr | None, beta: Expr | None, eps: Expr) -> Expr:
    """∂y_i/∂x_j = δ_ij γ_c/√(v_c + ε)"""
    rank = len(shape_of(X))

    def value(*at: Expr) -> Expr:
        i, j = at[:rank], at[rank:]
        own = i[1:2]
        return times(deltas(i, j), over(_times_gamma(gamma, own), _root(var, eps, own)))

    return array_of((*shape_of(X), *shape_of(X)), value, X, *_trees(mean, var, gamma, eps))


def _by_channel(slope: Callable[..., Expr]) -> Callable[..., Expr]:
    """∂y_i/∂u_k = δ_ck slope, for one u of each channel c."""

    def jacobian(X: Expr, mean: Expr, var: Expr, gamma: Expr | None, beta: Expr | None, eps: Expr) -> Expr:
        rank = len(shape_of(X))

        def value(*at: Expr) -> Expr:
            own, centred = at[1:2], minus(entry(X, *at[:rank]), entry(mean, *at[1:2]))
            if rank == 1:
                own, centred = (), minus(entry(X, *at[:1]), mean)
            found = slope(_times_gamma(gamma, own), centred, _root(var, eps, own))
            return times(deltas(own, at[rank:]), found)

        return array_of((*shape_of(X), *shape_of(mean)), value, X, *_trees(mean, var, gamma, eps))

    return jacobian


def _trees(*trees: Expr | None) -> tuple[Expr, ...]:
    return tuple(tree for tree in trees if tree is not None)


_MINUS_HALF = Number(Fraction(-1, 2))

INFERENCE = (
    Operation(
        "batch_norm_inference",
        (
            array("X"),
            array("mean"),
            array("var"),
            optional_array("gamma"),
            optional_array("beta"),
            option("eps", ZERO),
        ),
        batch_norm_inference,
        jacobians={
            "X": _by_x,
            "mean": _by_channel(lambda gamma, centred, root: over(call("neg", gamma), root)),
            "var": _by_channel(
                lambda gamma, centred, root: over(
                    times(_MINUS_HALF, gamma, centred), Apply("pow", (root, Number(3)))
                )
            ),
            "gamma": _by_channel(lambda gamma, centred, root: over(centred, root)),
            "beta": _by_channel(lambda gamma, centred, root: ONE),
        },
        made_of=_made_of,
        formula="γ (X - mean) / √(var + ε) + β, mean and var given",
        weights=("gamma", "beta"),
        kinks="not defined where var + ε ≤ 0",
        source="Ioffe and Szegedy (2015), algorithm 2",
        examples=(
            {"X": (3,), "mean": (), "var": ()},
            {"X": (2, 3), "mean": (3,), "var": (3,), "gamma": (3,), "beta": (3,), "eps": TWO},
            {"X": (2, 2, 2), "mean": (2,), "var": (2,), "gamma": (2,), "beta": (2,)},
            {"X": (1, 2, 2, 1), "mean": (2,), "var": (2,), "eps": TWO},
        ),
    ),
)
