"""Losses of pairs and triplets of vectors, and of overlap: each is made of others.

    triplet_margin_loss(a, p, n)  = mean max(0, ‖a - p‖ - ‖a - n‖ + margin)    rows of matrices, or vectors
    info_nce(Q, K, temperature)   = cross_entropy(Q Kᵀ/temperature, 1)         row i of Q goes with row i of K
    dice_loss(p, t, smooth)       = 1 - (2 Σ p t + smooth)/(Σ p + Σ t + smooth)

Sources: Schroff, Kalenichenko and Philbin (2015), with the norms of PyTorch (without its 10⁻⁶); van den Oord,
Li and Vinyals (2018); Milletari, Navab and Ahmadi (2016), with plain sums below.
"""

from __future__ import annotations

from symderiv.errors import ShapeError
from symderiv.expression.build import (
    add,
    conjunction,
    divide,
    function,
    mul,
    power,
    sqrt,
    subtract,
)
from symderiv.expression.tree import ONE, ZERO, Expr, Number, Text
from symderiv.operations.convolution.window import over_kernel
from symderiv.operations.declaring.bound import forall, over_axis
from symderiv.operations.declaring.existence import nonzero
from symderiv.operations.declaring.forms import call, minus, over, plus, shape_of, times
from symderiv.operations.declaring.operation import Operation, array, option
from symderiv.operations.declaring.options import scalar_option
from symderiv.operations.declaring.shapes import as_tensor, same_size
from symderiv.operations.losses.class_forward import cross_entropy
from symderiv.operations.losses.forward import every_entry, pair_of, reduced, reduction_of
from symderiv.tensor import Meaning, Tensor

TWO = Number(2)
MEAN = Text("mean")


def triplet_margin_loss(
    anchor: Meaning, positive: Meaning, negative: Meaning, margin: Expr = ONE, reduction: Expr = MEAN
) -> Tensor:
    """``max(0, ‖a - p‖ - ‖a - n‖ + margin)`` of vectors, or of each row of matrices."""
    a, p = pair_of(anchor, positive, "the triplet loss")
    _, n = pair_of(anchor, negative, "the triplet loss")
    if a.rank not in (1, 2):
        raise ShapeError(f"the triplet loss of {a.described}", expected="vectors, or matrices of rows")
    least, d = scalar_option(margin, "margin"), a.shape[-1]

    def distance(b: Tensor, at: tuple[Expr, ...]) -> Expr:
        def gap(k: Expr) -> Expr:
            return subtract(a.formula(*at, k), b.formula(*at, k))

        # squares as the parts of `made_of` have them, a norm and a product: the two are then written alike
        square = (lambda k: power(gap(k), TWO)) if not at else (lambda k: mul(gap(k), gap(k)))
        return sqrt(over_axis("sum", d, square))

    def loss(*at: Expr) -> Expr:
        return function("max", add(subtract(distance(p, at), distance(n, at)), least), ZERO)

    def exists(*at: Expr) -> Expr:
        return forall(d, lambda k: conjunction(*(t.condition(*at, k) for t in (a, p, n))))

    return reduced(a.shape[:-1], loss, exists, reduction)


def _triplet_made_of(
    anchor: Expr, positive: Expr, negative: Expr, margin: Expr, reduction: Expr
) -> Expr | None:
    def distance(other: Expr) -> Expr:
        difference = minus(anchor, other)
        if len(shape_of(anchor)) == 1:
            return call("norm", difference)
        return call("sqrt", call("sum", call("hadamard", difference, difference), axis=ONE))

    each = call("relu", plus(minus(distance(positive), distance(negative)), margin))
    word = reduction_of(reduction)
    return each if word == "none" or len(shape_of(anchor)) == 1 else call(word, each)


def info_nce(Q: Meaning, K: Meaning, temperature: Expr = ONE) -> Tensor:
    """The mean of -log softmax(Q Kᵀ/temperature)[i, i] over the rows i."""
    q, k = as_tensor(Q, "Q"), as_tensor(K, "K")
    if not (q.rank == k.rank == 2 and all(map(same_size, q.shape, k.shape))):
        raise ShapeError(f"info_nce of {q.described} and {k.described}", expected="Q and K (n, d)")
    tau, d = scalar_option(temperature, "temperature"), q.shape[1]

    def score(i: Expr, j: Expr) -> Expr:
        product = over_axis("sum", d, lambda x: mul(q.formula(i, x), k.formula(j, x)))
        return divide(product, tau)

    scores = Tensor.of((q.shape[0], k.shape[0]), score)
    i, j = scores.indices
    exist = forall(d, lambda x: conjunction(q.condition(i, x), k.condition(j, x)))
    unit = Tensor.of(scores.shape, lambda i, j: function("delta", i, j))
    return cross_entropy(scores.where(conjunction(exist, nonzero(tau))), unit)


def _info_made_of(Q: Expr, K: Expr, temperature: Expr) -> Expr:
    scores = over(times(Q, call("transpose", K)), temperature)
    return call("cross_entropy", scores, call("eye", shape_of(Q)[0]))


def dice_loss(p: Meaning, t: Meaning, smooth: Expr = ZERO) -> Tensor:
    """1 - (2 Σ p t + smooth)/(Σ p + Σ t + smooth)"""
    x, label = pair_of(p, t, "the dice loss")
    s = scalar_option(smooth, "smooth")

    def total(*of: Tensor) -> Expr:
        return over_kernel("sum", x.shape, lambda *at: mul(*(part.formula(*at) for part in of)))

    below = add(total(x), total(label), s)
    share = divide(add(mul(TWO, total(x, label)), s), below)
    exist = every_entry(x.shape, lambda *at: conjunction(x.condition(*at), label.condition(*at)))
    return Tensor.scalar(subtract(ONE, share), conjunction(exist, nonzero(below)))


def _dice_made_of(p: Expr, t: Expr, smooth: Expr) -> Expr:
    both = call("sum", call("hadamard", p, t)) if shape_of(p) else times(p, t)
    sums = (call("sum", x) if shape_of(p) else x for x in (p, t))
    return minus(ONE, over(plus(times(TWO, both), smooth), plus(*sums, smooth)))


METRIC = (
    Operation(
        "triplet_margin_loss",
        (*map(array, ("anchor", "positive", "negative")), option("margin", ONE), option("reduction", MEAN)),
        triplet_margin_loss,
        made_of=_triplet_made_of,
        formula="mean max(0, ‖a - p‖ - ‖a - n‖ + margin)",
        kinks="no derivative where a = p, where a = n, and where the maximum is met from both sides",
        source="Schroff et al. (2015)",
        examples=(
            {"anchor": (2,), "positive": (2,), "negative": (2,), "margin": Number(5)},
            {"anchor": (3,), "positive": (3,), "negative": (3,), "margin": Number(7)},
            {"anchor": (2, 2), "positive": (2, 2), "negative": (2, 2), "margin": Number(9)},
            {"anchor": (2, 1), "positive": (2, 1), "negative": (2, 1), "reduction": Text("none")},
        ),
    ),
    Operation(
        "info_nce",
        (array("Q"), array("K"), option("temperature", ONE)),
        info_nce,
        made_of=_info_made_of,
        formula="cross_entropy(Q Kᵀ/temperature, eye(n))",
        source="van den Oord et al. (2018)",
        examples=(
            {"Q": (2, 2), "K": (2, 2)},
            {"Q": (2, 3), "K": (2, 3), "temperature": TWO},
            {"Q": (3, 1), "K": (3, 1)},
        ),
    ),
    Operation(
        "dice_loss",
        (array("p"), array("t"), option("smooth", ZERO)),
        dice_loss,
        made_of=_dice_made_of,
        formula="1 - (2 Σ p t + smooth)/(Σ p + Σ t + smooth)",
        kinks="not defined where Σ p + Σ t + smooth = 0",
        source="Milletari et al. (2016)",
        examples=(
            {"p": (2,), "t": (2,)},
            {"p": (3,), "t": (3,), "smooth": ONE},
            {"p": (2, 2), "t": (2, 2), "smooth": TWO},
        ),
    ),
)
