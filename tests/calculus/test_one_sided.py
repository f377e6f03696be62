"""Derivatives from one side, against difference quotients of piecewise linear and quadratic functions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import fmpq

from symderiv.calculus import one_sided
from symderiv.errors import MeaningError
from symderiv.expression.build import add, function, mul
from symderiv.expression.tree import ONE, ZERO, Expr, Number, Variable
from symderiv.testing import Dual
from symderiv.testing.entries import DualEvaluator

x = Variable("x")
N = Number


def number(value: Expr, at: fmpq) -> fmpq:
    return DualEvaluator({"x": {(): Dual(at)}}).value(value, {}).value


CASES = [
    function("max", x, ZERO),
    function("min", x, ZERO),
    function("abs", x),
    function("max", x, mul(N(2), x), mul(N(-3), x)),
    function("min", x, mul(N(2), x), mul(N(-3), x)),
    function("max", mul(x, x), x),
    mul(x, function("abs", add(x, ONE))),
    function("abs", function("max", mul(N(-2), x), x)),
    add(function("max", x, ZERO), mul(N(-1), function("abs", x))),
    function("max", mul(N(-1), function("abs", x)), mul(N(-2), function("abs", x))),
]


@pytest.mark.parametrize("value", CASES)
@pytest.mark.parametrize("at", [-1, 0, 1])
@pytest.mark.parametrize("side", ["+", "-"])
def test_against_a_difference_quotient(value: Expr, at: int, side: str) -> None:
    h = fmpq(1, 10**9) if side == "+" else fmpq(-1, 10**9)
    here = fmpq(at)
    quotient = (number(value, here + h) - number(value, here)) / h
    slope = number(one_sided(value, x, (), side), here)  # type: ignore[arg-type]
    assert abs(Fraction(int((quotient - slope).numerator), int((quotient - slope).denominator))) < Fraction(
        1, 10**6
    )


def test_jumps_have_none() -> None:
    with pytest.raises(MeaningError):
        one_sided(function("heaviside", x), x)
