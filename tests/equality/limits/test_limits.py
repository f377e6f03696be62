"""Limits: the known ones, one-sided ones, cells; and every answer against values close to the point."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

from symderiv.derivation import compare as decided
from symderiv.equality.evaluate.evaluator import evaluate
from symderiv.equality.evaluate.precision import precision
from symderiv.equality.limits.limit import NONE, holds_near, limit
from symderiv.equality.refute.search import refute
from symderiv.equality.verdict import Different
from symderiv.expression.build import (
    add,
    cases,
    compare,
    divide,
    function,
    mul,
    negative,
    power,
    sqrt,
    subtract,
)
from symderiv.expression.kinds import POSITIVE, Kind
from symderiv.expression.tree import HALF, INFINITY, MINUS_ONE, ONE, PI, ZERO, Call, Expr, Number, Variable

x, e, a = Variable("x"), Variable("e"), Variable("a")
p = Variable("p", Kind(domain=POSITIVE))
f = Variable("f", Kind(function="any"))
LOW = negative(INFINITY)


def sigmoid(u: Expr) -> Expr:
    return divide(ONE, add(ONE, function("exp", negative(u))))


def exp(u: Expr) -> Expr:
    return function("exp", u)


KNOWN: list[tuple[Expr, Expr, str, Expr]] = [
    (sigmoid(x), INFINITY, "", ONE),
    (sigmoid(x), LOW, "", ZERO),
    (mul(x, sigmoid(x)), LOW, "", ZERO),
    (function("tanh", x), LOW, "", MINUS_ONE),
    (divide(function("sin", x), x), ZERO, "", ONE),
    (divide(subtract(ONE, function("cos", x)), power(x, Number(2))), ZERO, "", HALF),
    (mul(x, function("log", x)), ZERO, "+", ZERO),
    (divide(function("log", add(ONE, exp(x))), x), INFINITY, "", ONE),
    (subtract(function("log", add(ONE, exp(x))), x), INFINITY, "", ZERO),
    (power(add(ONE, divide(a, x)), x), INFINITY, "", exp(a)),
    (divide(ONE, x), ZERO, "+", INFINITY),
    (divide(ONE, x), ZERO, "-", LOW),
    (divide(ONE, x), ZERO, "", NONE),
    (divide(ONE, power(x, Number(2))), ZERO, "", INFINITY),
    (divide(subtract(power(x, Number(2)), ONE), subtract(x, ONE)), ONE, "", Number(2)),
    (exp(mul(MINUS_ONE, p, x)), INFINITY, "", ZERO),
    (subtract(sqrt(add(power(x, Number(2)), x)), x), INFINITY, "", HALF),
    (cases(((compare("le", x, ZERO), ZERO),), ONE), ZERO, "+", ONE),
    (cases(((compare("lt", x, ZERO), ONE),), ZERO), ZERO, "-", ONE),
    (function("heaviside", x), ZERO, "", NONE),
    (function("heaviside", function("max", x, ZERO)), ZERO, "-", HALF),
    (function("atan", x), INFINITY, "", mul(HALF, PI)),
    (mul(x, function("sin", divide(ONE, x))), ZERO, "", ZERO),
    (function("floor", x), Number(2), "-", ONE),
    (function("erf", x), INFINITY, "", ONE),
    (divide(power(x, Number(20)), exp(x)), INFINITY, "", ZERO),
    (divide(exp(power(x, Number(2))), exp(x)), INFINITY, "", INFINITY),
    (divide(function("log", x), x), INFINITY, "", ZERO),
    (power(x, x), ZERO, "+", ONE),
    (subtract(x, x), INFINITY, "", ZERO),
]


@pytest.mark.parametrize(("expr", "point", "side", "value"), KNOWN)
def test_known_limits(expr: Expr, point: Expr, side: str, value: Expr) -> None:
    assert limit(expr, x, point, side) == value


@pytest.mark.parametrize(
    ("expr", "point"),
    [
        (Call(f, (x,)), ZERO),
        (function("sin", function("floor", x)), INFINITY),
        (add(x, mul(x, function("sin", x))), INFINITY),
        (mul(function("sin", x), function("cos", x)), INFINITY),
        (add(power(function("sin", x), Number(2)), power(function("cos", x), Number(2))), INFINITY),
        (function("log", x), MINUS_ONE),
        (function("gamma", x), ZERO),
    ],
)
def test_what_is_not_proved_stays_open(expr: Expr, point: Expr) -> None:
    assert limit(expr, x, point) is None


def quotient(g: object, at: Expr) -> Expr:
    return divide(subtract(g(add(at, e)), g(at)), e)  # type: ignore[operator]


DERIVATIVES = [
    (lambda u: power(u, Number(3)), mul(Number(3), power(x, Number(2)))),
    (exp, exp(x)),
    (lambda u: divide(ONE, u), negative(power(x, Number(-2)))),
    (sigmoid, mul(sigmoid(x), subtract(ONE, sigmoid(x)))),
    (lambda u: function("tanh", u), subtract(ONE, power(function("tanh", x), Number(2)))),
    (lambda u: function("sin", u), function("cos", x)),
    (lambda u: mul(u, sigmoid(u)), add(sigmoid(x), mul(x, sigmoid(x), subtract(ONE, sigmoid(x))))),
]


@pytest.mark.parametrize(("g", "slope"), DERIVATIVES)
def test_derivatives_by_definition(g: object, slope: Expr) -> None:
    found = limit(quotient(g, x), e, ZERO)
    assert found is not None and refute(found, slope) is None


def test_relu_by_definition_cell_by_cell() -> None:
    relu = quotient(lambda u: function("max", ZERO, u), x)
    assert limit(relu, e, ZERO, "", (compare("lt", ZERO, x),)) == ONE
    assert limit(relu, e, ZERO, "", (compare("lt", x, ZERO),)) == ZERO
    assert limit(relu, e, ZERO) == cases(
        ((compare("lt", ZERO, x), ONE), (compare("lt", x, ZERO), ZERO)), None
    )
    above = limit(relu, e, ZERO, "+")
    assert above is not None and evaluate(above, {x: 0}) == 1 and evaluate(above, {x: -3}) == 0


BRICKS = st.sampled_from([x, ONE, Number(2), HALF, MINUS_ONE, power(x, Number(2)), divide(ONE, x)])
HEADS = st.sampled_from(
    ["add", "mul", "div", "exp", "log", "abs", "max", "tanh", "atan", "sin", "heaviside", "sqrt"]
)


@st.composite
def expressions(draw: st.DrawFn, depth: int = 3) -> Expr:
    if depth == 0:
        return draw(BRICKS)
    inner = expressions(depth=depth - 1)
    match draw(HEADS):
        case "add":
            return add(draw(inner), draw(inner))
        case "mul":
            return mul(draw(inner), draw(inner))
        case "div":
            return divide(draw(inner), add(draw(inner), ONE))
        case "max":
            return function("max", draw(inner), draw(inner))
        case "sqrt":
            return sqrt(add(ONE, power(draw(inner), Number(2))))
        case head:
            return function(head, draw(inner))


@settings(max_examples=150, deadline=None)
@given(expressions(), st.sampled_from([ZERO, ONE, INFINITY]))
def test_values_close_to_the_point_agree(expr: Expr, point: Expr) -> None:
    found = limit(expr, x, point, "" if point == INFINITY else "+")
    if found is None or found in (NONE, INFINITY, LOW):
        return
    near = Fraction(10**60) if point == INFINITY else Fraction(int(point.value)) + Fraction(1, 10**60)  # type: ignore[attr-defined]
    value, expected = evaluate(expr, {x: near}), evaluate(found, {})
    if not isinstance(value, (Fraction, arb)) or not isinstance(expected, (Fraction, arb)):
        return
    with precision(512):
        gap = abs(_ball(value) - _ball(expected))
        assert not gap > arb("0.1"), (value, expected)


def _ball(value: Fraction | arb) -> arb:
    return arb(value.numerator) / value.denominator if isinstance(value, Fraction) else value


@pytest.mark.parametrize(
    ("expr", "point"),
    [
        (function("sin", x), INFINITY),
        (mul(x, function("sin", x)), INFINITY),
        (function("sin", divide(ONE, x)), ZERO),
        (power(function("cos", x), Number(2)), INFINITY),
        (add(divide(ONE, x), function("cos", function("exp", x))), INFINITY),
    ],
)
def test_what_swings_has_no_limit(expr: Expr, point: Expr) -> None:
    assert limit(expr, x, point) == NONE


@pytest.mark.parametrize(
    ("condition", "point", "side", "holds"),
    [
        (compare("lt", ZERO, x), ZERO, "+", True),
        (compare("lt", ZERO, x), ZERO, "-", False),
        (compare("ne", x, ZERO), ZERO, "-", True),
        (compare("lt", ZERO, add(ONE, function("exp", mul(a, x)))), INFINITY, "", True),
        (compare("lt", ZERO, mul(a, x)), INFINITY, "", None),
        (compare("lt", x, Number(1000)), INFINITY, "", False),
    ],
)
def test_conditions_near_a_point(condition: Expr, point: Expr, side: str, holds: bool | None) -> None:
    assert holds_near(condition, x, point, side) is holds


def test_a_power_too_long_to_write_is_no_end_of_the_search() -> None:
    p_norm, given_positive = "limit((x^p + y^p)^(1/p), p, oo)", ["x: positive", "y: positive"]
    verdict = decided(p_norm, "max(x, y)", given=given_positive).verdict
    assert not isinstance(verdict, Different)
    assert "bits" not in str(verdict)
