"""Activations that are smooth, or bend at 0 alone: Mish, softsign, SELU, CELU, log σ.

Sources: Misra (2019) for Mish; Bergstra et al. (2009) for softsign; Klambauer et al. (2017) for SELU, whose
two constants are the decimals that libraries have; Barron (2017) for CELU.
"""

from __future__ import annotations

from fractions import Fraction

from symderiv.expression.build import add, cases, compare, divide, function, mul, negative
from symderiv.expression.tree import MINUS_ONE, ONE, ZERO, Apply, Cases, Expr, Number
from symderiv.operations.activations.entrywise import activation
from symderiv.operations.declaring.forms import call, minus, over, plus, squared, times
from symderiv.operations.declaring.operation import option
from symderiv.operations.declaring.options import scalar_option

TWO = Number(2)
SELU_SCALE = Number(Fraction("1.0507009873554804934193349852946"))
SELU_ALPHA = Number(Fraction("1.6732632423543772848170429916717"))


def _softplus(x: Expr) -> Expr:
    return function("log", add(ONE, function("exp", x)))


def _mish_slope(x: Expr) -> Expr:
    """t + x (1 - t²) σ(x) for t = tanh(softplus x)"""
    t = call("tanh", call("softplus", x))
    return plus(t, times(x, minus(ONE, squared(t)), call("sigmoid", x)))


def _softsign(x: Expr) -> Expr:
    return divide(x, add(ONE, function("abs", x)))


def _softsign_slope(x: Expr) -> Expr:
    return over(ONE, squared(plus(ONE, call("abs", x))))


def _for_positive(x: Expr, inside: Expr, otherwise: Expr) -> Expr:
    return cases(((compare("lt", ZERO, x), inside),), otherwise)


def _selu(x: Expr) -> Expr:
    below = mul(SELU_ALPHA, add(function("exp", x), MINUS_ONE))
    return mul(SELU_SCALE, _for_positive(x, x, below))


def _selu_slope(x: Expr) -> Expr:
    below = times(SELU_ALPHA, call("exp", x))
    return times(SELU_SCALE, Cases(((Apply("gt", (x, ZERO)), ONE),), below))


def _celu(x: Expr, alpha: Expr) -> Expr:
    a = scalar_option(alpha, "alpha")
    return _for_positive(x, x, mul(a, add(function("exp", divide(x, a)), MINUS_ONE)))


def _celu_slope(x: Expr, alpha: Expr) -> Expr:
    return Cases(((Apply("gt", (x, ZERO)), ONE),), call("exp", over(x, alpha)))


SMOOTH_ACTIVATIONS = (
    activation(
        "mish", lambda x: mul(x, function("tanh", _softplus(x))), _mish_slope, "x tanh(log(1 + exp(x)))"
    ),
    activation("softsign", _softsign, _softsign_slope, "x / (1 + |x|)"),
    activation(
        "logsigmoid",
        lambda x: negative(_softplus(negative(x))),
        lambda x: minus(ONE, call("sigmoid", x)),
        "log σ(x) = -log(1 + exp(-x))",
    ),
    activation(
        "selu",
        _selu,
        _selu_slope,
        "1.0507… x for x > 0, else 1.0507… · 1.6732… (exp(x) - 1)",
        kinks="no derivative at x = 0: from the left 1.7580…, from the right 1.0507…",
    ),
    activation(
        "celu",
        _celu,
        _celu_slope,
        "x for x > 0, else alpha (exp(x/alpha) - 1)",
        options=(option("alpha", ONE),),
        settings=({"alpha": TWO},),
    ),
)
