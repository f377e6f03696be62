"""Activation functions, entry by entry: a row is the formula, its derivative, and where there is none.

Sources: Goodfellow, Bengio, Courville, Deep Learning (2016), §6.3; Clevert et al. (2016) for ELU;
Hendrycks and Gimpel (2016) for GELU; Ramachandran et al. (2017) for SiLU, also called swish.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from symderiv.expression.build import add, cases, compare, divide, function, mul, negative, power, sqrt
from symderiv.expression.tree import HALF, ONE, PI, ZERO, Apply, Cases, Expr, Number, Text
from symderiv.operations.arrays.elementwise_forms import diagonal, entrywise_vjp
from symderiv.operations.declaring.forms import call, minus, over, plus, squared, times
from symderiv.operations.declaring.operation import Example, Operation, Parameter, array, option
from symderiv.operations.declaring.options import scalar_option, word_option
from symderiv.operations.declaring.shapes import as_tensor
from symderiv.tensor import Meaning, Tensor

TWO = Number(2)
THREE = Number(3)
CUBIC = Number(Fraction(44715, 1000000))
CUBIC_SLOPE = Number(Fraction(3 * 44715, 1000000))
SLOPE = Number(Fraction(1, 100))


def each(x: Meaning, value: Callable[[Expr], Expr]) -> Tensor:
    """``value`` at every entry."""
    t = as_tensor(x)
    return Tensor(t.shape, t.indices, value(t.value), t.defined)


def logistic(x: Expr) -> Expr:
    """1 / (1 + exp(-x))"""
    return power(add(ONE, function("exp", negative(x))), Number(-1))


def rectified(x: Expr) -> Expr:
    return function("max", x, ZERO)


def normal_cdf(x: Expr) -> Expr:
    """Φ(x) = (1 + erf(x/√2)) / 2"""
    return mul(HALF, add(ONE, function("erf", divide(x, sqrt(TWO)))))


def _gelu(x: Expr, approximate: Expr) -> Expr:
    if word_option(approximate, "approximate", ("none", "tanh")) != "tanh":
        return mul(x, normal_cdf(x))
    inner = mul(sqrt(divide(TWO, PI)), add(x, mul(CUBIC, power(x, THREE))))
    return mul(HALF, x, add(ONE, function("tanh", inner)))


def _positive_else(x: Expr, otherwise: Expr) -> Expr:
    return cases(((compare("lt", ZERO, x), x),), otherwise)


# The derivatives, as a textbook writes them.


def _sigmoid_slope(x: Expr) -> Expr:
    p = call("sigmoid", x)
    return times(p, minus(ONE, p))


def _silu_slope(x: Expr) -> Expr:
    p = call("sigmoid", x)
    return plus(p, times(x, p, minus(ONE, p)))


def _positive_slope(x: Expr, otherwise: Expr) -> Expr:
    return Cases(((Apply("gt", (x, ZERO)), ONE),), otherwise)


def _gelu_slope(x: Expr, approximate: Expr) -> Expr:
    """Φ(x) + x φ(x); or, with t = tanh(u), ½ (1 + t) + ½ x (1 - t²) u'."""
    if word_option(approximate, "approximate", ("none", "tanh")) == "tanh":
        scale = call("sqrt", over(TWO, PI))
        t = call("tanh", times(scale, plus(x, times(CUBIC, Apply("pow", (x, THREE))))))
        slope = times(scale, plus(ONE, times(CUBIC_SLOPE, squared(x))))
        return plus(times(HALF, plus(ONE, t)), times(HALF, x, minus(ONE, squared(t)), slope))
    cdf = times(HALF, plus(ONE, call("erf", over(x, call("sqrt", TWO)))))
    density = over(call("exp", over(Apply("neg", (squared(x),)), TWO)), call("sqrt", times(TWO, PI)))
    return plus(cdf, times(x, density))


def activation(
    name: str,
    value: Callable[..., Expr],
    slope: Callable[..., Expr],
    formula: str,
    *,
    options: tuple[Parameter, ...] = (),
    kinks: str = "",
    elementary: bool = False,
    settings: tuple[Example, ...] = (),
) -> Operation:
    return Operation(
        name,
        (array("x"), *options),
        lambda x, *given: each(x, lambda entry: value(entry, *given)),
        elementary=elementary,
        jacobians={"x": diagonal(slope)},
        vjps={"x": entrywise_vjp(slope)},
        formula=formula,
        kinks=kinks,
        examples=({"x": ()}, {"x": (3,)}, {"x": (2, 2)}, *({"x": (2,), **given} for given in settings)),
    )


def _leaky(x: Expr, slope: Expr) -> Expr:
    return _positive_else(x, mul(scalar_option(slope, "negative_slope"), x))


def _elu(x: Expr, alpha: Expr) -> Expr:
    scale = scalar_option(alpha, "alpha")
    return _positive_else(x, mul(scale, add(function("exp", x), Number(-1))))


_ZERO_KINK = "no derivative at x = 0: from the left {left}, from the right {right}"

ACTIVATIONS = (
    activation("sigmoid", logistic, _sigmoid_slope, "1 / (1 + exp(-x))", elementary=True),
    activation(
        "tanh",
        lambda x: function("tanh", x),
        lambda x: minus(ONE, squared(call("tanh", x))),
        "(exp(x) - exp(-x)) / (exp(x) + exp(-x))",
        elementary=True,
    ),
    activation(
        "relu",
        rectified,
        lambda x: call("heaviside", x),
        "max(x, 0)",
        kinks=_ZERO_KINK.format(left=0, right=1) + "; the subdifferential is [0, 1]",
        elementary=True,
    ),
    activation(
        "heaviside",
        lambda x: function("heaviside", x),
        lambda x: ZERO,
        "0 for x < 0, 1/2 at 0, 1 for x > 0",
        kinks="a jump at x = 0: no derivative there",
        elementary=True,
    ),
    activation(
        "leaky_relu",
        _leaky,
        _positive_slope,
        "x for x > 0, else negative_slope x",
        options=(option("negative_slope", SLOPE),),
        settings=({"negative_slope": Number(Fraction(1, 5))},),
        kinks=_ZERO_KINK.format(left="negative_slope", right=1),
    ),
    activation(
        "elu",
        _elu,
        lambda x, alpha: _positive_slope(x, times(alpha, call("exp", x))),
        "x for x > 0, else alpha (exp(x) - 1)",
        options=(option("alpha", ONE),),
        settings=({"alpha": TWO},),
        kinks=_ZERO_KINK.format(left="alpha", right=1) + ", the same only for alpha = 1",
    ),
    activation(
        "softplus",
        lambda x: function("log", add(ONE, function("exp", x))),
        lambda x: call("sigmoid", x),
        "log(1 + exp(x))",
        elementary=True,
    ),
    activation(
        "gelu",
        _gelu,
        _gelu_slope,
        "x Φ(x); approximate='tanh': x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2",
        options=(option("approximate", Text("none")),),
        settings=({"approximate": Text("tanh")},),
    ),
    activation("silu", lambda x: mul(x, logistic(x)), _silu_slope, "x / (1 + exp(-x))"),
    activation("swish", lambda x: mul(x, logistic(x)), _silu_slope, "x / (1 + exp(-x))"),
)
