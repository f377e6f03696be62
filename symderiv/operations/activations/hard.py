"""Activations made of straight lines, as small networks have them, and ReLU with a slope that is learnt.

Sources: Krizhevsky (2010) for ReLU6; Howard et al. (2019) for hard swish; He et al. (2015) for PReLU.
"""

from __future__ import annotations

from symderiv.errors import MeaningError
from symderiv.expression.build import add, divide, function, mul
from symderiv.expression.tree import MINUS_ONE, ONE, ZERO, Apply, Cases, Expr, Number
from symderiv.operations.activations.entrywise import activation, each
from symderiv.operations.arrays.elementwise_forms import diagonal, entrywise_vjp
from symderiv.operations.declaring.forms import call, minus, over, plus, shape_of, times
from symderiv.operations.declaring.operation import Operation, array, option
from symderiv.operations.declaring.options import scalar_option
from symderiv.operations.declaring.shapes import as_tensor
from symderiv.tensor import Meaning, Tensor

THREE, SIX = Number(3), Number(6)


def _between(x: Expr, low: Expr, high: Expr) -> Expr:
    """x where it lies between two numbers, else the nearer one."""
    return function("min", function("max", x, low), high)


def _inside(x: Expr, low: Expr, high: Expr) -> Expr:
    """1 between two numbers, 0 outside."""
    return times(call("heaviside", minus(x, low)), call("heaviside", minus(high, x)))


def _hardtanh(x: Expr, low: Expr, high: Expr) -> Expr:
    a, b = scalar_option(low, "min_val"), scalar_option(high, "max_val")
    if isinstance(a, Number) and isinstance(b, Number) and a.value >= b.value:
        raise MeaningError("hardtanh between these numbers", expected="min_val below max_val")
    return _between(x, a, b)


def _hard_sigmoid(x: Expr) -> Expr:
    return divide(_between(add(x, THREE), ZERO, SIX), SIX)


def _hard_sigmoid_slope(x: Expr) -> Expr:
    return over(_inside(x, Number(-3), THREE), SIX)


def _hard_swish_slope(x: Expr) -> Expr:
    line = over(call("min", call("max", plus(x, THREE), ZERO), SIX), SIX)
    return plus(line, over(times(x, _inside(x, Number(-3), THREE)), SIX))


def _prelu(x: Meaning, a: Meaning) -> Tensor:
    slope = as_tensor(a, "a")
    if slope.rank:
        raise MeaningError(
            f"prelu with {slope.described} for its slope",
            expected="a number",
            cure="of channels write prelu(X[c], a[c]) for each",
        )
    found = each(x, lambda u: add(function("max", u, ZERO), mul(slope.value, function("min", u, ZERO))))
    return found.where(slope.defined)


def _by_slope(x: Expr, a: Expr) -> Expr:
    return call("min", x, ZERO)


def _back_to_slope(G: Expr, x: Expr, a: Expr) -> Expr:
    below = call("min", x, ZERO)
    return call("sum", call("hadamard", G, below)) if shape_of(x) else times(G, below)


def _prelu_slope(x: Expr, a: Expr) -> Expr:
    return Cases(((Apply("gt", (x, ZERO)), ONE),), a)


HARD_ACTIVATIONS = (
    activation(
        "relu6",
        lambda x: _between(x, ZERO, SIX),
        lambda x: _inside(x, ZERO, SIX),
        "min(max(x, 0), 6)",
        kinks="no derivative at x = 0 and at x = 6: 1 between them, 0 outside",
    ),
    activation(
        "hardtanh",
        _hardtanh,
        _inside,
        "min(max(x, min_val), max_val)",
        options=(option("min_val", MINUS_ONE), option("max_val", ONE)),
        settings=({"min_val": Number(-2), "max_val": Number(5)},),
        kinks="no derivative at x = min_val and at x = max_val: 1 between them, 0 outside",
    ),
    activation(
        "hardsigmoid",
        _hard_sigmoid,
        _hard_sigmoid_slope,
        "min(max(x + 3, 0), 6)/6",
        kinks="no derivative at x = -3 and at x = 3: 1/6 between them, 0 outside",
    ),
    activation(
        "hardswish",
        lambda x: mul(x, _hard_sigmoid(x)),
        _hard_swish_slope,
        "x min(max(x + 3, 0), 6)/6",
        kinks="no derivative at x = -3 (from the left 0, from the right -1/2) and at x = 3 "
        "(from the left 3/2, from the right 1)",
    ),
    Operation(
        "prelu",
        (array("x"), array("a")),
        _prelu,
        jacobians={"x": diagonal(_prelu_slope), "a": _by_slope},
        vjps={"x": entrywise_vjp(_prelu_slope), "a": _back_to_slope},
        formula="max(x, 0) + a min(x, 0)",
        weights=("a",),
        kinks="no derivative by x at x = 0: from the left a, from the right 1",
        examples=({"x": (), "a": ()}, {"x": (3,), "a": ()}, {"x": (2, 2), "a": ()}),
    ),
)
