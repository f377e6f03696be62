"""Losses of each entry and its label: squared, absolute, binary cross-entropy, hinge, Kullback-Leibler.

    binary_cross_entropy     = -mean (t log p + (1-t) log(1-p))        ∂/∂p = (p - t) / (N p (1-p))
    …_with_logits(z, t)      = mean (log(1 + e^z) - t z)               ∂/∂z = (σ(z) - t) / N
    mse(y, t)                = mean (y - t)²                           ∂/∂y = 2 (y - t) / N
    mae(y, t)                = mean |y - t|                            ∂/∂y = sign(y - t) / N
    hinge(s, t)              = mean max(0, m - t s), margin m = 1      ∂/∂s = -t H(m - t s) / N
    huber(y, t)              = mean (r²/2 if |r| ≤ δ else δ (|r| - δ/2)),  r = y - t
    smooth_l1(y, t)          = mean (r²/(2β) if |r| < β else |r| - β/2)
    kl_divergence(p, q)      = Σ p log(p/q)                            ∂/∂q = -p/q,  ∂/∂p = log(p/q) + 1

Each is the mean over all N entries; ``reduction='sum'`` adds up instead, ``'none'`` keeps a loss for each.
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.errors import MeaningError, ShapeError
from symderiv.expression.build import (
    add,
    cases,
    compare,
    conjunction,
    divide,
    function,
    mul,
    negative,
    power,
    subtract,
)
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import ONE, TRUE, ZERO, Expr, Number, Text
from symderiv.operations.convolution.window import over_kernel
from symderiv.operations.declaring.bound import forall
from symderiv.operations.declaring.existence import positive
from symderiv.operations.declaring.options import scalar_option, word_option
from symderiv.operations.declaring.shapes import as_tensor, drop_ones, same_shape
from symderiv.tensor import Meaning, Tensor

REDUCTIONS = ("mean", "sum", "none")
TWO = Number(2)
Pairing = Callable[[Expr, Expr], Expr]
Loss = Callable[..., Expr]
"""The loss of a prediction and its label, given the options of the loss."""


def pair_of(a: Meaning, b: Meaning, name: str) -> tuple[Tensor, Tensor]:
    """Two arrays of one shape; a number goes with an array of one entry."""
    left, right = as_tensor(a), as_tensor(b)
    if not left.rank or not right.rank:
        left, right = drop_ones(left), drop_ones(right)
    if not same_shape(left.shape, right.shape):
        raise ShapeError(
            f"{name} of {left.described} and {right.described}", expected="two arrays of one shape"
        )
    return left, right


def reduction_of(reduction: Expr | None) -> str:
    """``mean``, ``sum`` or ``none``; the mean if nothing is said."""
    return "mean" if reduction is None else word_option(reduction, "reduction", REDUCTIONS)


def divisor(shape: tuple[Expr, ...], reduction: Expr | None) -> Expr:
    """N for the mean, 1 for the sum."""
    return mul(ONE, *shape) if reduction_of(reduction) == "mean" else ONE


def reduced(
    shape: tuple[Expr, ...],
    loss: Callable[..., Expr],
    exists: Callable[..., Expr],
    reduction: Expr | None,
    total: Expr | None = None,
) -> Tensor:
    """The mean of the losses (over ``total`` where that isn't their number), their sum, or all of them."""
    if reduction_of(reduction) == "none":
        each = Tensor.of(shape, loss)
        return each.where(exists(*each.indices))
    below = divisor(shape, reduction) if total is None or reduction_of(reduction) == "sum" else total
    result = Tensor.scalar(divide(over_kernel("sum", shape, loss), below))
    return result.where(every_entry(shape, exists))


def entrywise(name: str, value: Loss, condition: Pairing | None = None) -> Callable[..., Tensor]:
    """The mean (or sum) of ``value`` over all pairs of entries, or one for each."""

    def forward(a: Meaning, b: Meaning, reduction: Expr | None = None, *options: Expr) -> Tensor:
        x, t = pair_of(a, b, name)

        def exists(*at: Expr) -> Expr:
            there = conjunction(x.condition(*at), t.condition(*at))
            if condition is None:
                return there
            return conjunction(there, condition(x.formula(*at), t.formula(*at)))

        return reduced(
            x.shape, lambda *at: value(x.formula(*at), t.formula(*at), *options), exists, reduction
        )

    return forward


def every_entry(shape: tuple[Expr, ...], condition: Callable[..., Expr]) -> Expr:
    """The condition for every entry; ``true`` stays ``true``."""
    if not shape:
        return condition()
    return forall(shape[0], lambda k: every_entry(shape[1:], lambda *rest: condition(k, *rest)))


def _in_unit_interval(p: Expr, t: Expr) -> Expr:
    return conjunction(positive(p), positive(subtract(ONE, p)))


binary_cross_entropy = entrywise(
    "binary cross-entropy",
    lambda p, t: negative(
        add(
            mul(t, function("log", p)),
            mul(subtract(ONE, t), function("log", subtract(ONE, p))),
        )
    ),
    _in_unit_interval,
)
_with_logits = entrywise(
    "binary cross-entropy",
    lambda z, t: subtract(function("log", add(ONE, function("exp", z))), mul(t, z)),
)


def binary_cross_entropy_with_logits(
    z: Meaning, t: Meaning, reduction: Expr | None = None, pos_weight: Meaning | None = None
) -> Tensor:
    """mean (log(1 + e^z) - t z); with the weight w of what is there, (1 + (w-1) t) log(1 + e^z) - w t z."""
    if pos_weight is None:
        return _with_logits(z, t, reduction)
    x, label = pair_of(z, t, "binary cross-entropy")
    w = as_tensor(pos_weight, "pos_weight")
    if not same_shape(w.shape, x.shape[len(x.shape) - w.rank :]):
        raise ShapeError(f"pos_weight of shape {w.shape_text}", expected="a number, or one for each class")

    def loss(*at: Expr) -> Expr:
        there, y = w.formula(*at[len(at) - w.rank :]), label.formula(*at)
        more = add(ONE, mul(subtract(there, ONE), y))
        log_total = function("log", add(ONE, function("exp", x.formula(*at))))
        return subtract(mul(more, log_total), mul(there, y, x.formula(*at)))

    def exists(*at: Expr) -> Expr:
        own = w.condition(*at[len(at) - w.rank :])
        return conjunction(x.condition(*at), label.condition(*at), own)

    return reduced(x.shape, loss, exists, reduction)


mse = entrywise("the squared error", lambda y, t: power(subtract(y, t), TWO))
mae = entrywise("the absolute error", lambda y, t: function("abs", subtract(y, t)))


def _hinge(s: Expr, t: Expr, margin: Expr) -> Expr:
    return function("max", ZERO, subtract(scalar_option(margin, "margin"), mul(t, s)))


def _positive(tree: Expr, name: str) -> Expr:
    value = scalar_option(tree, name)
    if positive(value) != TRUE:
        raise MeaningError(f"{name} must be positive", cure=f"declare '{to_text(tree)}: positive'")
    return value


def _huber(y: Expr, t: Expr, delta: Expr) -> Expr:
    """r²/2 for |r| ≤ δ, else δ (|r| - δ/2)."""
    d, r = _positive(delta, "delta"), subtract(y, t)
    size = function("abs", r)
    far = mul(d, subtract(size, divide(d, TWO)))
    return cases(((compare("le", size, d), divide(power(r, TWO), TWO)),), far)


def _smooth(y: Expr, t: Expr, beta: Expr) -> Expr:
    """r²/(2β) for |r| < β, else |r| - β/2."""
    b, r = _positive(beta, "beta"), subtract(y, t)
    size = function("abs", r)
    near = divide(power(r, TWO), mul(TWO, b))
    return cases(((compare("lt", size, b), near),), subtract(size, divide(b, TWO)))


hinge = entrywise("the hinge loss", _hinge)
huber = entrywise("the Huber loss", _huber)
smooth_l1 = entrywise("the smooth absolute error", _smooth)


_kl = entrywise(
    "the Kullback-Leibler divergence",
    lambda p, q: mul(p, subtract(function("log", p), function("log", q))),
    lambda p, q: conjunction(positive(p), positive(q)),
)


def kl_divergence(p: Meaning, q: Meaning, reduction: Expr | None = None) -> Tensor:
    """Σ p log(p/q); ``reduction='none'`` keeps its terms."""
    return _kl(p, q, Text("sum") if reduction is None else reduction)
