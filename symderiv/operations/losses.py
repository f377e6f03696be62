"""Losses: cross-entropies, squared error, hinge, Kullback-Leibler divergence; each a number.

    cross_entropy(z, t)      = -Σ_i t_i log softmax(z)_i               ∂/∂z = (Σ t) softmax(z) - t
    binary_cross_entropy     = -mean (t log p + (1-t) log(1-p))        ∂/∂p = (p - t) / (N p (1-p))
    …_with_logits(z, t)      = mean (log(1 + e^z) - t z)               ∂/∂z = (σ(z) - t) / N
    mse(y, t)                = mean (y - t)²                           ∂/∂y = 2 (y - t) / N
    mae(y, t)                = mean |y - t|                            ∂/∂y = sign(y - t) / N
    hinge(s, t)              = mean max(0, 1 - t s)                    ∂/∂s = -t H(1 - t s) / N
    kl_divergence(p, q)      = Σ p log(p/q)                            ∂/∂q = -p/q,  ∂/∂p = log(p/q) + 1

Of a batch (rows are examples) cross_entropy takes the mean over the rows, as PyTorch does; the others take
the mean over all N entries. ``reduction='sum'`` adds up instead.
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.errors import ShapeError
from symderiv.expression.build import add, conjunction, divide, function, mul, negative, power, subtract
from symderiv.expression.tree import MINUS_ONE, ONE, ZERO, Expr, Number, Text
from symderiv.operations.bound import forall
from symderiv.operations.existence import positive
from symderiv.operations.options import word_option
from symderiv.operations.shapes import as_tensor, same_shape
from symderiv.operations.softmax import exponential_sum, line_exists
from symderiv.operations.window import over_kernel
from symderiv.tensor import Meaning, Tensor

REDUCTIONS = ("mean", "sum")
TWO = Number(2)
Pairing = Callable[[Expr, Expr], Expr]


def pair_of(a: Meaning, b: Meaning, name: str) -> tuple[Tensor, Tensor]:
    """Two arrays of one shape."""
    left, right = as_tensor(a), as_tensor(b)
    if not same_shape(left.shape, right.shape):
        raise ShapeError(
            f"{name} of {left.described} and {right.described}", expected="two arrays of one shape"
        )
    return left, right


def divisor(shape: tuple[Expr, ...], reduction: Expr | None) -> Expr:
    """N for the mean, 1 for the sum."""
    word = "mean" if reduction is None else word_option(reduction, "reduction", REDUCTIONS)
    return ONE if word == "sum" else mul(ONE, *shape)


def _entrywise(name: str, value: Pairing, condition: Pairing | None = None) -> Callable[..., Tensor]:
    """The mean (or sum) of ``value`` over all pairs of entries."""

    def forward(a: Meaning, b: Meaning, reduction: Expr | None = None) -> Tensor:
        x, t = pair_of(a, b, name)
        total = over_kernel("sum", x.shape, lambda *at: value(x.formula(*at), t.formula(*at)))
        result = Tensor.scalar(divide(total, divisor(x.shape, reduction)))

        def exists(*at: Expr) -> Expr:
            there = conjunction(x.condition(*at), t.condition(*at))
            if condition is None:
                return there
            return conjunction(there, condition(x.formula(*at), t.formula(*at)))

        return result.where(every_entry(x.shape, exists))

    return forward


def every_entry(shape: tuple[Expr, ...], condition: Callable[..., Expr]) -> Expr:
    """The condition for every entry; ``true`` stays ``true``."""
    if not shape:
        return condition()
    return forall(shape[0], lambda k: every_entry(shape[1:], lambda *rest: condition(k, *rest)))


def _in_unit_interval(p: Expr, t: Expr) -> Expr:
    return conjunction(positive(p), positive(subtract(ONE, p)))


binary_cross_entropy = _entrywise(
    "binary cross-entropy",
    lambda p, t: negative(
        add(
            mul(t, function("log", p)),
            mul(subtract(ONE, t), function("log", subtract(ONE, p))),
        )
    ),
    _in_unit_interval,
)
binary_cross_entropy_with_logits = _entrywise(
    "binary cross-entropy",
    lambda z, t: subtract(function("log", add(ONE, function("exp", z))), mul(t, z)),
)
mse = _entrywise("the squared error", lambda y, t: power(subtract(y, t), TWO))
mae = _entrywise("the absolute error", lambda y, t: function("abs", subtract(y, t)))
hinge = _entrywise("the hinge loss", lambda s, t: function("max", ZERO, subtract(ONE, mul(t, s))))


_kl = _entrywise(
    "the Kullback-Leibler divergence",
    lambda p, q: mul(p, subtract(function("log", p), function("log", q))),
    lambda p, q: conjunction(positive(p), positive(q)),
)


def kl_divergence(p: Meaning, q: Meaning) -> Tensor:
    """Σ p log(p/q)."""
    return _kl(p, q, Text("sum"))


def cross_entropy(z: Meaning, t: Meaning, reduction: Expr | None = None) -> Tensor:
    """-Σ_i t_i log softmax(z)_i with soft or one-hot t; with an index t, -log softmax(z)_t."""
    logits, target = as_tensor(z, "z"), as_tensor(t, "t")
    if logits.rank not in (1, 2):
        raise ShapeError(f"cross-entropy of {logits.described}", expected="logits (n) or (B, n)")
    rows = logits.shape[:-1]
    if same_shape(target.shape, logits.shape):
        value = _soft(logits, target)
    elif same_shape(target.shape, rows):
        value = _indexed(logits, target)
    else:
        raise ShapeError(
            f"labels of shape {target.shape_text} for logits of shape {logits.shape_text}",
            expected="a label for each logit, or the index of the right class",
        )
    total = over_kernel("sum", rows, value)
    result = Tensor.scalar(divide(total, divisor(rows, reduction)))
    return result.where(every_entry(rows, lambda *row: _row_exists(logits, target, row)))


def _row_exists(logits: Tensor, target: Tensor, row: tuple[Expr, ...]) -> Expr:
    line = line_exists(logits, logits.rank - 1, (*row, ZERO))
    if target.rank == len(row):
        return conjunction(line, target.condition(*row))
    return conjunction(line, line_exists(target, target.rank - 1, (*row, ZERO)))


def _log_total(logits: Tensor, row: tuple[Expr, ...]) -> Expr:
    return function("log", exponential_sum(logits, logits.rank - 1, (*row, ZERO)))


def _soft(logits: Tensor, target: Tensor) -> Callable[..., Expr]:
    def loss(*row: Expr) -> Expr:
        log_total = _log_total(logits, row)

        def term(i: Expr) -> Expr:
            return mul(target.formula(*row, i), subtract(logits.formula(*row, i), log_total))

        return negative(over_kernel("sum", logits.shape[-1:], term))

    return loss


def _indexed(logits: Tensor, target: Tensor) -> Callable[..., Expr]:
    return lambda *row: subtract(_log_total(logits, row), logits.formula(*row, target.formula(*row)))


def categorical_cross_entropy(p: Meaning, t: Meaning, reduction: Expr | None = None) -> Tensor:
    """-Σ_i t_i log p_i of probabilities; the mean over the rows of a batch."""
    probabilities, target = pair_of(p, t, "cross-entropy")
    if probabilities.rank not in (1, 2):
        raise ShapeError(f"cross-entropy of {probabilities.described}", expected="p (n) or (B, n)")
    rows = probabilities.shape[:-1]

    def term(*at: Expr) -> Expr:
        return mul(MINUS_ONE, target.formula(*at), function("log", probabilities.formula(*at)))

    def exists(*at: Expr) -> Expr:
        p_at = probabilities.formula(*at)
        return conjunction(probabilities.condition(*at), target.condition(*at), positive(p_at))

    total = over_kernel("sum", probabilities.shape, term)
    result = Tensor.scalar(divide(total, divisor(rows, reduction)))
    return result.where(every_entry(probabilities.shape, exists))
