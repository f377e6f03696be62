"""Where derivatives exist: kinks, jumps, borders, and what only looks like one."""

from __future__ import annotations

import pytest
from flint import fmpq

from symderiv.calculus import smooth
from symderiv.expression.build import add, cases, compare, function, mul, negation, power
from symderiv.expression.tree import HALF, TRUE, ZERO, Expr, Number, Variable
from symderiv.testing import Dual
from symderiv.testing.entries import DualEvaluator

x = Variable("x")
N = Number


def exists(value: Expr, at: int) -> bool:
    point: dict[str, dict[tuple[int, ...], Dual]] = {"x": {(): Dual(fmpq(at))}}
    return DualEvaluator(point).holds(smooth(value, x), {})


KINKS: list[tuple[Expr, int, bool]] = [
    (function("max", x, ZERO), 0, False),
    (function("max", x, ZERO), 1, True),
    (function("max", x, mul(N(2), x)), 0, False),
    (function("max", x, x), 0, True),
    (function("max", mul(x, x), ZERO), 0, True),
    (function("min", x, ZERO), 0, False),
    (function("abs", x), 0, False),
    (function("abs", mul(x, x)), 0, True),
    (function("sign", x), 0, False),
    (function("heaviside", x), 0, False),
    (function("heaviside", x), -1, True),
    (function("heaviside", function("max", x, ZERO)), -1, True),
    (function("heaviside", function("max", x, ZERO)), 0, False),
    (function("floor", x), 2, False),
    (function("floor", mul(HALF, x)), 1, True),
    (power(x, HALF), 1, True),
    (power(mul(x, x), HALF), 0, False),
    (function("max", x, ZERO, N(-1)), -1, True),
    (function("max", x, N(-1), N(3)), -1, True),
    (cases(((compare("lt", x, ZERO), ZERO),), x), 0, False),
    (cases(((compare("lt", x, ZERO), ZERO),), mul(x, x)), 0, True),
    (cases(((compare("lt", x, ZERO), N(1)),), mul(x, x)), 0, False),
    (cases(((compare("lt", x, ZERO), function("abs", x)),), x), -1, True),
]


@pytest.mark.parametrize(("value", "at", "there"), KINKS)
def test_where_the_derivative_exists(value: Expr, at: int, there: bool) -> None:
    assert exists(value, at) is there


def test_smooth_functions_have_no_conditions() -> None:
    value = mul(function("exp", x), add(function("sin", x), power(x, N(3))))
    assert smooth(value, x) == TRUE
    assert smooth(function("abs", Variable("y")), x) == TRUE


def test_relu_is_smooth_off_zero_said_plainly() -> None:
    assert smooth(function("max", x, ZERO), x) == compare("ne", x, ZERO)
    assert negation(smooth(function("abs", x), x)) == compare("eq", x, ZERO)
