"""Cross-entropies of classes: of logits, and of probabilities; rows of a batch are examples.

    cross_entropy(z, t)             = -Σ_i t_i log softmax(z)_i        ∂/∂z = (Σ t) softmax(z) - t
    categorical_cross_entropy(p, t) = -Σ_i t_i log p_i                 ∂/∂p = -t / p

Of a batch both take the mean over the rows. As PyTorch means them, with weights w of the classes and smoothed
labels, s_i = w_i ((1 - α) t_i + α/C) stands for t_i; for labels that are indices c the mean is then over
Σ w_c, and examples whose label is ``ignore_index`` count nowhere.
"""

from __future__ import annotations

from symderiv.errors import MeaningError, ShapeError
from symderiv.expression.build import (
    add,
    cases,
    compare,
    conjunction,
    divide,
    function,
    mul,
    negation,
    negative,
    subtract,
)
from symderiv.expression.tree import ONE, ZERO, Expr
from symderiv.operations.activations.softmax import exponential_sum, line_exists
from symderiv.operations.convolution.window import over_kernel
from symderiv.operations.declaring.existence import positive
from symderiv.operations.declaring.options import scalar_option
from symderiv.operations.declaring.places import checked_places, refuse_reals
from symderiv.operations.declaring.shapes import as_tensor, same_shape
from symderiv.operations.losses.forward import every_entry, pair_of, reduced
from symderiv.tensor import Meaning, Tensor


def cross_entropy(
    z: Meaning,
    t: Meaning,
    reduction: Expr | None = None,
    weight: Meaning | None = None,
    label_smoothing: Expr = ZERO,
    ignore_index: Expr | None = None,
) -> Tensor:
    """-Σ_i t_i log softmax(z)_i with soft or one-hot t; with an index t, -log softmax(z)_t."""
    logits, target = as_tensor(z, "z"), as_tensor(t, "t")
    if logits.rank not in (1, 2):
        raise ShapeError(f"cross-entropy of {logits.described}", expected="logits (n) or (B, n)")
    rows = logits.shape[:-1]
    if same_shape(target.shape, logits.shape):
        if ignore_index is not None:
            raise MeaningError("ignore_index is for labels that are indices", cure="leave it out")
        loss = _Soft(logits, target, weight, label_smoothing)
    elif same_shape(target.shape, rows):
        loss = _Indexed(logits, target, weight, label_smoothing, ignore_index)
    else:
        raise ShapeError(
            f"labels of shape {target.shape_text} for logits of shape {logits.shape_text}",
            expected="a label for each logit, or the index of the right class",
        )
    return reduced(rows, loss, loss.exists, reduction, loss.total())


class _Soft:
    """The loss of a row whose labels are numbers, one a class."""

    def __init__(self, logits: Tensor, target: Tensor, weight: Meaning | None, smoothing: Expr) -> None:
        self.logits, self.target = logits, target
        self.smoothing = scalar_option(smoothing, "label_smoothing")
        self.weight = None if weight is None else as_tensor(weight, "weight")
        if self.weight is not None and not same_shape(self.weight.shape, logits.shape[-1:]):
            raise ShapeError(f"weight of shape {self.weight.shape_text}", expected="a weight for each class")

    def __call__(self, *row: Expr) -> Expr:
        log_total = self.log_total(row)

        def term(i: Expr) -> Expr:
            return mul(self.label(row, i), subtract(self.logits.formula(*row, i), log_total))

        return negative(over_kernel("sum", self.logits.shape[-1:], term))

    def total(self) -> Expr | None:
        """What a mean is taken over, where that isn't the number of rows."""
        return None

    def label(self, row: tuple[Expr, ...], i: Expr) -> Expr:
        return mul(*self.weight_of(i), self.smoothed(self.target.formula(*row, i)))

    def weight_of(self, i: Expr) -> tuple[Expr, ...]:
        return () if self.weight is None else (self.weight.formula(i),)

    def smoothed(self, label: Expr) -> Expr:
        """(1 - α) t + α/C"""
        if self.smoothing == ZERO:
            return label
        return add(mul(subtract(ONE, self.smoothing), label), self.share())

    def share(self) -> Expr:
        return divide(self.smoothing, self.logits.shape[-1])

    def log_total(self, row: tuple[Expr, ...]) -> Expr:
        return function("log", exponential_sum(self.logits, self.logits.rank - 1, (*row, ZERO)))

    def exists(self, *row: Expr) -> Expr:
        parts = [line_exists(self.logits, self.logits.rank - 1, (*row, ZERO)), self.label_exists(row)]
        if self.weight is not None:
            parts.append(line_exists(self.weight, 0, (ZERO,)))
        return conjunction(*parts)

    def label_exists(self, row: tuple[Expr, ...]) -> Expr:
        return line_exists(self.target, self.target.rank - 1, (*row, ZERO))


class _Indexed(_Soft):
    """The loss of a row whose label is the index of the right class."""

    def __init__(
        self,
        logits: Tensor,
        target: Tensor,
        weight: Meaning | None,
        smoothing: Expr,
        ignored: Expr | None,
    ) -> None:
        super().__init__(logits, target, weight, smoothing)
        self.ignored = None if ignored is None else scalar_option(ignored, "ignore_index")
        refuse_reals(target, "class")
        checked_places(target, logits.shape[-1], "class", self.ignored)

    def __call__(self, *row: Expr) -> Expr:
        log_total, right = self.log_total(row), self.target.formula(*row)

        def lost(i: Expr) -> Expr:
            return mul(*self.weight_of(i), subtract(log_total, self.logits.formula(*row, i)))

        loss = lost(right)
        if self.smoothing != ZERO:
            others = over_kernel("sum", self.logits.shape[-1:], lost)
            loss = add(mul(subtract(ONE, self.smoothing), loss), mul(self.share(), others))
        return self.unless_ignored(row, loss)

    def total(self) -> Expr | None:
        if self.weight is None and self.ignored is None:
            return None

        def weight(*row: Expr) -> Expr:
            return self.unless_ignored(row, mul(ONE, *self.weight_of(self.target.formula(*row))))

        return over_kernel("sum", self.logits.shape[:-1], weight)

    def unless_ignored(self, row: tuple[Expr, ...], value: Expr) -> Expr:
        if self.ignored is None:
            return value
        kept = negation(compare("eq", self.target.formula(*row), self.ignored))
        return cases(((kept, value),), ZERO)

    def label_exists(self, row: tuple[Expr, ...]) -> Expr:
        return self.target.condition(*row)


def categorical_cross_entropy(p: Meaning, t: Meaning, reduction: Expr | None = None) -> Tensor:
    """-Σ_i t_i log p_i of probabilities; the mean over the rows of a batch."""
    probabilities, target = pair_of(p, t, "cross-entropy")
    if probabilities.rank not in (1, 2):
        raise ShapeError(f"cross-entropy of {probabilities.described}", expected="p (n) or (B, n)")
    classes = probabilities.shape[-1:]

    def lost(*at: Expr) -> Expr:
        return negative(mul(target.formula(*at), function("log", probabilities.formula(*at))))

    def entry_exists(*at: Expr) -> Expr:
        there = conjunction(probabilities.condition(*at), target.condition(*at))
        return conjunction(there, positive(probabilities.formula(*at)))

    return reduced(
        probabilities.shape[:-1],
        lambda *row: over_kernel("sum", classes, lambda i: lost(*row, i)),
        lambda *row: every_entry(classes, lambda i: entry_exists(*row, i)),
        reduction,
    )
