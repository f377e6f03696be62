"""The focal loss: a cross-entropy that counts less where the prediction is good already.

    focal_loss(p, t) = -mean (a t (1-p)^γ log p + b (1-t) p^γ log (1-p))

with γ = 2 unless given; a = alpha and b = 1 - alpha where ``alpha`` is given, else 1. γ = 0 is the binary
cross-entropy. Source: Lin, Goyal, Girshick, He and Dollár, Focal loss for dense object detection (2017).
"""

from __future__ import annotations

from symderiv.expression.build import add, conjunction, function, mul, negative, power, subtract
from symderiv.expression.tree import ONE, ZERO, Apply, Expr, Number
from symderiv.operations.declaring.existence import positive
from symderiv.operations.declaring.forms import array_of, call, entry, minus, over, plus, shape_of, times
from symderiv.operations.declaring.operation import option
from symderiv.operations.declaring.options import scalar_option
from symderiv.operations.losses.declared import loss
from symderiv.operations.losses.forward import entrywise

TWO = Number(2)


def _weights(alpha: Expr | None) -> tuple[Expr, Expr]:
    if alpha is None:
        return ONE, ONE
    a = scalar_option(alpha, "alpha")
    return a, subtract(ONE, a)


def _focal(p: Expr, t: Expr, gamma: Expr, alpha: Expr | None) -> Expr:
    focus, (a, b) = scalar_option(gamma, "gamma"), _weights(alpha)
    away = subtract(ONE, p)
    there = mul(a, t, power(away, focus), function("log", p))
    absent = mul(b, subtract(ONE, t), power(p, focus), function("log", away))
    return negative(add(there, absent))


def _inside(p: Expr, t: Expr) -> Expr:
    return conjunction(positive(p), positive(subtract(ONE, p)))


def _raised(base: Expr, exponent: Expr) -> Expr:
    return ONE if exponent == ZERO else base if exponent == ONE else Apply("pow", (base, exponent))


def _part(p: Expr, away: Expr, gamma: Expr) -> Expr:
    """γ (1-p)^(γ-1) log p - (1-p)^γ/p, minus the slope of (1-p)^γ log p"""
    one_less = Number(gamma.value - 1) if isinstance(gamma, Number) else minus(gamma, ONE)
    slow = times(gamma, _raised(away, one_less), call("log", p))
    return minus(slow, over(_raised(away, gamma), p))


def _by_prediction(p: Expr, t: Expr, gamma: Expr, alpha: Expr | None) -> Expr:
    a, b = _weights(alpha)

    def value(*at: Expr) -> Expr:
        x, label = entry(p, *at), entry(t, *at)
        away = minus(ONE, x)
        there = times(a, label, _part(x, away, gamma))
        return minus(there, times(b, minus(ONE, label), _part(away, x, gamma)))

    return array_of(shape_of(p), value, p, t, gamma, a)


def _by_label(p: Expr, t: Expr, gamma: Expr, alpha: Expr | None) -> Expr:
    a, b = _weights(alpha)

    def value(*at: Expr) -> Expr:
        x = entry(p, *at)
        away = minus(ONE, x)
        there = times(a, _raised(away, gamma), call("log", x))
        return plus(times(b, _raised(x, gamma), call("log", away)), call("neg", there))

    return array_of(shape_of(p), value, p, t, gamma, a)


FOCAL = (
    loss(
        "focal_loss",
        ("p", "t"),
        entrywise("the focal loss", _focal, _inside),
        {"p": _by_prediction, "t": _by_label},
        "-mean (t (1-p)^γ log p + (1-t) p^γ log (1-p)), weighed by alpha and 1 - alpha where it is given",
        more=(option("gamma", TWO), option("alpha")),
        settings=({"gamma": Number(3), "alpha": ONE}, {"gamma": ONE}),
    ),
)
