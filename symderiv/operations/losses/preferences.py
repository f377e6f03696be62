"""Losses of what is preferred, and of directions that agree. Each is made of others.

    dpo_loss(w, l, w0, l0)            = -mean log σ(beta ((w - l) - (w0 - l0)))
    cosine_embedding_loss(x, y, t)    = mean (s (1 - c) + (1 - s) max(0, c - margin))

w and l are the log-probabilities of the preferred answer and of the other one, w0 and l0 those of the
reference; c is the cosine, t is 1 where x and y should agree, -1 where not, s = (1 + t)/2.
Sources: Rafailov et al. (2023); torch.nn.functional.cosine_embedding_loss.
"""

from __future__ import annotations

from fractions import Fraction

from symderiv.errors import ShapeError
from symderiv.expression.build import add, conjunction, divide, function, mul, negative, power, sqrt, subtract
from symderiv.expression.tree import MINUS_ONE, ONE, ZERO, Apply, Expr, Number, Text
from symderiv.operations.activations.entrywise import logistic
from symderiv.operations.declaring.bound import over_axis
from symderiv.operations.declaring.existence import positive
from symderiv.operations.declaring.forms import call, minus, over, plus, shape_of, times
from symderiv.operations.declaring.operation import Operation, array, option
from symderiv.operations.declaring.options import scalar_option
from symderiv.operations.declaring.shapes import as_tensor, same_shape
from symderiv.operations.losses.forward import every_entry, pair_of, reduced, reduction_of
from symderiv.tensor import Meaning, Tensor

TWO = Number(2)
MEAN = Text("mean")
TENTH = Number(Fraction(1, 10))


def dpo_loss(
    chosen: Meaning,
    rejected: Meaning,
    reference_chosen: Meaning,
    reference_rejected: Meaning,
    beta: Expr = TENTH,
    reduction: Expr = MEAN,
) -> Tensor:
    """``-log σ(beta ((w - l) - (w0 - l0)))`` of every pair of answers."""
    better, worse = pair_of(chosen, rejected, "the preference loss")
    _, before = pair_of(chosen, reference_chosen, "the preference loss")
    _, other = pair_of(chosen, reference_rejected, "the preference loss")
    slope = scalar_option(beta, "beta")

    def loss(*at: Expr) -> Expr:
        now = subtract(better.formula(*at), worse.formula(*at))
        ahead = subtract(now, subtract(before.formula(*at), other.formula(*at)))
        return negative(function("log", logistic(mul(slope, ahead))))

    def exists(*at: Expr) -> Expr:
        return conjunction(*(part.condition(*at) for part in (better, worse, before, other)))

    return reduced(better.shape, loss, exists, reduction)


def _dpo_made_of(w: Expr, other: Expr, w0: Expr, other0: Expr, beta: Expr, reduction: Expr) -> Expr:
    ahead = times(beta, minus(minus(w, other), minus(w0, other0)))
    each, word = call("neg", call("logsigmoid", ahead)), reduction_of(reduction)
    return each if word == "none" or not shape_of(w) else call(word, each)


def cosine_embedding_loss(
    x: Meaning, y: Meaning, t: Meaning, margin: Expr = ZERO, reduction: Expr = MEAN
) -> Tensor:
    """1 - c where t = 1, max(0, c - margin) where t = -1, of two vectors or of each pair of rows."""
    a, b = pair_of(x, y, "the cosine embedding loss")
    label, least = as_tensor(t, "t"), scalar_option(margin, "margin")
    if a.rank not in (1, 2) or not same_shape(label.shape, a.shape[:-1]):
        raise ShapeError(
            f"the cosine embedding loss of {a.described} with labels of shape {label.shape_text}",
            expected="vectors and a number t, or rows and a label for each",
        )
    n = a.shape[-1]

    def square(part: Tensor, row: tuple[Expr, ...]) -> Expr:
        return over_axis("sum", n, lambda k: power(part.formula(*row, k), TWO))

    def loss(*row: Expr) -> Expr:
        both = over_axis("sum", n, lambda k: mul(a.formula(*row, k), b.formula(*row, k)))
        cosine = divide(both, mul(sqrt(square(a, row)), sqrt(square(b, row))))
        agree, sign = subtract(ONE, cosine), label.formula(*row)
        apart = function("max", subtract(cosine, least), ZERO)
        alike = divide(add(ONE, sign), TWO)
        return add(mul(alike, agree), mul(subtract(ONE, alike), apart))

    def exists(*row: Expr) -> Expr:
        there = every_entry((n,), lambda k: conjunction(a.condition(*row, k), b.condition(*row, k)))
        return conjunction(there, label.condition(*row), *(positive(square(part, row)) for part in (a, b)))

    return reduced(a.shape[:-1], loss, exists, reduction)


_SAID = (ONE, MINUS_ONE, Apply("neg", (ONE,)))
"""Labels that say which of the two cases it is."""


def _cosine_made_of(x: Expr, y: Expr, t: Expr, margin: Expr, reduction: Expr) -> Expr:
    word = reduction_of(reduction)
    if len(shape_of(x)) == 1:
        cosine = call("cosine_similarity", x, y)
        agree, apart = minus(ONE, cosine), call("relu", minus(cosine, margin))
        if t in _SAID:
            return agree if t == ONE else apart
        alike = over(plus(ONE, t), TWO)
        return plus(times(alike, agree), times(minus(ONE, alike), apart))
    lengths = (call("sqrt", call("sum", call("hadamard", v, v), axis=ONE)) for v in (x, y))
    cosine = over(call("sum", call("hadamard", x, y), axis=ONE), call("hadamard", *lengths))
    agree, apart = minus(ONE, cosine), call("relu", minus(cosine, margin))
    alike = over(plus(ONE, t), TWO)
    each = plus(call("hadamard", alike, agree), call("hadamard", minus(ONE, alike), apart))
    return each if word == "none" else call(word, each)


ANSWERS = ("chosen", "rejected", "reference_chosen", "reference_rejected")
_REDUCTION = option("reduction", MEAN)

PREFERENCES = (
    Operation(
        "dpo_loss",
        (*map(array, ANSWERS), option("beta", TENTH), _REDUCTION),
        dpo_loss,
        made_of=_dpo_made_of,
        formula="-mean log σ(beta ((chosen - rejected) - (reference_chosen - reference_rejected)))",
        source="Rafailov et al. (2023)",
        examples=(
            dict.fromkeys(ANSWERS, ()),
            {**dict.fromkeys(ANSWERS, (3,)), "beta": TWO},
            {**dict.fromkeys(ANSWERS, (2,)), "reduction": Text("none")},
        ),
    ),
    Operation(
        "cosine_embedding_loss",
        (array("x"), array("y"), array("t"), option("margin", ZERO), _REDUCTION),
        cosine_embedding_loss,
        made_of=_cosine_made_of,
        formula="mean (s (1 - c) + (1 - s) max(0, c - margin)), c the cosine, s = (1 + t)/2, t = 1 or -1",
        kinks="no derivative where c = margin, unless t = 1; not defined where x or y is 0",
        examples=(
            {"x": (2,), "y": (2,), "t": ()},
            {"x": (3,), "y": (3,), "t": (), "margin": Number(Fraction(1, 2))},
            {"x": (2, 2), "y": (2, 2), "t": (2,)},
            {"x": (2, 2), "y": (2, 2), "t": (2,), "reduction": Text("none")},
        ),
    ),
)
