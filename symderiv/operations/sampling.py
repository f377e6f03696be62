"""Dropout with a given mask, the Gaussian reparameterisation, and its divergence from the standard normal.

    dropout(x, mask, p) = mask ⊙ x / (1 - p)                         ∂/∂x = diag(mask) / (1 - p)
    reparameterise(mu, sigma, eps) = mu + sigma ⊙ eps                ∂/∂mu = 1,  ∂/∂sigma = diag(eps)
    gaussian_kl(mu, sigma) = ½ Σ (σ² + μ² - 1 - log σ²)              ∂/∂mu = mu,  ∂/∂sigma = sigma - 1/sigma

Sources: Srivastava et al. (2014), inverted as PyTorch does; Kingma and Welling (2014), appendix B.
"""

from __future__ import annotations

from symderiv.errors import MeaningError
from symderiv.expression.build import (
    add,
    conjunction,
    divide,
    function,
    mul,
    negative,
    power,
    subtract,
)
from symderiv.expression.tree import HALF, MINUS_ONE, ONE, Expr, Number
from symderiv.operations.arrays.elementwise_forms import diagonal
from symderiv.operations.convolution.window import over_kernel
from symderiv.operations.declaring.existence import nonzero, positive
from symderiv.operations.declaring.forms import array_of, call, deltas, entry, minus, over, shape_of, times
from symderiv.operations.declaring.operation import Operation, array, option
from symderiv.operations.declaring.options import scalar_option
from symderiv.operations.losses.forward import every_entry, pair_of
from symderiv.tensor import Meaning, Tensor

TWO = Number(2)


def dropout(x: Meaning, mask: Meaning, p: Expr) -> Tensor:
    """mask ⊙ x/(1 - p), for a mask that was drawn."""
    t, kept = pair_of(x, mask, "dropout")
    rate = scalar_option(p, "p")
    if isinstance(rate, Number) and not 0 <= rate.value < 1:
        raise MeaningError("p is the probability to drop an entry", expected="a number from 0 to below 1")
    survival = subtract(ONE, rate)
    result = Tensor.of(t.shape, lambda *at: divide(mul(kept.formula(*at), t.formula(*at)), survival))
    at = result.indices
    return result.where(conjunction(t.condition(*at), kept.condition(*at), nonzero(survival)))


def reparameterise(mu: Meaning, sigma: Meaning, eps: Meaning) -> Tensor:
    """μ + σ ⊙ ε, for an ε that was drawn."""
    m, s = pair_of(mu, sigma, "the reparameterisation")
    _, e = pair_of(mu, eps, "the reparameterisation")
    result = Tensor.of(m.shape, lambda *at: add(m.formula(*at), mul(s.formula(*at), e.formula(*at))))
    at = result.indices
    return result.where(conjunction(m.condition(*at), s.condition(*at), e.condition(*at)))


def gaussian_kl(mu: Meaning, sigma: Meaning) -> Tensor:
    """½ Σ (σ² + μ² - 1) - Σ log σ, for σ > 0."""
    m, s = pair_of(mu, sigma, "the divergence")

    def term(*at: Expr) -> Expr:
        squares = add(power(s.formula(*at), TWO), power(m.formula(*at), TWO), MINUS_ONE)
        return add(mul(HALF, squares), negative(function("log", s.formula(*at))))

    def exists(*at: Expr) -> Expr:
        return conjunction(m.condition(*at), s.condition(*at), positive(s.formula(*at)))

    return Tensor.scalar(over_kernel("sum", m.shape, term), every_entry(m.shape, exists))


def _scaled_diagonal(scale: Expr, *trees: Expr) -> Expr:
    """The entries of ``scale`` on the diagonal."""
    shape = shape_of(scale)
    if len(shape) == 1:
        return call("diag", scale)

    def value(*at: Expr) -> Expr:
        i, j = at[: len(shape)], at[len(shape) :]
        return times(deltas(i, j), entry(scale, *i))

    return array_of((*shape, *shape), value, scale, *trees)


_TRIPLES = tuple({"mu": shape, "sigma": shape, "eps": shape} for shape in ((), (3,), (2, 2)))

SAMPLING = (
    Operation(
        "dropout",
        (array("x"), array("mask"), option("p", HALF)),
        dropout,
        jacobians={
            "x": lambda x, mask, p: over(_scaled_diagonal(mask, x), minus(ONE, p)),
            "mask": lambda x, mask, p: over(_scaled_diagonal(x, mask), minus(ONE, p)),
        },
        vjps={
            "x": lambda G, x, mask, p: over(call("hadamard", mask, G), minus(ONE, p)),
            "mask": lambda G, x, mask, p: over(call("hadamard", x, G), minus(ONE, p)),
        },
        formula="mask x / (1 - p)",
        examples=(
            {"x": (), "mask": ()},
            {"x": (3,), "mask": (3,)},
            {"x": (2, 2), "mask": (2, 2), "p": divide(ONE, Number(5))},
        ),
    ),
    Operation(
        "reparameterise",
        (array("mu"), array("sigma"), array("eps")),
        reparameterise,
        jacobians={
            "mu": lambda mu, sigma, eps: diagonal(lambda _: ONE)(mu),
            "sigma": lambda mu, sigma, eps: _scaled_diagonal(eps, mu, sigma),
            "eps": lambda mu, sigma, eps: _scaled_diagonal(sigma, mu, eps),
        },
        vjps={
            "mu": lambda G, mu, sigma, eps: G,
            "sigma": lambda G, mu, sigma, eps: call("hadamard", G, eps),
            "eps": lambda G, mu, sigma, eps: call("hadamard", G, sigma),
        },
        formula="mu + sigma eps",
        examples=_TRIPLES,
    ),
    Operation(
        "gaussian_kl",
        (array("mu"), array("sigma")),
        gaussian_kl,
        jacobians={
            "mu": lambda mu, sigma: mu,
            "sigma": lambda mu, sigma: minus(sigma, over(ONE, sigma)),
        },
        formula="½ Σ (σ² + μ² - 1 - log σ²)",
        kinks="defined for σ > 0",
        examples=tuple({"mu": shape, "sigma": shape} for shape in ((), (3,), (2, 2))),
    ),
)
