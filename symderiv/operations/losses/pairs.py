"""Losses that compare: two scores, two vectors, log-probabilities with classes. Each is made of others.

    nll_loss(q, t)                    = -mean Σ_i t_i q_i, of log-probabilities q; t may be an index
    margin_ranking_loss(a, b, t)      = mean max(0, margin - t (a - b)),  t = 1 where a should be the larger
    contrastive_loss(a, b, t, margin) = mean (t d² + (1 - t) max(0, margin - d)²)/2, d = ‖a - b‖, t = 1: alike

Sources: torch.nn.functional.nll_loss, margin_ranking_loss; Hadsell et al. (2006), whose Y is 1 - t.
"""

from __future__ import annotations

from symderiv.errors import ShapeError
from symderiv.expression.build import add, conjunction, divide, function, mul, negative, power, sqrt, subtract
from symderiv.expression.tree import ONE, ZERO, Expr, Number, Sequence, Text
from symderiv.operations.convolution.window import over_kernel
from symderiv.operations.declaring.bound import forall, over_axis
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
from symderiv.operations.declaring.operation import Operation, array, option
from symderiv.operations.declaring.options import scalar_option
from symderiv.operations.declaring.places import checked_places, refuse_reals
from symderiv.operations.declaring.shapes import as_tensor, same_shape
from symderiv.operations.losses.forward import every_entry, pair_of, reduced, reduction_of
from symderiv.tensor import Meaning, Tensor

TWO = Number(2)
MEAN = Text("mean")


def nll_loss(q: Meaning, t: Meaning, reduction: Expr = MEAN) -> Tensor:
    """-Σ_i t_i q_i of every row, or -q_t for the index t of the class."""
    logs, target = as_tensor(q, "q"), as_tensor(t, "t")
    rows = logs.shape[:-1]
    if logs.rank not in (1, 2):
        raise ShapeError(f"nll_loss of {logs.described}", expected="log-probabilities (n) or (B, n)")
    if same_shape(target.shape, logs.shape):
        classes = logs.shape[-1:]
        return reduced(
            rows,
            lambda *row: negative(
                over_kernel("sum", classes, lambda i: mul(target.formula(*row, i), logs.formula(*row, i)))
            ),
            lambda *row: every_entry(
                classes, lambda i: conjunction(target.condition(*row, i), logs.condition(*row, i))
            ),
            reduction,
        )
    if same_shape(target.shape, rows):
        refuse_reals(target, "class")
        checked_places(target, logs.shape[-1], "class")
        return reduced(
            rows,
            lambda *row: negative(logs.formula(*row, target.formula(*row))),
            lambda *row: conjunction(target.condition(*row), logs.condition(*row, target.formula(*row))),
            reduction,
        )
    raise ShapeError(
        f"labels of shape {target.shape_text} for log-probabilities of shape {logs.shape_text}",
        expected="a label for each of them, or the index of the right class",
    )


def _nll_made_of(q: Expr, t: Expr, reduction: Expr) -> Expr:
    shape, kept = shape_of(q), reduction_of(reduction) == "none"
    count = ONE if len(shape) == 1 or reduction_of(reduction) != "mean" else shape[0]
    if same_shape(shape_of(t), shape):
        both = call("hadamard", t, q)
        total = call("sum", both, axis=ONE) if kept and len(shape) == 2 else call("sum", both)
    elif len(shape) == 1:
        total = entry(q, t)
    else:
        total = array_of(shape[:1], lambda b: entry(q, b, entry(t, b)), q, t)
        total = total if kept else call("sum", total)
    return over(call("neg", total), count)


def margin_ranking_loss(
    a: Meaning, b: Meaning, t: Meaning, margin: Expr = ZERO, reduction: Expr = MEAN
) -> Tensor:
    """``max(0, margin - t (a - b))`` of every pair."""
    left, right = pair_of(a, b, "the ranking loss")
    _, sign = pair_of(a, t, "the ranking loss")
    least = scalar_option(margin, "margin")

    def loss(*at: Expr) -> Expr:
        ahead = mul(sign.formula(*at), subtract(left.formula(*at), right.formula(*at)))
        return function("max", subtract(least, ahead), ZERO)

    def exists(*at: Expr) -> Expr:
        return conjunction(*(part.condition(*at) for part in (left, right, sign)))

    return reduced(left.shape, loss, exists, reduction)


def _ranking_made_of(a: Expr, b: Expr, t: Expr, margin: Expr, reduction: Expr) -> Expr:
    ahead = call("hadamard", t, minus(a, b)) if shape_of(a) else times(t, minus(a, b))
    each, word = call("relu", minus(margin, ahead)), reduction_of(reduction)
    return each if word == "none" or not shape_of(a) else call(word, each)


def contrastive_loss(
    a: Meaning, b: Meaning, t: Meaning, margin: Expr = ONE, reduction: Expr = MEAN
) -> Tensor:
    """(t d² + (1 - t) max(0, margin - d)²)/2 of two vectors, or of each row of matrices; d = ‖a - b‖."""
    left, right = pair_of(a, b, "the contrastive loss")
    label = as_tensor(t, "t")
    if left.rank not in (1, 2) or not same_shape(label.shape, left.shape[:-1]):
        raise ShapeError(
            f"the contrastive loss of {left.described} with labels of shape {label.shape_text}",
            expected="vectors and a number t, or rows and a label for each",
        )
    least, d = scalar_option(margin, "margin"), left.shape[-1]

    def loss(*row: Expr) -> Expr:
        def gap(k: Expr) -> Expr:
            return subtract(left.formula(*row, k), right.formula(*row, k))

        # squares as the parts of `made_of` have them, a norm and a product: the two are then written alike
        square = (lambda k: power(gap(k), TWO)) if not row else (lambda k: mul(gap(k), gap(k)))
        distance = sqrt(over_axis("sum", d, square))
        near = function("max", subtract(least, distance), ZERO)
        alike = label.formula(*row)
        both = mul(alike, power(distance, TWO)), mul(subtract(ONE, alike), power(near, TWO))
        return divide(add(*both), TWO)

    def exists(*row: Expr) -> Expr:
        there = forall(d, lambda k: conjunction(left.condition(*row, k), right.condition(*row, k)))
        return conjunction(there, label.condition(*row))

    return reduced(left.shape[:-1], loss, exists, reduction)


def _contrastive_made_of(a: Expr, b: Expr, t: Expr, margin: Expr, reduction: Expr) -> Expr:
    gap = minus(a, b)
    if len(shape_of(a)) == 1:
        distance = call("norm", gap)
        near = call("relu", minus(margin, distance))
        squares = times(t, squared(distance)), times(minus(ONE, t), squared(near))
        return over(plus(*squares), TWO)
    distance = call("sqrt", call("sum", call("hadamard", gap, gap), axis=ONE))
    near = call("relu", minus(margin, distance))
    squares = (
        call("hadamard", t, call("hadamard", distance, distance)),
        call("hadamard", minus(ONE, t), call("hadamard", near, near)),
    )
    each, word = over(plus(*squares), TWO), reduction_of(reduction)
    return each if word == "none" else call(word, each)


_REDUCTION = option("reduction", MEAN)

PAIRS = (
    Operation(
        "nll_loss",
        (array("q"), array("t"), _REDUCTION),
        nll_loss,
        made_of=_nll_made_of,
        formula="-mean Σ_i t_i q_i, of log-probabilities q",
        numeric_with=("t",),
        examples=(
            {"q": (3,), "t": (3,)},
            {"q": (2, 3), "t": (2, 3)},
            {"q": (3,), "t": ONE},
            {"q": (2, 3), "t": Sequence((TWO, ZERO))},
            {"q": (2, 3), "t": Sequence((TWO, ZERO)), "reduction": Text("none")},
            {"q": (2, 2), "t": (2, 2), "reduction": Text("none")},
        ),
    ),
    Operation(
        "margin_ranking_loss",
        (array("a"), array("b"), array("t"), option("margin", ZERO), _REDUCTION),
        margin_ranking_loss,
        made_of=_ranking_made_of,
        formula="mean max(0, margin - t (a - b))",
        kinks="no derivative where t (a - b) = margin",
        examples=(
            {"a": (), "b": (), "t": (), "margin": Number(5)},
            {"a": (3,), "b": (3,), "t": (3,), "margin": Number(7)},
            {"a": (2, 2), "b": (2, 2), "t": (2, 2), "margin": Number(9), "reduction": Text("sum")},
            {"a": (2,), "b": (2,), "t": (2,), "margin": Number(9), "reduction": Text("none")},
        ),
    ),
    Operation(
        "contrastive_loss",
        (array("a"), array("b"), array("t"), option("margin", ONE), _REDUCTION),
        contrastive_loss,
        made_of=_contrastive_made_of,
        formula="mean (t d² + (1 - t) max(0, margin - d)²)/2, d = ‖a - b‖",
        kinks="no derivative where a = b, unless t = 1",
        source="Hadsell et al. (2006)",
        examples=(
            {"a": (2,), "b": (2,), "t": (), "margin": Number(9)},
            {"a": (3,), "b": (3,), "t": (), "margin": Number(9)},
            {"a": (2, 2), "b": (2, 2), "t": (2,), "margin": Number(9)},
            {"a": (2, 1), "b": (2, 1), "t": (2,), "reduction": Text("none"), "margin": Number(9)},
        ),
    ),
)
