"""Activations that shrink what is small, or leave out what lies below a threshold.

Sources: Donoho (1995) for soft shrinkage; torch.nn.Hardshrink, Tanhshrink, Threshold.
"""

from __future__ import annotations

from fractions import Fraction

from symderiv.expression.build import add, cases, compare, function, negative, subtract
from symderiv.expression.tree import MINUS_ONE, ONE, ZERO, Apply, Cases, Expr, Number
from symderiv.operations.activations.entrywise import activation
from symderiv.operations.declaring.forms import call, squared
from symderiv.operations.declaring.operation import option
from symderiv.operations.declaring.options import scalar_option

LAMBDA = option("lambd", Number(Fraction(1, 2)))
TWO = Number(2)


def _where_large(x: Expr, lambd: Expr, above: Expr, below: Expr) -> Expr:
    """``above`` for x > λ, ``below`` for x < -λ, else 0."""
    return cases(((compare("lt", lambd, x), above), (compare("lt", x, negative(lambd)), below)), ZERO)


def _softshrink(x: Expr, lambd: Expr) -> Expr:
    by = scalar_option(lambd, "lambd")
    return _where_large(x, by, subtract(x, by), add(x, by))


def _hardshrink(x: Expr, lambd: Expr) -> Expr:
    by = scalar_option(lambd, "lambd")
    return _where_large(x, by, x, x)


def _large_slope(x: Expr, lambd: Expr) -> Expr:
    return Cases(((Apply("gt", (call("abs", x), lambd)), ONE),), ZERO)


def _threshold(x: Expr, threshold: Expr, value: Expr) -> Expr:
    least, instead = scalar_option(threshold, "threshold"), scalar_option(value, "value")
    return cases(((compare("lt", least, x), x),), instead)


def _threshold_slope(x: Expr, threshold: Expr, value: Expr) -> Expr:
    return Cases(((Apply("gt", (x, threshold)), ONE),), ZERO)


SHRINKING = (
    activation(
        "softshrink",
        _softshrink,
        _large_slope,
        "x - lambd for x > lambd, x + lambd for x < -lambd, else 0",
        options=(LAMBDA,),
        settings=({"lambd": TWO},),
        kinks="no derivative at x = lambd and at x = -lambd: 0 between them, 1 outside",
    ),
    activation(
        "hardshrink",
        _hardshrink,
        _large_slope,
        "x for |x| > lambd, else 0",
        options=(LAMBDA,),
        settings=({"lambd": TWO},),
        kinks="a jump at x = lambd and at x = -lambd: no derivative there",
    ),
    activation(
        "tanhshrink",
        lambda x: subtract(x, function("tanh", x)),
        lambda x: squared(call("tanh", x)),
        "x - tanh(x)",
    ),
    activation(
        "threshold",
        _threshold,
        _threshold_slope,
        "x for x > threshold, else value",
        options=(option("threshold", ZERO), option("value", ZERO)),
        settings=({"threshold": MINUS_ONE, "value": TWO},),
        kinks="at x = threshold a jump, or for value = threshold a kink: no derivative there",
    ),
)
