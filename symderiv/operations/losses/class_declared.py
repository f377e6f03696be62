"""The cross-entropies of classes, with the gradient ``softmax(z) - t`` that courses write."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from symderiv.errors import MeaningError
from symderiv.expression.build import divide, subtract
from symderiv.expression.printing.display import readable
from symderiv.expression.tree import ONE, ZERO, Expr, Number, Sequence, Text
from symderiv.operations.declaring.forms import (
    array_of,
    call,
    delta,
    entry,
    minus,
    over,
    plus,
    shape_of,
    times,
    total,
    where,
)
from symderiv.operations.declaring.operation import Operation, array, option, optional_array
from symderiv.operations.declaring.options import scalar_option
from symderiv.operations.declaring.shapes import same_shape
from symderiv.operations.losses import forward as losses
from symderiv.operations.losses.class_forward import categorical_cross_entropy, cross_entropy

SUM, NONE = Text("sum"), Text("none")


def _kept_by_row(slope: Callable[..., Expr], x: Expr, *others: Expr) -> Expr:
    """The losses of the rows are kept, each reads its own row: δ(b, c) slope(b, i)."""

    def value(b: Expr, *at: Expr) -> Expr:
        return times(delta(b, at[0]), slope(b, *at[1:]))

    return array_of((shape_of(x)[0], *shape_of(x)), value, x, *others)


def _are_kept(x: Expr, reduction: Expr | None) -> bool:
    return losses.reduction_of(reduction) == "none" and len(shape_of(x)) == 2


class CrossEntropy:
    """cross_entropy at names: s = w ⊙ ((1 - α) t + α/C) stands for the labels t, and ∂/∂z = (Σ s) p - s."""

    def __init__(
        self,
        z: Expr,
        t: Expr,
        reduction: Expr | None = None,
        weight: Expr | None = None,
        smoothing: Expr = ZERO,
        ignored: Expr | None = None,
    ) -> None:
        self.z, self.t, self.reduction = z, t, reduction
        self.weight, self.ignored = weight, ignored
        self._alpha = scalar_option(smoothing, "label_smoothing")
        self.shape = shape_of(z)
        self.soft = same_shape(shape_of(t), self.shape)

    def by_logits(self) -> Expr:
        """The gradient over N, or a row for each loss that is kept."""
        if not _are_kept(self.z, self.reduction):
            return self.gradient(self.count())
        if not self.soft:
            return _kept_by_row(lambda *at: self._by_index(call("softmax", self.z), *at), *self._trees())
        whole = self.gradient()
        return _kept_by_row(lambda *at: entry(whole, *at), *self._trees())

    def gradient(self, count: Expr = ONE) -> Expr:
        """((Σ s) p - s)/N, of every row."""
        p = call("softmax", self.z)
        if not self.soft and len(self.shape) == 1 and self.weight is None and self.ignored is None:
            return over(minus(p, self._smoothed(call("one_hot", self.t, self.shape[0]))), count)
        if not self.soft:
            return array_of(self.shape, lambda *at: over(self._by_index(p, *at), count), *self._trees())
        s = self._labels()
        if len(self.shape) == 1:
            return over(minus(times(call("sum", s), p), s), count)
        row = call("transpose", call("ones", self.shape[1]))
        return over(minus(call("hadamard", times(call("sum", s, axis=ONE), row), p), s), count)

    def count(self) -> Expr:
        """What the mean is over: the number of rows, or the weights of their labels; 1 for a sum."""
        n = losses.divisor(self.shape[:-1], self.reduction)
        if losses.reduction_of(self.reduction) != "mean" or self.soft:
            return n
        if self.weight is None and self.ignored is None:
            return n
        if len(self.shape) == 1:
            return self._counted(self.t)
        return total(self.shape[0], lambda b: self._counted(entry(self.t, b)), *self._trees())

    def by_labels(self) -> Expr:
        """-(1 - α) w ⊙ log softmax(z), for labels that are no index."""
        if not self.soft:
            raise MeaningError("the index of a class is a whole number: no derivative by it")
        logs = call("log_softmax", self.z)
        if self.weight is not None:
            logs = call("hadamard", self._weights(), logs)
        return call("neg", times(*self._kept(), logs))

    def _trees(self) -> tuple[Expr, ...]:
        given = (self.z, self.t, self.weight, self._alpha, self.ignored)
        return tuple(tree for tree in given if tree is not None)

    def _kept(self) -> tuple[Expr, ...]:
        return () if self._alpha == ZERO else (readable(subtract(ONE, self._alpha)),)

    def _smoothed(self, label: Expr) -> Expr:
        """(1 - α) t + α/C"""
        return plus(times(*self._kept(), label), self._share())

    def _share(self) -> Expr:
        """α/C"""
        return ZERO if self._alpha == ZERO else readable(divide(self._alpha, self.shape[-1]))

    def _labels(self) -> Expr:
        s = self._smoothed(self.t)
        return s if self.weight is None else call("hadamard", self._weights(), s)

    def _weights(self) -> Expr:
        """w beside every row."""
        assert self.weight is not None
        if len(self.shape) == 1:
            return self.weight
        return times(call("ones", self.shape[0]), call("transpose", self.weight))

    def _by_index(self, p: Expr, *at: Expr) -> Expr:
        right = entry(self.t, *at[:-1])
        hot = self._smoothed(delta(at[-1], right))
        if self.weight is None:
            slope = minus(entry(p, *at), hot)
        else:
            whole = times(*self._kept(), entry(self.weight, right))
            whole = plus(whole, times(self._share(), call("sum", self.weight)))
            slope = minus(times(whole, entry(p, *at)), times(entry(self.weight, at[-1]), hot))
        return self._unless_ignored(right, slope)

    def _counted(self, right: Expr) -> Expr:
        return self._unless_ignored(right, ONE if self.weight is None else entry(self.weight, right))

    def _unless_ignored(self, right: Expr, value: Expr) -> Expr:
        return value if self.ignored is None else where(call("ne", right, self.ignored), value)


def _logits(z: Expr, t: Expr, *options: Expr) -> Expr:
    return CrossEntropy(z, t, *options).by_logits()


def _labels(z: Expr, t: Expr, *options: Expr) -> Expr:
    loss = CrossEntropy(z, t, *options)
    return _by_its_rows(loss.by_labels(), z, loss.reduction, t)


def _by_its_rows(whole: Expr, x: Expr, reduction: Expr | None, *others: Expr) -> Expr:
    """A gradient over N, or a row for each loss that is kept."""
    if _are_kept(x, reduction):
        return _kept_by_row(lambda *at: entry(whole, *at), x, *others)
    return over(whole, losses.divisor(shape_of(x)[:-1], reduction))


def _sent_by_rows(gradient: Callable[..., Expr]) -> Callable[..., Expr | None]:
    """diag(G) times the gradient, where losses are kept: each row gets its own entry of G."""

    def vjp(G: Expr, x: Expr, t: Expr, reduction: Expr | None = None, *options: Expr) -> Expr | None:
        if not _are_kept(x, reduction):
            return None
        return times(call("diag", G), gradient(x, t, reduction, *options))

    return vjp


def _minus_log(p: Expr) -> Expr:
    return call("neg", call("log", p))


def _minus_ratio(p: Expr, t: Expr) -> Expr:
    return call("neg", over(t, p))


TWO = Number(2)
_INDICES = Sequence((TWO, ZERO))
_WEIGHTS = Sequence((TWO, Number(3), ONE))
_TENTH = Number(Fraction(1, 10))

CLASS_LOSSES = (
    Operation(
        "cross_entropy",
        (
            array("z"),
            array("t"),
            option("reduction", Text("mean")),
            optional_array("weight"),
            option("label_smoothing", ZERO),
            option("ignore_index"),
        ),
        cross_entropy,
        jacobians={"z": _logits, "t": _labels},
        vjps={
            "z": _sent_by_rows(lambda *given: CrossEntropy(*given).gradient()),
            "t": _sent_by_rows(lambda *given: CrossEntropy(*given).by_labels()),
        },
        formula="-Σ_i t_i log softmax(z)_i",
        numeric_with=("t",),
        examples=(
            *({"z": shape, "t": shape} for shape in ((2,), (3,), (2, 2))),
            {"z": (3,), "t": (3,), "reduction": SUM},
            {"z": (3,), "t": ONE},
            {"z": (2, 3), "t": _INDICES},
            {"z": (2, 3), "t": (2, 3), "reduction": SUM},
            {"z": (2, 3), "t": (2, 3), "reduction": NONE},
            {"z": (2, 3), "t": _INDICES, "reduction": NONE},
            {"z": (3,), "t": (3,), "weight": (3,), "label_smoothing": _TENTH},
            {"z": (2, 3), "t": (2, 3), "weight": (3,), "label_smoothing": _TENTH},
            {"z": (2, 3), "t": _INDICES, "weight": _WEIGHTS, "label_smoothing": _TENTH},
            {"z": (3,), "t": ONE, "label_smoothing": _TENTH},
            {"z": (2, 3), "t": _INDICES, "weight": (3,), "reduction": NONE},
            {"z": (2, 3), "t": _INDICES, "ignore_index": TWO},
        ),
    ),
    Operation(
        "categorical_cross_entropy",
        (array("p"), array("t"), option("reduction", Text("mean"))),
        categorical_cross_entropy,
        jacobians={
            "p": lambda p, t, reduction=None: _by_its_rows(_minus_ratio(p, t), p, reduction, t),
            "t": lambda p, t, reduction=None: _by_its_rows(_minus_log(p), p, reduction, t),
        },
        vjps={
            "p": _sent_by_rows(lambda p, t, reduction: _minus_ratio(p, t)),
            "t": _sent_by_rows(lambda p, t, reduction: _minus_log(p)),
        },
        formula="-Σ_i t_i log p_i",
        numeric_with=("t",),
        examples=(
            *({"p": shape, "t": shape} for shape in ((2,), (3,), (2, 2))),
            {"p": (3,), "t": (3,), "reduction": SUM},
            {"p": (2, 3), "t": (2, 3), "reduction": NONE},
        ),
    ),
)
