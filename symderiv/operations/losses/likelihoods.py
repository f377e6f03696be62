"""Negative log-likelihoods of a count or a number whose distribution a network says.

    poisson_nll(z, t)       = mean (e^z - t z)                    z the logarithm of the rate
    gaussian_nll(mu, t, v)  = mean (log v + (mu - t)²/v) / 2      v the variance, without the constant log 2π

Source: Nix and Weigend (1994) for the mean and the variance of a Gaussian.
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.expression.build import add, conjunction, divide, function, mul, power, subtract
from symderiv.expression.tree import Expr, Number
from symderiv.operations.declaring.existence import positive
from symderiv.operations.declaring.forms import call, minus, over, shape_of, squared, times
from symderiv.operations.declaring.operation import Operation, array, option
from symderiv.operations.losses.declared import MEAN, NONE, SUM, hadamard, loss, on_the_diagonal
from symderiv.operations.losses.forward import divisor, entrywise, pair_of, reduced, reduction_of
from symderiv.tensor import Meaning, Tensor

TWO = Number(2)

_poisson = entrywise("the Poisson loss", lambda z, t: subtract(function("exp", z), mul(t, z)))


def gaussian_nll(mu: Meaning, t: Meaning, v: Meaning, reduction: Expr | None = None) -> Tensor:
    """``(log v + (mu - t)²/v)/2``, its mean, its sum, or one for each entry; v > 0."""
    mean, label = pair_of(mu, t, "the Gaussian loss")
    _, variance = pair_of(mu, v, "the Gaussian loss")

    def value(*at: Expr) -> Expr:
        square = power(subtract(mean.formula(*at), label.formula(*at)), TWO)
        spread = variance.formula(*at)
        return divide(add(function("log", spread), divide(square, spread)), TWO)

    def exists(*at: Expr) -> Expr:
        there = (part.condition(*at) for part in (mean, label, variance))
        return conjunction(*there, positive(variance.formula(*at)))

    return reduced(mean.shape, value, exists, reduction)


def _by_mean(mu: Expr, t: Expr, v: Expr) -> Expr:
    return over(minus(mu, t), v)


def _by_label(mu: Expr, t: Expr, v: Expr) -> Expr:
    return over(minus(t, mu), v)


def _by_variance(mu: Expr, t: Expr, v: Expr) -> Expr:
    """(v - (mu - t)²) / (2 v²)"""
    r = minus(mu, t)
    if not shape_of(mu):
        return over(minus(v, squared(r)), times(TWO, squared(v)))
    return over(minus(v, hadamard(r, r)), times(TWO, hadamard(v, v)))


Slope = Callable[[Expr, Expr, Expr], Expr]


def _jacobian(slope: Slope) -> Callable[..., Expr]:
    def jacobian(mu: Expr, t: Expr, v: Expr, reduction: Expr | None = None) -> Expr:
        whole = slope(mu, t, v)
        if reduction_of(reduction) == "none":
            return on_the_diagonal(whole, mu, t, v)
        return over(whole, divisor(shape_of(mu), reduction))

    return jacobian


def _vjp(slope: Slope) -> Callable[..., Expr | None]:
    def vjp(G: Expr, mu: Expr, t: Expr, v: Expr, reduction: Expr | None = None) -> Expr | None:
        return hadamard(G, slope(mu, t, v)) if reduction_of(reduction) == "none" else None

    return vjp


_SLOPES: dict[str, Slope] = {"mu": _by_mean, "t": _by_label, "v": _by_variance}

LIKELIHOODS = (
    loss(
        "poisson_nll",
        ("z", "t"),
        _poisson,
        {"z": lambda z, t: minus(call("exp", z), t), "t": lambda z, t: call("neg", z)},
        "mean (exp(z) - t z)",
    ),
    Operation(
        "gaussian_nll",
        (array("mu"), array("t"), array("v"), option("reduction", MEAN)),
        gaussian_nll,
        jacobians={name: _jacobian(slope) for name, slope in _SLOPES.items()},
        vjps={name: _vjp(slope) for name, slope in _SLOPES.items()},
        formula="mean (log v + (mu - t)²/v)/2",
        numeric_with=("t",),
        examples=(
            {"mu": (3,), "t": (3,), "v": (3,)},
            {"mu": (), "t": (), "v": ()},
            {"mu": (2, 2), "t": (2, 2), "v": (2, 2), "reduction": SUM},
            {"mu": (3,), "t": (3,), "v": (3,), "reduction": NONE},
            {"mu": (2, 2), "t": (2, 2), "v": (2, 2), "reduction": NONE},
        ),
    ),
)
